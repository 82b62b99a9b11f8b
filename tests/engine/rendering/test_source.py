"""Rendered files are kept as looks: what changed, what went, what could not be rendered."""

from pathlib import Path

from driftline.engine.rendering.source import KIND, Basis, described, keep
from driftline.history.sqlite_store import open_store
from driftline.inventory.recipes.recipe import HELM, Recipe
from driftline.model.document import Document, DocumentKind, Reading

RECIPE = Recipe("qa", HELM, "charts/web", release="web", inputs=("charts/web/Chart.yaml", "v.yaml"))


def reading(value: str, gap: str | None = None) -> Reading:
    """A rendered file with one object."""
    facts = {"/apiVersion": '"v1"', "/kind": '"ConfigMap"', "/data/x": value}
    return Reading((Document("ConfigMap/a", DocumentKind.OBJECT, (facts,)),), gap)


def test_a_file_says_what_it_was_made_of() -> None:
    """The recipe is a document beside the objects."""
    own, made = described(RECIPE, reading("1")).documents

    assert DocumentKind.PLAIN is own.kind
    assert ('"web"', '"v.yaml"') == (own.leaves()["/release"], own.leaves()["/inputs/1"])
    assert "ConfigMap/a" == made.key


def test_looks(tmp_path: Path) -> None:
    """Each state that differs is one look, never earlier than the one before."""
    store = open_store(tmp_path / "history.db")
    source = store.register(KIND, "/repository")

    def kept(at: int, **files: Reading) -> bool:
        return keep(store, source, files, Basis(at, f"c{at}", "rendered"), known_at=100)

    assert kept(10, a=reading("1"), b=reading("1"))
    assert not kept(20, a=reading("1"), b=reading("1"))
    assert kept(30, a=reading("2"))
    assert kept(25, a=Reading((), "helm is not on the PATH"))
    assert [10, 30, 30] == [look.at for look in store.looks(source.id)]
    assert ["b"] == [one.file for one in store.resources(source.id) if one.presence[-1][1]]
    (gap,) = store.gaps(source.id)
    assert ("a", None, "helm is not on the PATH") == (gap.file, gap.to_position, gap.reason)
    state = store.state([one.id for one in store.resources(source.id) if one.file == "a"], None)
    assert ["2"] == [facts["/data/x"] for facts in state.values()]
    assert [] == store.verify()
