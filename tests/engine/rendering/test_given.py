"""What somebody else rendered is taken for the environments that it is named after."""

import os
from pathlib import Path

import pytest

from driftline.engine.knowing.known import know
from driftline.engine.reading.reading import read_repository
from driftline.engine.rendering.given import Given, read_given
from driftline.engine.rendering.known import with_rendered
from driftline.engine.rendering.source import KIND
from driftline.engine.secret_key import secret_key
from driftline.errors import UsageError
from driftline.history.sqlite_store import open_store
from driftline.inventory.layers.merging import effective
from driftline.inventory.recipes.recipe import GIVEN
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, settings_for
from tests.engine.rendered_repository import CONFIG, FILES, Reading
from tests.sources.git.building import Building


def write(folder: Path, files: dict[str, str]) -> None:
    """Files of a folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def given(tmp_path: Path, files: dict[str, str]) -> tuple[Reading, Given]:
    """A repository of qa and prod, and what was rendered for it."""
    built = Building(tmp_path / "repository")
    built.commit(FILES)
    reading = Reading(tmp_path, built)
    write(tmp_path / "given", files)
    sources = reading.read()
    taken = read_given(
        reading.store, tmp_path / "given", sources, reading.settings, reading.key, now=NOW
    )
    return reading, taken


def test_folders_and_files_named_like_environments(tmp_path: Path) -> None:
    """A folder says whose its files are; without one, the file's own name does."""
    _, taken = given(
        tmp_path,
        {
            "production/apps/a.yaml": CONFIG,
            "shop-qa.yaml": CONFIG,
            "notes.yaml": "a: 1",
            "qa/README.md": "no manifest",
        },
    )

    assert (("prod", 1), ("qa", 1)) == taken.files
    (note,) = taken.notes
    assert note.endswith("of no environment, and left out: notes.yaml")


def test_what_is_given_is_declared(tmp_path: Path) -> None:
    """The given manifests count, and what was built of several files and is not given is gone."""
    more = "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {y: '2'}}"
    reading, _ = given(tmp_path, {"prod/b.yaml": more, "qa/a.yaml": CONFIG.replace("'1'", "'9'")})
    units = with_rendered(reading.store, reading.known()).units.units

    assert ["ConfigMap/b"] == [role for role in units["prod"] if role.startswith("ConfigMap")]
    assert '"9"' == effective(units["qa"]["ConfigMap/a"].layers)["/data/x"][-1].value


def test_nothing_that_fits(tmp_path: Path) -> None:
    """A folder for other environments is refused, with the names that would do."""
    with pytest.raises(UsageError, match=r"named like an environment \(qa, prod\)"):
        given(tmp_path, {"elsewhere/a.yaml": CONFIG})


def test_what_is_no_object_deploys_nothing(tmp_path: Path) -> None:
    """A values file beside manifests is left out of what is declared; a broken one is a gap."""
    reading, _ = given(
        tmp_path, {"prod/values.yaml": "a: 1", "prod/broken.yaml": "a: [", "prod/a.yaml": CONFIG}
    )
    (source,) = [one for one in reading.store.sources() if one.kind == KIND]

    keys = {one.key for one in reading.store.resources(source.id)}
    assert {"recipe", "ConfigMap/a"} == keys
    (gap,) = reading.store.gaps(source.id)
    assert f"prod/{GIVEN}/prod/broken.yaml" == gap.file


def test_a_folder_without_git_may_be_what_is_declared(tmp_path: Path) -> None:
    """The declared side may be a plain folder, too."""
    write(tmp_path / "plain", {"qa/a.yaml": CONFIG, "prod/a.yaml": CONFIG})
    write(tmp_path / "given", {"qa/a.yaml": CONFIG})
    settings = settings_for(tmp_path, tmp_path / "plain")
    store = open_store(settings.store_path)
    key = secret_key(settings.store_path, os.environ)
    read_repository(store, tmp_path / "plain", settings, key, now=NOW, progress=Unwatched())
    declared = list(store.sources())
    taken = read_given(store, tmp_path / "given", declared, settings, key, now=NOW)

    assert (("qa", 1),) == taken.files
    rendered = [one for one in store.sources() if one.kind == KIND]
    known = know(store, declared, settings, layer="effective", live=rendered)
    assert {"prod", "qa"} == set(with_rendered(store, known).units.units)
