"""Objects of one plane alone are told with their age, and coverage counts them by kind."""

from pathlib import Path

from tests.engine.running import config_map
from tests.engine.two_planes import Shop, compared_planes, day, running, steady


def test_unmanaged_and_ghosts(tmp_path: Path) -> None:
    """What only runs and what is only declared are told apart, and coverage counts both."""
    shop = steady(tmp_path)
    mine = config_map("shop-production", "tmp", a="1", b="2")
    shop.look(5, [*running("staging"), running("production")[0], mine])
    answer = compared_planes(shop)
    (unmanaged,), (ghost,) = answer.unmanaged, answer.ghosts
    (kind,) = answer.coverage

    assert ("ConfigMap", "shop-production", "tmp", 5) == (
        unmanaged.kind, unmanaged.namespace, unmanaged.name, day(unmanaged.since),
    )  # fmt: skip
    assert ("ConfigMap", "jobs", True, 5) == (
        ghost.kind, ghost.name, ghost.was_there, day(ghost.since),
    )  # fmt: skip
    assert (2, 2, 1, 50.0) == (kind.running, kind.declared, kind.managed, kind.percent)


def test_an_object_older_than_the_first_look(tmp_path: Path) -> None:
    """What was there before anybody looked is as old as it says itself."""
    shop = Shop(tmp_path)
    shop.look(3, [*running("production"), config_map("shop-production", "tmp", a="1")])
    (one,) = compared_planes(shop).unmanaged

    assert "2026-01-01T00:00:00Z" == one.since == one.created


def test_look_alikes_count_nowhere(tmp_path: Path) -> None:
    """What a cluster puts into every namespace is neither unmanaged nor anybody's will."""
    (kind,) = compared_planes(steady(tmp_path)).coverage

    assert (2, 100.0) == (kind.running, kind.percent)


def test_siblings_have_no_coverage(tmp_path: Path) -> None:
    """Between two environments nothing is unmanaged and nothing covered."""
    answer = compared_planes(steady(tmp_path), "staging", "production")

    assert ((), (), ()) == (answer.coverage, answer.unmanaged, answer.ghosts)
