from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.compare import (
    Compared,
    Counts,
    Difference,
    View,
    compare,
    compare_views,
    facts_of,
    view,
    views,
)
from driftline.inventory.layers.merging import Layer
from driftline.inventory.units import Unit
from driftline.model.answers.parity import Side
from tests.inventory.building import layer_of

HERE, ABSENT, UNKNOWN = Side.PRESENT, Side.ABSENT, Side.UNKNOWN


def unit_of(
    *layers: Layer, role: str = "app", hidden: Sequence[str] = (), gone: int | None = None
) -> Unit:
    """A unit that was there from the first instant."""
    return Unit("env", role, layers, tuple(hidden), 0, gone)


def view_of(*layers: Layer, hidden: Sequence[str] = ()) -> View:
    """What these layers come to now."""
    made = view(unit_of(*layers, hidden=hidden))
    assert made is not None
    return made


def own(value: Any, *, hidden: Sequence[str] = ()) -> View:
    """A side whose only file says this."""
    return view_of(layer_of("own", [(0, value)]), hidden=hidden)


def told(differences: Sequence[Difference]) -> list[tuple[str, str, Any, Any]]:
    """Address, status and both values of each difference."""
    return [
        (
            one.address,
            one.status,
            one.left and msgspec.json.decode(one.left.value or "null"),
            one.right and msgspec.json.decode(one.right.value or "null"),
        )
        for one in differences
    ]


# Left, right, and what differs.
CASES: list[tuple[str, Any, Any, list[tuple[str, str, Any, Any]]]] = [
    ("a value", {"a": 1}, {"a": 2}, [("/a", "differ", 1, 2)]),
    ("the same in another spelling", {"cpu": "1000m"}, {"cpu": "1"}, []),
    ("memory in another unit", {"memory": "1Gi"}, {"memory": "1024Mi"}, []),
    ("a fact of one side", {"a": 1, "b": 1}, {"a": 1}, [("/b", "left only", 1, None)]),
    ("a fact of the other", {"a": 1}, {"a": 1, "b": 1}, [("/b", "right only", None, 1)]),
    ("an empty map that is filled", {"m": {}}, {"m": {"a": 1}},
     [("/m/a", "right only", None, 1)]),
    ("an empty list that is filled", {"m": ["x"]}, {"m": []}, [("/m/0", "left only", "x", None)]),
    ("an empty map and nothing", {"m": {}, "a": 1}, {"a": 1}, [("/m", "left only", {}, None)]),
    ("a null and nothing", {"m": None, "a": 1}, {"a": 1}, [("/m", "left only", None, None)]),
    ("a scalar and a map", {"m": 1}, {"m": {"a": 1}},
     [("/m", "left only", 1, None), ("/m/a", "right only", None, 1)]),
    (
        "a list with names in another order",
        {"env": [{"name": "A", "value": 1}, {"name": "B", "value": 2}]},
        {"env": [{"name": "B", "value": 2}, {"name": "A", "value": 1}]},
        [],
    ),
    (
        "an element more",
        {"env": [{"name": "A"}]},
        {"env": [{"name": "A"}, {"name": "B"}]},
        [("/env/[name=B]/name", "right only", None, "B")],
    ),
    ("an image's tag", {"image": "registry/a:1"}, {"image": "registry/a:2"},
     [("/image", "differ", "registry/a:1", "registry/a:2")]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "left", "right", "expected"), CASES, ids=lambda one: str(one)[:40])
def test_what_differs(why: str, left: Any, right: Any, expected: list[Any]) -> None:
    """Two sides differ where their values mean different things, and nowhere else."""
    assert expected == told(compare_views(own(left), own(right))[1]), why


