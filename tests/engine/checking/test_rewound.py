"""A rewound store says what the store said when the look at a position was its last."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.checking.rewound import RewoundStore
from driftline.engine.reading.observe import observe
from driftline.engine.reading.readers import make_reader
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.sources.formats.contract import FormatReader
from tests.sources.git.building import Building, git


def reader() -> FormatReader:
    """A reader with a key that nobody uses."""
    return make_reader(b"k" * 32, "k")


VERSIONS: list[dict[str, str | None]] = [
    {"a.yaml": "x: 1\ny: 1\n", "b.yaml": "z: 1\n"},
    {"a.yaml": "x: 2\n"},
    {"b.yaml": None, "c.yaml": "w: [\n"},
    {"a.yaml": "x: 3\ny: 3\n", "c.yaml": "w: 1\n"},
    {"b.yaml": "z: 2\n"},
    {"a.yaml": None},
]


def _read(folder: Path, versions: list[dict[str, str | None]]) -> Store:
    built = Building(folder / "r")
    for files in versions:
        built.commit(files)
    store = open_store(folder / "history.db")
    observe(store, built.folder, reader, known_at=1)
    return store


def _said(store: Any, source: int) -> dict[str, Any]:
    """Everything that the store says of a source, with ids replaced by names."""
    names = {one.id: (one.file, one.key) for one in store.resources(source)}
    return {
        "tip": store.tip(source),
        "first": store.first(source),
        "looks": store.looks(source),
        "presence": {names[one.id]: one.presence for one in store.resources(source)},
        "state": {names[one]: facts for one, facts in store.state(names, None).items()},
        "steps": sorted(
            (names[one.resource], one.address, one.position, one.before, one.after)
            for one in store.steps(names)
        ),
        "gaps": [(one.file, one.from_position, one.to_position) for one in store.gaps(source)],
        "acts": store.acts(source),
        "at": store.position_at(source, 1 << 40),
    }


@pytest.mark.parametrize("position", range(len(VERSIONS)))
def test_the_past_is_what_it_was(tmp_path: Path, position: int) -> None:
    """At every position the whole history says what a shorter history says."""
    whole = _read(tmp_path / "whole", VERSIONS)
    part = _read(tmp_path / "part", VERSIONS[: position + 1])
    (source,) = whole.sources()
    (other,) = part.sources()

    assert _said(part, other.id) == _said(RewoundStore(whole, source.id, position), source.id)


def test_other_sources_stay_where_they_are(tmp_path: Path) -> None:
    """Only the one source is rewound."""
    store = _read(tmp_path, VERSIONS)
    built = Building(tmp_path / "other")
    built.commit({"a.yaml": "x: 1\n"})
    built.commit({"a.yaml": "x: 2\n"})
    git(built.folder, "status")
    other = observe(store, built.folder, reader, known_at=1).source
    rewound = RewoundStore(store, store.sources()[0].id, 0)

    assert _said(store, other) == _said(rewound, other)


WRITES: list[Callable[[RewoundStore], object]] = [
    lambda store: store.register("git", "x"),
    lambda store: store.append(1, [], known_at=1),
    lambda store: store.open_epoch(1, None, "", known_at=1),
    lambda store: store.extend_past(1, [], known_at=1),
    lambda store: store.keep_derived("a", "b", b""),
    lambda store: store.drop_derived(),
]


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written(tmp_path: Path, write: Callable[[RewoundStore], object]) -> None:
    """Whatever writes is refused, and the store says that it is read-only."""
    store = RewoundStore(_read(tmp_path, VERSIONS[:1]), 1, 0)

    assert store.is_read_only
    with pytest.raises(UsageError, match="past"):
        write(store)
