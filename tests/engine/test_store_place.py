import stat
from pathlib import Path

import pytest

from driftline.engine.store_place import (
    beside,
    example_folder,
    in_data_folder,
    note_use,
    prepare,
    repository_root,
    used_from,
)
from driftline.errors import UsageError


def test_a_scanned_repository_has_a_readable_place_of_its_own(tmp_path: Path) -> None:
    """The name says what it is about, the hash which of that name."""
    environ = {"HOME": str(tmp_path)}
    one = in_data_folder([tmp_path / "a" / "infra"], environ)
    other = in_data_folder([tmp_path / "b" / "infra"], environ)

    assert one.parent.parent == tmp_path / ".local" / "share" / "driftline"
    assert one.parent.name.startswith("infra-")
    assert one != other


def test_the_same_repositories_have_the_same_place(tmp_path: Path) -> None:
    """Neither order nor the folder inside a repository matters."""
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    shop, deep = tmp_path / "shop", tmp_path / "shop" / "clusters"
    (shop / ".git").mkdir(parents=True)
    deep.mkdir()
    infra = tmp_path / "infra"

    assert in_data_folder([shop, infra], environ) == in_data_folder([infra, deep], environ)
    assert in_data_folder([shop, infra], environ).parent.name.startswith("infra+1-")
    assert shop.resolve() == repository_root(deep)


def test_hostile_names_make_no_folders_of_their_own(tmp_path: Path) -> None:
    """What cannot stand in a name is replaced."""
    place = in_data_folder([tmp_path / "a b\n\x1b[31m"], {"HOME": str(tmp_path)})

    assert place.parent.name.startswith("a-b-31m-")


@pytest.mark.parametrize(
    "environ",
    [{}, {"HOME": ""}, {"HOME": "relative"}, {"XDG_DATA_HOME": "x"}, {"HOME": "/nonexistent"}],
)
def test_without_a_home_there_is_something_to_set(environ: dict[str, str], tmp_path: Path) -> None:
    """No place for the history is an error that says what to do."""
    with pytest.raises(UsageError, match="--store FILE or DRIFTLINE_STORE"):
        in_data_folder([tmp_path], environ)


def test_the_example_fleet_lives_beside_the_histories(tmp_path: Path) -> None:
    """The example is data of ours like any history."""
    assert tmp_path / "driftline" / "example-fleet" == example_folder(
        {"XDG_DATA_HOME": str(tmp_path)}
    )


def test_a_prepared_folder_is_the_owners_alone(tmp_path: Path) -> None:
    """Nobody else reads a history, and git never sees one beside a driftline.toml."""
    store = beside(tmp_path / "driftline.toml")
    prepare(store)
    prepare(store)

    assert 0o700 == stat.S_IMODE(store.parent.stat().st_mode)
    assert "*\n" == (store.parent / ".gitignore").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """The error says where, why and what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(
        UsageError, match=r"file/x: the history cannot be kept here .* --store FILE"
    ):
        prepare(tmp_path / "file" / "x" / "history.db")


def test_a_history_is_found_from_where_it_was_filled(tmp_path: Path) -> None:
    """A folder remembers the history that was last filled from it, while that is there."""
    environ = {"XDG_DATA_HOME": str(tmp_path / "data")}
    store, folder = tmp_path / "elsewhere.db", tmp_path / "work"
    folder.mkdir()
    note_use(folder, store, environ)
    before = used_from(folder, environ)
    store.touch()

    assert before is None
    assert store == used_from(folder, environ)
    assert used_from(tmp_path, environ) is None


def test_a_folder_with_a_history_of_its_own(tmp_path: Path) -> None:
    """Nothing is remembered where the history lies where it is looked for anyway."""
    environ = {"XDG_DATA_HOME": str(tmp_path / "data")}
    note_use(tmp_path, in_data_folder((tmp_path,), environ), environ)

    assert not (tmp_path / "data").exists()
