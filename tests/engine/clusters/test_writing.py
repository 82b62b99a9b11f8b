"""Objects on their way into the store."""

from pathlib import Path

import pytest

from driftline.engine.clusters.writing import ClusterWriter
from driftline.errors import SourceError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.model.look import GapChange, Person
from driftline.sources.kubernetes.translate import LiveObject


def writer(store: Store, at: int) -> ClusterWriter:
    """A writer for one look."""
    source = store.register("kubernetes", "test", "observed").id
    return ClusterWriter(store, source, by=Person("", ""), at=at, known_at=at, since=None)


def thing(value: str, name: str = "a") -> LiveObject:
    """An object with one fact."""
    return LiveObject("shop/configmaps.core", f"ConfigMap/shop/{name}", {"/data/a": value}, {})


def test_the_later_reading_counts(tmp_path: Path) -> None:
    """An object that was met twice in one look is stored as it was met last."""
    store = open_store(tmp_path / "store")
    first = writer(store, 1)
    first.take(thing("1"))
    first.take(thing("2"))
    first.finish([], ())

    assert [{"/data/a": "2"}] == list(store.state([1], None).values())
    assert (1, 1, 1) == (first.looks, first.objects, first.facts)


def test_only_if_moved(tmp_path: Path) -> None:
    """A look that changed nothing is left out where that is wanted, and kept otherwise."""
    store = open_store(tmp_path / "store")
    writer(store, 1).finish([], (), only_if_moved=True)
    nothing = len(store.looks(1))
    writer(store, 2).finish([], ())
    writer(store, 3).finish([], (GapChange("f", "denied"),), only_if_moved=True)

    assert (0, 2) == (nothing, len(store.looks(1)))


def test_two_at_once(tmp_path: Path) -> None:
    """Of two processes that look at one cluster at once, the later one stores nothing."""
    store = open_store(tmp_path / "store")
    first, second = writer(store, 1), writer(store, 1)
    first.take(thing("1"))
    second.take(thing("1"))
    first.finish([], ())
    with pytest.raises(SourceError, match="observed by another process meanwhile"):
        second.finish([], ())

    assert 1 == len(store.looks(1))


def test_gone(tmp_path: Path) -> None:
    """What is gone vanishes; what the store never held is no news; what came back is a change."""
    store = open_store(tmp_path / "store")
    first = writer(store, 1)
    for name in ("a", "b"):
        first.take(thing("1", name))
    first.finish([], ())
    second = writer(store, 2)
    second.take(thing("2", "b"))
    file = "shop/configmaps.core"
    gone = [(file, f"ConfigMap/shop/{name}", True) for name in ("a", "b", "never")]
    second.finish(gone, ())
    presence = {one.key[-1]: one.presence for one in store.resources(1)}

    assert {"a": ((0, 1),), "b": ((0, None),)} == presence
    assert [] == store.verify()
