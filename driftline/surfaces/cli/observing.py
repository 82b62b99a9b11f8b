"""The command that reads what is new: repositories, and clusters where they are asked for."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from driftline.errors import SourceError
from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import REPOSITORY, Choices, reading
from driftline.surfaces.cli.outcome import present

if TYPE_CHECKING:
    from driftline.engine.clusters.targets import Wish
    from driftline.engine.settings import Settings

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SECONDS_MIN = 10


class Span(click.ParamType[float]):
    """A span of time such as `30s`, `10m`, `2h` or `1d`, in seconds."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The span in seconds."""
        if isinstance(value, int | float):
            return float(value)
        found = re.fullmatch(r"(\d{1,6})(s|m|h|d)", str(value).strip())
        if not found:
            self.fail(f"{value!r} is no span of time; write 30s, 10m, 2h or 1d", param, ctx)
        return float(int(found[1]) * _UNITS[found[2]])


def clusters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which clusters to look at, and how."""
    options = (
        click.option(
            "--context",
            "contexts",
            multiple=True,
            metavar="NAME",
            help="Look at the cluster of this context, too; may be given several times.",
        ),
        click.option(
            "--kubeconfig",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="The kubeconfig to take contexts from; alone, its present context is looked at.",
        ),
        click.option(
            "--namespace",
            "namespaces",
            multiple=True,
            metavar="NAME",
            help="Only this namespace of the clusters; may be given several times.",
        ),
        click.option("--no-secrets", is_flag=True, help="Ask the clusters for no Secret."),
        click.option(
            "--rendered",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar="DIR",
            help="Take the manifests in DIR/ENVIRONMENT as what is declared.",
        ),
        click.option(
            "--every",
            "every_seconds",
            type=Span(),
            metavar="SPAN",
            help="Go on, and look again every so often: 30s, 10m, 2h.",
        ),
        click.option(
            "--watch",
            "follows",
            is_flag=True,
            help="Go on, and follow clusters as they change.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, type=REPOSITORY)
@clusters
@reading
@click.pass_context
def observe(context: click.Context, /, paths: Sequence[Path], **asked: Any) -> int:
    """Read what is new since the last time, and say how much it was.

    Looks at clusters too, where options or driftline.toml name some; it only
    ever reads there.
    """
    choices = Choices.of(context)
    settings = choices.settings(choices.inside(paths))
    wish = _wish(choices, settings, asked)
    repositories = settings.repositories
    if wish is not None and not paths and not _has_declarations(choices, settings):
        repositories = ()
    _note_use(choices, settings)
    every_seconds = asked["every_seconds"]
    if asked["follows"]:
        if wish is None or every_seconds is not None:
            raise click.UsageError("--watch follows clusters: name one, and leave out --every")
        _once(choices, settings, repositories, wish)
        return _follow(settings, wish)
    if every_seconds is None:
        return _once(choices, settings, repositories, wish)
    if every_seconds < _SECONDS_MIN:
        raise click.UsageError(f"--every: at least {_SECONDS_MIN}s, to be kind to what is read")
    return _again_and_again(choices, settings, repositories, wish, every_seconds)


def _wish(choices: Choices, settings: "Settings", asked: dict[str, Any]) -> "Wish | None":
    """What is asked of clusters; None where nobody asks anything of one."""
    is_asked = asked["contexts"] or asked["kubeconfig"] or settings.kubernetes
    if not is_asked:
        if asked["namespaces"] or asked["rendered"]:
            raise click.UsageError("name a cluster with --context or --kubeconfig")
        return None
    from driftline.engine.clusters.targets import Wish, targets_of

    kubeconfig, rendered = asked["kubeconfig"], asked["rendered"]
    targets = targets_of(
        settings,
        contexts=asked["contexts"],
        kubeconfig=choices.folder / kubeconfig if kubeconfig else None,
        namespaces=asked["namespaces"],
        reads_secrets=not asked["no_secrets"],
    )
    folder = choices.folder / rendered if rendered else None
    return Wish(targets, folder, goes_on=asked["every_seconds"] is not None)


def _note_use(choices: Choices, settings: "Settings") -> None:
    """Let later questions from this folder find what is read from here, without settings."""
    from driftline.engine.settings import STORE_VARIABLE
    from driftline.engine.store_place import note_use

    is_named = settings.file is not None or choices.store is not None
    if not is_named and not os.environ.get(STORE_VARIABLE):
        note_use(choices.folder, settings.store_path, os.environ)


def _has_declarations(choices: Choices, settings: "Settings") -> bool:
    """Whether the folder is one whose declarations are meant where nobody names any."""
    from driftline.engine.store_place import repository_root

    return settings.file is not None or (repository_root(choices.folder) / ".git").exists()


def _once(
    choices: Choices, settings: "Settings", repositories: Sequence[Path], wish: "Wish | None"
) -> int:
    """Read once; the exit code says whether a cluster could not be looked at."""
    from driftline.engine import ask
    from driftline.surfaces.cli.output import write_answer
    from driftline.surfaces.cli.progress_bar import watching

    with watching() as progress:
        answer = ask.observe(repositories, settings, now=present(), progress=progress, wish=wish)
    write_answer(answer, choices)
    return 3 if any(one.error for one in answer.clusters) else 0


def _again_and_again(
    choices: Choices,
    settings: "Settings",
    repositories: Sequence[Path],
    wish: "Wish | None",
    every_seconds: float,
) -> int:
    """Read until a signal comes; what cannot be read now is tried again."""
    from driftline.engine.clusters.look import SystemClock
    from driftline.engine.clusters.rounds import Rounds

    rounds = Rounds(every_seconds, SystemClock(), seed=present())
    while True:
        has_failed = False
        try:
            has_failed = _once(choices, settings, repositories, wish) != 0
        except SourceError as error:
            has_failed = True
            click.echo(f"driftline: {error}", err=True)
        rounds.wait(has_failed=has_failed)


def _follow(settings: "Settings", wish: "Wish") -> int:
    """Follow the clusters until a signal comes, with a line for each look."""
    import threading

    from driftline.engine.clusters.following import follow
    from driftline.render.observed_lines import news_line

    stop = threading.Event()
    try:
        follow(
            wish.targets,
            settings,
            stop,
            now=present,
            tell=lambda name, news: click.echo(
                news_line(name, news.at, news.moved, news.facts, news.notes)
            ),
        )
    finally:
        stop.set()
    return 0
