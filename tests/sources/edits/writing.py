"""Trees as people write them, and how two texts differ: what tests of edits draw from."""

import difflib
from typing import Any

import msgspec
import yaml
from hypothesis import strategies as st

KEYS = st.sampled_from(["image", "tag", "replicas", "a/b", "on", "8080", "web service", "env"])
LEAVES = st.one_of(
    st.sampled_from(
        ["1.2", "web", "yes", "a: b", "x #y", "", " pad ", "it's", 'say "hi"', "C:\\d", "- x"]
    ),
    st.integers(-5, 5000),
    st.booleans(),
    st.none(),
    st.text(max_size=6),
)
NAMED = st.lists(
    st.tuples(st.sampled_from(["web", "db", "job"]), LEAVES), min_size=1, max_size=3,
    unique_by=lambda one: one[0],
).map(lambda pairs: [{"name": name, "value": value} for name, value in pairs])  # fmt: skip
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.dictionaries(KEYS, inner, max_size=4), st.lists(LEAVES, max_size=3), NAMED
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)


def written(tree: Any, *, flow: bool | None, indent: int, comments: bool) -> str:
    """A tree as somebody's YAML."""
    text = yaml.safe_dump(
        tree, default_flow_style=flow, indent=indent, sort_keys=False, width=10_000
    )
    if not comments:
        return text
    lines = text.split("\n")[:-1]
    return "# the file\n" + "".join(f"{line}  # line {n}\n" for n, line in enumerate(lines))


def encoded(value: Any) -> str:
    """A value as a fact has it."""
    return msgspec.json.encode(value).decode()


def names(address: str) -> bool:
    """Whether a fact is the name of a list's element."""
    place, _, token = address.rpartition("/")
    return place.rpartition("/")[2].startswith(f"[{token}=")


def removed(before: str, after: str) -> int:
    """How many lines of a text are not in another one."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return sum(line[0] == "-" and line[:3] != "---" for line in lines)


def lines_touched(before: str, after: str) -> int:
    """How many lines were taken away or added."""
    return removed(before, after) + removed(after, before)
