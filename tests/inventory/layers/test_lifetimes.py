from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.layers.layer import Layer
from driftline.inventory.layers.lifetimes import within
from driftline.inventory.layers.merging import at, effective
from tests.inventory.building import layer_of

VERSIONS = st.dictionaries(
    st.integers(0, 12),
    st.one_of(st.none(), st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))),
    min_size=1,
    max_size=6,
).map(lambda versions: sorted(versions.items()))
LAYERS = st.lists(VERSIONS, min_size=1, max_size=3).map(
    lambda several: [layer_of(str(number), versions) for number, versions in enumerate(several)]
)


def now(layers: Sequence[Layer], instant: int) -> dict[str, str]:
    """The values in force at an instant, the empty mapping of a document left out."""
    points = {address: at(one, instant) for address, one in effective(layers).items()}
    return {one: point.value for one, point in points.items() if one and point and point.value}


@settings(max_examples=150, deadline=None)
@given(LAYERS, st.integers(0, 8), st.one_of(st.none(), st.integers(1, 5)))
def test_a_cut_changes_nothing_inside_a_life(
    layers: Sequence[Layer], born: int, length: int | None
) -> None:
    """While a unit lives its values are what they were, and outside there are none."""
    gone = None if length is None else born + length
    cut = within(layers, born, gone)
    for instant in range(14):
        lives = instant >= born and (gone is None or instant < gone)

        assert (now(layers, instant) if lives else {}) == now(cut, instant), instant


def test_older_facts_keep_their_act() -> None:
    """What was set before a unit began is the act of whoever set it."""
    steps = within([layer_of("base", [(0, {"a": 1}), (3, {"a": 2})], act=7)], 5, None)[0].steps

    assert [(5, "2", 7)] == [(one.instant, one.value, one.act) for one in steps]


def test_a_layer_inside_the_life_is_left_alone() -> None:
    """A layer that is younger than its unit is the very same."""
    layer = layer_of("own", [(5, {"a": 1})])

    assert layer is within([layer], 5, None)[0]


def test_the_removal_keeps_its_act() -> None:
    """The last step of a file that was removed is the act that removed it."""
    layer = layer_of("own", [(0, {"a": 1}), (5, None)], act=9)
    shared = layer_of("base", [(0, {"b": 1})], act=8)
    own, base = within([layer, shared], 0, 5)

    assert [(0, 9), (5, 9)] == [(one.instant, one.act) for one in own.steps]
    assert [(0, 8), (5, -1)] == [(one.instant, one.act) for one in base.steps]
