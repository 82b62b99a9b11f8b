from pathlib import Path

import pytest

from driftline.engine.settings import (
    FILE_NAME,
    Settings,
    find_settings_file,
    known_keys,
    load_settings,
    parse_settings,
    read_settings_file,
)
from driftline.errors import UsageError
from driftline.model.placing import LayoutHints

REFUSED = [
    ('reposetories = ["."]', "unknown setting 'reposetories'; did you mean 'repositories'?"),
    ('[layout]\nenviroments = ["x"]', "did you mean 'layout.environments'?"),
    ('[layout]\nnot-environments = ["x"]', "did you mean 'layout.not_environments'?"),
    ('places = ["x"]', "unknown setting 'places'; it belongs into [layout]"),
    ('[[actors.rules]]\nclas = "bot"', "did you mean 'actors.rules.class'?"),
    ("[layout]\nzzz = 1", "what can stand in [layout]: places, environments, not_environments"),
    ("zzz = 1", "what can stand here: repositories, store, layout, actors, pairs, redaction"),
    ('[layout]\nenvironments = "x"', "layout.environments: expected a list, got a text"),
    ("repositories = [1]", "repositories[0]: expected a text, got a whole number"),
    ('store = "x"', "store: expected a section, got a text"),
    ('[[actors.rules]]\nname = "x"', "actors.rules[0]: it needs the setting `class`"),
    ('[pairs]\nonly = [["a"]]', "pairs.only[0]: expected a list of length 2, got 1"),
    ("x =", "not TOML: Invalid value"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_settings_that_make_no_sense_are_refused(text: str, why: str) -> None:
    """An error names the file, the key, and what is right."""
    with pytest.raises(UsageError) as caught:
        parse_settings(text, origin="driftline.toml")

    assert str(caught.value).startswith("driftline.toml: ")
    assert why in str(caught.value)


def test_settings_are_read() -> None:
    """Every section ends up where the engine looks for it."""
    content = parse_settings(
        """
        repositories = ["a", "b"]
        [store]
        path = "x.db"
        [layout]
        environments = ["blue"]
        [actors]
        rules = [{ class = "ci", name = "deploy*" }]
        [pairs]
        only = [["blue", "green"]]
        [redaction]
        key_file = "k"
        """,
        origin="driftline.toml",
    )

    assert ("a", "b") == content.repositories
    assert LayoutHints(environments=("blue",)) == content.layout
    assert ("ci", "deploy*", "") == (
        content.actors.rules[0].class_,
        content.actors.rules[0].name,
        content.actors.rules[0].email,
    )
    assert (("blue", "green"),) == content.pairs.only
    assert "class" in known_keys(type(content.actors.rules[0]))


def test_nothing_needs_to_be_decided() -> None:
    """An empty file has every default."""
    assert (".",) == parse_settings("", origin="driftline.toml").repositories


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Settings that were asked for and are not there are no defaults."""
    with pytest.raises(UsageError, match=r"gone\.toml: these settings cannot be read"):
        read_settings_file(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes(b"x = '\xff'")
    with pytest.raises(UsageError, match="not UTF-8 text"):
        read_settings_file(tmp_path / "latin.toml")


def loaded(folder: Path, home: Path, *scanned: Path) -> Settings:
    """The settings of a run in a folder, with a home of its own."""
    return load_settings(folder, {"HOME": str(home)}, scanned=scanned)


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    """A question asked deep inside a repository finds the settings at its root."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / FILE_NAME).write_text("", encoding="utf-8")

    assert tmp_path.resolve() / FILE_NAME == find_settings_file(deep)
    assert loaded(deep, tmp_path).repositories == (tmp_path.resolve(),)


def test_a_scanned_repository_brings_its_own_settings(tmp_path: Path) -> None:
    """Settings lie beside what they speak of, wherever one stands."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / FILE_NAME).write_text(
            f'[layout]\nenvironments = ["{folder.name}"]', encoding="utf-8"
        )

    assert loaded(here, tmp_path, there).layout.environments == ("there",)


def test_settings_do_not_leak_into_other_repositories(tmp_path: Path) -> None:
    """The file of the current folder counts for a path only if it lists it."""
    here, listed, other = tmp_path / "here", tmp_path / "listed", tmp_path / "other"
    for folder in (here, listed, other):
        (folder / ".git").mkdir(parents=True)
    (here / FILE_NAME).write_text('repositories = ["../listed"]', encoding="utf-8")

    assert loaded(here, tmp_path, listed).file == here.resolve() / FILE_NAME
    assert loaded(here, tmp_path, other).file is None


def test_the_history_is_kept_where_it_is_said_nearest(tmp_path: Path) -> None:
    """The command line wins over the environment, that over the file, that over the default."""
    file = tmp_path / FILE_NAME
    file.write_text('[store]\npath = "from/file.db"', encoding="utf-8")
    home = {"HOME": str(tmp_path)}
    variable = home | {"DRIFTLINE_STORE": str(tmp_path / "variable.db")}
    option = tmp_path / "option.db"

    assert load_settings(tmp_path, variable, store=option).store_path == option
    assert load_settings(tmp_path, variable).store_path == tmp_path / "variable.db"
    assert load_settings(tmp_path, home).store_path == tmp_path / "from" / "file.db"


def test_the_history_lies_beside_the_file_where_init_ran(tmp_path: Path) -> None:
    """The folder that init made is where the history stays; a file alone makes none."""
    (tmp_path / FILE_NAME).write_text("", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    before = loaded(tmp_path, home).store_path
    (tmp_path / ".driftline").mkdir()

    assert home in before.parents
    assert loaded(tmp_path, home).store_path == tmp_path / ".driftline" / "history.db"
