"""A pipeline reads the check as an exit code, as annotations, and as files for other programs."""

import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.surfaces.cli.conftest import Run
from tests.surfaces.cli.small_fleet import write_fleet

WEB = "environments/production/web.yaml"


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two branches: one that tunes production, and one that breaks a file."""
    folder = write_fleet(tmp_path_factory.mktemp("proposal") / "shop")
    for branch, text in (
        ("tuned", "image:\n  repository: example/web\n  tag: '1.1'\nreplicas: 7\n"),
        ("broken", "image: [\n"),
        ("quiet", None),
    ):
        _git(folder, "checkout", "--quiet", "-B", branch, "main")
        if text is not None:
            (folder / WEB).write_text(text, encoding="utf-8")
        (folder / "README.md").write_text("words\n", encoding="utf-8")
        _git(folder, "add", ".")
        _git(folder, "commit", "--quiet", "--message=a proposal")
    _git(folder, "checkout", "--quiet", "tuned")
    return folder


def _git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@example.com"]
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run([*command, *arguments], check=True, env=environ)


CODES = [
    ("what opens a standing difference fails", ("tuned",), (), 1, 2),
    ("nothing in any environment passes", ("quiet",), (), 0, 0),
    ("what cannot be read is neither", ("broken",), (), 3, 3),
    ("unless that is the condition", ("broken",), ("gaps",), 1, 2),
    ("several conditions", ("tuned",), ("forgotten,standing",), 1, 2),
    ("nothing asked, nothing failed", ("tuned",), ("none",), 0, 0),
    ("nothing asked, incomplete or not", ("broken",), ("none",), 0, 0),
    ("no such revision", ("gone",), (), 2, 1),
    ("no such condition", ("tuned",), ("drift",), 2, 1),
    ("none stands alone", ("tuned",), ("none,gaps",), 2, 1),
]


@pytest.mark.parametrize(("why", "head", "fail_on", "code", "detailed"), CODES)
def test_exit_codes(
    run: Run,
    proposal: Path,
    why: str,
    head: tuple[str],
    fail_on: tuple[str, ...],
    code: int,
    detailed: int,
) -> None:
    """The answer is an exit code, and Terraform's where that is asked for."""
    arguments = ["check", str(proposal), "--base", "main", "--head", *head]
    arguments += [word for one in fail_on for word in ("--fail-on", one)]

    assert code == run(*arguments).returncode, why
    assert detailed == run(*arguments, "--detailed-exitcode").returncode, why


def test_wrong_options_exit_as_errors(run: Run, proposal: Path) -> None:
    """An unknown option is an error in both families of codes, and differences are never meant."""
    assert 2 == run("check", str(proposal), "--bse", "main").returncode
    assert 1 == run("check", str(proposal), "--detailed-exitcode", "--bse", "main").returncode
    assert "did you mean --base" in run("check", str(proposal), "--bse", "main").stderr


def test_every_format_tells_of_the_same_row(run: Run, proposal: Path) -> None:
    """JSON, SARIF, JUnit, annotations, Markdown and the screen, all exit alike."""
    told = {}
    for one in ("table", "json", "markdown", "github", "sarif", "junit"):
        done = run("check", str(proposal), "--base", "main", "--format", one)
        told[one] = done.stdout

        assert (1, "") == (done.returncode, done.stderr)
        assert "/replicas" in done.stdout
    (row,) = json.loads(told["json"])["opened"]

    assert (WEB, 4, 2, 7) == (row["file"], row["line"], row["left_value"], row["right_value"])
    assert "2.1.0" == json.loads(told["sarif"])["version"]
    assert "1" == ET.fromstring(told["junit"]).get("failures")  # noqa: S314 - our own report
    assert told["github"].startswith(f"::error file={WEB},line=4,title=")


def test_the_head_that_is_checked_out_is_the_default(run: Run, proposal: Path) -> None:
    """In the repository, and with a main branch, nothing need be said."""
    done = run("-C", str(proposal), "check")

    assert 1 == done.returncode
    assert "main…HEAD" in done.stdout


def test_the_summary_of_a_job_is_written(run: Run, proposal: Path, tmp_path: Path) -> None:
    """Annotations go with a summary where the workflow has a file for it, and only then."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    arguments = ("check", str(proposal), "--base", "main", "--format")
    run(*arguments, "github", GITHUB_STEP_SUMMARY=str(summary))
    run(*arguments, "json", GITHUB_STEP_SUMMARY=str(summary))
    text = summary.read_text(encoding="utf-8")

    assert text.startswith("before\n## ❌ driftline")
    assert 1 == text.count("## ❌")


def test_a_narrow_check(run: Run, proposal: Path) -> None:
    """Only what is asked for can fail."""
    arguments = ("check", str(proposal), "--base", "main")

    assert 0 == run(*arguments, "--role", "api").returncode
    assert 1 == run(*arguments, "--role", "web", "-e", "prod").returncode
    assert 2 == run(*arguments, "-e", "nowhere").returncode


def test_the_help_names_the_conditions(run: Run) -> None:
    """Whoever asks is told what can fail."""
    done = run("check", "--help")

    assert 0 == done.returncode
    assert "forgotten" in done.stdout


def test_the_repository_of_several_is_the_one_around(
    run: Run, proposal: Path, fleet: Path, tmp_path: Path
) -> None:
    """Settings of two repositories mean the one that one stands in; elsewhere it must be named."""
    settings = tmp_path / "driftline.toml"
    settings.write_text(f"repositories = ['{proposal}', '{fleet}']\n", encoding="utf-8")
    inside = run("-C", str(proposal), "--config", str(settings), "check", "--base", "main")
    outside = run("-C", str(tmp_path), "check", "--base", "main")

    assert 1 == inside.returncode
    assert (2, True) == (outside.returncode, "name one of" in outside.stderr)
