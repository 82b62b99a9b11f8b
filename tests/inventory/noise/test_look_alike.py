import pytest

from driftline.inventory.noise.look_alike import look_alike, never_applied
from driftline.inventory.noise.rule import RULES
from tests.inventory.noise.case_files import Case, cases

CASES = cases("look_alike")
UNDECLARED = [case for case in CASES if "object" in case.plain]
DECLARED = [case for case in CASES if "declared" in case.plain]


@pytest.mark.parametrize("case", UNDECLARED, ids=lambda case: case.why)
def test_undeclared_objects(case: Case) -> None:
    """An undeclared object is passed over by its rule, or told."""
    plain = case.plain["object"]
    metadata = plain["metadata"]
    found = look_alike(
        plain["kind"], metadata.get("namespace", ""), metadata["name"], case.facts("object")
    )

    assert case.plain.get("rule") == (None if found is None else found.rule)


@pytest.mark.parametrize("case", DECLARED, ids=lambda case: case.why)
def test_declared_objects_that_nobody_observes(case: Case) -> None:
    """A declared object that is not there is a ghost, unless it never stays."""
    found = never_applied(case.plain["declared"]["kind"], case.facts("declared"))

    assert case.plain.get("rule") == (None if found is None else found.rule)


def test_there_are_cases() -> None:
    """The files hold objects of both sorts, to be told and to be passed over."""
    told = [case for case in UNDECLARED if "rule" not in case.plain]

    assert len(told) > 6
    assert len(UNDECLARED) - len(told) > 10
    assert len(DECLARED) > 3
    assert {case.plain["rule"] for case in CASES if "rule" in case.plain} <= RULES.keys()


def test_what_lives_in_the_namespaces_of_the_cluster_is_the_platform() -> None:
    """What runs in `kube-system` makes up the cluster."""
    found = look_alike("DaemonSet", "kube-system", "kube-proxy", {})

    assert found is not None
    assert "platform" == found.rule
