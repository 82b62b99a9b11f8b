import json
from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_spells_of_one_path(run: Run, fleet: Path) -> None:
    """Only that path of that role, as JSON and as text."""
    run("-C", str(fleet), "observe")
    done = run("-C", str(fleet), "spells", "web", "/image/tag", "--format", "json")
    told = json.loads(done.stdout)["spells"]

    assert {("web", "/image/tag")} == {(row["role"], row["path"]) for row in told}
    assert " Spell " in run("-C", str(fleet), "spells").stdout


def test_promotions_name_their_direction(run: Run, fleet: Path) -> None:
    """The order in which two environments are named does not matter."""
    run("-C", str(fleet), "observe")
    one = run("-C", str(fleet), "promotions", "-e", "staging", "-e", "production")
    other = run("-C", str(fleet), "promotions", "-e", "production", "-e", "staging")

    assert (0, "") == (one.returncode, one.stderr)
    assert one.stdout == other.stdout
