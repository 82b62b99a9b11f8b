import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from driftline.inventory.noise.against_intent import INFORMATIONAL, against_intent
from driftline.inventory.noise.autoscaling import bands, either
from driftline.inventory.noise.look_alike import look_alike
from tests.inventory.noise.case_files import differing
from tests.inventory.noise.recording import (
    Known,
    Spot,
    declared,
    observed,
    spot_of_address,
    spot_of_path,
)

Row = tuple[str, Spot]
WHOLE: Spot = ()


class Recorded:
    """What the rules say of the last observation of the recorded cluster."""

    def __init__(self, folder: Path) -> None:
        self.declared = declared(folder / "intent")
        self.observed = observed(folder / "observations" / "tick-14.jsonl.gz")
        self.real: set[Row] = set()
        self.shown: set[Row] = set()
        self.noise: set[Row] = set()
        there = ((key, one.facts) for key, one in self.observed.items())
        meant = ((key, one.facts) for key, one in self.declared.items())
        self.bands = either(bands(meant), bands(there))
        for key, one in self.declared.items():
            other = self.observed.get(key)
            if other is None:
                self.real.add((key, WHOLE))
            else:
                self.compare(key, one, other)
        for key, one in self.observed.items():
            if key not in self.declared:
                self.undeclared(key, one)

    def compare(self, key: str, one: Known, other: Known) -> None:
        """Sort the differences of one object."""
        found = against_intent(
            key.partition("/")[0], one.facts, other.facts, other.managers, band=self.bands.get(key)
        )
        for address in differing(one.facts, other.facts):
            row = key, spot_of_address(address, other.written, one.written)
            reason = found.get(address)
            if reason is None:
                self.real.add(row)
            elif reason.rule in INFORMATIONAL:
                self.shown.add(row)
            else:
                self.noise.add(row)

    def undeclared(self, key: str, one: Known) -> None:
        """Tell an object that nobody declared, unless nobody would."""
        metadata = one.written["metadata"]
        kind = key.partition("/")[0]
        found = look_alike(kind, metadata.get("namespace", ""), metadata["name"], one.facts)
        (self.real if found is None else self.noise).add((key, WHOLE))

    def row(self, entry: dict[str, Any]) -> Row:
        """An entry of the truth as a row."""
        names = (entry["kind"], entry["namespace"], entry["name"])
        key = "/".join(filter(None, names))
        sides = (self.observed.get(key), self.declared.get(key))
        written = [one.written for one in sides if one is not None]
        return key, spot_of_path(entry["path"], *written) if entry["path"] else WHOLE


@pytest.fixture(scope="module")
def shop(data: Path) -> Recorded:
    """The recorded cluster at its end."""
    return Recorded(data / "kubernetes" / "shop")


@pytest.fixture(scope="module")
def truth(data: Path) -> dict[str, Any]:
    """What must be found, and what may be shown."""
    path = data / "kubernetes" / "shop" / "expected" / "intent_vs_actual.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def covered(row: Row, rows: set[Row]) -> bool:
    """Whether a row or a part of it is among rows."""
    key, spot = row
    return any(one == key and where[: len(spot)] == spot for one, where in rows)


@pytest.mark.data
def test_every_divergence_is_found(shop: Recorded, truth: dict[str, Any]) -> None:
    """Each of the leaves that somebody changed stands, and nothing besides."""
    wanted = {shop.row(one) for one in truth["divergences"]}
    besides = {
        (key, spot)
        for key, spot in shop.real
        if not any(key == one and spot[: len(where)] == where for one, where in wanted)
    }

    assert len(wanted) == 30
    assert [] == [one for one in wanted if not covered(one, shop.real)]
    assert set() == besides


@pytest.mark.data
def test_what_may_be_shown_is_told_apart(shop: Recorded, truth: dict[str, Any]) -> None:
    """Replicas in their band and restarts are neither drift nor passed over."""
    wanted = [shop.row(one) for one in truth["informational"]]

    assert len(wanted) > 3
    assert [] == [one for one in wanted if not covered(one, shop.shown)]


@pytest.mark.data
def test_no_noise_is_reported(shop: Recorded, data: Path) -> None:
    """Of all that a naive comparison yields, nothing that was labelled as noise stands."""
    path = data / "kubernetes" / "shop" / "expected" / "intent_vs_actual_noise.json.gz"
    noise = json.loads(gzip.decompress(path.read_bytes()))
    rows = [shop.row(one) for one in noise]

    assert len(rows) > 1000
    assert [] == [one for one in rows if covered(one, shop.real) and one[1] != WHOLE]
    assert [] == [one for one in rows if one in shop.real]
