"""Declared freezes are found by the facts that say so, for as long as they say it."""

from typing import Any

import pytest

from driftline.inventory.compare import View, view
from driftline.inventory.travel.freezes import freezes
from driftline.inventory.units import Unit
from tests.inventory.building import layer_of


def unit(*versions: tuple[int, Any]) -> View:
    """A role whose file had these versions."""
    made = view(Unit("production", "app", (layer_of("app", versions),), (), versions[0][0], None))
    assert made is not None
    return made


# A document, and the addresses of the freezes in it.
CASES: list[tuple[str, Any, list[str]]] = [
    ("a flag", {"tag": "1", "automatic_deploys_enabled": False}, ["/automatic_deploys_enabled"]),
    ("in words", {"autoDeploy": "off"}, ["/autoDeploy"]),
    ("another spelling", {"auto-deploy-enabled": False}, ["/auto-deploy-enabled"]),
    ("switched on", {"automatic_deploys_enabled": True}, []),
    ("a freeze", {"deploy_freeze": True}, ["/deploy_freeze"]),
    ("no freeze", {"deploy_freeze": False}, []),
    ("a suspended reconciler",
     {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "spec": {"suspend": True}},
     ["/spec/suspend"]),
    ("a suspended job is none", {"apiVersion": "batch/v1", "spec": {"suspend": True}}, []),
    ("a paused rollout", {"apiVersion": "apps/v1", "spec": {"paused": True}}, ["/spec/paused"]),
    ("nothing of the kind", {"image": {"tag": "1"}}, []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "document", "expected"), CASES, ids=[row[0] for row in CASES])
def test_what_freezes(why: str, document: Any, expected: list[str]) -> None:
    """Known flags and suspended reconcilers are freezes, and nothing else is."""
    assert expected == [one.address for one in freezes(unit((0, document)))], why


def test_a_freeze_has_a_life() -> None:
    """A freeze is in force from the look that declares it to the one that lifts it."""
    on, off = {"autoDeploy": True}, {"autoDeploy": False}
    found = freezes(unit((0, on), (3, off), (5, on), (8, off)))

    assert [(3, 5), (8, None)] == [(one.since, one.until) for one in found]


def test_a_flag_that_is_taken_out_freezes_no_longer() -> None:
    """A freeze ends with its flag."""
    found = freezes(unit((0, {"autoDeploy": False, "tag": "1"}), (3, {"tag": "1"})))

    assert [(0, 3)] == [(one.since, one.until) for one in found]


def test_a_flag_holds_back_its_file() -> None:
    """One flag of a file holds back everything in it."""
    (found,) = freezes(unit((0, {"deploy": {"autoDeploy": False}, "tag": "1"})))

    assert found.holds("/tag")
    assert found.is_at("/deploy/autoDeploy")


def test_flags_of_parts_hold_back_their_parts() -> None:
    """Where several parts of a file have the flag, each has its own."""
    document = {"api": {"tag": "1", "autoDeploy": False}, "ui": {"tag": "1", "autoDeploy": True}}
    (found,) = freezes(unit((0, document)))

    assert found.holds("/api/tag")
    assert not found.holds("/ui/tag")
