"""The example fleet as a git repository."""

import subprocess
import time
from pathlib import Path

import pytest

from driftline.lab.example import example_truth, write_example
from driftline.lab.story import told
from driftline.lab.truth import moments
from driftline.lab.weaving import woven

# Written down once; the story may change it, a machine or a version of Python must not.
HEAD = "b21578a253f8b1e31c81c2937b01cd5570088ca2"


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example fleet, written once."""
    return write_example(tmp_path_factory.mktemp("example") / "shipyard")


def test_the_fleet_is_the_same_everywhere(fleet: Path) -> None:
    """The last commit's hash, which covers all before it, is the one written down."""
    assert HEAD == _git(fleet, "rev-parse", "HEAD").strip()


def test_another_seed_is_another_history(tmp_path: Path, fleet: Path) -> None:
    """Another seed gives another head, the same one each time."""
    heads = [
        _git(write_example(tmp_path / name, seed=8), "rev-parse", "HEAD") for name in ("a", "b")
    ]

    assert heads[0] == heads[1]
    assert heads[0] != _git(fleet, "rev-parse", "HEAD")


def test_the_files_are_those_of_the_truth(fleet: Path) -> None:
    """What is checked out is, file for file, what the truth was derived from."""
    known = dict(example_truth().files)
    listed = _git(fleet, "ls-files", "-z").split("\0")[:-1]

    assert sorted(known) == listed
    assert all(text == (fleet / path).read_text(encoding="utf-8") for path, text in known.items())


def test_the_first_parents_are_the_steps(fleet: Path) -> None:
    """Every landing is one first-parent commit, in order, with its instant made non-decreasing."""
    lines = _git(fleet, "log", "--first-parent", "--reverse", "--format=%ct %s").splitlines()
    steps = list(moments(woven(told(7))))

    assert len(steps) == len(lines)
    highest = 0
    for line, step in zip(lines, steps, strict=True):
        instant, _, subject = line.partition(" ")
        highest = max(highest, int(instant))
        assert (highest, subject) == (step.at, step.commit.message.split("\n")[0])


def test_the_log_reads_like_a_log(fleet: Path) -> None:
    """Subjects are short, authors many, and clocks once wrong."""
    subjects = _git(fleet, "log", "--format=%s").splitlines()
    instants = [int(at) for at in _git(fleet, "log", "--first-parent", "--format=%ct").split()]

    assert all(10 < len(subject) <= 90 for subject in subjects)
    assert not any("{number}" in subject for subject in subjects)
    assert instants != sorted(instants, reverse=True)
    assert 15 <= len(set(_git(fleet, "log", "--format=%an").splitlines()))


def test_writing_is_quick(tmp_path: Path) -> None:
    """The fleet is there in less than two seconds of the machine's work."""
    before = time.process_time()
    write_example(tmp_path / "fleet")

    assert time.process_time() - before < 2
