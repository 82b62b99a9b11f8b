"""Whatever a user can name has its place in the documentation."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec
import pytest

from driftline import errors
from tests.rules.complaint import listed
from tools.source_tree import ROOT

DOCS = ROOT / "docs"
# What readers raise where there is a gap; the message is its reason.
UNREADABLE = {"Unreadable", "Malformed", "NotText"}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _commands() -> Iterable[str]:
    from driftline.surfaces.cli.commands import driftline

    assert isinstance(driftline, click.Group)
    return driftline.list_commands(click.Context(driftline))


def _fields(record: type, seen: set[type]) -> Iterator[str]:
    """Names of all fields of a record and of the records in it, as JSON spells them."""
    if record in seen:
        return
    seen.add(record)
    for field in msgspec.structs.fields(record):
        yield field.encode_name
        for inner in _records(field.type):
            yield from _fields(inner, seen)


def _records(kind: object) -> Iterator[type]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for argument in getattr(kind, "__args__", ()):
        yield from _records(argument)


def _json_fields() -> Iterable[str]:
    from driftline.render.json_schema import SCHEMAS

    seen: set[type] = set()
    return {name for root, _ in SCHEMAS.values() for name in _fields(root, seen)}


def _settings() -> Iterable[str]:
    from driftline.engine.settings import SettingsFile

    return set(_fields(SettingsFile, set()))


def _variables() -> Iterable[str]:
    """Environment variables that the code reads."""
    return {
        node.value
        for path in (ROOT / "driftline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"DRIFTLINE_[A-Z_]+", node.value)
    }


def _errors() -> Iterable[str]:
    return [
        name
        for name, thing in vars(errors).items()
        if inspect.isclass(thing) and issubclass(thing, errors.DriftlineError)
    ]


NAMES = {
    "commands": (_commands, "commands.md"),
    "settings": (_settings, "configuration.md"),
    "environment variables": (_variables, "configuration.md"),
    "fields of the JSON": (_json_fields, "json.md"),
    "errors": (_errors, "errors.md"),
}


def _mentions(page: str, name: str) -> bool:
    """Whether the page has the name as code, or in a heading."""
    word = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    code = re.findall(r"`([^`\n]+)`", page)
    headings = re.findall(r"(?m)^#+ (.+)$", page)
    return any(re.search(word, text) for text in (*code, *headings))


@pytest.mark.parametrize("what", NAMES)
def test_every_name_has_its_place(what: str) -> None:
    """Each command, setting, variable, field and error stands on its page."""
    find, name = NAMES[what]
    names = sorted(find())
    page = (DOCS / name).read_text(encoding="utf-8")
    missing = [f"docs/{name}: {one}" for one in names if not _mentions(page, one)]

    assert len(names) > 0
    assert [] == missing, listed(missing)


def _reasons() -> Iterator[str]:
    """The fixed words of every reason for a gap that readers raise as such."""
    for path in (ROOT / "driftline/sources").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                raised = node.func.id in UNREADABLE and bool(node.args)
                yield from _fixed_words(node.args[0]) if raised else ()


def _fixed_words(argument: ast.expr) -> Iterator[str]:
    """The text, or the longest stretch of it that holds no value.

    Fewer than three words are grammar (` (line `) and say nothing by themselves.
    """
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [
        part.value
        for part in parts
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    longest = max(texts, key=len, default="").strip()
    if len(longest.split()) > 2:
        yield longest.removesuffix(" (line").removesuffix(":")


def test_every_reason_for_a_gap_is_explained() -> None:
    """A reason that a reader gives for a gap stands on the page of formats."""
    page = (DOCS / "format.md").read_text(encoding="utf-8").replace("`", "")
    reasons = sorted(set(_reasons()))
    missing = [reason for reason in reasons if reason.replace("`", "") not in page]

    assert len(reasons) > 5
    assert [] == missing, listed(missing)


def test_every_source_has_its_page() -> None:
    """A folder of sources that collects has a page that says what it reads."""
    sources = [path.parent.name for path in (ROOT / "driftline/sources").glob("*/collect.py")]
    missing = [name for name in sources if not (DOCS / "sources" / f"{name}.md").exists()]

    assert len(sources) > 0
    assert [] == missing, listed(missing)


def _pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "changes").glob("*.md")]


def test_links_lead_somewhere() -> None:
    """A link from one page to a file of ours leads to a file that is there."""
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in _pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert [] == broken, listed(broken)


def test_the_index_leads_to_every_page() -> None:
    """Each page of the documentation is linked from its index, but for single decisions."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = {(DOCS / target).resolve() for target in LINK.findall(index)}
    pages = {page for page in DOCS.rglob("*.md") if page.parent.name != "decisions"}
    missing = sorted(str(page.relative_to(DOCS)) for page in pages - linked - {DOCS / "index.md"})

    assert [] == missing, listed(missing)
