"""What the store knows of files, before they are read again."""

from pathlib import Path

from driftline.engine.reading.last_known import known_paths, last_known
from tests.engine.observing import observed, opened
from tests.sources.git.building import Building


def test_documents_and_gaps_by_file(tmp_path: Path) -> None:
    """A file has its last known documents, and its open gap; a deleted one is not known."""
    built = Building(tmp_path / "r")
    built.commit({"a.yaml": "x: 1\n", "b.yaml": "y: 1\n", "c.yaml": "z: 1\n"})
    built.commit({"a.yaml": "broken\n", "c.yaml": None})
    store = opened(tmp_path)
    source = observed(store, built.folder).source
    found = last_known(store, source, None)

    assert {"a.yaml", "b.yaml"} == found.keys() == known_paths(store, source)
    assert "a.yaml is broken" == found["a.yaml"].gap
    assert {"/x": '"1"'} == found["a.yaml"].reading.documents[0].leaves()
    assert {"b.yaml"} == last_known(store, source, {"b.yaml", "new.yaml"}).keys()
    store.close()
