"""Sources as people read them."""

from driftline.model.answers.parity import GapNote
from driftline.model.answers.sources import SourceNote, SourcesAnswer
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.sources_screen import sources_blocks, sources_lines

GAP = GapNote("*/secrets.core", "look 3", "not allowed to list secrets.core (403)", "prod")
ANSWER = SourcesAnswer(
    "driftline.sources/1",
    "2026-08-08T12:00:00Z",
    (
        SourceNote(
            "kubernetes", "observed", "prod", "", 42, None, None, 7200, 600, 1800,
            is_stale=True, gaps=(GAP,),
        ),
        SourceNote("git", "declared", "/infra", "main", 1200, None, None, 60, None, None,
                   is_stale=False),
        SourceNote("git", "declared", "/never", "", 0, None, None, None, None, None,
                   is_stale=False),
    ),
    ("a note",),
)  # fmt: skip


def test_a_row_for_each_source() -> None:
    """Age, looks and gaps; what is stale says so, with what is usual."""
    text = to_text(sources_lines(ANSWER, Page(width=110)), color=False)

    assert "stale: more than 30 min old, usually every 10 min" in text
    assert "1 x not allowed to list secrets.core (403)" in text
    assert "/infra (main)" in text
    assert "never" in text


def test_markdown() -> None:
    """The same as a table."""
    text = "\n".join(sources_blocks(ANSWER)).replace("\\", "")

    assert "| `prod` | observed | 2 h ago | 42 | 1 | stale: more than 30 min old" in text
    assert "- a note" in text


def test_hostile_names() -> None:
    """A cluster's name reaches no terminal raw."""
    bad = SourceNote("kubernetes", "observed", "x\x1b[2J", "", 1, None, None, 1, None, None,
                     is_stale=False)  # fmt: skip
    answer = SourcesAnswer("driftline.sources/1", "2026-08-08T12:00:00Z", (bad,))

    assert "\x1b" not in to_text(sources_lines(answer, Page()), color=False)
