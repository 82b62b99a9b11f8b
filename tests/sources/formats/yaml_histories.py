"""Random YAML and random edits of it, for the laws of reading."""

from hypothesis import strategies as st

KEYS = ("a", "b", "on", "image", "1.10", '"q x"', "app/name", "env", "password", "kind", "~", "<<")
SCALARS = (
    "1", "1.10", "true", "web", '"two words"', "'it''s'", "~", "", "2026-01-01", "12:30", "010",
    "[1, {x: y}]", "{}", "[]", "&anchor web", "*anchor", "!Ref x", "x # note", '"{{ x }}"',
    "hunter2", "{a: [1,\n 2]}", '"open\n  quote"', "postgres://u:p@h/d",
)  # fmt: skip
BLOCKS = (
    "|\n{}line one\n{}  line two\n\n", ">-\n{}folded\n{}text\n", "|+\n{}kept\n\n\n", "|2\n{}x\n",
)  # fmt: skip
LINES = (
    "", "# note", "---", "- item", "- name: x", "  odd: 1", "b:", "}", "]", "...", "a: &anchor 1",
)  # fmt: skip
SOUP = (
    "a", "b: ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ",", '"', "'", "|\n", ">\n",
    "&x ", "*x", "<<: ", "? ", ": ", "#", "\n---\n", "\n...\n", "%", "\t", "!!int ", "!t ", "1",
    "1.10", "true", "~", "{{", "\u2028", "é", "password: ", "\nkind: Secret\napiVersion: v1\n",
    "\x85", "\nb:\n  c: 1\n",
)  # fmt: skip


@st.composite
def mappings(draw: st.DrawFn, indent: int = 0) -> list[str]:
    """The lines of a block mapping, most of them valid."""
    pad = " " * indent
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5)):
        shape = draw(st.integers(0, 9 if indent < 8 else 4))
        if shape <= 3:
            lines += f"{pad}{key}: {draw(st.sampled_from(SCALARS))}".split("\n")
        elif shape == 4:
            block = draw(st.sampled_from(BLOCKS)).replace("{}", pad + "  ")
            lines += f"{pad}{key}: {block}".rstrip("\n").split("\n") + [""] * (block.count("\n\n"))
        elif shape == 5:
            step = draw(st.sampled_from((0, 2)))
            items = draw(st.lists(st.sampled_from(SCALARS), min_size=1, max_size=3))
            lines.append(f"{pad}{key}:")
            lines += [f"{pad}{' ' * step}- {item}" for item in items if "\n" not in item]
        else:
            note = draw(st.sampled_from(("", "  # note", "")))
            lines.append(f"{pad}{key}:{note}")
            lines += draw(mappings(indent + draw(st.sampled_from((1, 2, 4)))))
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(st.sampled_from(("", f"{pad}# note", "# note", f"{pad}  # deep"))))
    return lines


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    """Successive versions of one file, each a few edited lines away from the last."""
    # Enough text that pieces are cut more than one level deep.
    filler = (f"  f{n}: {'y' * 60}" for n in range(8))
    lines = [*draw(mappings()), "filler:", *filler, *draw(mappings())]
    versions = ["\n".join(lines) + "\n"]
    for _ in range(draw(st.integers(1, 4))):
        lines = list(lines)
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, len(lines) - 1))
            edit = draw(st.integers(0, 3))
            if edit == 0 and len(lines) > 2:
                del lines[at]
            elif edit == 1:
                lines.insert(at, draw(st.sampled_from(LINES)))
            elif edit == 2:
                lines[at] += draw(st.sampled_from((" ", "x", " # note", ":", '"')))
            else:
                lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
        versions.append("\n".join(lines) + draw(st.sampled_from(("\n", "", "\n\n"))))
    return versions


def yaml_soup() -> st.SearchStrategy[str]:
    """Text made of pieces that mean something to YAML, in any order."""
    return st.lists(st.sampled_from(SOUP), max_size=30).map("".join)
