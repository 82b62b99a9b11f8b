"""Onsets of live differences lie where somebody moved, also before anybody looked."""

from contextlib import closing
from pathlib import Path
from typing import Any

from driftline.history.sqlite_store import open_store
from tests.engine.running import Running
from tests.engine.two_planes import Shop, compared_planes, day, declared, running, steady
from tests.sources.git.building import DAY, START

SERVICE = """---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop-production
spec:
  selector:
    app: web
"""


def live_service() -> dict[str, Any]:
    """The service as a server would list it, with what it fills in, owned by nobody."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web", "namespace": "shop-production"},
        "spec": {"selector": {"app": "web"}, "sessionAffinity": "None", "type": "ClusterIP"},
    }


def test_the_declaration_was_not_followed(tmp_path: Path) -> None:
    """A commit that the system never followed is drift since the commit."""
    shop = steady(tmp_path)
    shop.declare({"production": declared("production", "warn")})
    shop.look(9, [*running("staging"), *running("production")])
    (row,) = compared_planes(shop).divergences

    assert ("standing", "left", 2) == (row.kind, row.moved, day(row.since))
    assert "never followed" in row.reason


def test_the_declaration_moved_before_the_first_look(tmp_path: Path) -> None:
    """A system that holds what was declared before differs since the commit, not since the look."""
    shop = Shop(tmp_path)
    shop.declare({"production": declared("production", "warn")})
    shop.look(9, running("production"))
    (row,) = compared_planes(shop).divergences

    assert ("left", 2) == (row.moved, day(row.since))


def test_it_was_noise_at_first(tmp_path: Path) -> None:
    """A field that nobody declares is drift only since somebody moved it."""
    shop = Shop(tmp_path)
    shop.declare({"production": declared("production", "info") + SERVICE})
    service = live_service()
    shop.look(3, [*running("production"), service])
    service["spec"]["sessionAffinity"] = "ClientIP"
    shop.look(7, [*running("production"), service])
    (row,) = compared_planes(shop).divergences

    assert ("/spec/sessionAffinity", 7) == (row.path, day(row.since))


def test_a_record_speaks_only_of_what_its_tool_made(tmp_path: Path) -> None:
    """Beside what a tool remembers, objects of other tools are neither missing nor unmanaged."""
    shop = steady(tmp_path)
    with closing(open_store(shop.settings.store_path)) as store:
        tool = Running(store, branch="recorded")
        tool.masking = shop.running.masking
        tool.look(START + 2 * DAY, [running("production", level="warn", workers="4")[0]])
    answer = compared_planes(shop, "production:recorded", "production:observed")

    assert [("ConfigMap/web", "/data/level", "warn", "info")] == [
        (row.role, row.path, row.left_value, row.right_value) for row in answer.divergences
    ]
    assert () == answer.unmanaged
    assert "no tool in the cluster keeps a record" in " ".join(answer.notes)
