from driftline.render.html.drift_charts import drift_section, units
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import TREND


def test_a_curve_says_what_it_shows() -> None:
    """The picture's label has its ends and its height."""
    page = PageReader(drift_section(TREND.trend, TREND))

    assert (
        "staging and production: from 0.40 on 2026-07-20 to 0.70 on 2026-08-03, at most 0.90"
        == page.all("svg")[0]["aria-label"]
    )


def test_actor_classes_are_told_with_plain_counts() -> None:
    """What each class moved apart and brought together stands beside its count of steps."""
    text = PageReader(drift_section(TREND.trend, TREND)).text

    assert "human" in text
    assert "bot: 0.10 apart, 0.30 together" in text


def test_what_gaps_leave_open_is_drawn_apart() -> None:
    """An interval is a band of its own."""
    shapes = [one["class"] for one in PageReader(drift_section(TREND.trend, TREND)).all("path")]

    assert ["area", "doubt", "edge"] == shapes


def test_too_little_history_is_said() -> None:
    """One point is no curve."""
    page = PageReader(drift_section(TREND.trend[:1], None))

    assert [] == page.all("svg")
    assert "not enough history" in page.text


def test_small_distances_are_not_nothing() -> None:
    """A distance that is not zero never reads as zero."""
    assert ["0", "0.0004", "1.25"] == [units(one) for one in (0, 400, 1_250_000)]
