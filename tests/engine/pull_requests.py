"""Small repositories with a change under review, and the check of it."""

from collections.abc import Mapping
from pathlib import Path

from driftline.engine import ask
from driftline.engine.answering.narrowing import Wanted
from driftline.engine.checking.answer import Asked
from driftline.engine.settings import Settings
from driftline.model.answers.check import CheckAnswer, CheckedRow
from driftline.model.progress import Unwatched
from tests.engine.asking import settings_for
from tests.sources.git.building import DAY, START, Building, Content, git

HOUR = 3600
NAMES = ("qa", "staging", "production")


def file_of(environment: str, role: str = "web") -> str:
    """Where the values of a role of an environment stand."""
    return f"env/{environment}/{role}.values.yaml"


def values(environment: str, tag: str = "1.0", *, log: str = "info", cpu: int = 1) -> str:
    """A values file: what travels, what is tuned, and what differs by design."""
    return (
        f"image:\n  tag: '{tag}'\nlog: {log}\nhost: {environment}.example.com\n"
        f"limits:\n  cpu: {cpu}\n  memory: {cpu}Gi\n"
    )


def says(environment: str, tag: str = "1.8", *, log: str = "info") -> str:
    """What an environment of the shop says at the tip, but for what is given."""
    return values(environment, tag, log=log, cpu=9 if environment == "production" else 1)


def shop(folder: Path, *, releases: int = 8) -> Building:
    """Two environments move a tag at once, production follows an hour later, again and again.

    Limits of cpu and memory always move together, in production on days of their own.
    """
    built = Building(folder)
    built.commit({file_of(name): values(name) for name in NAMES}, "the beginning")
    for number in range(1, releases + 1):
        at = START + number * 5 * DAY
        tag = f"1.{number}"
        built.commit(
            {file_of(name): values(name, tag) for name in NAMES[:2]},
            f"release {tag}",
            at=at,
        )
        built.commit(
            {file_of("production"): values("production", tag, cpu=number)},
            f"promote {tag}",
            at=at + HOUR,
        )
        built.commit(
            {file_of("production"): values("production", tag, cpu=number + 1)},
            "production is slow",
            at=at + 2 * DAY,
        )
    return built


def now_of(built: Building) -> int:
    """A quiet day after everything that happened."""
    return int(git(built.folder, "log", "--all", "-1", "--format=%ct", "--date-order")) + DAY


def proposed(
    built: Building, files: Mapping[str, Content], *, branch: str = "feature", message: str = "try"
) -> str:
    """A branch from the tip of main that changes these files."""
    parents = (built.tip(branch) or built.tip() or "",)
    return built.commit(files, message, branch=branch, parents=parents, author="Grace Hopper")


def check(
    built: Building,
    store: Path,
    *,
    base: str | None = "main",
    head: str = "feature",
    fail_on: tuple[str, ...] = ("opened",),
    wanted: Wanted | None = None,
    now: int | None = None,
) -> CheckAnswer:
    """The check of a change, with a store in a folder of its own."""
    return ask.check(
        built.folder,
        settings(built, store),
        base=base,
        head=head,
        asked=Asked(fail_on=fail_on, wanted=wanted or Wanted()),
        now=now_of(built) if now is None else now,
        progress=Unwatched(),
    )


def settings(built: Building, store: Path) -> Settings:
    """The settings of these checks."""
    return settings_for(store, built.folder)


def places(rows: tuple[CheckedRow, ...]) -> list[tuple[str, str, str]]:
    """Which pairs and paths these rows are about."""
    return sorted((row.left, row.right, row.path) for row in rows)
