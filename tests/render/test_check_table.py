"""A change fits on a screen: what it opens first, what is by design only counted."""

import pytest

from driftline.render.check_table import check_lines
from driftline.render.lines import line_cells, to_text
from driftline.render.page import Page
from tests.render.check_samples import answer, flight, hostile, quiet


def text(one: object, width: int = 100, *, every_row: bool = False) -> str:
    """The screen as text."""
    return to_text(check_lines(one, Page(width=width), every_row=every_row), color=False)  # type: ignore[arg-type]


def test_everything_is_told_once() -> None:
    """Each act with its values, its siblings, its kind and its place; the verdict ends it."""
    shown = text(answer())

    assert "origin/main…HEAD  shop  2 configuration files since aaaaaaaaaa" in shown
    assert "Opens (3)" in shown
    assert "web /log  production: info → debug" in shown
    assert "differs from staging (info) · standing: production moved alone" in shown
    assert "staging and qa: 1.9 → 2.0" in shown
    assert " 1 by design: names its environment" in shown
    assert "/host" not in shown
    assert "Forgot      web: production moves /cpu, but not /memory beside it" in shown
    assert "Follows     web /image/tag: production follows staging" in shown
    assert "Standing    web /debug" in shown
    assert "not valid YAML" in shown
    assert "Verdict     fails: it opens differences that nobody is known to bring" in shown


def test_every_row_on_demand() -> None:
    """What is only counted else is listed with --all, and many acts are cut else."""
    many = answer(opened=tuple(flight(path=f"/p{number}") for number in range(30)))

    assert "/host" in text(answer(), every_row=True)
    assert "… and 18 more (--all)" in text(many)
    assert "/p29" in text(many, every_row=True)


def test_nothing_is_said_too() -> None:
    """A change that does nothing says so, and whether it touched anything."""
    assert "moves 3 environments and opens, changes and closes nothing" in text(quiet())
    assert "moves nothing in any environment" in text(quiet(environments=()))


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_lines_fit(width: int) -> None:
    """No line is wider than the page, whatever the names are."""
    for one in (answer(), hostile()):
        lines = check_lines(one, Page(width=width), every_row=True)

        assert all(line_cells(line) <= width for line in lines)


def test_hostile_names_are_harmless() -> None:
    """Nothing that a terminal would obey is left."""
    shown = text(hostile(), every_row=True)

    assert "\x1b" not in shown
    assert "\u202e" not in shown
