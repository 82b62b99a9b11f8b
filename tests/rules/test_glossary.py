"""A word enters the code after it has entered the glossary."""

import enum
import importlib
import pkgutil
import re

import driftline.model
from tests.rules.complaint import listed
from tools.source_tree import ROOT

# The words of the design, whether or not an enumeration spells them.
WORDS = """
    environment plane source look scope observation gap resource role layers fact change divergence
    spell drift actor tie assumption ledger ref address epoch onset layout store
""".split()


def _glossary() -> set[str]:
    """Every word that the page sets in bold or as code at the start of an item or a row."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^(?:- |\| )((?:(?:\*\*|`)[^*`]+(?:\*\*|`)(?:, )?)+)", page)
    return {word for entry in entries for word in re.findall(r"[*`]+([^*`]+)[*`]+", entry)}


def _values() -> dict[str, str]:
    """Every value of every enumeration of the model, and where it is from."""
    found: dict[str, str] = {}
    packages = pkgutil.walk_packages(driftline.model.__path__, "driftline.model.")
    for module in map(importlib.import_module, (package.name for package in packages)):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, enum.StrEnum):
                found |= {value.value: f"{thing.__module__}.{thing.__name__}" for value in thing}
    return found


def test_the_words_of_the_design_are_explained() -> None:
    """The glossary explains each word that the design fixes."""
    missing = sorted(set(WORDS) - _glossary())

    assert [] == missing, listed(missing)


def test_every_value_is_explained() -> None:
    """The glossary explains each value of each enumeration that answers may hold."""
    values = _values()
    known = _glossary()
    missing = [
        f"{value} ({where})" for value, where in sorted(values.items()) if value not in known
    ]

    assert len(values) > 10
    assert [] == missing, listed(missing)
