"""A value is usual where enough environments share it; the others are odd."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.analysis.majority import majorities
from driftline.model.answers.parity import Divergence, Pair, Side
from driftline.statistics.intervals import wilson
from tests.render.samples import divergence, pair

# What each environment says, a word each; `?` could not be read, `-` does not
# set it. Then the value that is usual, or nothing, and who is odd.
CASES = (
    ("seven of eight share it", "a a a a a a a b", "a", "e7"),
    ("two of three are no majority", "a a b", None, ""),
    ("nor are six of seven", "a a a a a a b", None, ""),
    ("nor six of eight", "a a a a a a b c", None, ""),
    ("eight of nine", "a a a b a a a a a", "a", "e3"),
    ("ten of twelve have two odd ones", "a a b a a a c a a a a a", "a", "e2 e6"),
    ("odd ones may agree among themselves", "a a b a a a b a a a a a", "a", "e2 e6"),
    ("most do not set it", "- - - - - - - b", None, "e7"),
    ("one does not set what most do", "a a a a a a a -", "a", "e7"),
    ("who could not be read is not counted", "a a a a a a ? b", None, ""),
    ("nor is it odd", "a a a a a a a ? b", "a", "e8"),
    ("nobody is odd beside one that could not be read", "a a a a a a a a ?", None, ""),
    ("half and half", "a a a a b b b b", None, ""),
    ("everybody has its own", "a b c d e f g h", None, ""),
)
STATES = {"?": Side.UNKNOWN, "-": Side.ABSENT}


def fleet(words: list[str]) -> tuple[list[Divergence], list[Pair]]:
    """Every pair of environments that say these words, and a row for each that differs."""
    rows, pairs = [], []
    for at, left in enumerate(words):
        for other, right in enumerate(words[at + 1 :], at + 1):
            names = (f"e{at}", f"e{other}")
            pairs.append(msgspec.structs.replace(pair(), left=names[0], right=names[1]))
            if left == right:
                continue
            row = divergence("web", "/image/tag", value(left), value(right), names=names)
            rows.append(
                msgspec.structs.replace(
                    row,
                    kind="standing",
                    reason="late",
                    left_state=STATES.get(left, Side.PRESENT),
                    right_state=STATES.get(right, Side.PRESENT),
                )
            )
    return rows, pairs


def value(word: str) -> str | None:
    """The value behind a word."""
    return None if word in STATES else word


@pytest.mark.parametrize(("why", "words", "usual", "odd"), CASES, ids=[one[0] for one in CASES])
def test_what_is_usual(why: str, words: str, usual: str | None, odd: str) -> None:
    """Enough environments share a value, or nothing is said about it."""
    told = majorities(*fleet(words.split()))

    assert odd.split() == [one.environment for found in told for one in found.odd], why
    assert ([usual] if odd else []) == [found.value for found in told]


def test_the_count_and_its_bound_are_told() -> None:
    """How many share the value, of how many, and how sure that is stand beside it."""
    (one,) = majorities(*fleet("a a a a a a a ? b".split()))

    assert (7, 8, ("e7",)) == (one.sharing, one.environments, one.unread)
    assert round(wilson(7, 8)[0], 4) == one.share_least > 0.5
    assert one.state is Side.PRESENT


def test_an_odd_one_says_what_it_is_and_who_moved() -> None:
    """The gravest difference from the majority speaks for the environment."""
    rows, pairs = fleet("a a a a a a a b".split())
    told = [
        msgspec.structs.replace(
            row, kind="in flight" if row.left != "e3" else "standing", moved="right"
        )
        for row in rows
    ]
    (one,) = majorities(told, pairs)
    (odd,) = one.odd

    assert ("standing", "late", "it", "b") == (odd.kind, odd.reason, odd.moved, odd.value)


def test_spelling_does_not_make_anybody_odd() -> None:
    """Environments that were compared without a difference agree, however they spell it."""
    rows, pairs = fleet("a a a a a a a b".split())
    spelled = [
        msgspec.structs.replace(row, left_value="A") if row.left == "e0" else row for row in rows
    ]
    (one,) = majorities(spelled, pairs)

    assert 7 == one.sharing


def test_what_was_not_compared_is_equal_only_if_it_is_spelled_alike() -> None:
    """Where only some pairs are compared, values say who agrees."""
    rows, pairs = fleet("a a a a a a a b".split())
    some = [one for one in pairs if "e7" in (one.left, one.right)]
    (one,) = majorities(rows, some)
    split = [
        msgspec.structs.replace(row, left_value="A") if row.left in {"e0", "e1"} else row
        for row in rows
    ]

    assert (7, 8) == (one.sharing, one.environments)
    assert () == majorities(split, some)


def test_what_stands_comes_before_what_is_by_design() -> None:
    """The gravest is told first, then what is odd in the fewest environments."""
    rows, pairs = fleet("a a a a a a a b".split())
    two, _ = fleet("a a b a a a c a a a a a".split())
    _, all_pairs = fleet(["a"] * 12)
    by_design = [msgspec.structs.replace(row, path="/size", kind="environmental") for row in rows]
    more = [msgspec.structs.replace(row, path="/two") for row in two]
    told = majorities([*by_design, *more, *rows], all_pairs or pairs)

    assert ["/image/tag", "/two", "/size"] == [one.path for one in told]


@given(st.lists(st.sampled_from("aab?-"), min_size=2, max_size=12))
def test_a_majority_is_one(words: list[str]) -> None:
    """Whatever is said, a usual value is shared by more than half, and nobody is counted twice."""
    told = majorities(*fleet(words))
    for one in told:
        assert 2 * one.sharing > one.environments == one.sharing + len(one.odd)
        assert one.environments + len(one.unread) <= len(words)
        assert one.odd
