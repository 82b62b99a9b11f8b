import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftline.render.lines import line_cells, to_text
from driftline.render.page import Page
from driftline.render.terminal_report import focus_pair, report_lines
from tests.render import samples
from tests.render.screen_files import check_screen, unseen_in

WIDTHS = (80, 100, 160)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_of_two_environments(width: int) -> None:
    """One screen says what was read, what differs, who moved it and what is unknown."""
    scan = samples.scan(questions=[samples.QUESTION])

    check_screen("report", report_lines(scan, Page(width=width, took_seconds=1.9)), width=width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_of_ten_environments(width: int) -> None:
    """Many environments make a matrix, not a list of every pair."""
    scan = samples.federation()

    check_screen("federation", report_lines(scan, Page(width=width)), width=width)


def test_the_report_without_environments() -> None:
    """Where nothing was found, the report says how to go on."""
    scan = samples.scan(environments=[], pairs=[], divergences=(), questions=[samples.NOWHERE])

    check_screen("nowhere", report_lines(scan, Page(width=100)), width=100)


def test_the_report_of_equal_environments() -> None:
    """Where nothing differs, the report says so."""
    scan = samples.scan(divergences=(), pairs=[samples.pair(facts_differ=0)])

    check_screen("equal", report_lines(scan, Page(width=100)), width=100)


@pytest.mark.parametrize("rows", [1, 8, 40, 400])
def test_the_report_stays_on_one_screen(rows: int) -> None:
    """However much differs, the report fits the screen and counts what it left out."""
    many = [
        samples.divergence(f"role-{at % 7}", f"/values/{at}", at, at + 1, onset=onset)
        for at in range(rows)
        for onset in ("drifted", "born")
    ]
    text = to_text(report_lines(samples.scan(divergences=many), Page()), color=False)

    assert len(text.splitlines()) <= 40
    shown = text.count("/values/")
    drifted = text.partition("… and ")[2].split(" more that drifted")[0]
    left_out = 2 * rows - shown
    assert left_out == 0 or "… and " in text
    assert not drifted.isdigit() or int(drifted) <= left_out


def test_the_screen_shows_the_pair_that_shares_most() -> None:
    """An environment that ended is not worth the screen, however much it shares."""
    scan = samples.scan(
        pairs=[
            samples.pair("staging", "demo", facts_common=900),
            samples.pair("staging", "production"),
        ]
    )
    pair = focus_pair(scan)

    assert pair is not None
    assert "production" == pair.right


def test_the_answer_chooses_its_pair() -> None:
    """The pair that the answer names is shown, even if another one shares more."""
    scan = samples.scan(
        pairs=[samples.pair("local", "staging", facts_common=900), samples.pair()],
        focus=("staging", "production"),
    )
    pair = focus_pair(scan)

    assert pair is not None
    assert ("staging", "production") == (pair.left, pair.right)


texts = st.text(max_size=30)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, texts, texts, texts, st.integers(60, 200))
def test_no_name_or_value_breaks_the_report(
    role: str, path: str, value: str, name: str, reason: str, width: int
) -> None:
    """Whatever repositories hold, the screen has no control character and no wide line."""
    scan = samples.hostile(role=role, path=path, value=value, name=name, reason=reason)
    lines = report_lines(scan, Page(width=width))

    assert not unseen_in(to_text(lines, color=False))
    assert not [line for line in lines if line_cells(line) > width]
