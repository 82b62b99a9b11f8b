import functools
import itertools
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.layers.merging import (
    DELETED,
    REPLACED,
    Layer,
    LayerStep,
    MergeMode,
    Point,
    at,
    effective,
)
from driftline.model import address as addresses
from driftline.sources.formats.tree import Tree, flatten
from tests.inventory import reference
from tests.inventory.building import facts_of, layer_of, steps_of

HELM, STRATEGIC = MergeMode.HELM, MergeMode.STRATEGIC

# Base, overlay and what is in force, in Helm's reading.
CASES = [
    ("a map merges deep", {"m": {"a": 1, "b": 1}}, {"m": {"b": 2}}, {"m": {"a": 1, "b": 2}}),
    ("a list is replaced", {"l": ["a", "b", "c"]}, {"l": ["x"]}, {"l": ["x"]}),
    (
        "a list with names too",
        {"l": [{"name": "a", "v": 1}, {"name": "b", "v": 1}]},
        {"l": [{"name": "a", "w": 2}]},
        {"l": [{"name": "a", "w": 2}]},
    ),
    ("an empty list replaces as well", {"l": ["a"]}, {"l": []}, {"l": []}),
    ("a null deletes a fact", {"a": 1, "b": 1}, {"a": None}, {"b": 1}),
    ("a null deletes a map", {"m": {"a": 1}, "b": 1}, {"m": None}, {"b": 1}),
    ("a null deletes a list", {"l": ["a"], "b": 1}, {"l": None}, {"b": 1}),
    ("a null over nothing is a value", {"b": 1}, {"a": None}, {"a": None, "b": 1}),
    ("a null of the lowest layer is a value", {"a": None}, {"b": 1}, {"a": None, "b": 1}),
    ("a scalar over a map", {"m": {"a": 1}}, {"m": 5}, {"m": 5}),
    ("a map over a scalar", {"m": 5}, {"m": {"a": 1}}, {"m": {"a": 1}}),
    ("a list over a map", {"m": {"a": 1}}, {"m": ["x"]}, {"m": ["x"]}),
    ("a map over a list", {"m": ["x", "y"]}, {"m": {"a": 1}}, {"m": {"a": 1}}),
    ("a map over an empty list", {"m": []}, {"m": {"a": 1}}, {"m": {"a": 1}}),
    ("an empty map over a scalar", {"m": 5}, {"m": {}}, {"m": {}}),
    ("an empty map over a list", {"m": ["x"]}, {"m": {}}, {"m": {}}),
    ("an empty map over an empty map", {"m": {}}, {"m": {}}, {"m": {}}),
    ("keys of digits are no positions", {"m": {"404": 1}}, {"m": {"500": 2}},
     {"m": {"404": 1, "500": 2}}),
    ("a list over keys of digits", {"m": {"404": 1}}, {"m": ["a"]}, {"m": ["a"]}),
    ("a list inside a replaced list", {"l": [{"k": ["a", "b"]}]}, {"l": [{"k": ["c"]}]},
     {"l": [{"k": ["c"]}]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "base", "overlay", "expected"), CASES, ids=lambda one: str(one)[:40]
)
def test_helm_cases(why: str, base: Tree, overlay: Tree, expected: Tree) -> None:
    """What is in force is what Helm would hand to its templates."""
    layers = [layer_of("base", [(0, base)]), layer_of("own", [(0, overlay)])]

    assert facts_of(expected) == _now(layers), why


def _now(layers: Sequence[Layer], instant: int | None = None) -> dict[str, str]:
    points = {address: at(series, instant) for address, series in effective(layers).items()}
    return {address: one.value for address, one in points.items() if one and one.value is not None}


# Random layers: small trees over few keys, so that layers meet and contradict.
KEYS = st.sampled_from(["a", "b", "env", "containers"])
LEAVES = st.sampled_from(["1", "2", '"x"', "null"])
SCALARS = st.sampled_from(["1", '"x"'])
NAMED = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(['"p"', '"q"', '"r"'])}, optional={"v": LEAVES}),
    max_size=3,
    unique_by=lambda element: element["name"],
)


