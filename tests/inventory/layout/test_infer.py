"""Every layout of the case files comes out right, whole and half hidden."""

import random
import re
import time
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import msgspec
import pytest

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard, Layout, Placement

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


def test_layouts(case: Any) -> None:
    """Each file of each layout gets its environment, role and layer."""
    layouts = case.layouts(case.cards())

    assert expected(case) == actual(case, layouts)


def test_questions(case: Any) -> None:
    """A question is asked where a case says so, and nowhere else."""
    layouts = case.layouts(case.cards())
    asked = [question.text for layout in layouts.values() for question in layout.questions]

    assert bool(case.questions) == bool(asked), asked


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


@pytest.mark.parametrize("content", ["content", "names"])
def test_half_hidden(case: Any, content: str) -> None:
    """With half of the files hidden, no wrong environment and no wrong pair is reported."""
    cards = case.cards(content=content == "content")
    problems = set(wrong(case, case.layouts(cards)))
    for seed in SEEDS:
        dice = random.Random(seed)  # noqa: S311 - which half is hidden is no secret
        partial = {
            source: [one for one in held if dice.random() < 0.5] for source, held in cards.items()
        }
        problems.update(wrong(case, case.layouts(partial)))

    assert set() == problems


def test_order_does_not_matter(case: Any) -> None:
    """The order of cards changes nothing."""
    cards = case.cards()
    shuffled = {source: held[::-1] for source, held in cards.items()}

    assert case.layouts(cards) == case.layouts(shuffled)


STRANGERS = [
    "tools/release/steps.yaml",
    "zz-notes/today.json",
    ".github/workflows/build.yaml",
    "docs/production/readme.yaml",
    "monitoring-rules/latency.yaml",
]


def test_unrelated_files_change_nothing(case: Any) -> None:
    """Unrelated files beside a layout leave every placement of its own files as it was."""
    cards = case.cards()
    more = {
        source: [*held, *(FileCard(path) for path in STRANGERS)] for source, held in cards.items()
    }

    assert actual(case, case.layouts(cards)) == actual(case, case.layouts(more))


# Words that may stand for one another without any other meaning in a path.
EXCHANGE = {"staging": "uat", "production": "preprod", "prod": "preprod"}
WORDS = re.compile(r"(?<![a-z0-9])(staging|production|prod)(?![a-z0-9])")
# Cases with several spellings of one environment would become other layouts.
SEVERAL = re.compile(r"(?<![a-z0-9])(stg|stage|non-prod|preprod)(?![a-z0-9])")


def renamed(text: str) -> str:
    """A text with its environments renamed."""
    return WORDS.sub(lambda match: EXCHANGE[match[1]], text)


def with_other_names(case: Any) -> Any:
    """A case with every environment renamed, in paths, content and expectations alike."""
    rows = tuple(
        msgspec.structs.replace(
            row,
            source=renamed(row.source),
            path=renamed(row.path),
            environments=tuple(sorted(renamed(name) for name in row.environments)),
            role=renamed(row.role) if row.role else row.role,
        )
        for row in case.rows
    )
    return msgspec.structs.replace(
        case,
        rows=rows,
        content={renamed(path): renamed(body) for path, body in case.content.items()},
        sources={
            renamed(label): (renamed(repository), renamed(branch))
            for label, (repository, branch) in case.sources.items()
        },
    )


def test_renaming_environments(cases: list[Any]) -> None:
    """Renaming every environment renames them in the answer and changes nothing else."""
    compared = 0
    for case in cases:
        words = {match[1] for row in case.rows for match in WORDS.finditer(row.path)}
        several = any(SEVERAL.search(row.path) for row in case.rows)
        if case.hints.places or several or {"prod", "production"} <= words:
            continue
        compared += 1
        other = with_other_names(case)

        assert expected(other) == actual(other, other.layouts(other.cards())), case.name

    assert compared >= 60, "too few cases compared"


def test_speed() -> None:
    """Twenty thousand files are placed in a few seconds at most, on any machine."""
    cards = [
        FileCard(f"services/s{number}/overlays/{name}/{stem}.yaml")
        for number in range(1700)
        for name in ("dev", "staging", "prod")
        for stem in ("kustomization", "patch", "ingress", "values")
    ]
    start = time.process_time()
    layout = infer(cards, repository="shop")

    assert 3 == len(layout.environments)
    assert time.process_time() - start < 6
