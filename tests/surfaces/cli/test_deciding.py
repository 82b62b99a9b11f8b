"""Decisions are made on the command line and count from then on."""

import json
import shutil
from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import Run

ACCEPT = ("accept", "web", "image.tag", "--until", "30d", "--reason", "a window", "--owner", "shop")


@pytest.fixture
def own(fleet: Path, tmp_path: Path, run: Run) -> Path:
    """A fleet of one's own, read once."""
    folder = tmp_path / "shop"
    shutil.copytree(fleet, folder)
    assert 0 == run("scan", str(folder)).returncode
    return folder


def test_accept(own: Path, run: Run) -> None:
    """What was accepted is written down, listed, and no longer stands."""
    done = run("-C", str(own), *ACCEPT)

    assert (0, "") == (done.returncode, done.stderr)
    assert 'production: "1.1"' in done.stdout
    assert done.stdout.endswith(f"written to {own / 'driftline-ledger.yaml'}\n")
    listed = json.loads(run("-C", str(own), "decisions", "--format", "json").stdout)
    assert [("web", "/image/tag", "shop")] == [
        (row["role"], row["path"], row["owner"]) for row in listed["decisions"]
    ]
    told = json.loads(run("-C", str(own), "status", "--format", "json").stdout)
    kinds = {row["role"]: row["kind"] for row in told["divergences"]}
    assert "accepted" == kinds["web"]
    assert "accepted" != kinds["api"]


def test_print(own: Path, run: Run) -> None:
    """With --print there is a patch, and no file is touched."""
    done = run("-C", str(own), *ACCEPT, "--print")

    assert done.stdout.startswith("--- /dev/null\n+++ b/driftline-ledger.yaml\n")
    assert not (own / "driftline-ledger.yaml").exists()


def test_the_others(own: Path, run: Run) -> None:
    """Each decision has its command, and the list shows them all."""
    because = ("--reason", "because")
    bounded = ("--until", "2w", "--owner", "ops")

    for words in (
        ("ignore", "*", "metadata.labels", *because),
        ("freeze", "web", "--env", "production", *because, *bounded),
        ("classify", "api", "image.tag", "--as", "drift", *because),
    ):
        assert 0 == run("-C", str(own), *words).returncode, words
    text = run("-C", str(own), "decisions").stdout

    assert all(word in text for word in ("ignore", "freeze", "classify", "is drift", "in 14 d"))
    assert "| freeze |" in run("-C", str(own), "decisions", "--format", "markdown").stdout


@pytest.mark.parametrize("missing", ["--until", "--reason", "--owner"])
def test_what_an_acceptance_needs(own: Path, run: Run, missing: str) -> None:
    """Nothing is accepted without a day, a reason and an owner."""
    at = ACCEPT.index(missing)
    done = run("-C", str(own), *ACCEPT[:at], *ACCEPT[at + 2 :])

    assert 2 == done.returncode
    assert missing in done.stderr
    assert not (own / "driftline-ledger.yaml").exists()


def test_mistakes_are_told(own: Path, run: Run) -> None:
    """A mistake in the ledger stands among the notes of every report."""
    (own / "driftline-ledger.yaml").write_text("decisions:\n  - decison: x\n", encoding="utf-8")

    told = run("-C", str(own), "status", "--format", "json").stdout

    assert "did you mean 'decision'" in told
    assert "did you mean 'decision'" in run("-C", str(own), "decisions").stdout