def _trees(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(st.dictionaries(KEYS, inner, max_size=3), st.lists(SCALARS, max_size=3), NAMED)


TREES = st.dictionaries(KEYS, st.recursive(LEAVES, _trees, max_leaves=6), max_size=3)
VERSIONS = st.lists(st.one_of(TREES, st.none()), min_size=1, max_size=4)
LIVES = st.lists(VERSIONS, min_size=1, max_size=4)
INSTANTS = range(4)

Merge = Callable[[Tree | None, Tree], Tree]


def _stated(tree: Tree | None) -> dict[str, str]:
    """The facts of a tree without its empty mappings, which nulls may have emptied."""
    facts = {} if tree is None else flatten(tree)
    return {address: value for address, value in facts.items() if value != "{}"}


def _snapshots(lives: Sequence[Sequence[Tree | None]], merge: Merge) -> list[dict[str, str]]:
    """At every instant, the layers of that instant merged as whole trees."""
    found = []
    for instant in INSTANTS:
        present = [life[min(instant, len(life) - 1)] for life in lives]
        trees = [tree for tree in present if tree is not None]
        lowest = lives and present[0] is None
        start: list[Tree] = [{}] if lowest and trees else []
        found.append(_stated(functools.reduce(merge, [*start, *trees]) if trees else None))
    return found


def _layers(lives: Sequence[Sequence[Tree | None]], mode: MergeMode) -> list[Layer]:
    return [
        Layer(str(number), f"{number}.yaml", mode, False, tuple(steps_of(enumerate(life))))
        for number, life in enumerate(lives)
    ]


def _played(layers: Sequence[Layer]) -> list[dict[str, str]]:
    """The same from the merge; statements of empty mappings and of lists since filled left out."""
    found = []
    for instant in INSTANTS:
        now = _now(layers, instant)
        filled = {place for address in now for place in addresses.ancestors(address)}
        found.append(
            {
                address: value
                for address, value in now.items()
                if value != "{}" and (value != "[]" or address not in filled)
            }
        )
    return found


@settings(max_examples=100, deadline=None)
@given(LIVES)
def test_helm_over_time_equals_every_snapshot(lives: Sequence[Sequence[Tree | None]]) -> None:
    """At every instant the effective values are what merging the whole files would give."""
    assert _snapshots(lives, reference.helm) == _played(_layers(lives, HELM))


@settings(max_examples=100, deadline=None)
@given(LIVES)
def test_strategic_over_time_equals_every_snapshot(lives: Sequence[Sequence[Tree | None]]) -> None:
    """The same holds for patches that merge lists by name."""
    assert _snapshots(lives, reference.strategic) == _played(_layers(lives, STRATEGIC))


@pytest.mark.parametrize(
    ("base", "own"), [({"m": {}}, {"m": {"a": 1}}), ({"m": {"a": 1}}, {"m": {}})]
)
def test_an_empty_mapping_is_a_fact_of_its_own(base: Tree, own: Tree) -> None:
    """A statement that a mapping stands here neither empties it nor ends when others fill it."""
    layers = [layer_of("base", [(0, base)]), layer_of("own", [(0, own)])]

    assert {"/m": "{}", "/m/a": "1"} == _now(layers)


def test_an_empty_mapping_ends_with_its_place() -> None:
    """A null over a place takes the statement that a mapping stands there along."""
    layers = [
        layer_of("base", [(0, {"m": {"n": {}}, "b": 1})]),
        layer_of("own", [(0, {"m": None})]),
    ]

    assert {"/b": "1"} == _now(layers)


def test_keys_of_digits_survive_a_list_of_another_time() -> None:
    """That a layer has a list at some time makes no list of another layer's map."""
    base = layer_of("base", [(0, {"m": {"404": 1}})])
    own = layer_of("own", [(0, {"m": {"a": 2}}), (1, {"m": ["x"]})])

    assert [{"/m/404": "1", "/m/a": "2"}, {"/m/0": '"x"'}] == [
        _now([base, own], instant) for instant in (0, 1)
    ]


@settings(max_examples=100, deadline=None)
@given(LIVES, st.sampled_from(MergeMode), st.sampled_from(INSTANTS))
def test_until_is_the_past(
    lives: Sequence[Sequence[Tree | None]], mode: MergeMode, until: int
) -> None:
    """The values up to an instant do not depend on what came later."""
    layers = _layers(lives, mode)
    cut = {
        address: [point for point in points if point.instant <= until]
        for address, points in effective(layers).items()
    }

    assert {address: points for address, points in cut.items() if points} == effective(
        layers, until=until
    )


@settings(max_examples=100, deadline=None)
@given(LIVES, st.sampled_from(MergeMode))
def test_every_point_has_its_cause(lives: Sequence[Sequence[Tree | None]], mode: MergeMode) -> None:
    """Each point is a change, in order, and the layer it blames moved at that very instant."""
    layers = [
        msgspec.structs.replace(
            layer,
            steps=tuple(msgspec.structs.replace(step, act=number) for step in layer.steps),
        )
        for number, layer in enumerate(_layers(lives, mode))
    ]
    moved = [{step.instant for step in layer.steps} for layer in layers]
    for points in effective(layers).values():
        assert points[0].value is not None or points[0].layer is not None
        assert all(one.cause == one.act and one.instant in moved[one.cause] for one in points)
        for before, after in itertools.pairwise(points):
            assert before.instant < after.instant
            assert (before.value, before.layer) != (after.value, after.layer)


def test_removing_an_override_blames_the_override() -> None:
    """When a lower layer shows again, the layer that stepped aside is the cause."""
    base = layer_of("base", [(0, {"a": 1})], act=7)
    own = layer_of("own", [(1, {"a": 2}), (2, {})], act=8)

    assert {
        "/a": [Point(0, "1", 0, 0, 7), Point(1, "2", 1, 1, 8), Point(2, "1", 0, 1, 8)]
    } == effective([base, own])


def test_a_null_is_told_where_nothing_else_is() -> None:
    """That a value was never there because a null took it away is a point of its own."""
    base = layer_of("base", [(0, {"a": 1})])
    own = layer_of("own", [(0, {"a": None})], act=8)

    assert {"/a": [Point(0, None, 1, 1, 8)]} == effective([base, own])


def test_one_instant_is_one_change() -> None:
    """What one look moves from one layer to another is a change of layer, not of value."""
    base = layer_of("base", [(0, {"a": 1}), (1, {})])
    own = layer_of("own", [(1, {"a": 1})])

    assert {"/a": [Point(0, "1", 0, 0, -1), Point(1, "1", 1, 1, -1)]} == effective([base, own])


def test_deletion_removes_all_below() -> None:
    """A derived layer can take away a place with everything below it."""
    base = layer_of("base", [(0, {"env": [{"name": "A", "v": 1}, {"name": "B", "v": 2}]})])
    steps = (LayerStep(1, "/env/[name=A]", DELETED),)
    patch = Layer("patch", "p.yaml", STRATEGIC, False, steps)

    assert {"/env/[name=B]/name": '"B"', "/env/[name=B]/v": "2"} == _now([base, patch])
    assert 4 == len(_now([base, patch], 0))


def test_replacement_leaves_only_its_own() -> None:
    """A derived layer can replace a mapping as a whole."""
    base = layer_of("base", [(0, {"m": {"a": 1, "b": 2}})])
    steps = (LayerStep(1, "/m", REPLACED), LayerStep(1, "/m/c", "3"))
    patch = Layer("patch", "p.yaml", STRATEGIC, False, steps)

    assert {"/m/c": "3"} == _now([base, patch])


# Base, patch and what is in force, as kustomize 5.8 builds it.
PATCHES = [
    (
        "containers merge by name, args are replaced",
        {"containers": [{"name": "web", "image": "a:1", "args": ["x", "y"]}]},
        {"containers": [{"name": "web", "args": ["z"]}, {"name": "new"}]},
        {"containers": [{"name": "web", "image": "a:1", "args": ["z"]}, {"name": "new"}]},
    ),
    (
        "mounts merge by their path",
        {"volumeMounts": [{"mountPath": "/v", "name": "v"}]},
        {"volumeMounts": [{"mountPath": "/v", "name": "w"}]},
        {"volumeMounts": [{"mountPath": "/v", "name": "w"}]},
    ),
    (
        "a list that has names but no merge key is replaced",
        {"tolerations": [{"key": "a", "operator": "Exists"}, {"key": "b"}]},
        {"tolerations": [{"key": "a"}]},
        {"tolerations": [{"key": "a"}]},
    ),
    ("an empty list leaves a merged one", {"env": [{"name": "A"}]}, {"env": []},
     {"env": [{"name": "A"}]}),
    ("an empty list replaces another", {"tolerations": [{"key": "a"}]}, {"tolerations": []},
     {"tolerations": []}),
    ("a null never stays", {"a": 1}, {"b": None, "env": [{"name": "C", "value": None}]},
     {"a": 1, "env": [{"name": "C"}]}),
    ("but inside a replaced list", {}, {"tolerations": [{"key": "x", "effect": None}]},
     {"tolerations": [{"key": "x", "effect": None}]}),
    ("a null of the object itself stays", {"replicas": None}, {}, {"replicas": None}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "base", "patch", "expected"), PATCHES, ids=lambda o: str(o)[:40])
def test_strategic_cases(why: str, base: Tree, patch: Tree, expected: Tree) -> None:
    """A patch merges as kustomize merges it."""
    layers = [layer_of("base", [(0, base)]), layer_of("patch", [(0, patch)], STRATEGIC)]

    assert facts_of(expected) == _now(layers), why


# Default and value of Terraform variables, and what is in force.
WHOLES = [
    ("a scalar", {"size": "small", "count": 1}, {"size": "big"}, {"size": "big", "count": 1}),
    ("a map is replaced", {"tags": {"a": 1, "b": 1}}, {"tags": {"a": 2}}, {"tags": {"a": 2}}),
    ("by an empty one too", {"tags": {"a": 1}}, {"tags": {}}, {"tags": {}}),
    ("an empty map is replaced", {"tags": {}}, {"tags": {"a": 1}}, {"tags": {"a": 1}}),
    ("a list is replaced", {"zones": ["a", "b"]}, {"zones": ["c"]}, {"zones": ["c"]}),
    ("inner maps are replaced as well", {"n": {"m": {"a": 1}}}, {"n": {"m": {"b": 1}}},
     {"n": {"m": {"b": 1}}}),
    ("a null is a value", {"size": "small"}, {"size": None}, {"size": None}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "base", "own", "expected"), WHOLES, ids=lambda o: str(o)[:40])
def test_variables_are_replaced_as_a_whole(why: str, base: Tree, own: Tree, expected: Tree) -> None:
    """A variable that is set keeps nothing of its default."""
    whole = MergeMode.WHOLE
    layers = [layer_of("default", [(0, base)], whole), layer_of("own", [(0, own)], whole)]

    assert facts_of(expected) == _now(layers), why


def test_a_value_before_the_first_point_is_none() -> None:
    """Nothing is in force before the first point, and the last one is in force for ever."""
    points = [Point(3, "1", 0, 0, -1), Point(5, None, None, 0, -1)]

    assert [None, None, points[0], points[0], points[1]] == [at(points, n) for n in (0, 2, 3, 4, 9)]
    assert points[1] == at(points, None)
    assert None is at([], None)
