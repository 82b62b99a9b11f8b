"""A table as Markdown has it, from cells that are escaped already."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; heads that end in a colon are of columns aligned to the right."""
    marks = ["--:" if head.endswith(":") else "---" for head in heads]
    lines = [[head.removesuffix(":") for head in heads], marks, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
