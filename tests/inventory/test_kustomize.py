import re
from collections.abc import Mapping
from pathlib import Path

import pytest

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
