"""Commands about how differences come and go: spells and promotions."""

from collections.abc import Sequence

import click

from driftline.errors import UsageError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import Choices, weighed
from driftline.surfaces.cli.outcome import present

_ENVIRONMENTS = click.option(
    "-e",
    "--env",
    "--environment",
    "environments",
    multiple=True,
    metavar="ENV",
    help="Only what concerns this environment; given twice, only between the two.",
)
_ALL = click.option("--all", "every_row", is_flag=True, help="Every row, however many there are.")


@click.command(cls=HelpfulCommand)
@click.argument("role", required=False)
@click.argument("path", required=False)
@_ENVIRONMENTS
@click.option("--standing", "only_standing", is_flag=True, help="Only spells that stand now.")
@_ALL
@weighed
@click.pass_context
def spells(
    context: click.Context,
    role: str | None,
    path: str | None,
    environments: Sequence[str],
    *,
    only_standing: bool,
    every_row: bool,
) -> int:
    """Show every stretch of difference: when it began, how long it stood, when it ended.

    Without ROLE those of every role, without PATH those of every path of the role.
    """
    from driftline.engine import ask
    from driftline.engine.answering.narrowing import narrowed_spells
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.spells(
        choices.settings(),
        now=present(),
        role=role,
        path=path,
        pair=_pair(environments),
        layer=choices.layer,
    )
    kept = narrowed_spells(answer, _left_over(environments), only_standing=only_standing)
    write_answer(kept, choices, every_row=every_row)
    return 0


@click.command(cls=HelpfulCommand)
@click.argument("role", required=False)
@click.argument("path", required=False)
@_ENVIRONMENTS
@_ALL
@weighed
@click.pass_context
def promotions(
    context: click.Context,
    role: str | None,
    path: str | None,
    environments: Sequence[str],
    *,
    every_row: bool,
) -> int:
    """Show how changes travel between environments, and from which age one is late.

    Without ROLE those of every role, without PATH those of every path of the role.
    """
    from driftline.engine import ask
    from driftline.engine.answering.narrowing import narrowed_promotions
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    answer = ask.promotions(
        choices.settings(),
        now=present(),
        role=role,
        path=path,
        pair=_pair(environments),
        layer=choices.layer,
    )
    kept = narrowed_promotions(answer, _left_over(environments))
    write_answer(kept, choices, every_row=every_row)
    return 0


def _pair(environments: Sequence[str]) -> tuple[str, str] | None:
    """The only pair that is asked for, if two environments are named."""
    if len(environments) > 2:
        raise UsageError(
            f"{len(environments)} environments were named with --env; name one, or two to compare"
        )
    return (environments[0], environments[1]) if len(environments) == 2 else None


def _left_over(environments: Sequence[str]) -> Sequence[str]:
    """What is left to choose by: a pair was chosen by the question itself."""
    return environments if len(environments) == 1 else ()
