import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.noise.against_intent import (
    INFORMATIONAL,
    against_intent,
    informational,
)
from driftline.inventory.noise.autoscaling import Band
from driftline.inventory.noise.rule import RULES
from tests.inventory.noise.case_files import Case, Facts, cases, differing
from tests.inventory.noise.objects import MANAGERS, objects

CASES = cases("against_intent")


def said(case: Case) -> tuple[dict[str, str], list[str]]:
    """What is noise in a case, with its rule, and what is real."""
    declared, observed = case.facts("declared"), case.facts("observed")
    managers = case.managers("managers", observed)
    band = Band(**case.plain["band"]) if "band" in case.plain else None
    kind = str(case.plain["observed"]["kind"])
    found = against_intent(kind, declared, observed, managers, band=band)
    rest = differing(declared, observed) - found.keys()
    return {address: one.rule for address, one in found.items()}, sorted(rest)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    """Each situation of the files is told as its author would tell it."""
    assert (case.noise, case.real) == said(case)


def test_there_are_cases() -> None:
    """The files hold cases, and among them real differences."""
    assert len(CASES) > 40
    assert sum(bool(case.real) for case in CASES) > 15


def test_what_may_be_shown_is_among_the_noise() -> None:
    """Restarts and replicas in their band may be shown, and are no drift."""
    shown: set[str] = set()
    for case in CASES:
        declared, observed = case.facts("declared"), case.facts("observed")
        band = Band(**case.plain["band"]) if "band" in case.plain else None
        kind = str(case.plain["observed"]["kind"])
        found = informational(kind, declared, observed, {}, band=band)
        shown |= {one.rule for one in found.values()}

        assert {} == {one: case.noise.get(one) for one in found if one not in case.noise}

    assert INFORMATIONAL == shown


@given(objects(), MANAGERS)
def test_nothing_is_noise_where_nothing_differs(
    facts: Facts, managers: dict[str, tuple[str, ...]]
) -> None:
    """An object that is as it was declared has no noise."""
    assert {} == against_intent("Deployment", facts, dict(facts), managers)


@given(objects(), objects(), MANAGERS)
def test_only_differences_are_noise(
    declared: Facts, observed: Facts, managers: dict[str, tuple[str, ...]]
) -> None:
    """Whatever is called noise is a difference, by a rule of the table."""
    found = against_intent("Deployment", declared, observed, managers)

    assert set() == found.keys() - differing(declared, observed)
    assert all(one.rule in RULES for one in found.values())


@given(objects(), objects(), MANAGERS, st.sampled_from(["/spec/paused", "/metadata/labels/zone"]))
def test_more_noise_hides_no_difference(
    declared: Facts, observed: Facts, managers: dict[str, tuple[str, ...]], at: str
) -> None:
    """A real difference stays one, whatever noise is added elsewhere."""
    declared, observed = {**declared, at: '"one"'}, {**observed, at: '"two"'}
    louder = {
        **observed,
        "/metadata/uid": '"u"',
        "/metadata/annotations/meta.helm.sh~1release-name": '"r"',
        "/spec/template/spec/dnsPolicy": '"ClusterFirst"',
    }

    assert at not in against_intent("Deployment", declared, observed, managers)
    assert at not in against_intent("Deployment", declared, louder, managers)
