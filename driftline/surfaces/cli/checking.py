"""The command for pipelines: what a change does to parity, as an answer and as an exit code."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from driftline.errors import DriftlineError, UsageError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import REPOSITORY, Choices, checked
from driftline.surfaces.cli.outcome import present

if TYPE_CHECKING:
    from driftline.engine.settings import Settings
    from driftline.model.answers.check import CheckAnswer

CONDITIONS = ("opened", "standing", "forgotten", "gaps", "none")
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
_DETAILED = "--detailed-exitcode"
_ERROR_DETAILED = 1


class _DetailedError(click.UsageError):
    """A wrong option where errors exit as Terraform's do."""

    exit_code = _ERROR_DETAILED


class CheckCommand(HelpfulCommand):
    """A command whose errors can exit with the code that Terraform gives them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click; a wrong option is an error like any other."""
        is_detailed = _DETAILED in args
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if is_detailed:
                raise _DetailedError(error.format_message(), ctx) from None
            raise


def _conditions(
    _context: click.Context, _parameter: click.Parameter, given: Sequence[str]
) -> tuple[str, ...]:
    words = [word.strip().lower() for text in given for word in text.split(",") if word.strip()]
    for word in words:
        if word not in CONDITIONS:
            raise click.BadParameter(
                f"there is no condition {word!r}; they are {', '.join(CONDITIONS)}"
            )
    if "none" in words and len(set(words)) > 1:
        raise click.BadParameter("none stands alone")
    return tuple(dict.fromkeys(words)) or ("opened",)


@click.command(cls=CheckCommand)
@click.argument("path", required=False, type=REPOSITORY)
@click.option(
    "--base",
    metavar="REV",
    help="What the change is made against; by default the main branch of the clone.",
)
@click.option(
    "--head", metavar="REV", default="HEAD", help="What is to be merged; HEAD by default."
)
@click.option(
    "--fail-on",
    "fail_on",
    multiple=True,
    metavar="CONDITION",
    callback=_conditions,
    help="Exit 1 on these: opened (default), standing, forgotten, gaps; or none.",
)
@click.option(
    _DETAILED,
    "detailed",
    is_flag=True,
    help="Exit codes as Terraform has them: 0 nothing, 1 an error, 2 a condition is met.",
)
@checked
@click.pass_context
def check(
    context: click.Context,
    path: Path | None,
    base: str | None,
    head: str,
    fail_on: tuple[str, ...],
    *,
    detailed: bool,
) -> int:
    """Say what a change does to parity before it is merged.

    Compares the commit where head parts from the base with head: which differences
    between environments it opens, changes and closes, what still stands in the roles
    that it touches, and what usually moves with it and did not. Only the base is kept
    in the history.
    """
    from driftline.engine import ask
    from driftline.engine.checking.answer import Asked
    from driftline.surfaces.cli.progress_bar import watching

    choices = Choices.of(context)
    try:
        paths = choices.inside((path,)) if path else ()
        settings = choices.settings(paths)
        asked = Asked(fail_on=fail_on, layer=choices.layer, wanted=choices.wanted())
        with watching() as progress:
            answer = ask.check(
                paths[0] if paths else _repository(choices, settings),
                settings,
                base=base,
                head=head,
                asked=asked,
                now=present(),
                progress=progress,
            )
        _write(answer, choices)
    except DriftlineError as error:
        if detailed:
            error.exit_code = _ERROR_DETAILED
        raise
    return outcome(answer, detailed=detailed)


def outcome(answer: "CheckAnswer", *, detailed: bool = False) -> int:
    """The exit code that the answer deserves: incomplete is never 0 where anything was asked."""
    if answer.failed:
        return 2 if detailed else 1
    return 3 if answer.gaps and answer.fail_on != ("none",) else 0


def _repository(choices: Choices, settings: "Settings") -> Path:
    """The repository that is meant where none is named: the only one, or the one around here."""
    if len(settings.repositories) == 1:
        return settings.repositories[0]
    here = os.path.realpath(choices.folder)
    around = [
        one
        for one in settings.repositories
        if os.path.commonpath([here, os.path.realpath(one)]) == os.path.realpath(one)
    ]
    if len(around) != 1:
        names = ", ".join(map(str, settings.repositories))
        raise UsageError(f"a change is one repository's; name one of {names}")
    return around[0]


def _write(answer: "CheckAnswer", choices: Choices) -> None:
    from driftline.surfaces.cli.output import write_answer, write_text

    write: Any = None
    if choices.format == "sarif":
        from driftline.render.sarif import sarif_text as write
    elif choices.format == "junit":
        from driftline.render.junit import junit_text as write
    elif choices.format == "github":
        from driftline.render.check_github import github_text as write

        _summarise(answer)
    if write is None:
        write_answer(answer, choices, every_row=choices.every_row)
    else:
        write_text(write(answer))


def _summarise(answer: "CheckAnswer") -> None:
    """Append the answer to the summary of the job, where the job has one."""
    file = os.environ.get(SUMMARY_VARIABLE)
    if not file:
        return
    from driftline.render.markdown import markdown_of

    with Path(file).open("a", encoding="utf-8") as summary:
        summary.write(markdown_of(answer))
