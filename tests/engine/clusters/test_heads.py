"""What is remembered of live objects between two looks."""

from pathlib import Path

from driftline.engine.clusters.heads import Head, Heads, keep_heads, load_heads
from driftline.history.sqlite_store import open_store


def test_kept_and_loaded(tmp_path: Path) -> None:
    """What was kept is there again, under the same key only, and is not written twice."""
    store = open_store(tmp_path / "store")
    heads = Heads()
    heads.of("shop/pods.core")["uid"] = Head("Pod/shop/a", "7", b"digest", has_managers=True)
    heads.of("shop/services.core")
    heads.is_changed = True
    keep_heads(store, 1, "key", heads)
    loaded = load_heads(store, 1, "key")

    assert {"shop/pods.core": heads.of("shop/pods.core")} == loaded.files
    assert 0 == load_heads(store, 1, "other key").count
    assert 0 == load_heads(store, 2, "key").count
    assert not heads.is_changed


def test_damaged_memory(tmp_path: Path) -> None:
    """What cannot be read is as good as forgotten."""
    store = open_store(tmp_path / "store")
    heads = Heads()
    heads.is_changed = True
    keep_heads(store, 1, "key", heads)
    stamp = "1 key"
    store.keep_derived("heads/1", stamp, b"nonsense")

    assert 0 == load_heads(store, 1, "key").count


def test_kinds() -> None:
    """Kinds are those of which objects are known."""
    head = Head("k", "1", b"", has_managers=False)
    heads = Heads({"a/pods.core": {"u": head}, "b/pods.core": {"v": head}, "a/jobs.batch": {}})

    assert {"pods.core"} == heads.kinds
    assert ["a/pods.core", "b/pods.core"] == list(heads.of_kind("pods.core"))
    assert 2 == heads.count
