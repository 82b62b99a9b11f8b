"""A question loads what it needs and no more."""

from pathlib import Path

from driftline.engine.knowing.known import know, side
from driftline.history.sqlite_store import open_store
from tests.engine.asking import scanned, values
from tests.sources.git.building import Building


def test_other_environments_are_left_unread(tmp_path: Path) -> None:
    """With two environments asked for, files of a third one alone are not loaded."""
    built = Building(tmp_path / "infra")
    names = ("staging", "production", "qa")
    built.commit({f"env/{name}/web.yaml": values("1", 1, host=name) for name in names})
    _, settings = scanned(tmp_path, built.folder)
    store = open_store(settings.store_path, read_only=True)

    known = know(store, store.sources(), settings, layer="effective", only=["staging", "prod"])
    files = {one.file for place in known.places for one in place.materials}

    assert {"env/staging/web.yaml", "env/production/web.yaml"} == files
    assert {"staging", "production", "qa"} == {one.name for one in known.environments}
    assert 3 == len(side("staging", known.units.units["staging"]).views["web"].facts)
    store.close()
