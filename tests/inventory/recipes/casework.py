"""Repositories as the cases about recipes write them down."""

import json
from pathlib import Path

import msgspec
import yaml

from driftline.inventory.layout.cards import card
from driftline.inventory.layout.infer import infer
from driftline.inventory.recipes.cookbook import recipes
from driftline.inventory.recipes.recipe import Recipe
from driftline.inventory.units import Place, gather
from tests.inventory.rendering import materials_of

FILE = Path(__file__).parent / "cases.yaml"


class Case(msgspec.Struct, frozen=True):
    """One repository and what would have to be rendered of it."""

    why: str
    files: dict[str, str]
    recipes: list[str]
    unreadable: dict[str, str] = {}

    def place(self) -> Place:
        """The repository as it would be read and placed."""
        return place_of(self.files)

    def found(self) -> tuple[Recipe, ...]:
        """The recipes that are found."""
        place = self.place()
        return recipes(place, gather([place]).units, self.unreadable)


def place_of(files: dict[str, str]) -> Place:
    """A repository that never changed, placed by our own rules."""
    materials = materials_of({path: text.encode() for path, text in files.items()})
    by_file: dict[str, list[int]] = {}
    for number, one in enumerate(materials):
        by_file.setdefault(one.file, []).append(number)
    cards = [
        card(path, [(one.kind, one.key, one.now) for one in (materials[n] for n in numbers)])
        for path, numbers in by_file.items()
    ]
    return Place("shop", infer(cards), tuple(materials))


def line(one: Recipe) -> str:
    """A recipe as the cases write it; secrets are left out."""
    inline = [_compact(text) for text in one.inline]
    parts = [one.file, one.folder or "-", one.release, *one.values, *inline, *one.settings]
    return " ".join(part for part in parts if part)


def _compact(text: str) -> str:
    return "{…}" if "secret" in text else json.dumps(json.loads(text), separators=(",", ":"))


def cases() -> list[Case]:
    """Every case of the file."""
    return msgspec.convert(yaml.safe_load(FILE.read_text()), list[Case])
