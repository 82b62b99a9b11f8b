"""The command that writes the report as a file to show around."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftline.errors import UsageError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import REPOSITORY, Choices, layered
from driftline.surfaces.cli.outcome import judged, present

if TYPE_CHECKING:
    from driftline.engine.settings import Settings
    from driftline.model.answers.scan import Scan
    from driftline.model.answers.trend import TrendAnswer


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, type=REPOSITORY)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one HTML file that needs nothing else.",
)
@click.option("--share", is_flag=True, help="Mask people, hosts and values.")
@layered
@click.pass_context
def report(context: click.Context, paths: Sequence[Path], page: Path | None, *, share: bool) -> int:
    """Write the report that people show around.

    With --html as one self-contained file; without it, on the terminal or in
    the --format asked for. PATHS are read as by `scan`; without them, the
    report is of what was read last. --share masks people, hosts and values.
    """
    from driftline.engine import ask
    from driftline.render.masking import masked
    from driftline.surfaces.cli.output import write_answer
    from driftline.surfaces.cli.progress_bar import watching

    choices = Choices.of(context)
    if page is not None and choices.format != "table":
        raise UsageError(
            f"--html and --format {choices.format}: a report is one of the two; leave one out"
        )
    settings = choices.settings(choices.inside(paths))
    if paths:
        with watching() as progress:
            answer = ask.scan(
                settings.repositories,
                settings,
                now=present(),
                progress=progress,
                layer=choices.layer,
            )
    else:
        answer = ask.status(settings, now=present(), layer=choices.layer)
    if page is not None:
        _write_page(answer, _trend(settings, choices), choices.folder / page, share=share)
    else:
        shown = masked(answer)[0] if share else answer
        write_answer(shown, choices, asked=settings.repositories if paths else (choices.folder,))
    return judged(answer, choices)


def _trend(settings: "Settings", choices: Choices) -> "TrendAnswer | None":
    """Drift over time; where no two environments can be compared there is none."""
    from driftline.engine import ask

    try:
        return ask.trend(settings, now=present(), layer=choices.layer)
    except UsageError:
        return None


def _write_page(scan: "Scan", trend: "TrendAnswer | None", file: Path, *, share: bool) -> None:
    from driftline.render.html.document import html_of
    from driftline.render.masking import masked

    if share:
        scan, trend = masked(scan, trend)
    text = html_of(scan, trend, is_shared=share)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{file}: the report cannot be written: {error.strerror}; "
            "name a file in a folder that is there and yours"
        ) from error
    click.echo(f"{file}: {_size(len(text.encode()))}, one file; open it in any browser", err=True)


def _size(number: int) -> str:
    """A length of a file in kilobytes."""
    return f"{max(number // 1000, 1):,} kB"
