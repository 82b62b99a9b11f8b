import json
from pathlib import Path

import jsonschema

from driftline.render.json_schema import json_schema
from tests.surfaces.cli.conftest import Run


def test_all_pairs(run: Run, fleet: Path) -> None:
    """Without names, every pair has a line, and what to ask next."""
    assert 0 == run("scan", str(fleet)).returncode
    done = run("-C", str(fleet), "trend")

    assert (0, "") == (done.returncode, done.stderr)
    assert "staging ↔ production" in done.stdout


def test_one_pair(run: Run, fleet: Path) -> None:
    """The person moved staging, and the bot brought production after it."""
    run("scan", str(fleet))
    done = run("-C", str(fleet), "trend", "staging", "prod", "--since", "2026-01-15")

    assert (0, "") == (done.returncode, done.stderr)
    assert "2026-01-15 to" in done.stdout
    assert "bot        production" in done.stdout
    assert "which is exactly the sum" in done.stdout


def test_json_is_as_its_schema_says(run: Run, fleet: Path) -> None:
    """Programs read what the published schema promises."""
    run("scan", str(fleet))
    done = run("-C", str(fleet), "trend", "--format", "json", "--role", "web")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, json_schema("trend"))

    assert "web" == answer["role"]
    assert answer["trend"]


def test_one_environment_is_not_a_pair(run: Run, fleet: Path) -> None:
    """What is missing is said, before anything is read."""
    done = run("-C", str(fleet), "trend", "staging")

    assert 2 == done.returncode
    assert "Name two environments" in done.stderr
