"""The JSON Schema of each answer, generated from the records themselves."""

from typing import Any

import msgspec

from driftline.model.answers.align import AlignAnswer
from driftline.model.answers.check import CheckAnswer
from driftline.model.answers.decisions import DecisionsAnswer
from driftline.model.answers.history import History
from driftline.model.answers.layout import LayoutAnswer
from driftline.model.answers.observed import Observed
from driftline.model.answers.parity import Comparison
from driftline.model.answers.promotions import PromotionsAnswer
from driftline.model.answers.scan import Scan
from driftline.model.answers.sources import SourcesAnswer
from driftline.model.answers.spells import SpellsAnswer
from driftline.model.answers.trend import TrendAnswer

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# The name of each answer, its record, and the version of its schema. Within a
# version fields are added and never renamed, so readers ignore what is new.
SCHEMAS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "scan": (Scan, "driftline.scan/1"),
    "compare": (Comparison, "driftline.compare/1"),
    "spells": (SpellsAnswer, "driftline.spells/1"),
    "promotions": (PromotionsAnswer, "driftline.promotions/1"),
    "history": (History, "driftline.history/1"),
    "layout": (LayoutAnswer, "driftline.layout/1"),
    "decisions": (DecisionsAnswer, "driftline.decisions/1"),
    "observe": (Observed, "driftline.observe/1"),
    "sources": (SourcesAnswer, "driftline.sources/1"),
    "trend": (TrendAnswer, "driftline.trend/1"),
    "align": (AlignAnswer, "driftline.align/1"),
    "check": (CheckAnswer, "driftline.check/1"),
}


def json_schema(name: str) -> dict[str, Any]:
    """The schema of the answer with this name, as draft 2020-12 means it."""
    record, version = SCHEMAS[name]
    (reference,), definitions = msgspec.json.schema_components(
        (record,), ref_template="#/$defs/{name}"
    )
    root = definitions.pop(reference["$ref"].rpartition("/")[2])
    properties = {**root["properties"], "schema": {"const": version}}
    return {
        "$schema": DIALECT,
        "$id": f"urn:{version.replace('/', ':').replace('.', ':')}",
        **root,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text(name: str) -> str:
    """The schema as indented JSON that ends in a line feed."""
    encoded = msgspec.json.encode(json_schema(name))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
