import json
import re
from pathlib import Path

import click
import jsonschema
import pytest

from driftline.model.ref import parse_ref
from driftline.render.json_schema import json_schema
from driftline.surfaces.cli.commands import driftline
from driftline.surfaces.cli.table import COMMANDS
from tests.surfaces.cli.conftest import Run

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"

ANSWERS = [
    ("scan", ["scan", "."]),
    ("observe", ["observe"]),
    ("scan", ["status"]),
    ("compare", ["compare", "staging", "production"]),
    ("compare", ["compare", "staging~1", "staging"]),
    ("compare", ["compare", "staging", "production", "--kind", "standing", "--all"]),
    ("scan", ["status", "--role", "web", "--env", "prod"]),
    ("spells", ["spells"]),
    ("spells", ["spells", "web", "--env", "staging", "--env", "prod", "--standing"]),
    ("promotions", ["promotions", "web", "/image/tag"]),
    ("history", ["history", "web", "/image/tag"]),
    ("history", ["history", "web"]),
    ("layout", ["layout"]),
]


def _commands() -> list[tuple[str, click.Command]]:
    """Every command of the table, imported."""
    context = click.Context(driftline)
    found = [(name, driftline.get_command(context, name)) for name in COMMANDS]
    return [(name, command) for name, command in found if command is not None]


@pytest.mark.parametrize(("name", "arguments"), ANSWERS)
def test_every_answer_is_valid_json(run: Run, fleet: Path, name: str, arguments: list[str]) -> None:
    """What programs get is what the published schema says."""
    run("-C", str(fleet), "observe")
    done = run("-C", str(fleet), *arguments, "--format", "json")

    assert (0, "") == (done.returncode, done.stderr)
    jsonschema.validate(json.loads(done.stdout), json_schema(name))


@pytest.mark.parametrize(("name", "arguments"), ANSWERS)
def test_every_answer_is_text_and_markdown(
    run: Run, fleet: Path, name: str, arguments: list[str]
) -> None:
    """What people get is text without escape codes."""
    run("-C", str(fleet), "observe")
    for form in ("table", "markdown"):
        done = run("-C", str(fleet), *arguments, "--format", form)

        assert (0, "") == (done.returncode, done.stderr), name
        assert done.stdout.strip()
        assert "\x1b" not in done.stdout


def test_options_may_stand_before_or_after_the_command(run: Run, fleet: Path) -> None:
    """The same words in another place mean the same; the nearer one wins."""
    after = run("-C", str(fleet), "layout", "--format", "json")
    before = run("--format", "json", "-C", str(fleet), "layout")
    both = run("--format", "table", "-C", str(fleet), "layout", "--format", "json")

    assert after.stdout == before.stdout == both.stdout != ""


WRONG = [
    (["scna"], "there is no command 'scna'; did you mean 'scan'?; see `driftline --help`"),
    (["frobnicate"], "there is no command 'frobnicate'; they are scan, observe, status"),
    (["scan", "--fromat", "json"], "there is no option --fromat; did you mean --format?"),
    (["--formt", "json", "scan"], "there is no option --formt; did you mean --format?"),
    (["layout", "--exit-code"], "--exit-code belongs to scan, status, compare"),
    (["status", "--kind", "standng"], "there is no kind 'standng'; did you mean standing?"),
    (["promotions", "wbe"], "no role is called 'wbe'"),
    (["spells", "-e", "a", "-e", "b", "-e", "c"], "3 environments were named with --env"),
    (["--exit-code", "layout"], "layout takes no --exit-code"),
    (["scan", "--format", "yaml"], "'yaml' is not one of 'table', 'json', 'markdown'"),
    (["compare", "staging"], "Missing argument 'RIGHT'"),
    (["scan", "/nowhere"], "'/nowhere' does not exist"),
    (["schema", "scna"], "there is no schema 'scna'; did you mean 'scan'?"),
    (["compare", "staging@noon", "production"], "'noon' is not a time"),
    (["init", "--store", "x"], "init decides where settings and history live"),
]


@pytest.mark.parametrize(("arguments", "why"), WRONG)
def test_wrong_words_are_answered_with_right_ones(
    run: Run, fleet: Path, arguments: list[str], why: str
) -> None:
    """An error is one line on stderr that says what to do, and the exit code is 2."""
    run("-C", str(fleet), "observe")
    done = run("-C", str(fleet), *arguments)

    assert 2 == done.returncode
    assert "" == done.stdout
    assert done.stderr.startswith("driftline: ")
    assert why in done.stderr
    assert 1 == done.stderr.count("\n")


def test_the_page_names_every_option() -> None:
    """docs/commands.md has each command as a heading, and each of its options below it."""
    page = PAGE.read_text(encoding="utf-8")
    everywhere, *sections = re.split(r"(?m)^## (?=[a-z]+$)", page)
    found = {section.split("\n", 1)[0]: section for section in sections}

    assert list(COMMANDS) == list(found)
    for name, command in _commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                spellings = [*parameter.opts, *parameter.secondary_opts]
                assert any(f"`{one}" in found[name] + everywhere for one in spellings), spellings


def test_the_page_shows_refs_that_are_understood() -> None:
    """Each ref of the page's table means something."""
    page = PAGE.read_text(encoding="utf-8").partition("## Refs")[2].partition("\n## ")[0]
    refs = re.findall(r"(?m)^\| `([^`]+)` \|", page)

    assert len(refs) > 6
    assert all(parse_ref(ref) for ref in refs)


def test_every_command_helps() -> None:
    """Help says what a command does in whole sentences."""
    for name, command in _commands():
        assert command.help, name
        assert command.help.split("\n\n", maxsplit=1)[0].endswith("."), name
