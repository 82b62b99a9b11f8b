"""Between siblings, a side that left its own declaration is what made the difference."""

from driftline.analysis.deviating import Declared, deviating
from driftline.inventory.travel.onset import Mover, Onset
from driftline.model.verdict import Kind
from tests.analysis.telling import DAY, environment, pair
from tests.inventory.building import layer_of

AT = [instant * DAY for instant in range(10)]
NOTHING = Declared({}, frozenset(), frozenset())
FOUND = pair(
    environment("staging", {"web": (0, None, [layer_of("l", [(0, {"a": 1, "b": 1})])]),
                            "mine": (0, None, [layer_of("m", [(0, {"a": 1})])])}),
    environment("production", {"web": (0, None, [layer_of("r", [(0, {"a": 2, "b": 2})])])}),
)  # fmt: skip


def left_at(instant: int, moved: Mover = "right") -> Declared:
    """An environment whose /a left its declaration at an instant."""
    return Declared(
        {("web", "/a"): Onset(instant, "drifted", moved, None)}, frozenset(), frozenset()
    )


def test_one_side_is_not_as_declared() -> None:
    """The difference stands since that side left its declaration, and it is that side's move."""
    one = deviating(FOUND, NOTHING, left_at(4), AT)
    verdict = one.verdicts["web", "/a"]

    assert (Kind.STANDING, 4 * DAY) == (verdict.kind, verdict.stands_from)
    assert "production is not as declared" == verdict.reason
    assert (4, "right") == (one.found.onsets[0].instant, one.found.onsets[0].moved)


def test_what_is_as_declared_is_left_to_others() -> None:
    """Where neither side left its declaration, nothing is said here."""
    one = deviating(FOUND, NOTHING, left_at(4), AT)

    assert ("web", "/b") not in one.verdicts
    assert FOUND.onsets[1] == one.found.onsets[1]


def test_a_side_that_did_not_follow() -> None:
    """Where a declaration moved and its system stayed, the other side is the one that moved."""
    one = deviating(FOUND, NOTHING, left_at(3, "left"), AT)

    assert "production has not followed its declaration" == one.verdicts["web", "/a"].reason
    assert "left" == one.found.onsets[0].moved


def test_both_sides() -> None:
    """Where both left, the later one made the difference what it is."""
    one = deviating(FOUND, left_at(2), left_at(6), AT)

    assert "neither is as declared" == one.verdicts["web", "/a"].reason
    assert (6, "right") == (one.found.onsets[0].instant, one.found.onsets[0].moved)


def test_a_role_that_nobody_declares() -> None:
    """What one side alone runs and nobody declares is drift."""
    one = deviating(FOUND, Declared({}, frozenset({"mine"}), frozenset()), NOTHING, AT)

    assert "only staging has it, and it is declared nowhere" == one.missing["mine"].reason


def test_a_role_that_should_run_on_the_other_side() -> None:
    """What is declared for the other side and does not run there is drift, too."""
    one = deviating(FOUND, NOTHING, Declared({}, frozenset(), frozenset({"mine"})), AT)

    assert "declared for production" in one.missing["mine"].reason
