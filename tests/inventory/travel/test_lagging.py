"""A system that holds what was declared before has not moved; its declaration has."""

from driftline.inventory.travel.lagging import since_declared
from driftline.inventory.travel.onset import Onset
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

SECONDS = [100 * instant for instant in range(10)]


def onset_of(
    versions: list[tuple[int, dict[str, int]]], actual: int, *, written: int | None
) -> Onset:
    """The onset at /a of a declaration and a system that is first looked at at instant 5."""
    left = environment("declared", {"web": (0, None, [layer_of("l", versions)])})
    right = environment("observed", {"web": (5, None, [layer_of("r", [(5, {"a": actual})])])})
    found = since_declared(
        pair(left, right), at=SECONDS, last_moved=lambda _role, _address: written
    )
    return found.onsets[0]


MOVED = [(0, {"a": 1}), (3, {"a": 2})]


def test_the_declaration_moved_before_the_first_look() -> None:
    """The system holds the former value, so the difference began with the declaration's step."""
    one = onset_of(MOVED, 1, written=None)

    assert (3, "drifted", "left") == (one.instant, one.kind, one.moved)
    assert one.point is not None


def test_the_owner_wrote_earlier() -> None:
    """An owner who moved nothing since the declaration's step bears it out."""
    assert 3 == onset_of(MOVED, 1, written=200).instant


def test_the_owner_wrote_later() -> None:
    """Whoever wrote later may have stepped back by hand: then the first look is all we know."""
    one = onset_of(MOVED, 1, written=400)

    assert (5, "born") == (one.instant, one.kind)


def test_a_value_that_was_never_declared() -> None:
    """A value that no declaration ever had is no lag."""
    assert "born" == onset_of(MOVED, 7, written=None).kind


def test_several_steps_behind() -> None:
    """The difference began when the declaration left the value, not at its latest step."""
    assert 2 == onset_of([(0, {"a": 1}), (2, {"a": 2}), (4, {"a": 3})], 1, written=None).instant
