"""Environments, looks and people for tests of analyses, as small as they come."""

from collections.abc import Mapping, Sequence

from driftline.inventory.compare import views
from driftline.inventory.layers.layer import Layer
from driftline.inventory.siblings import Environment, Found, find
from driftline.inventory.units import Unit
from driftline.model.chronicle import Chronicle, ClassifiedActor
from driftline.model.look import Contribution, Look, Person

ANN, BOB, BOT = (Person(name, f"{name}@example.org") for name in ("Ann", "Bob", "bot"))
ASSISTANT = Person("Assistant", "assistant@example.org")
DAY = 86_400


def chronicle(authors: Sequence[Person], *, approver: Person | None = None) -> Chronicle:
    """A look a day, each with one contribution by the author in its place."""
    looks = [
        Look(number, number * DAY, f"merge{number}", BOB, approver, f"merge {number}")
        for number in range(len(authors))
    ]
    made = {
        number: (Contribution(f"commit{number}", author, f"change {number}"),)
        for number, author in enumerate(authors)
    }
    actors = {
        ANN: ClassifiedActor("Ann", "human", "a person's name"),
        BOB: ClassifiedActor("Bob", "human", "a person's name"),
        BOT: ClassifiedActor("bot", "bot", "its name says so"),
    }
    return Chronicle(looks, [0] * len(looks), made, actors, frozenset({ASSISTANT}))


def environment(
    name: str, units: Mapping[str, tuple[int, int | None, Sequence[Layer]]]
) -> Environment:
    """One side: for each role when it was born and gone, and its layers."""
    made = {
        role: Unit(name, role, tuple(layers), (), born, gone)
        for role, (born, gone, layers) in units.items()
    }
    return Environment(
        name,
        "declared",
        views(made),
        {role: unit.born for role, unit in made.items()},
        {role: unit.gone for role, unit in made.items()},
    )


def pair(left: Environment, right: Environment) -> Found:
    """Both sides compared."""
    return find(left, right, frozenset())
