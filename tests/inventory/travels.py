"""Lives of a fact on two sides, written as `0:a 5:b 9:-`; instants are hours, `-` is absence."""

from hypothesis import strategies as st

from driftline.inventory.layers.merging import Point
from driftline.inventory.travel.promotion import Move, moves, travelled
from driftline.inventory.travel.spells import Path

ADDRESS = "/image/tag"
HOUR = 3600


def at(instant: int) -> int:
    """The second of an instant."""
    return instant * HOUR


def life(text: str) -> list[tuple[int, str | None]]:
    """Instants and values of a life as tables write it."""
    pairs = (one.split(":") for one in text.split())
    return [(int(instant), None if value == "-" else f'"{value}"') for instant, value in pairs]


def points(text: str) -> list[Point]:
    """The points of a life."""
    return [Point(instant, value, 0, 0, -1) for instant, value in life(text)]


def side(text: str, *, born: int = 0) -> tuple[Move, ...]:
    """The moves of a life."""
    return moves(ADDRESS, points(text), born=born)


def path(left: str, right: str, *, now: int, born: tuple[int, int] = (0, 0)) -> Path:
    """Both lives with their steps; `now` is an hour."""
    sides = side(left, born=born[0]), side(right, born=born[1])
    return Path(*sides, *travelled(*sides, at, now=at(now)))


def until(text: str, instant: int) -> str:
    """A life as it was known at an instant."""
    return " ".join(one for one in text.split() if int(one.split(":")[0]) <= instant)


@st.composite
def lives(draw: st.DrawFn, *, instants: int = 40, values: str = "abc-") -> str:
    """A life from instant 0 on, with up to a dozen moves."""
    when = draw(st.sets(st.integers(1, instants), max_size=12))
    return " ".join(f"{one}:{draw(st.sampled_from(values))}" for one in (0, *sorted(when)))
