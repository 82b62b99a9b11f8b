"""Readable cases of noise: files of YAML documents, each a situation and what is to be said of it.

`declared` and `observed` (or `left` and `right`) are objects, `managers` says
who owns what below which addresses. `noise` names the addresses that are noise
with their rules; whatever else differs must come out as real, and `real` lists
it so that a reader sees it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from driftline.model.address import ancestors
from driftline.sources.formats.tree import flatten
from driftline.sources.formats.yaml_trees import yaml_trees

CASES = Path(__file__).parent / "cases"
Facts = dict[str, str]


class Case(msgspec.Struct, frozen=True):
    """One document of a file of cases."""

    file: str
    why: str
    plain: Mapping[str, Any]
    trees: Mapping[str, Any]

    def facts(self, name: str) -> Facts:
        """The facts of an object of the case."""
        return flatten(self.trees.get(name, {}))

    def managers(self, name: str, facts: Facts) -> dict[str, tuple[str, ...]]:
        """Who owns each fact, as the case says by prefixes."""
        owned: dict[str, list[str]] = {}
        for owner, prefixes in (self.plain.get(name) or {}).items():
            for prefix in prefixes:
                below = [one for one in facts if one == prefix or prefix in ancestors(one)]
                for address in below or [prefix]:
                    owned.setdefault(address, []).append(owner)
        return {address: tuple(sorted(owners)) for address, owners in owned.items()}

    @property
    def noise(self) -> dict[str, str]:
        """The rule at each address that is noise."""
        return dict(self.plain.get("noise") or {})

    @property
    def real(self) -> list[str]:
        """The addresses that are real differences."""
        return sorted(self.plain.get("real") or [])


def cases(folder: str) -> list[Case]:
    """The cases of a folder, in the order of its files."""
    found = []
    for path in sorted((CASES / folder).glob("*.yaml")):
        text = path.read_text()
        trees = [one for one in yaml_trees(text) if isinstance(one, dict)]
        plains = [one for one in yaml.safe_load_all(text) if one is not None]
        for plain, tree in zip(plains, trees, strict=True):
            found.append(Case(path.name, plain["why"], plain, tree))
    return found


def differing(left: Facts, right: Facts) -> set[str]:
    """The addresses at which two objects are not spelled alike."""
    return {one for one in {**left, **right} if left.get(one) != right.get(one)}
