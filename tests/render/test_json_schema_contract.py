"""The fields that other programs were promised, with their types; none may go or change."""

from typing import Any

import pytest

from driftline.render.json_schema import json_schema
from tests.render.contract_fields import PROMISED


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node behind a reference, and the one that is not null behind an option."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(one for one in node["anyOf"] if one.get("type") != "null")
        else:
            return node


def _type_at(schema: dict[str, Any], place: str) -> object:
    """The JSON type at a place such as `pairs[].left`; any type is told as `any`."""
    node = schema
    for name in place.split("."):
        if name.removesuffix("[]") not in node["properties"]:
            return "missing"
        node = node["properties"][name.removesuffix("[]")]
        if node == {}:
            return "any"
        nullable = any(one.get("type") == "null" for one in node.get("anyOf", ()))
        node = _resolved(schema, node)
        if name.endswith("[]"):
            node = _resolved(schema, node["items"])
    kind = node.get("type", "string" if "enum" in node else "any")
    return f"{kind}?" if nullable else kind


@pytest.mark.parametrize(("answer", "place", "kind"), PROMISED)
def test_promised_fields_are_there(answer: str, place: str, kind: str) -> None:
    """Each field stands at its place with its type; `?` where it may be null."""
    assert kind == _type_at(json_schema(answer), place)


def test_promises_were_found() -> None:
    """The table is read, and covers the answers that programs use."""
    assert len(PROMISED) > 80
    assert {"scan", "compare", "history", "spells", "promotions"} <= {row[0] for row in PROMISED}
