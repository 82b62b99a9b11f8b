"""Options that stand before or after the command and mean the same.

The nearer one counts: what is said after the command wins over what is said
before it.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

if TYPE_CHECKING:
    from driftline.engine.answering.narrowing import Wanted
    from driftline.engine.settings import Settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

FORMATS = ("table", "json", "markdown")
CHECK_FORMATS = (*FORMATS, "github", "sarif", "junit")
LAYERS = ("effective", "own")
COLORS = ("auto", "always", "never")
REPOSITORY = click.Path(exists=True, path_type=Path)
_WIDTH_MIN = 60


class Choices(msgspec.Struct, frozen=True):
    """What the options say, with every default filled in."""

    folder: Path = Path()
    config: Path | None = None
    store: Path | None = None
    format: str = "table"
    layer: str = "effective"
    color: str = "auto"
    width: int | None = None
    exit_code: bool = False
    kinds: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    every_row: bool = False

    @classmethod
    def of(cls, context: click.Context) -> "Choices":
        """The choices of the command that is running."""
        chosen = context.find_root().ensure_object(dict).get("chosen", {})
        return cls(**chosen)

    def wanted(self) -> "Wanted":
        """The part of the answer that is asked for."""
        from driftline.engine.answering.narrowing import Wanted

        return Wanted(self.kinds, self.owners, self.roles, self.environments)

    def inside(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """These paths as the folder of the choices means them."""
        return tuple(self.folder / path for path in paths)

    def settings(self, paths: tuple[Path, ...] = ()) -> "Settings":
        """The settings for these repositories, or for the folder where there are none."""
        # Files that are compared as they come need no settings.
        from driftline.engine.settings import load_settings

        return load_settings(
            Path(os.path.abspath(self.folder)),  # noqa: PTH100 - keeps the links the user named
            os.environ,
            file=self.config,
            store=self.store,
            scanned=paths,
        )


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    source = context.get_parameter_source(parameter.name or "")
    if value is None or source is click.core.ParameterSource.DEFAULT:
        return
    remembered = context.find_root().ensure_object(dict)
    remembered.setdefault("chosen", {})[parameter.name] = value
    if context.parent is None:
        remembered.setdefault("given", {})[parameter.name] = parameter.opts[-1]


def _option(*spellings: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    return click.option(
        *spellings, callback=_remember, expose_value=False, default=None, **attributes
    )


_PLACES = (
    _option(
        "-C",
        "--folder",
        "folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Work as if started in this folder.",
    ),
    _option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Settings to use instead of the nearest driftline.toml.",
    ),
    _option(
        "--store",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Where the history is kept.",
    ),
)
_LOOKS = (
    _option(
        "--color",
        type=click.Choice(COLORS),
        help="When to use colour; auto means on a terminal without NO_COLOR.",
    ),
    _option(
        "--width",
        type=click.IntRange(min=_WIDTH_MIN),
        metavar="CELLS",
        help="Width of tables; the terminal's own, else 100.",
    ),
)
_FORMAT = _option("--format", type=click.Choice(FORMATS), help="How the answer is printed.")
_CHECK_FORMAT = _option(
    "--format",
    type=click.Choice(CHECK_FORMATS),
    help="How the answer is printed; github are annotations of a workflow.",
)
_LAYER = _option(
    "--layer",
    type=click.Choice(LAYERS),
    help="effective: values after all layers are merged; own: each file alone.",
)
_EXIT_CODE = _option(
    "--exit-code",
    "exit_code",
    is_flag=True,
    help="Exit 1 if anything differs, 3 if nothing does but something could not be read.",
)

_NARROWING = (
    _option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="KIND",
        help="Only these: standing, in-flight, frozen, accepted, environmental, unknown.",
    ),
    _option("--role", "roles", multiple=True, metavar="ROLE", help="Only this role; may hold *."),
    _option(
        "--owner", "owners", multiple=True, metavar="OWNER", help="Only what is theirs; may hold *."
    ),
)
_ENVIRONMENTS = _option(
    "-e",
    "--env",
    "environments",
    multiple=True,
    metavar="ENV",
    help="Only what concerns this environment; given twice, only between the two.",
)
_ALL = _option("--all", "every_row", is_flag=True, help="Every row, of every kind.")


def _applied(options: tuple[Any, ...]) -> Callable[[Decorated], Decorated]:
    def decorate(function: Decorated) -> Decorated:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def everywhere(function: Decorated) -> Decorated:
    """Options of the program itself: all of them may stand before any command."""
    return _applied((_FORMAT, _LAYER, _EXIT_CODE, *_PLACES, *_LOOKS))(function)


def places(function: Decorated) -> Decorated:
    """Options that say where to look and where to keep."""
    return _applied((*_PLACES, *_LOOKS))(function)


def reading(function: Decorated) -> Decorated:
    """Options of every command that prints an answer."""
    return _applied((_FORMAT, *_PLACES, *_LOOKS))(function)


def weighed(function: Decorated) -> Decorated:
    """As `reading`, with the choice between effective values and each file alone."""
    return _applied((_FORMAT, _LAYER, *_PLACES, *_LOOKS))(function)


def layered(function: Decorated) -> Decorated:
    """As `weighed`, for commands whose answer may become an exit code."""
    return _applied((_FORMAT, _LAYER, _EXIT_CODE, *_PLACES, *_LOOKS))(function)


def dated(function: Decorated) -> Decorated:
    """As `reading`, for commands whose answer may become an exit code."""
    return _applied((_FORMAT, _EXIT_CODE, *_PLACES, *_LOOKS))(function)


def narrowed(function: Decorated) -> Decorated:
    """As `layered`, with the choice of rows."""
    return layered(_applied((*_NARROWING, _ENVIRONMENTS, _ALL))(function))


def narrowed_pair(function: Decorated) -> Decorated:
    """As `narrowed`, for commands that name their environments themselves."""
    return layered(_applied((*_NARROWING, _ALL))(function))


def checked(function: Decorated) -> Decorated:
    """Options of the command for pipelines, whose answer pipelines read in forms of their own."""
    return _applied(
        (_CHECK_FORMAT, _LAYER, *_NARROWING[1:], _ENVIRONMENTS, _ALL, *_PLACES, *_LOOKS)
    )(function)


def program() -> str:
    """How the user calls us: by name where the shell finds it, else by its path."""
    called = sys.argv[0] if sys.argv else ""
    found = shutil.which("driftline")
    if not called or Path(called).name != "driftline":
        return "driftline"
    if found and Path(found).exists() and Path(called).exists() and Path(found).samefile(called):
        return "driftline"
    nearer = os.path.relpath(called)
    return nearer if len(nearer) < len(called) and "/" in nearer else called
