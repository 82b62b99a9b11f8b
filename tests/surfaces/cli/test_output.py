import io
import sys
from pathlib import Path

import pytest

from driftline.surfaces.cli.options import Choices
from driftline.surfaces.cli.output import (
    command_again,
    is_colored,
    page_for,
    write_answer,
    write_text,
)
from tests.render import samples


def test_pipes_get_no_colour_and_a_hundred_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not a terminal has a fixed size, so that files can be compared."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert 100 == page_for(Choices(), took_seconds=None, asked=()).width
    assert 120 == page_for(Choices(width=120), took_seconds=None, asked=()).width
    assert not is_colored(Choices())
    assert is_colored(Choices(color="always"))


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


def test_terminals_get_colour_unless_they_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and a dumb terminal are respected; `always` and `never` win."""
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert is_colored(Choices())
    assert not is_colored(Choices(color="never"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not is_colored(Choices())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")

    assert not is_colored(Choices())


@pytest.mark.parametrize(("columns", "width"), [("20", 60), ("80", 80), ("999", 200)])
def test_the_page_follows_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    """Between 60 and 200 cells the report is as wide as the terminal."""
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "50")
    page = page_for(Choices(), took_seconds=None, asked=())

    assert (width, 48) == (page.width, page.height)


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_an_answer_is_written_in_its_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each format ends in exactly one line feed."""
    write_answer(samples.scan(), Choices(format=form))
    shown = capsys.readouterr().out

    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")


def test_a_terminal_without_our_signs_shows_question_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Text never fails for want of a letter; JSON is UTF-8 whatever the terminal says."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write_text("a ↔ b", exact=False)
    write_text("a ↔ b", exact=True)

    assert b"a ? b" + "a ↔ b".encode() == raw.getvalue()


def test_pasted_commands_keep_settings_and_history() -> None:
    """What was named once is named again, quoted for a shell."""
    choices = Choices(folder=Path("/f"), config=Path("my settings.toml"), store=Path("/x.db"))
    command, before = command_again(choices, ())

    assert "--config '/f/my settings.toml' --store /x.db" in command
    assert "" == before


def test_pasted_commands_begin_where_the_answer_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """From elsewhere one goes there first; several repositories are given a home."""
    monkeypatch.setattr("driftline.surfaces.cli.output.program", lambda: "driftline")

    assert ("driftline", "") == command_again(Choices(), [Path()])
    assert ("driftline", "cd /nowhere") == command_again(Choices(), [Path("/nowhere")])
    assert ("driftline", "driftline init /a /b") == command_again(
        Choices(), [Path("/a"), Path("/b")]
    )


def test_a_program_off_the_path_is_called_from_where_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A relative path to the program would lead nowhere after a change of folder."""
    monkeypatch.setattr("driftline.surfaces.cli.output.program", lambda: ".venv/bin/driftline")

    assert (".venv/bin/driftline -C /nowhere", "") == command_again(Choices(), [Path("/nowhere")])


def test_a_place_at_home_is_named_as_one_types_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long path is shortened by a tilde that the shell undoes, and the rest is quoted."""
    monkeypatch.setattr("driftline.surfaces.cli.output.program", lambda: "driftline")
    monkeypatch.setenv("HOME", "/nowhere/at/all/of/ana/and/her/family")
    place = Path("/nowhere/at/all/of/ana/and/her/family/in fra")

    assert ("driftline", "cd ~/'in fra'") == command_again(Choices(), [place])
