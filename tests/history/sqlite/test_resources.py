"""Lives and gaps as intervals."""

import pytest

from driftline.history.sqlite.resources import Life

CASES = (
    ("there from the first", Life(1, [0], []), ((0, None),), 0),
    ("gone", Life(1, [0], [3]), ((0, 3),), None),
    ("back again", Life(1, [0, 5], [3]), ((0, 3), (5, None)), 5),
    ("appeared while there, after a deepening", Life(1, [-4, 2], []), ((-4, None),), 2),
    ("appeared while there, then gone", Life(1, [-4, 2], [6]), ((-4, 6),), None),
    ("gone twice, after a deepening", Life(1, [0], [3, 4]), ((0, 3),), None),
    ("never", Life(1, [], []), (), None),
)


@pytest.mark.parametrize(
    ("why", "life", "presence", "since"), CASES, ids=[case[0] for case in CASES]
)
def test_lives(
    why: str, life: Life, presence: tuple[tuple[int, int | None], ...], since: int | None
) -> None:
    """When a resource was there, and where its present facts begin."""
    assert presence == life.presence(), why
    assert since == life.since, why


def test_simple_lives() -> None:
    """Only a resource that appeared once and stayed is simple; if it vanished it is single."""
    simple = [life.is_simple for _, life, _, _ in CASES]
    single = [life.is_single for _, life, _, _ in CASES]

    assert [True, False, False, False, False, False, False] == simple
    assert [True, True, False, False, False, False, False] == single
