from driftline.render.markdown import markdown_of
from driftline.render.trend_markdown import trend_blocks
from tests.render import trend_samples


def test_one_pair() -> None:
    """The pair, who moved it, and its roles, as tables."""
    text = markdown_of(trend_samples.pair())

    assert "| staging ↔ production | 2025-06-02 | 2026-07-20 | 1.415 | +1.395 |" in text
    assert "| bot | production | 0 | -1.880 | 76 |" in text
    assert "| reports | 1.000 | 0 | 1.000 | 90.0 |" in text
    assert "- 1 file could not be read" in text


def test_several_pairs() -> None:
    """Of several pairs only the table of pairs is shown."""
    assert 2 == len(trend_blocks(trend_samples.several()))


def test_names_mention_nobody() -> None:
    """A name that looks like a mention or a table stays text."""
    assert "@team" not in markdown_of(trend_samples.several()).replace("`@team`", "")
