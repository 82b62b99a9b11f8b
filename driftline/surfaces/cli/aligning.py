"""The command that writes a patch: one environment's declared value brought to another's."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftline.errors import UsageError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import Choices, reading
from driftline.surfaces.cli.outcome import present

if TYPE_CHECKING:
    from driftline.model.answers.align import AlignAnswer

_REFUSED = 2


@click.command(cls=HelpfulCommand)
@click.argument("role", required=False)
@click.argument("path", required=False)
@click.option(
    "--from", "source", metavar="ENV", required=True, help="The environment whose values count."
)
@click.option("--to", "target", metavar="ENV", required=True, help="The one to be changed.")
@click.option("--standing", is_flag=True, help="Everything that stands between the two.")
@click.option("--force", is_flag=True, help="Align what differs by design, too.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the patch to a file instead.",
)
@reading
@click.pass_context
def align(
    context: click.Context,
    role: str | None,
    path: str | None,
    source: str,
    target: str,
    output: Path | None,
    *,
    standing: bool,
    force: bool,
) -> int:
    """Print a patch that brings a value of one environment to another's.

    Nothing is changed by itself: `driftline align api /image/tag --from staging
    --to production | git apply` does it. PATH may name a mapping or list; all
    below it is then aligned. What no patch can do exactly is refused.
    """
    from driftline.engine import ask
    from driftline.engine.aligning.answer import Asked

    if standing == bool(role):
        raise UsageError("name a ROLE and a PATH, or ask for all that stands with --standing")
    if role and path is None:
        raise UsageError(f"name a PATH of {role}, such as /image/tag; / is all of it")
    choices = Choices.of(context)
    asked = Asked(source, target, role or "", path or "", force)
    answer = ask.align(asked, choices.settings(), now=present())
    if output is not None:
        output = choices.folder / output
    _write(answer, choices, output)
    return _REFUSED if answer.refusals and not answer.aligned else 0


def _write(answer: "AlignAnswer", choices: Choices, output: Path | None) -> None:
    """The patch where it belongs, and what is to be said about it beside it."""
    import sys

    from driftline.render import patch_screen
    from driftline.surfaces.cli.output import is_colored, write_text

    if output is not None:
        output.write_bytes(answer.patch.encode(errors="surrogateescape"))
    if choices.format == "json":
        from driftline.render.json_text import json_text

        write_text(json_text(answer))
        return
    if choices.format == "markdown":
        write_text(patch_screen.patch_markdown(answer))
        return
    for line in patch_screen.patch_notes(answer, None if output is None else str(output)):
        click.echo(line, err=True)
    if output is not None:
        return
    if sys.stdout.isatty():
        shown = patch_screen.patch_lines(answer.patch, color=is_colored(choices))
        write_text(shown, exact=False)
        return
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        # A file may hold bytes that are no text; they leave as they came.
        reconfigure(encoding="utf-8", errors="surrogateescape", newline="")
    write_text(answer.patch)
