"""Commands that write decisions into the ledger, and the one that lists them."""

from collections.abc import Callable
from typing import Any

import click

from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import Choices, Decorated, places, reading
from driftline.surfaces.cli.outcome import present

_DAY = "A day (2026-12-31) or a span (30d, 6w, 3m); from then on it counts again."
Option = Callable[[Decorated], Decorated]


def _until(*, required: bool) -> Option[Any]:
    return _text("--until", "DATE", _DAY, required=required)


def _owner(*, required: bool) -> Option[Any]:
    return _text("--owner", "NAME", "Who answers for it.", required=required)


def _text(spelling: str, stands_for: str, explained: str, *, required: bool) -> Option[Any]:
    # Click takes a default, even None, for an answer, and then requires nothing.
    default: dict[str, Any] = {} if required else {"default": ""}
    return click.option(spelling, metavar=stands_for, required=required, help=explained, **default)


_REASON = click.option("--reason", metavar="TEXT", required=True, help="Why, in a sentence.")
_ENVIRONMENTS = click.option(
    "-e",
    "--env",
    "environments",
    metavar="ENV",
    multiple=True,
    help="Only about this environment; several: about the pairs among them.",
)
_PRINT = click.option(
    "--print", "is_printed", is_flag=True, help="Print the patch, and write nothing."
)


@click.command(cls=HelpfulCommand)
@click.argument("role")
@click.argument("path", required=False, default="")
@_until(required=True)
@_REASON
@_owner(required=True)
@_ENVIRONMENTS
@_PRINT
@places
@click.pass_context
def accept(context: click.Context, /, **said: Any) -> int:
    """Accept a difference until a day.

    It is left out of what stands until DATE, and only for the values that it has
    now: a new value counts at once. PATH may be a place above several facts, or
    be left out: an entry is written for each that does not differ by design.
    """
    return _decide(context, "accept", said)


@click.command(cls=HelpfulCommand)
@click.argument("role")
@click.argument("path", required=False, default="")
@_REASON
@_until(required=False)
@_owner(required=False)
@_ENVIRONMENTS
@_PRINT
@places
@click.pass_context
def ignore(context: click.Context, /, **said: Any) -> int:
    """Ignore a role, or a path of it, whatever its values.

    ROLE and PATH may be patterns: `*` stands for any text within a part of a
    path, `**` for any parts. A line in .driftignore does the same.
    """
    return _decide(context, "ignore", said)


@click.command(cls=HelpfulCommand)
@click.argument("role")
@click.argument("path", required=False, default="")
@_until(required=True)
@_REASON
@_owner(required=True)
@_ENVIRONMENTS
@_PRINT
@places
@click.pass_context
def freeze(context: click.Context, /, **said: Any) -> int:
    """Hold something back on purpose until a day.

    What differs meanwhile is listed as frozen and is never late.
    """
    return _decide(context, "freeze", said)


@click.command(cls=HelpfulCommand)
@click.argument("role")
@click.argument("path")
@click.option(
    "--as",
    "class_",
    type=click.Choice(("environmental", "drift")),
    required=True,
    help="environmental: it differs by design; drift: it does not.",
)
@_REASON
@_until(required=False)
@_owner(required=False)
@_ENVIRONMENTS
@_PRINT
@places
@click.pass_context
def classify(context: click.Context, /, **said: Any) -> int:
    """Correct what the rules took a path for.

    The correction counts for every path of the same shape: all elements of a
    list, whatever their names. ROLE may be '*'.
    """
    return _decide(context, "classify", said)


@click.command(cls=HelpfulCommand)
@reading
@click.pass_context
def decisions(context: click.Context) -> int:
    """List what was decided: what has ended, what ends within a week, and the rest."""
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    write_answer(ask.decisions(choices.settings(), now=present()), choices)
    return 0


def _decide(context: click.Context, decision: str, said: dict[str, Any]) -> int:
    from driftline.engine import ask
    from driftline.engine.deciding.decisions import Asked
    from driftline.model.ledger import Decision
    from driftline.render.harmless import harmless, harmless_lines
    from driftline.surfaces.cli.output import write_text

    settings = Choices.of(context).settings()
    is_printed = said.pop("is_printed")
    written = ask.decide(
        Asked(Decision(decision), **said), settings, now=present(), is_kept=not is_printed
    )
    if is_printed:
        write_text(written.patch)
        return 0
    added = "\n".join(
        line[1:] for line in written.patch.splitlines()[3:] if line.startswith("+")
    ).strip("\n")
    write_text(harmless_lines(f"{added}\n") + f"written to {harmless(str(written.file))}\n")
    return 0
