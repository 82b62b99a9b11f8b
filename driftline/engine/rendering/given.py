"""What somebody else rendered, given as a folder with the manifests of each environment.

Such as a job of a pipeline leaves behind, or `argocd app manifests` prints. The
first folder of a path, or else the file's own name, says which environment it is.
"""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import know
from driftline.engine.rendering import source as rendered_source
from driftline.engine.rendering.source import KIND
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.inventory.live.names import named_by
from driftline.inventory.recipes.recipe import GIVEN, Recipe, quoted
from driftline.model.document import DocumentKind, Reading
from driftline.model.placing import Environment
from driftline.sources.folder import collect
from driftline.sources.formats.catalogue import Format, classify
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor

_FILE_BYTES_MAX = 64 << 20
_LISTED_MAX = 5


class Given(msgspec.Struct, frozen=True):
    """What was taken from a folder: files by environment, and notes on the others."""

    source: int
    files: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


def read_given(
    store: Store,
    directory: Path,
    sources: Sequence[Source],
    settings: Settings,
    key: SecretKey,
    *,
    now: int,
) -> Given:
    """Take what is in a folder as what is declared for the environments of these sources.

    It is taken as it is at the last look at the sources. Raises UsageError when
    nothing in it is named like one of their environments, or nothing is there.
    """
    known = know(store, sources, settings, layer="effective")
    environments = known.environments
    found = collect.listing(directory, _is_manifest)
    reader = Reader(Redactor(key.key, key.key_id), file_bytes_max=_FILE_BYTES_MAX)
    readings: dict[str, Reading] = {}
    counts: dict[str, int] = {}
    strangers: list[str] = []
    for one in found.files:
        environment = _environment(one.path, environments)
        if not environment:
            strangers.append(one.path)
            continue
        content = collect.content(one, bytes_max=_FILE_BYTES_MAX)
        recipe = Recipe(environment, GIVEN, "", inputs=())
        reading = (
            Reading((), content.reason)
            if content.data is None
            else _objects(reader.read(one.path, content.data))
        )
        counts[environment] = counts.get(environment, 0) + 1
        file = f"{quoted(environment)}/{GIVEN}/{one.path}"
        readings[file] = rendered_source.described(recipe, reading)
    if not readings:
        names = ", ".join(one.name for one in environments) or "none was found in what is declared"
        raise UsageError(
            f"{directory}: nothing in it is named like an environment ({names}); "
            "put what is rendered for each into a folder of its name"
        )
    at = max((history.looks[-1].at for history in known.histories if history.looks), default=now)
    target = store.register(KIND, os.path.realpath(directory))
    state = rendered_source.Basis(at, f"given at {now}", f"given as {directory}")
    rendered_source.keep(store, target, readings, state, known_at=now)
    listed = ", ".join(strangers[:_LISTED_MAX]) + (", ..." if len(strangers) > _LISTED_MAX else "")
    notes = (f"{directory}: of no environment, and left out: {listed}",) if strangers else ()
    return Given(target.id, tuple(sorted(counts.items())), notes)


def _is_manifest(path: str) -> bool:
    return classify(path) in (Format.YAML, Format.JSON)


def _objects(reading: Reading) -> Reading:
    """Only the objects of a file; whatever else lies beside them deploys nothing."""
    kept = tuple(one for one in reading.documents if one.kind is DocumentKind.OBJECT)
    return Reading(kept, reading.gap)


def _environment(path: str, environments: Sequence[Environment]) -> str:
    """The environment that a path is for: by its first folders, else by its file's name."""
    names = [one.name for one in environments]
    parts = PurePosixPath(path).parts
    for depth in range(len(parts) - 1, 0, -1):
        try:
            return environment_named("/".join(parts[:depth]), names)
        except UsageError:
            continue
    spoken = named_by(PurePosixPath(path).stem, environments)
    if len(spoken) == 1:
        return spoken[0]
    spoken = named_by(parts[0], environments) if len(parts) > 1 else ()
    return spoken[0] if len(spoken) == 1 else ""
