"""Every layout of the case files comes out right, whole and half hidden."""

import random
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest

from driftline.inventory.layout.aliases import canonical
from driftline.model.placing import Layout, Placement

SEEDS = range(8)


def expected(case: Any) -> list[str]:
    """The rows of a case as text."""
    return [line(row.source, row.path, row.environments, row.role, row.layer) for row in case.rows]


def line(
    source: str, path: str, environments: tuple[str, ...], role: str | None, layer: str | None
) -> str:
    """One placement as text, so that a failure shows which file is wrong and how."""
    return f"{source}:{path} {','.join(environments) or '-'} {role or '-'} {layer or '-'}"


def actual(case: Any, layouts: dict[str, Layout]) -> list[str]:
    """The placements of a case's files as text, roles left out where the case has none."""
    found = {
        (source, placement.path): placement
        for source, layout in layouts.items()
        for placement in layout.placements
    }
    lines = []
    for row in case.rows:
        placement = found[row.source, row.path]
        role = placement.role if row.role is not None else None
        lines.append(line(row.source, row.path, placement.environments, role, placement.layer))
    return lines


def test_layouts(cases: list[Any], subtests: pytest.Subtests) -> None:
    """Each file of each layout gets its environment, role and layer."""
    for case in cases:
        with subtests.test(case.name):
            layouts = case.layouts(case.cards())

            assert expected(case) == actual(case, layouts)


def test_questions(cases: list[Any], subtests: pytest.Subtests) -> None:
    """A question is asked where a case says so, and nowhere else."""
    for case in cases:
        with subtests.test(case.name):
            layouts = case.layouts(case.cards())
            asked = [q for layout in layouts.values() for q in layout.questions]

            assert bool(case.questions) == bool(asked), [q.text for q in asked]


def wrong(case: Any, layouts: dict[str, Layout]) -> Iterable[str]:
    """Every environment and pair that a partial view reports and that the truth denies."""
    truth = {(row.source, row.path): row for row in case.rows}
    placed: list[tuple[Placement, Any]] = []
    for source, layout in layouts.items():
        for placement in layout.placements:
            row = truth[source, placement.path]
            if placement.layer is None:
                continue
            placed.append((placement, row))
            names = {canonical(name) for name in row.environments}
            for name in placement.environments:
                # A coarser view of the same place (`production` of
                # `production/eu`, or its `eu`) is not wrong, only less.
                known = set(canonical(name).split("/"))
                if not any(known <= set(full.split("/")) for full in names):
                    yield f"{placement.path} is not in {name}"
    for (one, row), (other, other_row) in combinations(placed, 2):
        siblings = one.environments != other.environments
        if one.role == other.role and siblings and row.role != other_row.role:
            yield f"{one.path} is no sibling of {other.path}"


@pytest.mark.parametrize("content", [True, False], ids=["content", "names"])
def test_half_hidden(cases: list[Any], content: bool, subtests: pytest.Subtests) -> None:  # noqa: FBT001
    """With half of the files hidden, no wrong environment and no wrong pair is reported."""
    for case in cases:
        cards = case.cards(content=content)
        for seed in SEEDS:
            with subtests.test(case.name, seed=seed):
                dice = random.Random(seed)  # noqa: S311
                partial = {
                    source: [one for one in held if dice.random() < 0.5]
                    for source, held in cards.items()
                }
                problems = list(wrong(case, case.layouts(partial)))

                assert [] == problems


def test_names_alone(cases: list[Any], subtests: pytest.Subtests) -> None:
    """Without any content, what is reported is still right."""
    for case in cases:
        with subtests.test(case.name):
            problems = list(wrong(case, case.layouts(case.cards(content=False))))

            assert [] == problems


def test_order_does_not_matter(cases: list[Any], subtests: pytest.Subtests) -> None:
    """The order of cards changes nothing."""
    for case in cases:
        with subtests.test(case.name):
            cards = case.cards()
            shuffled = {source: held[::-1] for source, held in cards.items()}

            assert case.layouts(cards) == case.layouts(shuffled)
