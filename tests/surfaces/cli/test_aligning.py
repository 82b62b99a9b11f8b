"""A patch leaves the program as git takes it, with what it does told beside it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import Run

BETWEEN = ("--from", "staging", "--to", "production")
FILE = "environments/production/web.yaml"


@pytest.fixture
def own(fleet: Path, tmp_path: Path, run: Run) -> Path:
    """A fleet of one's own, read once."""
    folder = tmp_path / "shop"
    shutil.copytree(fleet, folder)
    assert 0 == run("scan", str(folder)).returncode
    return folder


def applied(folder: Path, patch: str) -> str:
    """The value file of production after git has applied a patch."""
    subprocess.run(["git", "apply", "-"], cwd=folder, input=patch.encode(), check=True)
    return (folder / FILE).read_text(encoding="utf-8")


def test_a_patch_for_git(own: Path, run: Run) -> None:
    """The output is the patch alone; what it does stands on the other stream."""
    done = run("-C", str(own), "align", "web", "image.tag", *BETWEEN)

    assert 0 == done.returncode
    assert f"web /image/tag: sets it in {FILE}\n" in done.stderr
    assert "tag: '1.2'" in applied(own, done.stdout)


def test_a_patch_in_a_file(own: Path, run: Run) -> None:
    """With --output the patch is in the file, and nothing of the repository changes."""
    done = run("-C", str(own), "align", "--standing", *BETWEEN, "--output", "to-prod.patch")

    assert (0, "") == (done.returncode, done.stdout)
    patch = (own / "to-prod.patch").read_text(encoding="utf-8")
    assert 2 == patch.count("+++ b/environments/production/")
    assert "tag: '1.2'" in applied(own, patch)


def test_as_json(own: Path, run: Run) -> None:
    """The answer for programs has the patch and what it does."""
    done = run("-C", str(own), "align", "web", "/image/tag", *BETWEEN, "--format", "json")
    told = json.loads(done.stdout)

    assert "driftline.align/1" == told["schema"]
    assert ([FILE], "1.1", "1.2") == (
        told["files"],
        told["aligned"][0]["before"],
        told["aligned"][0]["after"],
    )
    assert "tag: '1.2'" in applied(own, told["patch"])


def test_as_markdown(own: Path, run: Run) -> None:
    """For a discussion, the patch stands in a fence."""
    done = run("-C", str(own), "align", "web", "/image/tag", *BETWEEN, "--format", "markdown")

    assert "\n```diff\n--- a/environments/production/web.yaml\n" in done.stdout
    assert done.stdout.endswith("```\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name a ROLE and a PATH"),
        (("web",), "name a PATH of web"),
        (("web", "/image/tag", "--standing"), "name a ROLE and a PATH"),
        (("web", "/replicas"), "does not differ"),
    ],
)
def test_a_question_that_cannot_be_answered(
    own: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    """The error says what to ask instead, and no patch is printed."""
    done = run("-C", str(own), "align", *words, *BETWEEN)

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr
