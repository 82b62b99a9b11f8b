"""What `make` says on machines that lack something, and that it lists itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.source_tree import ROOT

SHELL = "sh make mkdir chmod sed printf dirname cat cksum mktemp tail rm"
OLD = '#!/bin/sh\ncase "$*" in *--version*) echo "Python 3.9.2";; *) exit 1;; esac\n'
WITHOUT_VENV = (
    f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; *) exec {sys.executable} "$@";; esac\n'
)
# It makes environments whose pip cannot reach anything.
WITHOUT_NETWORK = """#!/bin/sh
case "$*" in
    *"-m venv"*)
        mkdir -p .venv/bin
        printf '#!/bin/sh\\necho no route to the index >&2\\nexit 1\\n' >.venv/bin/python
        chmod +x .venv/bin/python ;;
esac
"""
STUB = '#!/bin/sh\necho "python3: command not found, try: install" >&2\nexit 127\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with make and a shell in its `bin`, and a checkout without .venv beside it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in SHELL.split():
        found = shutil.which(name)
        if found:
            (programs / name).symlink_to(found)
    shutil.copytree(ROOT / "tools", tmp_path / "checkout" / "tools")
    shutil.copytree(ROOT / "requirements", tmp_path / "checkout" / "requirements")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / "checkout")
    return tmp_path


def install(machine: Path, name: str, script: str = "#!/bin/sh\n") -> None:
    """Put a program on the machine's PATH."""
    program = machine / "bin" / name
    program.write_text(script)
    program.chmod(0o755)


def make(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make on that machine, with an empty home."""
    return subprocess.run(
        (str(machine / "bin" / "make"), *arguments),
        cwd=machine / "checkout",
        env={"PATH": str(machine / "bin"), "HOME": str(machine), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_lists_its_targets(machine: Path) -> None:
    """`make` alone lists each target with what it does, and needs nothing for that."""
    listed = make(machine).stdout

    for target in ("setup", "run", "test", "test-all", "lint", "bench", "docs", "lock", "clean"):
        assert f"make {target} " in listed


@pytest.mark.parametrize("target", ["run", "test"])
def test_without_git(machine: Path, target: str) -> None:
    """Without git, one line says to install it."""
    install(machine, "python3", STUB)
    said = make(machine, target)

    assert (2, 1, "") == (said.returncode, said.stderr.count("\n"), said.stdout)
    assert "install the package git" in said.stderr


@pytest.mark.parametrize(
    ("script", "found"), [(OLD, "Python 3.9.2"), (STUB, "no Python")], ids=["old", "stub"]
)
def test_without_a_new_enough_python(machine: Path, script: str, found: str) -> None:
    """An old Python, or none behind the name, is told in one line with what was found."""
    install(machine, "git")
    install(machine, "python3", script)
    said = make(machine, "run")

    assert (2, 1, "") == (said.returncode, said.stderr.count("\n"), said.stdout)
    assert f"needs Python 3.11 or newer, found {found}" in said.stderr


def test_without_venv(machine: Path) -> None:
    """A Python without venv is told in one line with the name of the package."""
    install(machine, "git")
    install(machine, "python3", WITHOUT_VENV)
    said = make(machine, "run")

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert (2, 1, "") == (said.returncode, said.stderr.count("\n"), said.stdout)
    assert f"install the package python{version}-venv" in said.stderr


def test_a_newer_python_beside_an_old_one(machine: Path) -> None:
    """An old `python3` is passed over for a newer one under its full name."""
    install(machine, "git")
    install(machine, "python3", OLD)
    install(machine, "python3.12", WITHOUT_VENV)
    said = make(machine, "run")

    assert "has no venv module" in said.stderr
    assert "python3.12" in said.stderr


def test_a_failed_installation_says_where_to_look(machine: Path) -> None:
    """When packages cannot be installed, the end of the reason and the log's place are told."""
    install(machine, "git")
    install(machine, "python3", WITHOUT_NETWORK)
    said = make(machine, "setup")

    assert 2 == said.returncode
    assert "no route to the index\nsetting up failed; the whole output is in" in said.stderr


@pytest.mark.parametrize(
    ("repo", "called"),
    [
        ("", "example"),
        ("~/infra", "scan {home}/infra"),
        ("my infra", "scan my infra"),
        ("one two", "scan one|two"),
        ("missing", "scan missing"),
    ],
)
def test_run_scans_what_is_named(machine: Path, repo: str, called: str) -> None:
    """REPO may be one path with blanks, several paths, or begin with a tilde."""
    checkout = machine / "checkout"
    for name in ("my infra", "one", "two"):
        (checkout / name).mkdir()
    program = checkout / ".venv" / "bin" / "driftline"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\ncommand=$1\nshift\nIFS="|"\necho "$command $*"\n')
    program.chmod(0o755)
    said = subprocess.run(
        ("sh", "tools/run.sh"),
        cwd=checkout,
        env={"PATH": str(machine / "bin"), "HOME": str(machine), "REPO": repo},
        capture_output=True,
        text=True,
        check=True,
    )

    assert called.format(home=machine) == said.stdout.strip()
