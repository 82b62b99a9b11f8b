import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from driftline.inventory.noise.against_intent import against_intent
from driftline.model.address import ancestors
from driftline.sources.formats.reader import Reader
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.translate import translate
from driftline.sources.redaction import Redactor
from tests.inventory.noise.case_files import CASES, Facts, differing
from tests.inventory.noise.recording import Managers

PAIRS: list[dict[str, Any]] = tomllib.loads((CASES / "pairs.toml").read_text())["pair"]


def sides(folder: Path, pair: dict[str, Any]) -> tuple[str, Facts, Facts, Managers]:
    """The kind, the declared and the live object of a pair, and who owns what of the latter."""
    masking = Redactor(b"0123456789abcdef", "test")
    config = folder / pair["config"]
    declared = Reader(masking).read(config.name, config.read_bytes()).documents[0].leaves()
    written = yaml.safe_load((folder / pair["live"]).read_text())
    group, _, version = written["apiVersion"].rpartition("/")
    kind = ListedKind(group, "", version, written["kind"], is_namespaced=True)
    live = translate(json.dumps(written, default=str).encode(), kind, masking)
    managers = {
        address: tuple(json.loads(owners))
        for address, owners in live.managers.items()
        if not address.startswith("/-/")
    }
    return written["kind"], declared, dict(live.facts), managers


def drifted(pair: dict[str, Any], real: set[str]) -> set[str]:
    """The places of the verdict at which something differs; other addresses as they are."""
    return {
        next((one for one in pair["drift"] if one == at or one in ancestors(at)), at) for at in real
    }


@pytest.mark.data
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['config']} {pair['live']}")
def test_verdicts(data: Path, pair: dict[str, Any]) -> None:
    """Each pair is told as a person told it, with and without its field managers."""
    kind, declared, live, managers = sides(data / "kubernetes-diff", pair)
    for owners in (managers,) if "managers" in pair else (managers, {}):
        noise = against_intent(kind, declared, live, owners)
        real = differing(declared, live) - noise.keys()

        assert set(pair["drift"]) == drifted(pair, real), pair["why"]


@pytest.mark.data
def test_every_pair_has_a_verdict(data: Path) -> None:
    """No manifest among the pairs is left out."""
    found = {path.name for path in (data / "kubernetes-diff").glob("*-config.*")}

    assert len(found) > 15
    assert set() == found - {pair["config"] for pair in PAIRS}
