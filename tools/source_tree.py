"""What the rules look at: our modules, their captions, their functions and their lengths."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("driftline", "tools", "bench", "tests")


class Function(msgspec.Struct, frozen=True):
    """A function or method: its name and how many lines it takes with its docstring."""

    name: str
    line: int
    lines: int


class Module(msgspec.Struct, frozen=True):
    """One Python file; `path` is relative to the root of the repository."""

    path: str
    lines: int
    docstring: str | None
    functions: tuple[Function, ...]
    classes: tuple[str, ...]
    acts: bool

    @property
    def caption(self) -> str:
        """The first line of the docstring, which answers what the module is for."""
        return (self.docstring or "").split("\n", 1)[0]


def modules(*folders: str) -> tuple[Module, ...]:
    """Every module below these folders, by path."""
    return tuple(
        read(path)
        for folder in folders or FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


@cache
def read(path: Path) -> Module:
    """One module as the rules see it."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Module(
        path=path.relative_to(ROOT).as_posix(),
        lines=text.count("\n"),
        docstring=ast.get_docstring(tree),
        functions=tuple(_functions(tree)),
        classes=tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
        acts=any(_acts(node) for node in ast.walk(tree)),
    )


def _functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield Function(node.name, node.lineno, last - node.lineno + 1)


def _acts(node: ast.AST) -> bool:
    """Whether this is a function with a body; a protocol's methods only have a docstring."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return any(
        not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)) for one in node.body
    )


def texts() -> Iterator[tuple[str, str]]:
    """Path and text of every file that is, or would be, in the repository."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in sorted(set(filter(None, listed.decode().split("\0")))):
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if b"\0" not in data:
                yield name, data.decode("utf-8", "replace")
