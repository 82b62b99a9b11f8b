"""The command that says where we look, and how long ago we last saw."""

import click

from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.observing import Span
from driftline.surfaces.cli.options import Choices, dated
from driftline.surfaces.cli.outcome import present


@click.command(cls=HelpfulCommand)
@click.option(
    "--max-age",
    "age_seconds_max",
    type=Span(),
    metavar="SPAN",
    help="What was read longer ago is stale: 30m, 2h, 1d. Else three times the usual interval.",
)
@dated
@click.pass_context
def sources(context: click.Context, age_seconds_max: float | None) -> int:
    """Show each source with its last good look, its age and its gaps.

    A source that nobody reads any more looks like one without drift; with
    `--exit-code` a stale one is 1, and one with gaps 3.
    """
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    limit = None if age_seconds_max is None else int(age_seconds_max)
    answer = ask.sources(choices.settings(), now=present(), age_seconds_max=limit)
    write_answer(answer, choices)
    if not choices.exit_code:
        return 0
    if any(one.is_stale for one in answer.sources):
        return 1
    return 3 if any(one.gaps for one in answer.sources) else 0
