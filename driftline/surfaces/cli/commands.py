"""The program itself: its name, its version, and every command of the table."""

import click

from driftline import __version__
from driftline.surfaces.cli.nearest import HelpfulGroup
from driftline.surfaces.cli.options import everywhere
from driftline.surfaces.cli.table import COMMANDS

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        click.echo(f"driftline {__version__}")
        context.exit()


@click.group(cls=HelpfulGroup, elsewhere=COMMANDS, context_settings=_CONTEXT)
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