def test_an_element_under_the_environments_name_is_the_same() -> None:
    """List elements that differ in the environment's word alone are compared with each other."""
    left = own({"buckets": [{"name": "shop-staging-events", "days": 7}, {"name": "logs"}]})
    right = own({"buckets": [{"name": "shop-events", "days": 30}, {"name": "logs"}]})
    counts, found = compare_views(left, right, frozenset({"staging"}))
    mine, theirs = "/buckets/[name=shop-staging-events]", "/buckets/[name=shop-events]"

    assert [(f"{mine}/days", f"{theirs}/days"), (f"{mine}/name", f"{theirs}/name")] == [
        (one.address, one.right_address) for one in found
    ]
    assert Counts(common=3, differ=2) == counts


def test_inherited_counts_what_one_side_sets_itself() -> None:
    """A common fact that one side sets and the other takes from a shared layer is inherited."""
    base = layer_of("base", [(0, {"a": 1, "b": 1, "c": 1})], shared=True)
    left = view_of(base, layer_of("left", [(0, {"a": 2, "b": 2})]))
    right = view_of(base, layer_of("right", [(0, {"b": 3})]))

    assert Counts(common=3, differ=2, inherited=1) == compare_views(left, right)[0]


# What the visible values of the right say, and whether the left's `/db/host`
# is absent there or unknown, when a chart that nobody reads lies below.
UNSEEN = [
    ({"x": 1}, UNKNOWN),
    ({"db": {"port": 1}}, UNKNOWN),
    ({"db": {}}, UNKNOWN),
    ({"db": None}, ABSENT),
    ({"db": "external"}, ABSENT),
    ({"db": ["a"]}, ABSENT),
    ({"db": []}, ABSENT),
]


@pytest.mark.parametrize(("right", "expected"), UNSEEN)
def test_unknown_is_not_absent(right: Any, expected: Side) -> None:
    """What an unread layer may set is unknown, unless the visible layers leave no room for it."""
    left = own({"db": {"host": "h"}})
    states = {
        one.address: one.right_state
        for one in compare_views(left, own(right, hidden=("",)))[1]
        if one.right is None
    }

    assert expected == states["/db/host"]


def test_a_null_over_a_visible_layer_is_absence() -> None:
    """What a null took away is known to be gone, even with an unread chart below."""
    base = layer_of("base", [(0, {"a": 1, "b": 1})], shared=True)
    right = view_of(base, layer_of("right", [(0, {"a": None})]), hidden=("",))
    found = compare_views(own({"a": 1, "b": 1, "c": 1}), right)[1]

    assert [("/a", ABSENT), ("/c", UNKNOWN)] == [(one.address, one.right_state) for one in found]


def test_only_the_hidden_part_is_unknown() -> None:
    """A chart's unread dependency leaves the rest of the chart known."""
    right = own({"x": 1}, hidden=("/redis",))
    left = own({"x": 1, "y": 1, "redis": {"size": 1}, "rediscount": 1})
    found = compare_views(left, right)[1]

    assert [("/redis/size", UNKNOWN), ("/rediscount", ABSENT), ("/y", ABSENT)] == [
        (one.address, one.right_state) for one in found
    ]


def test_roles_of_one_side_are_named_and_counted() -> None:
    """A role that one side lacks is one name, with its facts in the count of that side."""
    one, two = own({"a": 1}), own({"a": 1, "b": 2})
    compared = compare({"app": one, "left": two}, {"app": one, "right": one})

    assert (
        Compared(
            Counts(common=1, left_only=2, right_only=1),
            {"app": Counts(common=1)},
            (),
            ("app",),
            ("left",),
            ("right",),
        )
        == compared
    )


@pytest.mark.parametrize(
    ("until", "expected"), [(0, None), (1, 1), (3, 2), (4, None), (None, None)]
)
def test_a_view_is_an_instant(until: int | None, expected: int | None) -> None:
    """A unit is seen as it was at an instant, and not at all before its birth or after its end."""
    layer = layer_of("own", [(1, {"a": 1}), (2, {"a": 2}), (4, None)])
    made = view(Unit("env", "app", (layer,), (), 1, 4), until=until)

    assert expected == (None if made is None else int(made.facts["/a"].value or ""))


