"""Writes the tree of ARCHITECTURE.md from the captions of the modules.

A caption is the first line of a module's docstring. The tree stands between
two marks; everything else on the page is written by people.
"""

from pathlib import Path

from tools.source_tree import ROOT, read

PAGE = ROOT / "ARCHITECTURE.md"
BEGIN = "<!-- tree: written by `make docs` from the captions of the modules -->"
END = "<!-- tree ends -->"
WIDTH = 34


def tree(folder: Path) -> str:
    """The folder as a tree with a caption beside each module and package.

    A package's caption is that of its `__init__`; a package that holds nothing
    else is left out, because only folders that are filled need a reader.
    """
    lines = [f"{folder.name}/"]
    lines += _branches(folder, "")
    return "\n".join(lines)


def _branches(folder: Path, indent: str) -> list[str]:
    lines = []
    entries = [entry for entry in sorted(folder.iterdir(), key=_order) if _shown(entry)]
    for entry in entries:
        last = entry == entries[-1]
        caption = read(entry / "__init__.py" if entry.is_dir() else entry).caption
        name = f"{indent}{'└── ' if last else '├── '}{entry.name}{'/' if entry.is_dir() else ''}"
        lines.append(f"{name:<{WIDTH}} {caption.removesuffix('.')}".rstrip())
        if entry.is_dir():
            lines += _branches(entry, indent + ("    " if last else "│   "))
    return lines


def _order(entry: Path) -> tuple[bool, str]:
    return entry.is_dir(), entry.name


def _shown(entry: Path) -> bool:
    if entry.is_dir():
        return (entry / "__init__.py").exists() and any(map(_shown, entry.iterdir()))
    return entry.suffix == ".py" and entry.name != "__init__.py"


def page(written: str, drawn: str) -> str:
    """The page with the tree between the marks replaced.

    Raises ValueError when a mark is missing.
    """
    head, begin, rest = written.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} lacks the line {BEGIN!r} or {END!r}: put both back")
    return f"{head}{BEGIN}\n\n```\n{drawn}\n```\n\n{END}{tail}"


def current() -> str:
    """What the page should say now."""
    return page(PAGE.read_text(encoding="utf-8"), tree(ROOT / "driftline"))


def write() -> None:
    """Rewrite the page."""
    PAGE.write_text(current(), encoding="utf-8")
