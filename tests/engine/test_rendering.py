"""Declared environments are rendered by the user's tools and laid over our own evaluation."""

import os
import shutil
from pathlib import Path

import pytest

from driftline.engine import rendering
from driftline.engine.known import Known, know
from driftline.engine.reading import read_repository
from driftline.engine.rendered_source import KIND
from driftline.engine.secret_key import secret_key
from driftline.history.protocol import Source, Store
from driftline.history.sqlite_store import open_store
from driftline.inventory.merging import effective
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, settings_for
from tests.sources.git.building import Building
from tests.sources.rendered.scripts import script

CONFIG = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}"
FILES = {
    "base/kustomization.yaml": "resources: [a.yaml]",
    "base/a.yaml": CONFIG,
    "overlays/qa/kustomization.yaml": "namespace: shop-qa\nresources: [../../base]",
    "overlays/prod/kustomization.yaml": "namespace: shop-prod\nresources: [../../base]",
    "charts/web/Chart.yaml": "{apiVersion: v2, name: web, version: 1.0.0}",
    "charts/web/values.yaml": "{replicas: 1, image: web}",
    "charts/web/templates/web.yaml": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n"
        "data: {replicas: '{{ .Values.replicas }}', release: {{ .Release.Name }}}\n"
    ),
    "values/web/qa.yaml": "{replicas: 2}",
    "values/web/prod.yaml": "{replicas: 3}",
}
# What the stand-ins print: the arguments that they were given, in an object.
KUSTOMIZE = """
test "$1" = version && echo v1 && exit 0
echo "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {x: '1', said: '$*'}" """
HELM = """
test "$1" = version && echo v4 && exit 0
echo "apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {said: '$*'}" """


class Reading:
    """A repository that is read and rendered, again and again."""

    def __init__(self, folder: Path, built: Building) -> None:
        self.settings = settings_for(folder, built.folder)
        self.key = secret_key(self.settings.store_path, os.environ)
        self.store: Store = open_store(self.settings.store_path)
        self.built = built

    def read(self) -> list[Source]:
        """Read what is new; the declared sources."""
        found = read_repository(
            self.store,
            self.built.folder,
            self.settings,
            self.key,
            now=NOW,
            progress=Unwatched(),
        )
        return [one for one in self.store.sources() if one.id in found.sources]

    def rendered(self) -> tuple[str, ...]:
        """Read and render; the notes."""
        return rendering.render(
            self.store, self.read(), self.settings, self.key, now=NOW, progress=Unwatched()
        )

    def known(self) -> Known:
        """What is known, with what was rendered at hand."""
        live = [one for one in self.store.sources() if one.kind == KIND]
        return know(self.store, self.read(), self.settings, layer="effective", live=live)

    def data(self, environment: str, name: str) -> dict[str, str]:
        """The data of a ConfigMap with what was rendered."""
        units = rendering.with_rendered(self.store, self.known()).units.units[environment]
        series = effective(units[f"ConfigMap/{name}"].layers)
        return {
            address.removeprefix("/data/"): (points[-1].value or "").strip('"')
            for address, points in series.items()
            if address.startswith("/data/")
        }


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """A repository of overlays and a chart, with stand-ins for the tools on the PATH."""
    built = Building(tmp_path / "repository")
    built.commit(FILES)
    tools = tmp_path / "tools"
    tools.mkdir()
    script(tools, "kustomize", KUSTOMIZE)
    script(tools, "helm", HELM)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    return Reading(tmp_path, built)


def test_overlays_and_charts_are_rendered(reading: Reading) -> None:
    """Each tool is told what to render, and what it prints is what is declared."""
    assert () == reading.rendered()
    assert {"x": "1", "said": "build -- ./overlays/qa"} == reading.data("qa", "a")
    assert {
        "said": "template --include-crds --namespace=shop-prod --values=./values/web/prod.yaml"
        " -- web ./charts/web"
    } == reading.data("prod", "web")


def test_our_own_layers_stay_below(reading: Reading) -> None:
    """A value that rendering confirms still names the file that set it."""
    reading.rendered()
    units = rendering.with_rendered(reading.store, reading.known()).units.units["qa"]
    unit = units["ConfigMap/a"]
    (point,) = effective(unit.layers)["/data/x"]

    assert point.layer is not None
    assert "base/a.yaml" == unit.layers[point.layer].file


def test_nothing_is_rendered_twice(reading: Reading) -> None:
    """A state that was rendered by the same tools is not rendered again; a new one is."""
    reading.rendered()
    (source,) = [one for one in reading.store.sources() if one.kind == KIND]
    reading.rendered()

    assert 1 == len(reading.store.looks(source.id))
    reading.built.commit({"values/web/prod.yaml": None})
    reading.rendered()
    assert 2 == len(reading.store.looks(source.id))
    there = [one.file for one in reading.store.resources(source.id) if one.presence[-1][1] is None]
    assert "prod/helm/shop-prod-web.yaml" not in there
    assert "qa/helm/shop-qa-web.yaml" in there


def test_a_failure_is_a_gap_and_no_ghost(reading: Reading, tmp_path: Path) -> None:
    """What a tool cannot render is told with its words, and what was known stays."""
    reading.rendered()
    script(tmp_path / "tools", "helm", "test $1 = version && echo v5 || { echo no >&2; exit 1; }")
    notes = reading.rendered()

    assert 2 == len(notes)
    assert "prod/helm/shop-prod-web.yaml was not rendered: helm: no" in notes[0]
    (one, *_) = rendering.not_rendered(reading.store, reading.known())
    assert ("prod", "web", "shop-prod", "helm: no") == (
        one.environment,
        one.release,
        one.namespace,
        one.reason,
    )


def test_without_tools(reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without kustomize our own evaluation stands; without helm a chart is a gap."""
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "git").symlink_to(shutil.which("git") or "git")
    monkeypatch.setenv("PATH", str(bare))
    notes = reading.rendered()

    assert 2 == len(notes)
    assert all("helm is not on the PATH" in note for note in notes)
    assert {"x": "1"} == reading.data("qa", "a")


def test_a_repository_with_nothing_to_render(tmp_path: Path) -> None:
    """Plain manifests leave no rendered source behind."""
    built = Building(tmp_path / "repository")
    built.commit({"qa/a.yaml": CONFIG, "prod/a.yaml": CONFIG})
    reading = Reading(tmp_path, built)

    assert () == reading.rendered()
    assert [] == [one for one in reading.store.sources() if one.kind == KIND]
    known = reading.known()
    assert known is rendering.with_rendered(reading.store, known)


@pytest.mark.skipif(
    shutil.which("kubectl") is None or shutil.which("helm") is None,
    reason="there are not both kubectl and helm on the PATH to render with",
)
def test_the_real_tools(tmp_path: Path) -> None:
    """The user's kubectl and helm render a repository."""
    built = Building(tmp_path / "repository")
    built.commit(FILES)
    reading = Reading(tmp_path, built)

    assert () == reading.rendered()
    assert {"replicas": "3", "release": "web"} == reading.data("prod", "web")
    assert {"x": "1"} == reading.data("prod", "a")
