"""Each decision is asked by itself how many of the present differences it is about."""

from driftline.inventory.decided_reach import reach
from driftline.inventory.layers.layer import Layer
from driftline.inventory.siblings import Found
from driftline.model.ledger import ABSENT, Decision, Entry
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

TAGS = {"staging": "2", "production": "1", "us": "1"}


def side(name: str) -> dict[str, tuple[int, int | None, list[Layer]]]:
    """A web service with a tag of its own, and a worker that only staging has."""
    units = {"web": web(TAGS[name])}
    return {**units, "worker": web("1")} if name == "staging" else units


def web(tag: str) -> tuple[int, int | None, list[Layer]]:
    """A unit with a tag and two sizes."""
    values = {"image": {"tag": tag}, "cpu": tag, "memory": tag}
    return (0, None, [layer_of("values", [(0, values)])])


def pairs() -> list[Found]:
    """Staging differs from two environments that are equal."""
    names = (("staging", "production"), ("staging", "us"), ("production", "us"))
    sides = {name: environment(name, side(name)) for name in TAGS}
    return [pair(sides[left], sides[right]) for left, right in names]


CASES: tuple[tuple[str, Entry, int], ...] = (
    ("one path in two pairs", Entry(Decision.IGNORE, "web", "/image/tag"), 2),
    ("all that is below a place", Entry(Decision.IGNORE, "web", ""), 6),
    ("a role that one side lacks", Entry(Decision.IGNORE, "worker", ""), 2),
    ("every role", Entry(Decision.IGNORE, "*", ""), 8),
    ("only one pair", Entry(Decision.IGNORE, "web", "", environments=("staging", "us")), 3),
    ("a service that is gone", Entry(Decision.IGNORE, "cart", ""), 0),
    ("a path that is equal again", Entry(Decision.IGNORE, "web", "/replicas"), 0),
    ("what ended is counted too", Entry(Decision.IGNORE, "web", "/cpu", until="2020-01-01"), 2),
    ("what is not yet as well", Entry(Decision.IGNORE, "web", "/cpu", made_on="2999-01-01"), 2),
    ("what is taken back", Entry(Decision.IGNORE, "!web", "/cpu"), 2),
    (
        "values that are there",
        Entry(Decision.ACCEPT, "web", "/cpu", bound=(("staging", '"2"'), ("production", '"1"'))),
        1,
    ),
    (
        "values that are no longer there",
        Entry(Decision.ACCEPT, "web", "/cpu", bound=(("staging", '"3"'), ("production", ABSENT))),
        0,
    ),
    ("a freeze", Entry(Decision.FREEZE, "web", "/image"), 2),
    ("a class", Entry(Decision.CLASSIFY, "web", "/memory", class_="drift"), 2),
)


def test_each_decision_is_counted() -> None:
    """A decision covers what it would speak about if it were the only one and in force."""
    told = reach([entry for _, entry, _ in CASES], pairs())

    assert [(why, count) for why, _, count in CASES] == [
        (why, count) for (why, _, _), count in zip(CASES, told, strict=True)
    ]


def test_nothing_was_decided() -> None:
    """Without decisions nothing is counted."""
    assert () == reach([], pairs())
