"""Reading one path that a user named: its repository, and its branches if they are environments."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from driftline.engine.knowing.fleet import load_histories
from driftline.engine.knowing.inferring import layouts_of
from driftline.engine.reading.bundles import is_bundle, unbundled
from driftline.engine.reading.extent import Extent, extent_of
from driftline.engine.reading.observe import Observation, observe
from driftline.engine.reading.readers import make_reader
from driftline.engine.remembering import remember
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.model.answers.observed import ObservedRepository
from driftline.model.answers.parity import GapNote
from driftline.model.progress import Progress
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect


class RepositoryReading(msgspec.Struct, frozen=True):
    """What reading one path gave: the sources that answer for it, and a row for each."""

    sources: tuple[int, ...]
    rows: tuple[ObservedRepository, ...]


def read_repository(
    store: Store, path: Path, settings: Settings, key: SecretKey, *, now: int, progress: Progress
) -> RepositoryReading:
    """Read HEAD's history; where it shows no environments, read branches named like some.

    Branches only count when the files name no environment: a branch called
    staging beside folders of environments is merely work in progress. A bundle
    is read as the repository that it holds, and what is in no repository as
    it is now.
    """
    factory = partial(make_reader, key.key, key.key_id)
    if is_bundle(path):
        held = unbundled(path, os.environ)
        inside = read_repository(store, held, settings, key, now=now, progress=progress)
        # People know the file that they named, not where its repository is kept.
        named = tuple(msgspec.structs.replace(row, path=str(path)) for row in inside.rows)
        return msgspec.structs.replace(inside, rows=named)
    try:
        head = observe(store, path, factory, known_at=now, progress=progress)
    except collect.NotARepository:
        once = partial(make_reader, key.key, key.key_id, in_pieces=False)
        return _read_folder(store, path, once, now=now, progress=progress)
    read = [head]
    names = _branches_like_environments(path)
    if len(names) > 1 and not _has_environments(store, head, settings):
        branches = [
            observe(store, path, factory, known_at=now, branch=name, progress=progress)
            for name in names
        ]
        if len(branches) > 1:
            read = branches
    for one in read:
        _remember_extent(store, path, one)
    return RepositoryReading(
        tuple(one.source for one in read), tuple(_row(store, one) for one in read)
    )


def _branches_like_environments(path: Path) -> tuple[str, ...]:
    there = collect.branches(collect.open_repository(path))
    if len(there) < 2:
        return ()
    from driftline.inventory.layout.infer import branch_environments

    return branch_environments(there)


def _read_folder(
    store: Store,
    path: Path,
    factory: Callable[[], FormatReader],
    *,
    now: int,
    progress: Progress,
) -> RepositoryReading:
    from driftline.engine.reading.folders import observe_folder

    found = observe_folder(store, path, factory, known_at=now, progress=progress)
    one = found.observation
    extent = Extent(not_configuration=found.not_configuration)
    remember(store, f"extent/{one.source}", "last reading", msgspec.json.encode(extent))
    return RepositoryReading((one.source,), (_row(store, one),))


def _remember_extent(store: Store, path: Path, one: Observation) -> None:
    name, known = f"extent/{one.source}", extent_of(store, one.source)
    if one.looks_added or one.epochs or not known.commits or known.is_shallow != one.is_shallow:
        from driftline.sources.formats.reader import classify

        repository = collect.open_repository(path)
        other = sum(classify(file) is None for file, *_ in collect.files(repository, one.head))
        known = Extent(one.commits, one.is_shallow, other)
    remember(store, name, "last reading", msgspec.json.encode(known))


def _has_environments(store: Store, observation: Observation, settings: Settings) -> bool:
    sources = [source for source in store.sources() if source.id == observation.source]
    histories, _, _ = load_histories(store, sources)
    return any(one.environments for one in layouts_of(store, histories, settings).values())


def _row(store: Store, one: Observation) -> ObservedRepository:
    looks = {look.position: look.ref for look in store.looks(one.source)} if one.gaps else {}
    open_gaps = [
        GapNote(gap.file, looks.get(gap.from_position, ""), gap.reason, one.locator)
        for gap in store.gaps(one.source)
        if gap.to_position is None
    ]
    return ObservedRepository(
        path=one.locator,
        head=one.head,
        looks=one.looks,
        looks_added=one.looks_added,
        facts_added=one.facts,
        gaps=tuple(open_gaps),
        notes=one.notes,
    )
