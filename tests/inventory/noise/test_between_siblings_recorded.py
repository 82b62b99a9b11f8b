import json
from pathlib import Path
from typing import Any

import pytest

from driftline.inventory.noise.autoscaling import bands, either
from driftline.inventory.noise.between_siblings import between_siblings
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
LEFT, RIGHT = "shop-staging", "shop-production"


class Siblings:
    """What the rules say of two namespaces of the recorded cluster that resemble each other.

    `meant` are the differences that both sides declare just so: whether they
    are by design or on their way is judged elsewhere, with their history.
    """

    def __init__(self, folder: Path) -> None:
        self.declared = declared(folder / "intent")
        self.observed = observed(folder / "observations" / "tick-14.jsonl.gz")
        self.real: set[Row] = set()
        self.meant: set[Row] = set()
        there = ((key, one.facts) for key, one in self.observed.items())
        intent = ((key, one.facts) for key, one in self.declared.items())
        self.bands = either(bands(intent), bands(there))
        sides = [self.roles(LEFT), self.roles(RIGHT)]
        for role in sorted(sides[0].keys() | sides[1].keys()):
            left, right = sides[0].get(role), sides[1].get(role)
            if left is not None and right is not None:
                self.compare(role, left, right)
            else:
                self.real.add((role, WHOLE))

    def roles(self, namespace: str) -> dict[str, str]:
        """The key of each object of a namespace by its kind and name, without look-alikes."""
        found = {}
        for key, one in self.observed.items():
            kind, _, name = key.partition("/")
            if not name.startswith(namespace + "/"):
                continue
            bare = name.removeprefix(namespace + "/")
            if key in self.declared or look_alike(kind, namespace, bare, one.facts) is None:
                found[f"{kind}/{bare}"] = key
        return found

    def compare(self, role: str, left: str, right: str) -> None:
        """Sort the differences of two objects of one role."""
        mine, theirs = self.observed[left], self.observed[right]
        found = between_siblings(
            role.partition("/")[0],
            mine.facts,
            theirs.facts,
            mine.managers,
            theirs.managers,
            left_band=self.bands.get(left),
            right_band=self.bands.get(right),
        )
        for address in differing(mine.facts, theirs.facts) - found.keys():
            row = role, spot_of_address(address, mine.written, theirs.written)
            is_meant = self.is_as_declared(left, address) and self.is_as_declared(right, address)
            (self.meant if is_meant else self.real).add(row)

    def is_as_declared(self, key: str, address: str) -> bool:
        """Whether an object has at an address what is declared there."""
        intent = self.declared.get(key, Known({}, {}, {})).facts
        stored = intent.get(address, intent.get(address.replace("/data/", "/stringData/", 1)))
        return stored == self.observed[key].facts.get(address)

    def row(self, entry: dict[str, Any]) -> Row:
        """An entry of the truth as a row."""
        role = f"{entry['kind']}/{entry['name']}"
        keys = (f"{entry['kind']}/{one}/{entry['name']}" for one in (LEFT, RIGHT))
        written = [self.observed[key].written for key in keys if key in self.observed]
        return role, spot_of_path(entry["path"], *written) if entry["path"] else WHOLE


@pytest.fixture(scope="module")
def shop(data: Path) -> Siblings:
    """The two namespaces at the end."""
    return Siblings(data / "kubernetes" / "shop")


@pytest.fixture(scope="module")
def truth(data: Path) -> dict[str, Any]:
    """What must be found, and what must not."""
    path = data / "kubernetes" / "shop" / "expected" / "env_vs_env.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def covered(row: Row, rows: set[Row]) -> bool:
    """Whether a row or a part of it is among rows."""
    role, spot = row
    return any(one == role and where[: len(spot)] == spot for one, where in rows)


@pytest.mark.data
def test_every_divergence_is_a_difference(shop: Siblings, truth: dict[str, Any]) -> None:
    """Each difference of the truth is one; those on their way are declared differently."""
    missed = []
    for entry in truth["divergences"]:
        row = shop.row(entry)
        rows = shop.meant | shop.real if entry["class"] == "not_promoted" else shop.real
        if not covered(row, rows):
            missed.append(row)

    assert len(truth["divergences"]) == 32
    assert [] == missed


@pytest.mark.data
def test_what_is_no_divergence_is_noise_or_declared(shop: Siblings, truth: dict[str, Any]) -> None:
    """Nothing of it stands, unless both sides declare to be different."""
    rows = [shop.row(one) for one in truth["not_divergences"]]

    assert len(rows) > 60
    assert [] == [one for one in rows if one in shop.real]


@pytest.mark.data
def test_nothing_else_stands(shop: Siblings, truth: dict[str, Any]) -> None:
    """What stands is one of the differences of the truth."""
    wanted = {shop.row(one) for one in truth["divergences"]}
    besides = {
        (role, spot)
        for role, spot in shop.real
        if not any(role == one and spot[: len(where)] == where for one, where in wanted)
    }

    assert set() == besides
