"""What a repository holds besides configuration is counted, not forgotten."""

from pathlib import Path

from driftline.engine.reading.extent import Extent, extent_of
from driftline.history.sqlite_store import open_store
from tests.engine.asking import company, scanned


def test_extent_of_a_reading(tmp_path: Path) -> None:
    """Commits count those inside merges; files that are no configuration are counted."""
    built = company(tmp_path / "infra")
    built.commit({"README.md": "# web", "app/main.py": "print()"})
    _, settings = scanned(tmp_path, built.folder)
    store = open_store(settings.store_path, read_only=True)

    assert Extent(commits=7, is_shallow=False, not_configuration=2) == extent_of(store, 1)
    assert Extent() == extent_of(store, 99)
    store.close()
