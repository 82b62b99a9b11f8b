"""Terraform and OpenTofu states as documents, one for each instance of a resource.

A state is what a tool remembers of what it made. A document is called by the
address that `terraform state list` prints, its facts are the attributes. What
changes with every run and says nothing of the infrastructure (serial, lineage,
schema versions, private data, dependencies, provider addresses) is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from driftline.model.document import DocumentKind
from driftline.sources.formats.documents import Masking, Named
from driftline.sources.formats.json_trees import json_value, tree_of_value
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.tree import Tree, flatten

MARKS = (b'"terraform_version"', b'"format_version"', b'"encrypted_data"')
_VERSIONS = (3, 4)
_NESTED_CHARACTERS_MAX = 1_000_000
_DEPTH_MAX = 100


class Instance(msgspec.Struct, frozen=True):
    """One instance of a resource: its address, its attributes, and which of them are secret.

    `secret_paths` are keys and positions from the top; `secret_like` has true
    where the attributes have a secret. Either may be empty.
    """

    address: str
    attributes: Any
    secret_paths: Sequence[Sequence[Any]] = ()
    secret_like: Any = None
    is_tainted: bool = False


def is_state(value: Any) -> bool:
    """Whether a JSON value is a state, in a format that we read or not."""
    if not isinstance(value, dict):
        return False
    if "encrypted_data" in value and "encryption_version" in value:
        return True
    if "terraform_version" not in value:
        return False
    return "format_version" in value or (
        "version" in value and ("resources" in value or "modules" in value or "serial" in value)
    )


def state_documents(value: Any, masking: Masking) -> list[Named]:
    """The documents of a state: its outputs, and each instance of a resource.

    Raises Unreadable for a format that is not known, with its number.
    """
    if "encrypted_data" in value:
        raise Unreadable("a state that OpenTofu encrypted")
    if "format_version" in value:
        shown = value.get("values")
        if not isinstance(shown, dict):
            raise Unreadable("the JSON of a plan, which is no state")
        outputs, found = shown.get("outputs"), _of_shown_module(shown.get("root_module"))
    elif value["version"] == 4:
        outputs, found = value.get("outputs"), _of_format_4(value)
    elif value["version"] in _VERSIONS:
        outputs, found = _outputs_of_format_3(value), _of_format_3(value)
    else:
        raise Unreadable(f"a Terraform state of format {value['version']!s:.20}")
    return [_outputs(outputs, masking), *(_document(one, masking) for one in found)]


def _outputs(outputs: Any, masking: Masking) -> Named:
    """The outputs of the root module as one nameless document, there or not."""
    tree: dict[str, Tree] = {}
    for name, output in _mapping(outputs).items():
        told = _mapping(output)
        below = _tree(told.get("value"))
        tree[str(name)] = _masked(below, masking) if told.get("sensitive") is True else below
    facts = flatten({"outputs": tree})
    masking.redact(facts)
    return Named("", DocumentKind.PLAIN, (facts,))


def _document(one: Instance, masking: Masking) -> Named:
    tree = _tree(one.attributes)
    for path in one.secret_paths:
        tree = _masked_at(tree, path, masking)
    tree = _masked_like(tree, one.secret_like, masking)
    if isinstance(tree, dict) and one.is_tainted:
        tree = {**tree, "tainted": "true"}
    facts = flatten(tree)
    masking.redact(facts)
    return Named(one.address, DocumentKind.PLAIN, (facts,))


def _of_format_4(value: Mapping[str, Any]) -> Iterator[Instance]:
    for resource in _sequence(value.get("resources")):
        told = _mapping(resource)
        mode = "data." if told.get("mode") == "data" else ""
        module = f"{told['module']}." if isinstance(told.get("module"), str) else ""
        name = f"{module}{mode}{told.get('type', '')}.{told.get('name', '')}"
        instances = (one for one in _sequence(told.get("instances")) if isinstance(one, dict))
        for instance in instances:
            deposed = instance.get("deposed")
            attributes = instance.get("attributes")
            if attributes is None:
                attributes = _unflattened(_mapping(instance.get("attributes_flat")))
            yield Instance(
                name
                + _index(instance.get("index_key"))
                + (f" (deposed {deposed})" if deposed else ""),
                attributes,
                [_steps(path) for path in _sequence(instance.get("sensitive_attributes"))],
                is_tainted=instance.get("status") == "tainted",
            )


def _of_format_3(value: Mapping[str, Any]) -> Iterator[Instance]:
    """Resources by `type.name.number` in modules by path, attributes as flat text."""
    for each in _sequence(value.get("modules")):
        module = _mapping(each)
        path = "".join(f"module.{name}." for name in _sequence(module.get("path"))[1:])
        for key, resource in _mapping(module.get("resources")).items():
            pieces = key.split(".")
            number = f"[{pieces.pop()}]" if pieces[-1].isdigit() else ""
            made = _mapping(_mapping(resource).get("primary"))
            yield Instance(
                path + ".".join(pieces) + number,
                _unflattened(_mapping(made.get("attributes"))),
                is_tainted=made.get("tainted") is True,
            )


def _outputs_of_format_3(value: Mapping[str, Any]) -> Any:
    """The outputs of the root module, which stands among the others."""
    modules = map(_mapping, _sequence(value.get("modules")))
    return next((one.get("outputs") for one in modules if one.get("path") == ["root"]), None)


def _of_shown_module(module: Any) -> Iterator[Instance]:
    """Resources as `terraform show -json` prints them, module below module."""
    waiting = [_mapping(module)]
    while waiting:
        one = waiting.pop()
        waiting += map(_mapping, _sequence(one.get("child_modules")))
        for each in _sequence(one.get("resources")):
            told = _mapping(each)
            deposed = told.get("deposed_key")
            yield Instance(
                str(told.get("address", "")) + (f" (deposed {deposed})" if deposed else ""),
                told.get("values"),
                secret_like=told.get("sensitive_values"),
                is_tainted=told.get("tainted") is True,
            )


def _unflattened(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that old states keep flat: `tags.Name`, and `tags.%` for how many there are.

    Elements of a set stay under the numbers that the state gave them; counts go.

    >>> _unflattened({"id": "i-1", "tags.%": "1", "tags.app.name": "web", "az.#": "1", "az.0": "a"})
    {'id': 'i-1', 'tags': {'app.name': 'web'}, 'az': ['a']}
    """
    found: dict[str, Any] = {}
    elements: dict[str, dict[str, dict[str, Any]]] = {}
    for key, value in flat.items():
        name, _, rest = key.partition(".")
        if f"{name}.%" in flat:
            of_map = found.setdefault(name, {})
            if rest != "%":
                of_map[rest] = value
        elif f"{name}.#" in flat:
            of_list = elements.setdefault(name, {})
            if rest != "#":
                number, _, inner = rest.partition(".")
                of_list.setdefault(number, {})[inner] = value
        else:
            found[key] = value
    for name, several in elements.items():
        found[name] = _elements(several)
    return found


