from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.noise.reordered import reordered
from tests.inventory.noise.case_files import Facts, differing

WORDS = st.lists(st.sampled_from(["get", "list", "watch", "create"]), unique=True, max_size=4)


def facts(root: str, values: list[str]) -> Facts:
    """A list of texts as facts."""
    return {f"{root}/{number}": f'"{one}"' for number, one in enumerate(values)}


def moved(root: str, left: Facts, right: Facts, *, is_custom: bool = False) -> set[str]:
    """The positions of a list that are noise."""
    found = reordered("Role", left, right, differing(left, right), is_custom=is_custom)
    return {address.removeprefix(root + "/") for address in found}


@given(WORDS, st.randoms(use_true_random=False))
def test_any_order_of_a_set_is_the_same(words: list[str], dice: st.DrawFn) -> None:
    """However a set is shuffled, every difference is noise."""
    shuffled = list(words)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random, as the strategy says
    left, right = facts("/rules/0/verbs", words), facts("/rules/0/verbs", shuffled)

    assert differing(left, right) == set(
        reordered("Role", left, right, differing(left, right), is_custom=False)
    )


@given(WORDS, WORDS)
def test_what_one_side_alone_has_is_never_noise(mine: list[str], theirs: list[str]) -> None:
    """As many differences remain as the larger set has elements that the other lacks, at least."""
    left, right = facts("/rules/0/verbs", mine), facts("/rules/0/verbs", theirs)
    rest = differing(left, right) - set(
        reordered("Role", left, right, differing(left, right), is_custom=False)
    )
    least = max(len(set(mine) - set(theirs)), len(set(theirs) - set(mine)))

    assert least <= len(rest)


def test_a_list_with_an_order_keeps_it() -> None:
    """Only lists that are read as sets are matched, and none of custom resources."""
    left, right = facts("/args", ["get", "list"]), facts("/args", ["list", "get"])
    verbs = facts("/verbs", ["get", "list"]), facts("/verbs", ["list", "get"])

    assert set() == moved("/args", left, right)
    assert {"0", "1"} == moved("/verbs", *verbs)
    assert set() == moved("/verbs", *verbs, is_custom=True)
