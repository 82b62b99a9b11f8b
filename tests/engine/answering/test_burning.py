"""The headline of a report says what only the running systems hold."""

from pathlib import Path

from driftline.engine import ask
from tests.engine.asking import company, scanned
from tests.engine.running import config_map
from tests.engine.two_planes import NOW, running, steady


def test_a_status_with_a_running_system(tmp_path: Path) -> None:
    """Undeclared objects and moved values count in the environment where they run."""
    shop = steady(tmp_path)
    mine = config_map("shop-production", "tmp", a="1")
    moved = running("production", level="debug", workers="4")
    shop.look(5, [*running("staging"), *moved, mine])
    (one,) = ask.status(shop.settings, now=NOW).burned_down

    assert ("production", 2) == (one.environment, one.resources)
    assert one.facts > 1


def test_nothing_would_be_lost(tmp_path: Path) -> None:
    """Where everything that runs is declared there is no headline, and none without a cluster."""
    folder = tmp_path / "shop"
    folder.mkdir()

    assert () == ask.status(steady(folder).settings, now=NOW).burned_down
    assert () == scanned(tmp_path, company(tmp_path / "infra").folder)[0].burned_down
