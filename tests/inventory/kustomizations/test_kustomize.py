import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from driftline.inventory.kustomizations.kustomize import Tree, build
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of
from tests.inventory.rendering import CASES, RENDERED, built, name, rendered

FOLDERS = sorted(path.parent for path in CASES.glob(f"*/{RENDERED}"))
APPLIED = [folder for folder in FOLDERS if not folder.name.startswith("unapplied-")]
_HASH = re.compile(r"(flags|whole|plain)-[a-z0-9]{10}")


def stated(facts: Mapping[str, str]) -> dict[str, str]:
    """Facts without empty containers: those that patches fill or empty are told differently."""
    return {address: value for address, value in facts.items() if value not in ("{}", "[]")}


def made(folder: Path) -> dict[str, Mapping[str, str]]:
    """The objects as driftline has them."""
    return {name(one.now): stated(one.now) for one in built(folder).objects}


def expected(folder: Path) -> dict[str, dict[str, str]]:
    """The objects as kustomize has them, without the hashes of generated names."""
    return {
        _HASH.sub(r"\1", key): {
            address: _HASH.sub(r"\1", value) for address, value in stated(facts).items()
        }
        for key, facts in rendered(folder).items()
    }


@pytest.mark.parametrize("folder", APPLIED, ids=lambda folder: folder.name)
def test_effective_facts_equal_what_kustomize_renders(folder: Path) -> None:
    """Every object has exactly the facts that kustomize gives it, and nothing is left open."""
    assert () == built(folder).unapplied
    assert expected(folder) == made(folder)


# What is not applied in the cases that kustomize alone can render, and why.
UNAPPLIED = {
    "unapplied-files": ("ConfigMap file is made of whole files", "Secret hidden is generated"),
    "unapplied-finalizers": ("a patch of Service/web: finalizers are added",),
    "unapplied-positions": ("it counts the elements of /spec/template/spec/containers",),
    "unapplied-replacements": ("replacements copy values between objects",),
}


@pytest.mark.parametrize(("case", "reasons"), UNAPPLIED.items())
def test_what_is_not_applied_is_told(case: str, reasons: tuple[str, ...]) -> None:
    """What facts alone cannot carry out is named with its reason, and nothing is guessed."""
    unapplied = built(CASES / case).unapplied

    assert len(reasons) == len(unapplied)
    assert all(any(reason in one for one in unapplied) for reason in reasons), unapplied
    assert all(one.startswith(f"{case}/kustomization.yaml: ") for one in unapplied)


def test_every_case_is_used() -> None:
    """Each folder is either applied in full, or told to be unapplied."""
    assert {folder.name for folder in FOLDERS} == {
        *(folder.name for folder in APPLIED),
        *UNAPPLIED,
    }


def test_there_are_cases() -> None:
    """The comparison above looked at something."""
    assert len(APPLIED) > 20


HA = {"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 3}}
ENTRIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "component": (
        {"components": ["../ha"]},
        {"kind": "Component", "patches": [{"path": "p.yaml"}]},
    ),
    "component with replicas": (
        {"components": ["../ha"]},
        {"kind": "Component", "replicas": [{"name": "web", "count": 3}]},
    ),
    "patch of others": ({"patches": [{"path": "../ha/p.yaml"}]}, {}),
    "old list of patches": ({"patchesStrategicMerge": ["../ha/p.yaml"]}, {}),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_what_is_shared_begins_where_it_is_listed(case: str) -> None:
    """A component or a patch that is older than its entry changes nothing before the entry."""
    entry, component = ENTRIES[case]
    web = {"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 1}}
    own: dict[str, object] = {"resources": ["web.yaml"]}
    overlay = material_of(
        "prod/kustomization.yaml",
        [(0, own), (5, {**own, **entry})],
        DocumentKind.KUSTOMIZATION,
        act=2,
    )
    materials = [
        material_of("prod/web.yaml", [(0, web)], DocumentKind.OBJECT, key="Deployment/web"),
        material_of("ha/p.yaml", [(1, HA)], DocumentKind.OBJECT, key="Deployment/web"),
        material_of("ha/kustomization.yaml", [(1, component)], DocumentKind.KUSTOMIZATION),
        overlay,
    ]

    (one,) = build(Tree(materials), overlay).objects
    points = one.series["/spec/replicas"]

    assert [(0, "1", -1), (5, "3", 2)] == [(p.instant, p.value, p.act) for p in points]
