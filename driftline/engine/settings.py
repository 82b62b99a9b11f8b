"""What the user decided: `driftline.toml`, the environment and the command line.

Everything has a default, so that no file is needed. A key that nobody knows is
an error that names the nearest right one: a setting that is silently ignored
is worse than none.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec

from driftline.engine import store_place
from driftline.errors import UsageError
from driftline.model.placing import LayoutHints, LiveHint

FILE_NAME = "driftline.toml"
LEDGER_NAME = "driftline-ledger.yaml"
STORE_VARIABLE = "DRIFTLINE_STORE"


class StoreSettings(msgspec.Struct, frozen=True):
    """Where the history is kept; a relative path is relative to the file."""

    path: str = ""


class ActorRule(msgspec.Struct, frozen=True):
    """Whoever matches `name` and `email` (globs, any case; empty matches all) has this class."""

    class_: str = msgspec.field(name="class")
    name: str = ""
    email: str = ""


class ActorSettings(msgspec.Struct, frozen=True):
    """Who is who, where names alone do not tell; these rules come before the built-in ones."""

    rules: tuple[ActorRule, ...] = ()


class PairSettings(msgspec.Struct, frozen=True):
    """Which environments are compared; all with all, unless `only` names the pairs."""

    only: tuple[tuple[str, str], ...] = ()


class RedactionSettings(msgspec.Struct, frozen=True):
    """Where the key for secrets is; empty means beside the history."""

    key_file: str = ""


class LedgerSettings(msgspec.Struct, frozen=True):
    """Where decisions stand, and for how many days a difference may be accepted at most."""

    path: str = ""
    days_max: Annotated[int, msgspec.Meta(ge=1)] = 365


class KubernetesSettings(msgspec.Struct, frozen=True):
    """A cluster to look at, or what of it is which environment; `[[kubernetes]]` may stand often.

    `context` is a context of the kubeconfig, empty for the present one. Without
    `namespaces` it is the whole cluster. An `environment` says whose these
    namespaces are; `selector` is `label=value`, several by commas.
    """

    context: str = ""
    kubeconfig: str = ""
    namespaces: tuple[str, ...] = ()
    environment: str = ""
    selector: str = ""


class SettingsFile(msgspec.Struct, frozen=True):
    """The content of a `driftline.toml`."""

    repositories: tuple[str, ...] = (".",)
    store: StoreSettings = StoreSettings()
    layout: LayoutHints = LayoutHints()
    actors: ActorSettings = ActorSettings()
    pairs: PairSettings = PairSettings()
    redaction: RedactionSettings = RedactionSettings()
    ledger: LedgerSettings = LedgerSettings()
    kubernetes: tuple[KubernetesSettings, ...] = ()


class Settings(msgspec.Struct, frozen=True):
    """The settings of one run, with every path absolute.

    `file` is the `driftline.toml` they come from, or None. `repositories` is
    what `observe` and `scan` read when no path is given. `ledger_path` is where
    decisions stand once there are any; None is nowhere.
    """

    store_path: Path
    repositories: tuple[Path, ...]
    file: Path | None = None
    layout: LayoutHints = LayoutHints()
    actors: ActorSettings = ActorSettings()
    pairs: PairSettings = PairSettings()
    key_file: Path | None = None
    ledger_path: Path | None = None
    ledger_days_max: int = LedgerSettings().days_max
    kubernetes: tuple[KubernetesSettings, ...] = ()

    @property
    def live_hints(self) -> tuple[LiveHint, ...]:
        """What the user said about where environments live."""
        return tuple(
            LiveHint(one.environment, one.context, one.namespaces, one.selector)
            for one in self.kubernetes
            if one.environment
        )


def find_settings_file(start: Path) -> Path | None:
    """The nearest `driftline.toml` at or above a folder."""
    absolute = Path(os.path.realpath(start))
    for folder in (absolute, *absolute.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load_settings(
    folder: Path,
    environ: Mapping[str, str],
    *,
    file: Path | None = None,
    store: Path | None = None,
    scanned: Sequence[Path] = (),
) -> Settings:
    """The settings of a run in a folder.

    `file` and `store` are what the command line says; `scanned` are the
    repositories it names. Their own `driftline.toml` counts first; the one of
    the folder counts for them only if it lists them.
    Raises UsageError for a file that cannot be read or does not make sense.
    """
    file = _absolute(folder / file) if file else _file_for(folder, scanned)
    content = read_settings_file(file) if file else SettingsFile()
    base = file.parent if file else folder
    listed = tuple(base / name for name in content.repositories)
    named_store = store or _path_from(environ.get(STORE_VARIABLE, ""))
    if named_store:
        store_path = folder / named_store
    elif content.store.path:
        store_path = base / Path(content.store.path).expanduser()
    elif file and (file.parent / store_place.FOLDER).is_dir():
        store_path = store_place.beside(file)
    else:
        store_path = store_place.in_data_folder(listed if file else scanned or listed, environ)
        if not (file or scanned or store_path.exists()):
            # Whoever read something else from here asks about that.
            store_path = store_place.used_from(folder, environ) or store_path
    key_file = content.redaction.key_file
    return Settings(
        store_path=_absolute(store_path),
        repositories=tuple(_absolute(folder / path) for path in scanned or listed),
        file=file,
        layout=content.layout,
        actors=content.actors,
        pairs=content.pairs,
        key_file=_absolute(base / Path(key_file).expanduser()) if key_file else None,
        ledger_path=_ledger_path(content.ledger, file, folder, scanned or listed),
        ledger_days_max=content.ledger.days_max,
        kubernetes=tuple(_with_kubeconfig(one, base) for one in content.kubernetes),
    )


def _with_kubeconfig(one: KubernetesSettings, base: Path) -> KubernetesSettings:
    """The settings of a cluster with its kubeconfig as an absolute path, if it names one."""
    if not one.kubeconfig:
        return one
    place = _absolute(base / Path(one.kubeconfig).expanduser())
    return msgspec.structs.replace(one, kubeconfig=str(place))


def _ledger_path(
    said: LedgerSettings, file: Path | None, folder: Path, repositories: Sequence[Path]
) -> Path:
    """Where decisions stand: as set, else beside the settings, else in the first repository."""
    base = file.parent if file else folder
    if said.path:
        return _absolute(base / Path(said.path).expanduser())
    if file or not repositories:
        return _absolute(base / LEDGER_NAME)
    return store_place.repository_root(folder / repositories[0]) / LEDGER_NAME


def _file_for(folder: Path, scanned: Sequence[Path]) -> Path | None:
    if not scanned:
        return find_settings_file(folder)
    own = find_settings_file(folder / scanned[0])
    around = find_settings_file(folder)
    if own or not around:
        return own
    listed = {
        store_place.repository_root(around.parent / name)
        for name in read_settings_file(around).repositories
    }
    asked = {store_place.repository_root(folder / path) for path in scanned}
    return around if asked <= listed else None


def read_settings_file(file: Path) -> SettingsFile:
    """The content of a `driftline.toml`; raises UsageError that names file and key."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{file}: these settings cannot be read ({error.strerror}); "
            "name another file with --config"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 text ({error.reason}); save it as UTF-8") from error
    return parse_settings(text, origin=str(file))


