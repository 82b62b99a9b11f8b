"""Documents as stored become a layout, and files that cannot be read keep their place."""

from pathlib import Path

from driftline.engine.knowing.fleet import load_histories, materials
from driftline.engine.knowing.inferring import inferred
from driftline.history.sqlite_store import open_store
from driftline.model.placing import LayoutHints
from tests.engine.asking import company, scanned


def test_files_behind_gaps_are_placed(tmp_path: Path) -> None:
    """A file that was never readable belongs to its environment all the same."""
    built = company(tmp_path / "infra")
    built.commit({"env/staging/mail.values.yaml": "a: {{ .Values.x }}\n  b: [\n"})
    _, settings = scanned(tmp_path, built.folder)
    store = open_store(settings.store_path, read_only=True)
    histories, _, _ = load_histories(store, store.sources())

    layouts = inferred(histories, {1: materials(store, histories[0])}, LayoutHints())
    store.close()
    places = {one.path: one.environments for one in layouts[1].placements}

    assert ("staging",) == places["env/staging/mail.values.yaml"]
    assert ("staging",) == places["env/staging/web.values.yaml"]