def test_views_leave_out_what_is_not_there() -> None:
    """The views of an environment are those of the units that are there."""
    layer = layer_of("own", [(0, {"a": 1, "b": 2})])
    made = views({"here": unit_of(layer), "gone": unit_of(layer, gone=1)})

    assert ["here"] == list(made)
    assert 2 == facts_of(list(made.values()))


# Laws over random documents, with lists of elements that carry an environment's word.
NAMES = st.sampled_from(["db", "db-staging", "production-db", "logs", "staging"])
VALUES = st.sampled_from([1, "1", "1000m", "1Gi", "1024Mi", "a:1", None, True, "60s", "1m"])
ELEMENTS = st.lists(
    st.fixed_dictionaries({"name": NAMES}, optional={"cpu": VALUES, "tag": VALUES}),
    max_size=3,
    unique_by=lambda element: element["name"],
)
DOCUMENTS = st.dictionaries(
    st.sampled_from(["a", "cpu", "memory", "image", "l", "m"]),
    st.one_of(VALUES, ELEMENTS, st.dictionaries(st.sampled_from(["a", "cpu"]), VALUES)),
    max_size=4,
)
SIDES = st.builds(
    lambda base, top, hidden: view_of(
        layer_of("base", [(0, base)], shared=True), layer_of("own", [(0, top)]), hidden=hidden
    ),
    DOCUMENTS,
    DOCUMENTS,
    st.sampled_from([(), ("",), ("/m",)]),
)
WORDS = frozenset({"staging", "production"})
SWAPPED = {"left only": "right only", "right only": "left only"}


@settings(max_examples=150, deadline=None)
@given(SIDES, SIDES)
def test_comparing_is_symmetric(left: View, right: View) -> None:
    """Swapping the sides swaps the answer and changes nothing else."""
    counts, found = compare_views(left, right, WORDS)
    back_counts, back = compare_views(right, left, WORDS)
    mirrored = {
        (one.right_address, one.address, SWAPPED.get(one.status, one.status), one.right, one.left)
        for one in found
    }

    assert mirrored == {
        (one.address, one.right_address, one.status, one.left, one.right) for one in back
    }
    assert counts == msgspec.structs.replace(
        back_counts, left_only=back_counts.right_only, right_only=back_counts.left_only
    )


@settings(max_examples=100, deadline=None)
@given(SIDES)
def test_a_side_equals_itself(side: View) -> None:
    """Nothing differs between a side and itself."""
    assert (Counts(common=len(side.facts)), []) == compare_views(side, side, WORDS)


@settings(max_examples=150, deadline=None)
@given(SIDES, SIDES)
def test_every_fact_is_counted_once(left: View, right: View) -> None:
    """Each fact of a side is common, its own or unknown, but for empty containers now filled."""
    counts, found = compare_views(left, right, WORDS)
    filled = sum(
        _is_filled(left, right, one) + _is_filled(right, left, one) for one in _all(left, right)
    )
    counted = 2 * counts.common + counts.left_only + counts.right_only + counts.unknown

    assert len(left.facts) + len(right.facts) == counted + filled
    assert len(found) == counts.differ + counts.left_only + counts.right_only + counts.unknown


def _all(left: View, right: View) -> set[str]:
    return {*left.facts, *right.facts}


def _is_filled(side: View, other: View, address: str) -> bool:
    """Whether an empty container of one side has content and no statement on the other."""
    point = side.facts.get(address)
    empty = point is not None and point.value in ("{}", "[]") and address not in other.facts
    return empty and any(one.startswith(address + "/") for one in other.facts)


def test_counts_add_up() -> None:
    """The counts of a pair are the sums of its roles'."""
    rows: Mapping[str, Counts] = {"a": Counts(1, 1, 2, 3, 0, 4), "b": Counts(5, 0, 1, 1, 2, 0)}

    assert Counts(6, 1, 3, 4, 2, 4) == rows["a"] + rows["b"]
