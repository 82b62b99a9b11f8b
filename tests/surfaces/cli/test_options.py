import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from driftline.surfaces.cli.nearest import HelpfulGroup
from driftline.surfaces.cli.options import Choices, everywhere, layered, program


@click.group(cls=HelpfulGroup)
@everywhere
def tool() -> None:
    """A tool with our options."""


@tool.command()
@layered
@click.pass_context
def ask(context: click.Context) -> None:
    """Says what was chosen."""
    choices = Choices.of(context)
    click.echo(f"{choices.format} {choices.layer} {choices.color} {choices.folder}")


CASES = [
    ([], "table effective auto ."),
    (["--layer", "own"], "table own auto ."),
    (["--format", "json", "--color", "never"], "json effective never ."),
]


@pytest.mark.parametrize(("options", "shown"), CASES)
def test_options_mean_the_same_before_and_after(options: list[str], shown: str) -> None:
    """Wherever an option stands, it is the same choice."""
    runner = CliRunner()

    assert f"{shown}\n" == runner.invoke(tool, [*options, "ask"]).output
    assert f"{shown}\n" == runner.invoke(tool, ["ask", *options]).output


def test_the_nearer_option_wins() -> None:
    """What stands after the command is meant more."""
    shown = CliRunner().invoke(tool, ["--format", "json", "ask", "--format", "markdown"]).output

    assert shown.startswith("markdown ")


def test_choices_become_settings(tmp_path: Path) -> None:
    """Places on the command line are relative to where the user stands."""
    choices = Choices(folder=tmp_path, store=Path("x.db"))

    assert tmp_path / "x.db" == choices.settings().store_path


def test_we_are_called_by_name_where_the_shell_finds_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A command that is pasted must run; off the path it needs its place."""
    script = tmp_path / "driftline"
    script.write_text("#!/bin/sh\n", encoding="ascii")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script)])
    monkeypatch.setenv("PATH", str(tmp_path))
    found = program()
    monkeypatch.setenv("PATH", "/nowhere")

    assert "driftline" == found
    assert str(script) == program()