def _elements(several: Mapping[str, Mapping[str, Any]]) -> Any:
    """The elements of a flat list, in order where they are numbered from 0."""
    made = {number: one[""] if "" in one else _unflattened(one) for number, one in several.items()}
    if made.keys() == {str(number) for number in range(len(made))}:
        return [made[str(number)] for number in range(len(made))]
    return made


def _index(key: Any) -> str:
    if key is None:
        return ""
    return f"[{msgspec.json.encode(key).decode()}]"


def _steps(path: Any) -> list[Any]:
    """A path of a state as keys and positions; one of an unknown form leads to the top."""
    steps: list[Any] = []
    for step in _sequence(path):
        value = _mapping(step).get("value")
        steps.append(value.get("value") if isinstance(value, dict) else value)
    return steps


def _masked_at(tree: Tree, path: Sequence[Any], masking: Masking) -> Tree:
    """The tree with all that is at a path masked; where the path ends early, all above it."""
    if not path:
        return _masked(tree, masking)
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        return {
            key: _masked_at(below, rest, masking) if key == str(step) else below
            for key, below in tree.items()
        }
    if isinstance(tree, list):
        return [
            _masked_at(below, rest, masking) if step in (number, str(number)) else below
            for number, below in enumerate(tree)
        ]
    return tree if tree == "null" else _masked(tree, masking)


def _masked_like(tree: Tree, marks: Any, masking: Masking) -> Tree:
    """The tree with everything masked where the marks, which have its form, are true."""
    if marks is True:
        return _masked(tree, masking)
    if isinstance(marks, dict) and isinstance(tree, dict):
        return {key: _masked_like(one, marks.get(key), masking) for key, one in tree.items()}
    if isinstance(marks, list) and isinstance(tree, list):
        padded = [*marks, *[None] * len(tree)]
        return [_masked_like(one, padded[at], masking) for at, one in enumerate(tree)]
    return tree


def _masked(tree: Tree, masking: Masking) -> Tree:
    """A tree with each of its leaves masked; what it is called stays."""
    if isinstance(tree, dict):
        return {key: _masked(below, masking) for key, below in tree.items()}
    if isinstance(tree, list):
        return [_masked(below, masking) for below in tree]
    facts = {"": tree}
    masking.redact(facts, ("",))
    return facts[""]


def _tree(value: Any) -> Tree:
    return tree_of_value(_with_nested(value, 0))


def _with_nested(value: Any, depth: int) -> Any:
    """A value in which JSON that stands as text, as policies do, is read as what it says."""
    if depth > _DEPTH_MAX:
        return value
    if isinstance(value, dict):
        return {key: _with_nested(below, depth + 1) for key, below in value.items()}
    if isinstance(value, list):
        return [_with_nested(below, depth + 1) for below in value]
    if isinstance(value, str) and value[:1] in ("{", "[") and len(value) < _NESTED_CHARACTERS_MAX:
        try:
            inner = json_value(value)
        except Unreadable:
            return value
        return (
            _with_nested(inner, depth + 1) if inner and isinstance(inner, (dict, list)) else value
        )
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
