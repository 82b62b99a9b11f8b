"""Repositories and clusters as the cases about live environments write them down."""

from pathlib import Path
from typing import Any

import msgspec
import yaml

from driftline.inventory.layout.cards import card
from driftline.inventory.layout.infer import infer
from driftline.inventory.live.claims import DeclaredObject
from driftline.model.placing import ClusterCard, Layout, LiveHint, LivePlace
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor

FILE = Path(__file__).parent / "cases.yaml"


class Case(msgspec.Struct, frozen=True):
    """One repository, the clusters beside it, and where its environments live."""

    why: str
    files: dict[str, Any]
    clusters: dict[str, Any]
    places: list[str]
    asks: list[str] = []
    hints: list[LiveHint] = []

    def declared(self) -> tuple[list[DeclaredObject], Layout]:
        """The repository as it would be read and placed."""
        reader = Reader(Redactor(b"k" * 32, "test"))
        read = {}
        for path, content in self.files.items():
            text = content if isinstance(content, str) else manifests(content["manifests"])
            reading = reader.read(path, text.encode())
            assert reading.gap is None, (path, reading.gap)
            read[path] = reading.documents
        layout = infer(
            [
                card(path, [(one.kind, one.key, one.leaves()) for one in documents])
                for path, documents in read.items()
            ]
        )
        places = {one.path: one.environments or ("",) for one in layout.placements}
        objects = [
            DeclaredObject(environment, path, one.kind, one.key, one.leaves())
            for path, documents in read.items()
            for one in documents
            for environment in places.get(path, ("",))
        ]
        return objects, layout

    def cards(self) -> list[ClusterCard]:
        """The clusters."""
        cards = []
        for name, said in self.clusters.items():
            held = said if isinstance(said, list) else said["namespaces"]
            server = "" if isinstance(said, list) else said.get("server", "")
            namespaces = held if isinstance(held, dict) else {one: {} for one in held}
            cards.append(ClusterCard(name, namespaces, server))
        return cards


def manifests(text: str) -> str:
    """So many ConfigMaps in a namespace; `-` is none."""
    namespace, number = text.split()
    metadata = "" if namespace == "-" else f", namespace: {namespace}"
    return "---\n".join(
        f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{one}{metadata}}}}}\n"
        for one in range(int(number))
    )


def line(place: LivePlace) -> str:
    """A place as the cases write it."""
    parts = [place.environment, place.cluster, ",".join(place.namespaces), place.selector]
    return " ".join(filter(None, parts))


def cases() -> list[Case]:
    """Every case of the file."""
    return msgspec.convert(yaml.safe_load(FILE.read_text()), list[Case])
