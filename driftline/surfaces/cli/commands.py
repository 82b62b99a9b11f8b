"""Every command of the command line, in the order in which people need them."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftline import __version__
from driftline.errors import UsageError
from driftline.render.harmless import harmless
from driftline.surfaces.cli.nearest import HelpfulGroup
from driftline.surfaces.cli.options import Choices, everywhere, layered, places, reading, weighed

if TYPE_CHECKING:
    from driftline.model.answers.parity import Comparison
    from driftline.model.answers.scan import Scan

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_PATH = click.Path(exists=True, path_type=Path)


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        click.echo(f"driftline {__version__}")
        context.exit()


@click.group(cls=HelpfulGroup, context_settings=_CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@everywhere
def driftline() -> None:
    """Measures how infrastructure drifts: between environments, and against its own past.

    Begin with `driftline scan PATH`, where PATH is a git repository of
    configuration. Options may stand before or after the command.
    """


@driftline.command()
@click.argument("paths", nargs=-1, type=_PATH)
@layered
@click.pass_context
def scan(context: click.Context, paths: Sequence[Path]) -> int:
    """Read git repositories and report how their environments differ.

    Needs no configuration and writes nothing into the repositories. Without
    PATHS it reads those of driftline.toml, else the repository around the
    current folder.
    """
    return _scan(Choices.of(context), tuple(paths))


@driftline.command()
@click.argument("paths", nargs=-1, type=_PATH)
@reading
@click.pass_context
def observe(context: click.Context, paths: Sequence[Path]) -> int:
    """Read what is new since the last time, and say how much it was."""
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer
    from driftline.surfaces.cli.progress_bar import watching

    choices = Choices.of(context)
    settings = choices.settings(_in_folder(choices, paths))
    with watching() as progress:
        answer = ask.observe(settings.repositories, settings, now=_now(), progress=progress)
    write_answer(answer, choices)
    return 0


@driftline.command()
@layered
@click.pass_context
def status(context: click.Context) -> int:
    """Report again from what was read last, without reading."""
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.status(choices.settings(), now=_now(), layer=choices.layer)
    write_answer(answer, choices, asked=(choices.folder,))
    return _judged(answer, choices)


@driftline.command()
@click.argument("left")
@click.argument("right")
@layered
@click.pass_context
def compare(context: click.Context, left: str, right: str) -> int:
    """Compare two environments, or one with its own past.

    LEFT and RIGHT are refs: `staging`, `production@2026-05-01`,
    `staging@{2.days.ago}`, `production~5`, `git:1a9f2a5:staging`.
    """
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.compare(left, right, choices.settings(), now=_now(), layer=choices.layer)
    write_answer(answer, choices)
    return _judged(answer, choices)


@driftline.command()
@click.argument("role")
@click.argument("path", required=False)
@click.option("-e", "--environment", metavar="ENV", help="Only this environment.")
@click.option("--all", "every_row", is_flag=True, help="Every step, however many there are.")
@weighed
@click.pass_context
def history(
    context: click.Context, role: str, path: str | None, environment: str | None, *, every_row: bool
) -> int:
    """Show the life of a fact in every environment, side by side.

    ROLE is the name by which environments share a thing, PATH the place of
    the fact in it, such as /image/tag. Without PATH, the paths are listed.
    """
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.history(
        role,
        path,
        choices.settings(),
        now=_now(),
        environment=environment,
        layer=choices.layer,
    )
    write_answer(answer, choices, every_row=every_row)
    return 0


@driftline.command()
@click.option("--all", "every_row", is_flag=True, help="Every file instead of every pattern.")
@reading
@click.pass_context
def layout(context: click.Context, *, every_row: bool) -> int:
    """Show what was taken for which environment and role.

    With evidence and confidence, and whatever the rules would rather ask than guess.
    """
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.layout(choices.settings(), now=_now())
    write_answer(answer, choices, every_row=every_row)
    return 0


@driftline.command()
@click.argument("paths", nargs=-1, type=_PATH)
@places
@click.pass_context
def init(context: click.Context, paths: Sequence[Path]) -> int:
    """Look around, and write a commented driftline.toml here.

    PATHS are the repositories to read, the current folder if none is named.
    From then on the history lives beside the file, in .driftline/.
    """
    from driftline.engine.beginning import begin
    from driftline.surfaces.cli.output import write_text
    from driftline.surfaces.cli.progress_bar import watching

    choices = Choices.of(context)
    if choices.config or choices.store:
        raise UsageError(
            "init decides where settings and history live: beside each other in this folder; "
            "leave --config and --store away, and choose the folder with -C"
        )
    with watching() as progress:
        begun = begin(choices.folder, _in_folder(choices, paths), now=_now(), progress=progress)
    write_text("".join(f"{harmless(line)}\n" for line in begun))
    return 0


@driftline.command()
@click.argument("into", required=False, type=click.Path(path_type=Path))
@layered
@click.pass_context
def example(context: click.Context, into: Path | None) -> int:
    """Scan the repository of a made-up company.

    It is written for the purpose, into the folder INTO, else beside the histories that
    driftline keeps, and used again the next time.
    """
    from driftline.engine.store_place import example_folder
    from driftline.lab.example import write_example

    choices = Choices.of(context)
    folder = choices.folder / into if into else example_folder(os.environ)
    if not (folder / ".git").exists():
        write_example(folder)
    return _scan(choices, (folder.absolute(),))


@driftline.command()
@click.argument("name", required=False)
@places
def schema(name: str | None) -> int:
    """Print the JSON Schema of an answer, or the names of all answers."""
    from driftline.render.json_schema import SCHEMAS, schema_text
    from driftline.surfaces.cli.nearest import nearest
    from driftline.surfaces.cli.output import write_text

    if name is None:
        write_text("".join(f"{known}\n" for known in SCHEMAS))
        return 0
    if name not in SCHEMAS:
        close = nearest(name, SCHEMAS)
        hint = f"did you mean {close!r}?" if close else f"there are {', '.join(SCHEMAS)}"
        raise UsageError(f"there is no schema {name!r}; {hint}")
    write_text(schema_text(name))
    return 0


def _scan(choices: Choices, paths: tuple[Path, ...]) -> int:
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer
    from driftline.surfaces.cli.progress_bar import watching

    started = time.monotonic()
    settings = choices.settings(_in_folder(choices, paths))
    with watching() as progress:
        answer = ask.scan(
            settings.repositories, settings, now=_now(), progress=progress, layer=choices.layer
        )
    took_seconds = time.monotonic() - started
    asked: Sequence[Path] = (choices.folder,)
    if settings.file is not None and not choices.config:
        asked = (settings.file.parent,)
    elif paths:
        asked = settings.repositories
    write_answer(answer, choices, took_seconds=took_seconds, asked=asked)
    return _judged(answer, choices)


def _judged(answer: "Scan | Comparison", choices: Choices) -> int:
    """The exit code that an answer deserves; incomplete is never 0 where it is asked for."""
    if not choices.exit_code:
        return 0
    if answer.divergences:
        return 1
    return 3 if answer.gaps else 0


def _in_folder(choices: Choices, paths: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(choices.folder / path for path in paths)


def _now() -> int:
    return int(time.time())
