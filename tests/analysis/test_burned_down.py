"""What would be lost with a running system is what nobody declared, and only that."""

from typing import Any

from driftline.analysis.burned_down import burned_down
from driftline.model.answers.parity import Divergence, Side
from driftline.model.answers.planes import OwnerLoss, Unmanaged

MAY, JUNE, JULY = (f"2026-0{month}-01T00:00:00Z" for month in (5, 6, 7))


def row(role: str, path: str, right: Side, *, since: str = JUNE, **more: Any) -> Divergence:
    """A difference between what is declared and what runs."""
    plain: dict[str, Any] = dict.fromkeys(
        ("left_value", "right_value", "left_layer", "right_layer", "actor", "approved_by")
    )
    return Divergence(
        left="production", right="production", plane="declared/observed", role=role, path=path,
        type="text", left_state=Side.PRESENT, right_state=right, since=since, onset="drifted",
        moved="right", **{**plain, "kind": "standing", **more},
    )  # fmt: skip


def unmanaged(role: str, facts: int, *, since: str, judged: str = "standing") -> Unmanaged:
    """An object that runs and is declared nowhere."""
    return Unmanaged(
        "production", "observed", role, "ConfigMap", "shop", role, since, None, "", None,
        facts, judged, "",
    )  # fmt: skip


def test_values_and_objects_that_only_run() -> None:
    """Moved values count one each, undeclared objects all of their facts; resources count once."""
    one = burned_down(
        "production",
        [
            row("web", "/a", Side.PRESENT),
            row("web", "/b", Side.PRESENT, owner="team-a", since=JULY),
            row("tmp", "", Side.PRESENT),
        ],
        [unmanaged("tmp", 29, since=MAY)],
    )

    assert ("production", 31, 2, MAY) == (one.environment, one.facts, one.resources, one.oldest)
    assert (OwnerLoss("", 30, 2, MAY), OwnerLoss("team-a", 1, 1, JULY)) == one.owners


def test_what_a_rebuild_brings_back() -> None:
    """What was taken away from the running system is declared, and comes back."""
    one = burned_down("production", [row("web", "/a", Side.ABSENT), row("x", "", Side.ABSENT)], [])

    assert (0, 0, None, ()) == (one.facts, one.resources, one.oldest, one.owners)


def test_what_nobody_could_see() -> None:
    """Behind a gap nothing is counted as lost."""
    one = burned_down(
        "production",
        [row("web", "/a", Side.PRESENT, kind="unknown")],
        [unmanaged("tmp", 29, since=MAY, judged="unknown")],
    )

    assert 0 == one.facts