def parse_settings(text: str, *, origin: str) -> SettingsFile:
    """The settings that a text in TOML says; `origin` names it in errors."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin}: not TOML: {error}; mend that line") from error
    _refuse_unknown(content, SettingsFile, (), origin)
    try:
        return msgspec.convert(content, SettingsFile)
    except msgspec.ValidationError as error:
        raise UsageError(f"{origin}: {_in_words(str(error))}; see docs/configuration.md") from error


def known_keys(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Each key that a section of the file may hold, with the type of its value."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(record)}


def _refuse_unknown(
    content: Mapping[str, Any], record: type[msgspec.Struct], above: tuple[str, ...], origin: str
) -> None:
    known = known_keys(record)
    for key, value in content.items():
        name = ".".join((*above, key))
        if key not in known:
            raise UsageError(f"{origin}: unknown setting {name!r}; {_nearest(key, above, known)}")
        inner = _record_in(known[key])
        for part in value if isinstance(value, list) else [value]:
            if inner and isinstance(part, dict):
                _refuse_unknown(part, inner, (*above, key), origin)


def _record_in(kind: Any) -> type[msgspec.Struct] | None:
    """The record type that a field holds, alone or in a tuple."""
    for candidate in (kind, *getattr(kind, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, msgspec.Struct):
            return candidate
    return None


def _nearest(key: str, above: tuple[str, ...], known: Mapping[str, Any]) -> str:
    """The nearest right key here, else the place where exactly this key belongs."""
    close = difflib.get_close_matches(key.lower().replace("-", "_"), known, n=1)
    if close:
        return f"did you mean {'.'.join((*above, close[0]))!r}?"
    for section, kind in known_keys(SettingsFile).items():
        record = _record_in(kind)
        if record and key in known_keys(record):
            return f"it belongs into [{section}]"
    where = f"[{'.'.join(above)}]" if above else "here"
    return f"what can stand {'in ' if above else ''}{where}: {', '.join(known)}"


def _in_words(message: str) -> str:
    """A validation message with the place written as people write it in TOML."""
    problem, _, place = message.partition(" - at `$")
    key = place.rstrip("`").removeprefix(".").replace("[...]", "")
    problem = problem[:1].lower() + problem[1:]
    problem = problem.replace("object missing required field", "it needs the setting")
    for machine, human in (
        ("`str`", "a text"),
        ("`array`", "a list"),
        ("`object`", "a section"),
        ("`int`", "a whole number"),
        ("`bool`", "true or false"),
    ):
        problem = problem.replace(machine, human)
    return f"{key or 'the file'}: {problem}"


def _path_from(text: str) -> Path | None:
    return Path(text) if text else None


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links in what the user named
