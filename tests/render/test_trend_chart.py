import msgspec
import pytest

from driftline.model.answers.trend import TrendPoint
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.trend_chart import columns, sparkline, sum_text, trend_lines
from tests.render import trend_samples
from tests.render.screen_files import check_screen, unseen_in


@pytest.mark.parametrize("width", [80, 100, 160])
def test_one_pair(width: int) -> None:
    """The distance over time, who moved, and which roles are apart."""
    check_screen("trend", trend_lines(trend_samples.pair(), Page(width=width)), width=width)


@pytest.mark.parametrize("width", [80, 160])
def test_several_pairs(width: int) -> None:
    """A line for each pair, the farthest apart first."""
    lines = trend_lines(trend_samples.several(), Page(width=width))

    check_screen("trend-pairs", lines, width=width)


def test_no_pairs() -> None:
    """That there is nothing to compare is said."""
    text = to_text(trend_lines(trend_samples.nothing(), Page()), color=False)

    assert "No two environments" in text


def test_nothing_ever_moved() -> None:
    """A pair that never differed has no drift, and nobody moved it."""
    quiet = msgspec.structs.replace(
        trend_samples.nothing(), trend=(trend_samples.point(0, 0), trend_samples.point(9, 0))
    )
    text = to_text(trend_lines(quiet, Page()), color=False)

    assert "No drift: nothing differs." in text
    assert "Nobody moved." in text


def test_one_role_only() -> None:
    """Where one role was asked for, it is named and no others are listed."""
    only = msgspec.structs.replace(trend_samples.pair(), role="web")
    text = to_text(trend_lines(only, Page()), color=False)

    assert "only web" in text
    assert "reports" not in text


def test_names_of_anybody_are_harmless() -> None:
    """No foreign name reaches the terminal raw."""
    hostile = msgspec.structs.replace(
        trend_samples.pair(),
        role="\x1b[31mred\n",
        notes=("\x1b[2J",),
        trend=tuple(
            msgspec.structs.replace(one, left="\x1b[31mred\u202e\n")
            for one in trend_samples.pair().trend
        ),
    )

    assert [] == unseen_in(to_text(trend_lines(hostile, Page()), color=False))


SENTENCES = (
    (trend_samples.point(0, 0), "No drift: nothing differs."),
    (
        trend_samples.point(1, 2_500),
        "Drift is 0.003 resources' worth: 1 path in 1 role.",
    ),
    (
        trend_samples.point(1, 1_005_000, missing=1),
        (
            "Drift is 1.005 to 1.008 resources' worth: 2 paths in 2 roles, 1 whole role that only "
            "one side has and 1 path that may differ."
        ),
    ),
)


@pytest.mark.parametrize(("point", "expected"), SENTENCES, ids=[row[1][:20] for row in SENTENCES])
def test_sentence(point: TrendPoint, expected: str) -> None:
    """Beside every distance stand the plain counts behind it."""
    assert expected == sum_text(point)


def test_a_pair_that_ended() -> None:
    """What is over is told in the past, from its end on."""
    over = msgspec.structs.replace(trend_samples.pair(), asked_at="2027-01-01T00:00:00Z")
    text = to_text(trend_lines(over, Page()), color=False)

    assert "Drift was, on 2026-07-20, 1.415" in text
    assert "4 weeks before" in text
    assert "now" not in text


def test_charts_begin_at_nothing() -> None:
    """What is not nothing is seen, however little it is."""
    assert " ▁█" == sparkline([0, 1, 1000])
    assert "   " == sparkline([0, 0, 0])
    assert "" == sparkline([])


def test_one_point_fills_a_chart() -> None:
    """A pair that began today has one value everywhere."""
    assert [5, 5, 5] == columns([(10, 5)], 3)
