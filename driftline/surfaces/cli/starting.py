"""Commands for the beginning: settings for a folder, and the schemas of answers."""

from collections.abc import Sequence
from pathlib import Path

import click

from driftline.errors import UsageError
from driftline.render.harmless import harmless
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import REPOSITORY, Choices, places
from driftline.surfaces.cli.outcome import present


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, type=REPOSITORY)
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
        begun = begin(choices.folder, choices.inside(paths), now=present(), progress=progress)
    write_text("".join(f"{harmless(line)}\n" for line in begun))
    return 0


@click.command(cls=HelpfulCommand)
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
