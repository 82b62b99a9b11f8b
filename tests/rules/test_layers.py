"""Every import contract of .importlinter can fail: each is broken once, in a copy."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.source_tree import ROOT

CONTRACT = "importlinter:contract:"

# Contract → a module, and a line in it that the contract forbids.
BREACHES = {
    "errors": ("errors.py", "import driftline.model.look"),
    "model": ("model/breach.py", "from driftline.history import protocol"),
    "statistics": ("statistics/breach.py", "import driftline.model.look"),
    "sources": ("sources/breach.py", "import driftline.inventory"),
    "history": ("history/breach.py", "import driftline.sources.formats"),
    "inventory": ("inventory/breach.py", "from driftline import history"),
    "analysis": ("analysis/breach.py", "import driftline.history.protocol"),
    "analysis_alone": ("analysis/breach.py", "import driftline.analysis.breach_too"),
    "policy": ("policy/breach.py", "import driftline.analysis"),
    "engine": ("engine/breach.py", "def late() -> None:\n    import driftline.render"),
    "render": ("render/breach.py", "import driftline.engine"),
    "lab": ("lab/breach.py", "import driftline.inventory"),
    "surfaces": ("surfaces/breach.py", "import driftline.history.protocol"),
    "surfaces_lab": ("surfaces/breach.py", "import driftline.lab"),
    "surfaces_alone": ("surfaces/breach.py", "import driftline.surfaces.breach_too"),
    "pure": ("inventory/breach.py", "import time"),
    "processes": ("sources/git/breach.py", "import subprocess"),
    "sqlite": ("engine/breach.py", "import sqlite3"),
    "parsers": ("engine/breach.py", "import yaml"),
    "kubernetes": ("engine/breach.py", "import lightkube"),
    "click": ("engine/breach.py", "import click"),
    "rich": ("engine/breach.py", "from rich import text"),
}


def _contracts() -> dict[str, str]:
    """Identifier → name, as the configuration has them."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return {
        section.removeprefix(CONTRACT): parser[section]["name"]
        for section in parser.sections()
        if section.startswith(CONTRACT)
    }


def _lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = (str(program), "--no-logo", "--no-cache", "--contract", contract)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of empty packages with our contracts, in which breaking one hurts nobody."""
    folder = tmp_path_factory.mktemp("layers")
    shutil.copy(ROOT / ".importlinter", folder)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    packages = "analysis engine history inventory lab model policy render statistics surfaces"
    for package in (".", *packages.split(), "sources", "sources/git", "sources/formats"):
        made = folder / "driftline" / package
        made.mkdir(parents=True, exist_ok=True)
        (made / "__init__.py").touch()
    for module in ("errors", "model/look", "history/protocol"):
        (folder / "driftline" / f"{module}.py").touch()
    for package in ("analysis", "surfaces"):
        (folder / "driftline" / package / "breach_too.py").touch()
    return folder


def test_every_contract_is_broken_once() -> None:
    """The table of breaches names each contract and no other."""
    assert set(_contracts()) == set(BREACHES)


def test_names_are_sentences() -> None:
    """A contract is named after what it promises, in a sentence."""
    names = _contracts().values()

    assert [] == [name for name in names if not (name.endswith(".") and name.count(" ") > 2)]


@pytest.mark.parametrize("contract", sorted(BREACHES))
def test_a_contract_can_fail(copy: Path, contract: str) -> None:
    """A contract is kept by an empty package and broken by one forbidden line."""
    module, line = BREACHES[contract]
    breach = copy / "driftline" / module
    original = breach.read_text() if breach.exists() else ""
    kept = _lint(copy, contract)
    try:
        breach.write_text(f"{line}\n")
        broken = _lint(copy, contract)
    finally:
        breach.write_text(original)

    assert 0 == kept.returncode, kept.stdout
    assert 1 == broken.returncode
    assert "BROKEN" in broken.stdout
