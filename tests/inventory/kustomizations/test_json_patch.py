from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.kustomizations.json_patch import Inapplicable, is_json_patch, patched
from tests.inventory.building import facts_of

OBJECT = {
    "replicas": 1,
    "labels": {"a/b": "c", "~": "t"},
    "args": ["x", "y"],
    "containers": [{"name": "web", "image": "a:1"}],
    "ports": [{"containerPort": 80}, {"containerPort": 81}],
    "none": {},
    "empty": [],
}

# Operations, and what they change of the object above (None: gone).
APPLIED: list[tuple[list[dict[str, Any]], dict[str, Any]]] = [
    ([{"op": "replace", "path": "/replicas", "value": 3}], {"replicas": 3}),
    ([{"op": "add", "path": "/replicas", "value": 3}], {"replicas": 3}),
    ([{"op": "add", "path": "/new", "value": {"deep": [1]}}], {"new": {"deep": [1]}}),
    ([{"op": "remove", "path": "/labels/a~1b"}], {"labels": {"~": "t"}}),
    ([{"op": "remove", "path": "/labels/~0"}], {"labels": {"a/b": "c"}}),
    (
        [{"op": "remove", "path": "/labels/~0"}, {"op": "remove", "path": "/labels/a~1b"}],
        {"labels": {}},
    ),
    ([{"op": "add", "path": "/none/k", "value": "v"}], {"none": {"k": "v"}}),
    ([{"op": "add", "path": "/none/[k", "value": "v"}], {"none": {"[k": "v"}}),
    ([{"op": "replace", "path": "/labels", "value": {}}], {"labels": {}}),
    ([{"op": "replace", "path": "/labels", "value": None}], {"labels": None}),
    ([{"op": "add", "path": "/args/-", "value": "z"}], {"args": ["x", "y", "z"]}),
    ([{"op": "add", "path": "/args/0", "value": "z"}], {"args": ["z", "x", "y"]}),
    ([{"op": "replace", "path": "/args/1", "value": "z"}], {"args": ["x", "z"]}),
    ([{"op": "remove", "path": "/args/0"}], {"args": ["y"]}),
    ([{"op": "remove", "path": "/args/0"}] * 2, {"args": []}),
    (
        [{"op": "replace", "path": "/containers/0/image", "value": "a:2"}],
        {"containers": [{"name": "web", "image": "a:2"}]},
    ),
    (
        [{"op": "add", "path": "/containers/-", "value": {"name": "b"}}],
        {"containers": [{"name": "web", "image": "a:1"}, {"name": "b"}]},
    ),
    (
        [{"op": "replace", "path": "/containers/0", "value": {"name": "web", "image": "b"}}],
        {"containers": [{"name": "web", "image": "b"}]},
    ),
    ([{"op": "remove", "path": "/containers/0"}], {"containers": []}),
    (
        [{"op": "replace", "path": "/ports", "value": [{"containerPort": 1, "name": "n"}]}],
        {"ports": [{"containerPort": 1, "name": "n"}]},
    ),
    (
        [{"op": "move", "from": "/replicas", "path": "/none/count"}],
        {"replicas": None, "none": {"count": 1}},
    ),
    ([{"op": "copy", "from": "/labels", "path": "/copy"}], {"copy": {"a/b": "c", "~": "t"}}),
    ([{"op": "test", "path": "/labels", "value": {"a/b": "c", "~": "t"}}], {}),
]


@pytest.mark.parametrize(("operations", "changed"), APPLIED)
def test_operations(operations: list[dict[str, Any]], changed: dict[str, Any]) -> None:
    """Operations do to facts what they do to the document."""
    expected = {**OBJECT, **changed}
    if "from" in operations[0] and operations[0]["op"] == "move":
        del expected["replicas"]

    assert facts_of(expected) == patched(facts_of(operations), facts_of(OBJECT))


# Operations that facts cannot carry out, or that do not fit, and why.
REFUSED = [
    ({"op": "replace", "path": "/nothing", "value": 1}, "there is no /nothing"),
    ({"op": "remove", "path": "/labels/x"}, "there is no /labels/x"),
    ({"op": "add", "path": "/a/b", "value": 1}, "there is no /a"),
    ({"op": "add", "path": "", "value": 1}, "as a whole"),
    ({"op": "replace", "path": "/ports/1/containerPort", "value": 1}, "counts the elements"),
    ({"op": "remove", "path": "/ports/0"}, "counts the elements"),
    ({"op": "add", "path": "/ports/-", "value": {"name": "x"}}, "no name"),
    ({"op": "add", "path": "/containers/-", "value": {"name": "web"}}, "two elements"),
    ({"op": "replace", "path": "/containers/0", "value": {"name": "b"}}, "renames"),
    ({"op": "add", "path": "/args/7", "value": "z"}, "no position"),
    ({"op": "add", "path": "/args/x", "value": "z"}, "no position"),
    ({"op": "replace", "path": "/args/-", "value": "z"}, "no position"),
    ({"op": "add", "path": "/empty/-", "value": {"name": "z"}}, "names"),
    ({"op": "add", "path": "/hosts", "value": [{"name": "z", "host": "h"}]}, "not known"),
    ({"op": "test", "path": "/replicas", "value": 2}, "test"),
    ({"op": "increment", "path": "/replicas"}, "no operation"),
    ({"path": "/replicas"}, "without op"),
]


@pytest.mark.parametrize(("operation", "why"), REFUSED)
def test_what_cannot_be_applied(operation: dict[str, Any], why: str) -> None:
    """What cannot be applied exactly is refused with its reason."""
    with pytest.raises(Inapplicable, match=why):
        patched(facts_of([operation]), facts_of(OBJECT))


def test_a_list_of_operations_is_recognised() -> None:
    """A JSON patch is a list of entries with `op`; a merge patch is not."""
    assert is_json_patch(facts_of([{"op": "remove", "path": "/a"}]))
    assert not is_json_patch(facts_of({"spec": {"op": "x"}}))


VALUES = st.recursive(
    st.integers(0, 3),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from("ab"), inner, max_size=2), st.lists(st.integers(0, 3))
    ),
    max_leaves=4,
)
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1, max_size=3)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.sampled_from("abcd"), VALUES)
def test_adding_and_removing_a_key(document: dict[str, Any], key: str, value: Any) -> None:
    """Adding a key is what it is for a document, and removing it again leaves the rest."""
    add = {"op": "add", "path": f"/{key}", "value": value}
    rest = {one: other for one, other in document.items() if one != key}
    added = patched(facts_of([add]), facts_of(document))

    assert facts_of({**document, key: value}) == added
    assert facts_of(rest) == patched(facts_of([{"op": "remove", "path": f"/{key}"}]), added)
