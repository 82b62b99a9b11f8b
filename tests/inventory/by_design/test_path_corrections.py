import pytest

from driftline.inventory.by_design.environmental import Classified
from driftline.inventory.by_design.path_corrections import Corrections
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import PathClass

DRIFT = Classified(PathClass.FREE, "was equal once", is_environmental=False, confidence=0.8)
DESIGN = Classified(PathClass.PARAMETER, "size", is_environmental=True, confidence=0.8)
PAIR = ("staging", "production")


def said(role: str, path: str, class_: str = "environmental", *environments: str) -> Entry:
    """What somebody said of a path."""
    return Entry(Decision.CLASSIFY, role, path, environments, class_=class_)


MATCHES = [
    ("web", "/replicas", "web", "/replicas", True),
    ("web", "/replicas", "api", "/replicas", False),
    ("*", "/replicas", "Deployment/api", "/replicas", True),
    ("web", "/c/[name=a]/cpu", "web", "/c/[name=b]/cpu", True),
    ("web", "/hosts/0", "web", "/hosts/3", True),
    ("web", "/features/*", "web", "/features/new", True),
    ("web", "/features", "web", "/features/new/deep", True),
    ("web", "features.new", "web", "/features/new", True),
    ("web", "/*/new", "web", "/features/deep/new", False),
    ("web", "/features/**", "web", "/features/new/deep", True),
    ("web", "/a.b", "web", "/aXb", False),
]


@pytest.mark.parametrize(("role", "path", "of", "address", "expected"), MATCHES)
def test_a_correction_holds_for_its_shape(
    *, role: str, path: str, of: str, address: str, expected: bool
) -> None:
    """What is said of one path holds for all paths of its shape, and for no others."""
    actual = Corrections([said(role, path)], PAIR).applied(of, address, DRIFT)

    assert expected == actual.is_environmental


def test_drift_is_said_too() -> None:
    """What the rules took for design can be called drift."""
    actual = Corrections([said("web", "/replicas", "drift")], PAIR).applied(
        "web", "/replicas", DESIGN
    )

    assert not actual.is_environmental
    assert "said to be drift" == actual.reason
    assert actual.confidence == 1.0


def test_the_last_word_counts() -> None:
    """A later correction wins over an earlier one."""
    entries = [said("web", "/a", "drift"), said("web", "/a", "environmental")]

    assert Corrections(entries, PAIR).applied("web", "/a", DRIFT).is_environmental


def test_a_correction_for_other_environments_is_none() -> None:
    """A correction that names environments holds only for pairs of these."""
    elsewhere = Corrections([said("web", "/a", "environmental", "demo")], PAIR)
    here = Corrections([said("web", "/a", "environmental", "staging")], PAIR)

    assert DRIFT == elsewhere.applied("web", "/a", DRIFT)
    assert here.applied("web", "/a", DRIFT).is_environmental


def test_a_path_class_may_be_said() -> None:
    """The words for path classes are understood as well."""
    actual = Corrections([said("web", "/a", "template")], PAIR).applied("web", "/a", DRIFT)

    assert PathClass.TEMPLATE == actual.class_
    assert actual.is_environmental


def test_other_decisions_do_not_classify() -> None:
    """An acceptance says nothing about the class."""
    entry = Entry(Decision.ACCEPT, "web", "/a", until="2027-01-01")

    assert DRIFT == Corrections([entry], PAIR).applied("web", "/a", DRIFT)
