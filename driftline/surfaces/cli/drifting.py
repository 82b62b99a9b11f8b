"""The command that asks how far environments drifted over time."""

import click

from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import Choices, weighed
from driftline.surfaces.cli.outcome import present


@click.command(cls=HelpfulCommand)
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option("--role", metavar="ROLE", help="Only this role.")
@click.option("--since", metavar="DATE", help="From this day on: 2026-05-01, or 30.days.ago.")
@click.option("--all", "every_row", is_flag=True, help="Every role, however many there are.")
@weighed
@click.pass_context
def trend(
    context: click.Context,
    left: str | None,
    right: str | None,
    role: str | None,
    since: str | None,
    *,
    every_row: bool,
) -> int:
    """Show how far environments drifted over time, and who moved them.

    LEFT and RIGHT are two environments, from the day on which both existed.
    Without them, every pair has a line for the last year.
    """
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    if left and not right:
        raise click.UsageError(f"{left} drifts from what? Name two environments, or none", context)
    choices = Choices.of(context)
    answer = ask.trend(
        choices.settings(),
        now=present(),
        pair=(left, right) if left and right else None,
        role=role,
        since=since,
        layer=choices.layer,
    )
    write_answer(answer, choices, every_row=every_row)
    return 0
