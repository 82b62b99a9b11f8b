"""Layout cases as data: reading them, and turning their YAML text into cards."""

import json
import posixpath
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from driftline.inventory.layout.cards import card
from driftline.inventory.layout.infer import Source, infer_together
from driftline.model.document import DocumentKind
from driftline.model.placing import FileCard, Layout, LayoutHints

CASES = Path(__file__).parent / "cases"


class Row(msgspec.Struct, frozen=True):
    """What is expected of one file; `role` None where it does not matter."""

    source: str
    path: str
    environments: tuple[str, ...]
    role: str | None
    layer: str | None
    alive: bool


class Case(msgspec.Struct, frozen=True):
    """One layout: its files, what is said in them, and what they are."""

    name: str
    sources: dict[str, tuple[str, str]]  # label → repository, branch
    rows: tuple[Row, ...]
    content: dict[str, str]
    hints: LayoutHints
    questions: int | None

    def cards(self, *, content: bool = True) -> dict[str, list[FileCard]]:
        """Cards by source, with or without content."""
        made: dict[str, list[FileCard]] = {label: [] for label in self.sources}
        for row in self.rows:
            text = self.content.get(row.path) if content else None
            documents = _documents(row.path, text) if text is not None else []
            made[row.source].append(card(row.path, documents, row.alive))
        return made

    def layouts(
        self, cards: Mapping[str, list[FileCard]], hints: LayoutHints | None = None
    ) -> dict[str, Layout]:
        """What the rules make of some cards of this case."""
        sources = {
            label: Source(tuple(cards[label]), repository, branch)
            for label, (repository, branch) in self.sources.items()
        }
        return infer_together(sources, self.hints if hints is None else hints)


def load_cases() -> list[Case]:
    """Every case of every file, in order."""
    return [
        _case(table)
        for path in sorted(CASES.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def _case(table: dict[str, Any]) -> Case:
    repository = table.get("repository", "")
    if "repositories" in table:
        sources = {name: (name, "") for name in table["repositories"]}
    elif "branches" in table:
        sources = {name: (repository, name) for name in table["branches"]}
    else:
        sources = {"": (repository, "")}
    rows = tuple(_row(line, sources) for line in table["layout"].splitlines() if line.strip())
    return Case(
        name=table["name"],
        sources=sources,
        rows=rows,
        content=table.get("content", {}),
        hints=msgspec.convert(table.get("hints", {}), LayoutHints),
        questions=table.get("questions", 0),
    )


def _row(line: str, sources: Mapping[str, object]) -> Row:
    alive = "†" not in line
    path, environments, role, layer = line.replace("†", "").split()
    source = ""
    if "" not in sources:
        source, _, path = path.partition(":")
    return Row(
        source=source,
        path=path,
        environments=() if environments == "-" else tuple(environments.split(",")),
        role=None if role == "-" else role,
        layer=None if layer == "-" else layer,
        alive=alive,
    )


def _documents(path: str, text: str) -> list[tuple[DocumentKind, str, dict[str, str]]]:
    made = []
    for body in yaml.safe_load_all(text):
        kind, key = _kind(path, body)
        facts: dict[str, str] = {}
        _flatten(body, "", facts)
        made.append((kind, key, facts))
    return made


def _kind(path: str, body: Any) -> tuple[DocumentKind, str]:
    name = posixpath.basename(path)
    by_name = {
        "kustomization.yaml": DocumentKind.KUSTOMIZATION,
        "Chart.yaml": DocumentKind.CHART,
        "helmfile.yaml": DocumentKind.HELMFILE,
    }
    if name in by_name:
        return by_name[name], ""
    if isinstance(body, dict) and "kind" in body and "apiVersion" in body:
        return DocumentKind.OBJECT, f"{body['kind']}/{body['metadata']['name']}"
    return DocumentKind.PLAIN, ""


def _flatten(value: Any, address: str, facts: dict[str, str]) -> None:
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    if not children:
        facts[address] = json.dumps(value)
    for key, child in children:
        token = str(key).replace("~", "~0").replace("/", "~1")
        _flatten(child, f"{address}/{token}", facts)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes a `case` once for each case; there are many, or none were found."""
    if "case" in metafunc.fixturenames:
        cases = load_cases()
        assert len(cases) >= 40, "no cases found"
        metafunc.parametrize("case", cases, ids=[case.name for case in cases])


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """Every case, for tests of what holds across them."""
    return load_cases()
