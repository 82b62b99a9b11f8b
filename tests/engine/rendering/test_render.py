"""Declared environments are rendered by the user's tools and laid over our own evaluation."""

import os
import shutil
from pathlib import Path

import pytest

from driftline.engine.rendering.known import not_rendered
from driftline.engine.rendering.source import KIND
from tests.engine.rendered_repository import CONFIG, FILES, Reading
from tests.sources.git.building import Building
from tests.sources.rendered.scripts import script

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

    assert ("prod, qa: the chart charts/web was not rendered: helm: no",) == notes
    (one, *_) = not_rendered(reading.store, reading.known())
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

    (note,) = notes
    assert "helm is not on the PATH" in note
    assert {"x": "1"} == reading.data("qa", "a")


def test_a_repository_with_nothing_to_render(tmp_path: Path) -> None:
    """Plain manifests leave no rendered source behind."""
    built = Building(tmp_path / "repository")
    built.commit({"qa/a.yaml": CONFIG, "prod/a.yaml": CONFIG})
    reading = Reading(tmp_path, built)

    assert () == reading.rendered()
    assert [] == [one for one in reading.store.sources() if one.kind == KIND]


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
