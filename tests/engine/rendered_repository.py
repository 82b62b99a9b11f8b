"""A repository of overlays and a chart, read and rendered again and again by tests."""

import os
from pathlib import Path

from driftline.engine.knowing.known import Known, know
from driftline.engine.reading.reading import read_repository
from driftline.engine.rendering import render as rendering
from driftline.engine.rendering.known import with_rendered
from driftline.engine.rendering.source import KIND
from driftline.engine.secret_key import secret_key
from driftline.history.protocol import Source, Store
from driftline.history.sqlite_store import open_store
from driftline.inventory.layers.merging import effective
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, settings_for
from tests.sources.git.building import Building

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
        units = with_rendered(self.store, self.known()).units.units[environment]
        series = effective(units[f"ConfigMap/{name}"].layers)
        return {
            address.removeprefix("/data/"): (points[-1].value or "").strip('"')
            for address, points in series.items()
            if address.startswith("/data/")
        }
