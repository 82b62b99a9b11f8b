"""Environments as they run are judged by what is declared for each of them."""

from pathlib import Path

from tests.engine.running import config_map
from tests.engine.two_planes import Shop, compared_planes, declared, running, steady


def test_siblings_as_they_run(tmp_path: Path) -> None:
    """Between environments as they run, what one of them alone left is its drift."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production", level="debug", workers="4")])
    answer = compared_planes(shop, "staging", "production")
    (row,) = answer.divergences

    assert ("observed", "standing") == (row.plane, row.kind)
    assert "production is not as declared" == row.reason
    assert ("observed", "observed") == (answer.left_plane, answer.right_plane)


def test_what_is_declared_differently_is_judged_as_declared(tmp_path: Path) -> None:
    """A difference that both declarations mean is what the declarations make of it."""
    shop = Shop(tmp_path)
    shop.declare({"staging": declared("staging", "debug")})
    staging = running("staging", level="debug", workers="4")
    shop.look(3, [*staging, *running("production")])
    meant = compared_planes(shop, "staging:declared", "production:declared").divergences
    (row,) = compared_planes(shop, "staging", "production").divergences

    assert (row.path, row.kind, row.reason) in [(one.path, one.kind, one.reason) for one in meant]


def test_an_object_that_nobody_declares(tmp_path: Path) -> None:
    """An object that only one of them runs, and nobody declares, is drift."""
    shop = steady(tmp_path)
    mine = config_map("shop-staging", "tmp", a="1")
    shop.look(4, [*running("staging"), mine, *running("production")])
    (row,) = compared_planes(shop, "staging", "production").divergences

    assert ("standing", "only staging has it, and it is declared nowhere") == (row.kind, row.reason)
