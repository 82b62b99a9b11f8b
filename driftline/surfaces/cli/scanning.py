"""Commands that read repositories and report at once: scan and example."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import click

from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import REPOSITORY, Choices, narrowed
from driftline.surfaces.cli.outcome import judged, lists_all, present


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, type=REPOSITORY)
@narrowed
@click.pass_context
def scan(context: click.Context, paths: Sequence[Path]) -> int:
    """Read git repositories and report how their environments differ.

    Needs no configuration and writes nothing into the repositories. A git
    bundle is read as the repository that it holds, a folder without git as it
    is now. Without PATHS it reads those of driftline.toml, else the repository
    around the current folder.
    """
    return _scan(Choices.of(context), tuple(paths))


@click.command(cls=HelpfulCommand)
@click.argument("into", required=False, type=click.Path(path_type=Path))
@narrowed
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


def _scan(choices: Choices, paths: tuple[Path, ...]) -> int:
    from driftline.engine import ask
    from driftline.engine.answering.narrowing import narrowed_scan
    from driftline.surfaces.cli.output import write_answer
    from driftline.surfaces.cli.progress_bar import watching

    started = time.monotonic()
    settings = choices.settings(choices.inside(paths))
    with watching() as progress:
        answer = ask.scan(
            settings.repositories, settings, now=present(), progress=progress, layer=choices.layer
        )
    took_seconds = time.monotonic() - started
    asked: Sequence[Path] = (choices.folder,)
    if settings.file is not None and not choices.config:
        asked = (settings.file.parent,)
    elif paths:
        asked = settings.repositories
    answer = narrowed_scan(answer, choices.wanted())
    write_answer(
        answer, choices, took_seconds=took_seconds, asked=asked, every_row=lists_all(choices)
    )
    return judged(answer, choices)
