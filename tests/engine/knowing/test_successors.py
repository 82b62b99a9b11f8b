"""Renames as the store's history shows them."""

from pathlib import Path

from driftline.engine.knowing.successors import links
from tests.engine.observing import observed, opened
from tests.sources.git.building import Building, git

TEXT = "image: web\nreplicas: 3\nhost: example.com\nport: 80\n"


def test_a_renamed_file_continues(tmp_path: Path) -> None:
    """A file that was moved is one series, and edits on the way do not hide that."""
    repository = Building(tmp_path / "r")
    repository.commit({"env/web.yaml": TEXT, "other.yaml": "x: 1\n"})
    repository.commit({"other.yaml": "x: 2\n"})
    repository.commit({"env/web.yaml": None, "environments/web.yaml": TEXT.replace("3", "4")})
    store = opened(tmp_path)
    source = observed(store, repository.folder).source
    files = {resource.id: resource.file for resource in store.resources(source)}

    found = links(store, source)

    assert [("env/web.yaml", "environments/web.yaml", 2)] == [
        (files[one.old], files[one.new], one.position) for one in found
    ]
    assert found == links(store, source)


def test_a_migration_with_both_layouts_alive(tmp_path: Path) -> None:
    """The new file may come first and the old one go later."""
    repository = Building(tmp_path / "r")
    repository.commit({"env/web.yaml": TEXT})
    repository.commit({"environments/web.yaml": TEXT})
    repository.commit({"other.yaml": "x: 2\n"})
    repository.commit({"env/web.yaml": None})
    store = opened(tmp_path)
    source = observed(store, repository.folder).source

    (found,) = links(store, source)

    assert (3, 1.0) == (found.position, found.similarity)


def test_nothing_moved(tmp_path: Path) -> None:
    """A history in which nothing ended has no successors."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": TEXT})
    repository.commit({"b.yaml": TEXT})
    store = opened(tmp_path)

    assert () == links(store, 1)
    assert () == links(store, observed(store, repository.folder).source)


def test_renames_of_a_past_that_was_fetched_later(tmp_path: Path) -> None:
    """What was renamed before a shallow clone began is found once its past is there."""
    repository = Building(tmp_path / "r")
    repository.commit({"env/web.yaml": TEXT})
    repository.commit({"env/web.yaml": None, "environments/web.yaml": TEXT})
    repository.commit({"other.yaml": "x: 1\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository.folder}", "clone")
    store = opened(tmp_path)
    source = observed(store, tmp_path / "clone").source

    assert () == links(store, source)

    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    observed(store, tmp_path / "clone")

    assert 1 == len(links(store, source))
