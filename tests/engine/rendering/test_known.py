"""What was rendered is laid over what is known, and what was not is told."""

from pathlib import Path

from driftline.engine.rendering.given import read_given
from driftline.engine.rendering.known import not_rendered, with_rendered
from driftline.inventory.layers.merging import effective
from tests.engine.asking import NOW
from tests.engine.rendered_repository import CONFIG, FILES, Reading
from tests.sources.git.building import Building


def reading_of(folder: Path) -> Reading:
    """A repository of overlays and a chart."""
    built = Building(folder / "repository")
    built.commit(FILES)
    return Reading(folder, built)


def test_our_own_layers_stay_below(tmp_path: Path) -> None:
    """A value that rendering confirms still names the file that set it; another names its cause."""
    reading = reading_of(tmp_path)
    given = tmp_path / "given"
    (given / "qa").mkdir(parents=True)
    (given / "qa" / "a.yaml").write_text(CONFIG.replace("'1'", "'1', z: '2'"))
    read_given(reading.store, given, reading.read(), reading.settings, reading.key, now=NOW)
    unit = with_rendered(reading.store, reading.known()).units.units["qa"]["ConfigMap/a"]
    series = effective(unit.layers)
    (point,), (added,) = series["/data/x"], series["/data/z"]

    assert point.layer is not None
    assert added.layer is not None
    assert "base/a.yaml" == unit.layers[point.layer].file
    assert ("generated", "qa/a.yaml") == (
        unit.layers[added.layer].name,
        unit.layers[added.layer].file,
    )
    assert () == not_rendered(reading.store, reading.known())


def test_without_anything_rendered_nothing_changes(tmp_path: Path) -> None:
    """What is known is given back as it is."""
    reading = reading_of(tmp_path)
    reading.read()
    known = reading.known()

    assert known is with_rendered(reading.store, known)
    assert () == not_rendered(reading.store, known)
