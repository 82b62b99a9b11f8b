"""Commands that ask what was read before, without reading again."""

from collections.abc import Sequence

import click

from driftline.errors import UsageError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import Choices, narrowed, narrowed_pair, reading, weighed
from driftline.surfaces.cli.outcome import judged, lists_all, present


@click.command(cls=HelpfulCommand)
@narrowed
@click.pass_context
def status(context: click.Context) -> int:
    """Show what stands, oldest first, and what is new since you last looked.

    From what was read last, without reading. `--all` shows every row.
    """
    from driftline.engine import ask
    from driftline.engine.answering.narrowing import narrowed_scan
    from driftline.engine.answering.seen import look
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    settings, wanted = choices.settings(), choices.wanted()
    answer = ask.status(settings, now=present(), layer=choices.layer)
    # Programs, and people who look at a part, have not seen the whole.
    saw_all = wanted.is_everything and choices.format != "json" and choices.layer == "effective"
    answer = narrowed_scan(look(answer, settings.store_path, remembers=saw_all), wanted)
    write_answer(answer, choices, asked=(choices.folder,), every_row=choices.every_row)
    return judged(answer, choices)


@click.command(cls=HelpfulCommand)
@click.argument("left")
@click.argument("right")
@click.option("--show-noise", is_flag=True, help="List what was left out, with rule and reason.")
@narrowed_pair
@click.pass_context
def compare(context: click.Context, left: str, right: str, *, show_noise: bool) -> int:
    """Compare two environments, one with its own past, or what runs with what is declared.

    LEFT and RIGHT are refs: `staging`, `production@2026-05-01`, `staging@{2.days.ago}`,
    `production~5`, `git:1a9f2a5:staging`, `production:declared`. What begins
    with `.` or `/` is a folder or a file as it is, and `git:v1:./a.yaml` a
    file as it was; two of these need neither settings nor a history.
    """
    from driftline.engine.answering.narrowing import narrowed_comparison
    from driftline.model.ref import parse_ref
    from driftline.surfaces.cli.output import write_answer

    choices = Choices.of(context)
    if all(parse_ref(text).names_files for text in (left, right)):
        # What reads files is loaded only for them, and what reads the history is not.
        from driftline.engine.beside import answer as side_by_side

        answer = side_by_side.compare(left, right, choices.folder)
    else:
        from driftline.engine import ask

        try:
            answer = ask.compare(
                left,
                right,
                choices.settings(),
                now=present(),
                layer=choices.layer,
                shows_noise=show_noise,
                folder=choices.folder,
            )
        except UsageError as error:
            raise _or_meant_as_path(error, (left, right), choices) from error
    answer = narrowed_comparison(answer, choices.wanted())
    write_answer(answer, choices, every_row=lists_all(choices))
    return judged(answer, choices)


def _or_meant_as_path(error: UsageError, refs: Sequence[str], choices: Choices) -> UsageError:
    """The error, with how to name a file or folder where a ref could have meant one."""
    paths = [ref for ref in refs if ref[:1] not in "./" and (choices.folder / ref).exists()]
    if not paths:
        return error
    shown = " and ".join(f"./{path}" for path in paths)
    return UsageError(f"{error}; for what lies in this folder write {shown}")


@click.command(cls=HelpfulCommand)
@click.argument("role")
@click.argument("path", required=False)
@click.option("-e", "--env", "--environment", "environment", metavar="ENV", help="Only this one.")
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
        now=present(),
        environment=environment,
        layer=choices.layer,
    )
    write_answer(answer, choices, every_row=every_row)
    return 0


@click.command(cls=HelpfulCommand)
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
    answer = ask.layout(choices.settings(), now=present())
    write_answer(answer, choices, every_row=every_row)
    return 0
