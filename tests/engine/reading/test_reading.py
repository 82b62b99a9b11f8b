"""A path is read as its HEAD, or as its branches where only they are environments."""

from pathlib import Path

import pytest

from driftline.engine.reading.reading import read_repository
from driftline.engine.secret_key import SecretKey
from driftline.history.sqlite_store import open_store
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, company, settings_for
from tests.sources.git.building import Building, git

KEY = SecretKey(b"k" * 32, "test")


def branches_read(folder: Path, built: Building) -> list[str]:
    """The branches of the sources that answer for a repository; HEAD has no name."""
    store = open_store(folder / "history.db")
    wanted = settings_for(folder, built.folder)
    read = read_repository(store, built.folder, wanted, KEY, now=NOW, progress=Unwatched())
    branches = [one.branch for one in store.sources() if one.id in read.sources]
    store.close()
    return branches


def test_files_that_name_environments_win(tmp_path: Path) -> None:
    """Branches called staging and production are only branches beside folders of environments."""
    built = company(tmp_path / "infra")
    for branch in ("staging", "production"):
        built.commit({"env/staging/web.values.yaml": "on: true\n"}, branch=branch)

    assert [""] == branches_read(tmp_path, built)


def test_branches_are_environments_where_no_file_names_one(tmp_path: Path) -> None:
    """Without folders of environments, the branches named like some are read."""
    built = Building(tmp_path / "infra")
    for branch in ("main", "staging", "production", "fix/typo"):
        built.commit({"web/values.yaml": f"from: {branch}\n"}, branch=branch, parents=())

    assert {"staging", "production"} == set(branches_read(tmp_path, built))


def test_what_is_in_no_repository_is_read_as_it_is(tmp_path: Path) -> None:
    """A folder without git is a source of its own kind, and says that it has no past."""
    folder = tmp_path / "plain" / "env" / "staging"
    folder.mkdir(parents=True)
    (folder / "web.values.yaml").write_text("on: true\n", encoding="utf-8")
    store = open_store(tmp_path / "history.db")
    wanted = settings_for(tmp_path, tmp_path / "plain")
    read = read_repository(store, tmp_path / "plain", wanted, KEY, now=NOW, progress=Unwatched())

    assert ["folder"] == [one.kind for one in store.sources()]
    assert 1 == read.rows[0].looks
    assert "has no past" in read.rows[0].notes[0]
    store.close()


def test_a_bundle_is_told_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of a bundle is told of the file, though its repository is kept elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    built = company(tmp_path / "infra")
    bundle = tmp_path / "infra.bundle"
    git(built.folder, "bundle", "create", str(bundle), "--all")
    store = open_store(tmp_path / "history.db")
    wanted = settings_for(tmp_path, bundle)
    read = read_repository(store, bundle, wanted, KEY, now=NOW, progress=Unwatched())

    assert [str(bundle)] == [row.path for row in read.rows]
    assert [str(tmp_path / "cache")] == [
        one.locator[: len(str(tmp_path / "cache"))] for one in store.sources()
    ]
    store.close()
