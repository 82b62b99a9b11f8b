"""A change that users notice leaves a fragment in changes/, in their words."""

import re

from tests.rules.complaint import listed
from tools.source_tree import ROOT

KINDS = ("Added", "Changed", "Fixed", "Removed")
FRAGMENTS = sorted(path for path in (ROOT / "changes").glob("*.md") if path.name != "README.md")


def test_fragments_are_found() -> None:
    """There is at least one change to tell."""
    assert len(FRAGMENTS) > 0


def test_fragments_are_named_after_the_change() -> None:
    """A fragment's name is a few words joined by hyphens, so that two changes never collide."""
    wrong = [f.name for f in FRAGMENTS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.md", f.name)]

    assert [] == wrong, listed(wrong)


def test_fragments_begin_with_their_kind() -> None:
    """A fragment's first line is one sentence after what kind of change it is."""
    first = {f.name: f.read_text(encoding="utf-8").split("\n", 1)[0] for f in FRAGMENTS}
    pattern = re.compile(rf"({'|'.join(KINDS)}): .+\.")
    wrong = [f"{name}: {line}" for name, line in first.items() if not pattern.fullmatch(line)]

    assert [] == wrong, listed(wrong)


def test_fragments_speak_to_users() -> None:
    """A fragment names no module and no class of ours."""
    wrong = [f.name for f in FRAGMENTS if re.search(r"driftline\.[a-z]", f.read_text("utf-8"))]

    assert [] == wrong, listed(wrong)
