import pytest

from driftline.model.answers.history import History, Series
from driftline.render.history_timeline import history_lines
from driftline.render.lines import to_text
from driftline.render.page import Page
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100])
def test_a_history_is_a_timeline_side_by_side(width: int) -> None:
    """Each instant shows who moved, what stayed, and whether all agree afterwards."""
    check_screen(
        "history", history_lines(samples.history(), Page(width=width), most=40), width=width
    )


def test_a_long_history_shows_its_end() -> None:
    """Earlier instants are counted, and what they left behind is carried on."""
    steps = tuple(samples.step(f"2026-01-{day:02}T09:00:00Z", day) for day in range(1, 29))
    beside = (
        Series("staging", "web", "/replicas", steps),
        Series("prod", "web", "/replicas", steps[:2]),
    )
    history = History("driftline.history/1", "web", "/replicas", beside)
    text = to_text(history_lines(history, Page(), most=5), color=False)

    assert "… 23 earlier instants (--all)" in text
    assert "2026-01-24" in text
    assert "2026-01-23" not in text
    assert "│ 2" in text
    assert "2026-01-01" in to_text(history_lines(history, Page(), most=0), color=False)


def test_absent_and_unknown_are_shown_as_such() -> None:
    """A fact that ended and one that could not be read look different."""
    steps = (
        samples.step("2026-01-01T09:00:00Z", None, state="absent"),
        samples.step("2026-01-02T09:00:00Z", None, state="unknown"),
        samples.step("2026-01-03T09:00:00Z", None),
    )
    history = History("driftline.history/1", "web", "/x", (Series("staging", "web", "/x", steps),))
    text = to_text(history_lines(history, Page(), most=0), color=False)

    assert ["● —", "● unknown", "● null"] == [line[19:28].strip() for line in text.splitlines()[2:]]


def test_without_a_path_the_paths_are_listed() -> None:
    """A role alone is answered with what could be asked of it."""
    history = History("driftline.history/1", "web", None, (), paths=("/image/tag", "/replicas"))
    text = to_text(history_lines(history, Page(), most=0), color=False)

    assert "/image/tag" in text
    assert "/replicas" in text


def alike(count: int, *, apart: bool) -> History:
    """A path in many environments, which moved together or each on its own day."""
    beside = tuple(
        Series(
            f"site-{at}",
            "web",
            "/image",
            (
                samples.step(
                    f"2026-01-{at * apart + 1:02}T09:00:00Z", f"example.com/web:{at * apart}"
                ),
            ),
        )
        for at in range(count)
    )
    return History("driftline.history/1", "web", "/image", beside)


def test_environments_that_moved_together_share_a_column() -> None:
    """Ten equal lives are one life."""
    text = to_text(history_lines(alike(10, apart=False), Page(), most=0), color=False)

    assert "10 alike" in text
    assert 1 == text.count("●")
    assert "web  /image  example.com/web" in text
    assert "● :0" in text


def test_too_many_columns_become_a_list_of_steps() -> None:
    """Where columns would be too narrow to read, each step names its environments."""
    text = to_text(history_lines(alike(10, apart=True), Page(), most=0), color=False)

    assert 10 == text.count("●")
    assert "● :7" in text
    assert "site-7" in text
