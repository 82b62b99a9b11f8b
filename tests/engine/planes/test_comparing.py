"""Two planes are compared where something relates them, and gaps never turn into drift."""

from pathlib import Path

import pytest

from driftline.errors import UsageError
from tests.engine.running import config_map
from tests.engine.two_planes import Shop, compared_planes, running, steady


def test_environment_and_plane_at_once(tmp_path: Path) -> None:
    """Two environments on two planes are no comparison, and the error says what would be."""
    with pytest.raises(UsageError, match="differ in environment and plane at once"):
        compared_planes(steady(tmp_path), "staging:declared", "production:observed")


def test_a_denied_listing_is_no_deletion(tmp_path: Path) -> None:
    """Behind a gap nothing has vanished: what was last seen counts, and differences are unknown."""
    shop = steady(tmp_path)
    changed = running("production", level="debug", workers="4")
    shop.look(5, [*running("staging"), *changed])
    shop.look(6, [], configmaps="denied: configmaps")
    answer = compared_planes(shop)

    assert {"ConfigMap/web /data/level": "unknown"} == {
        f"{row.role} {row.path}": row.kind for row in answer.divergences
    }
    assert () == answer.ghosts
    assert "denied: configmaps" in answer.divergences[0].reason
    assert ["*/configmaps.core"] == [gap.path for gap in answer.gaps]
    assert [None] == [kind.percent for kind in answer.coverage]


def test_owners_are_those_of_the_declaration(tmp_path: Path) -> None:
    """Whose a live object is, is said by its labels or by the file that declares it."""
    shop = Shop(tmp_path)
    mine = config_map("shop-production", "tmp", a="1")
    mine["metadata"]["labels"] = {"team": "search"}
    shop.look(3, [*running("production"), mine])
    (row,) = compared_planes(shop).divergences

    assert "search" == row.owner


def test_nobody_is_no_actor(tmp_path: Path) -> None:
    """Where the system does not say who moved, no actor is told."""
    shop = steady(tmp_path)
    shop.look(5, running("production", level="debug", workers="4"))
    (row,) = compared_planes(shop).divergences

    assert row.actor is None
