"""What is declared and what runs are loaded together, environment by environment."""

from pathlib import Path

from driftline.inventory.live.identity import Identity
from driftline.model.plane import Plane
from tests.engine.running import config_map
from tests.engine.two_planes import Shop, running, steady


def test_environments_have_planes(tmp_path: Path) -> None:
    """An environment that is declared and runs has both planes, the running one first."""
    planes = steady(tmp_path).planes()

    assert {"staging", "production"} == set(planes.environments)
    assert (Plane.OBSERVED, Plane.DECLARED) == planes.planes_of("production")


def test_roles_are_those_of_the_declarations(tmp_path: Path) -> None:
    """What runs plays the roles that are declared, and look-alikes keep roles of their own."""
    planes = steady(tmp_path).planes()

    assert {"ConfigMap/web", "ConfigMap/jobs"} == set(planes.units(Plane.DECLARED, "staging"))
    assert {"ConfigMap/web", "ConfigMap/jobs", "ConfigMap/kube-root-ca.crt"} == set(
        planes.units(Plane.OBSERVED, "staging")
    )


def test_what_is_meant_elsewhere_is_left_out(tmp_path: Path) -> None:
    """Declared objects of a namespace where the environment does not live are not looked for."""
    planes = steady(tmp_path).planes()

    assert planes.is_within("staging", Identity("", "ConfigMap", "shop-staging", "x"))
    assert not planes.is_within("staging", Identity("", "ConfigMap", "argocd", "x"))
    assert not planes.is_within("staging", None)


def test_gaps_are_those_of_the_instant(tmp_path: Path) -> None:
    """A listing is missing from the look that was denied until one that succeeds."""
    shop = steady(tmp_path)
    everything = [*running("staging"), *running("production")]
    shop.look(3, [], configmaps="denied")
    during = shop.planes().unlisted(Plane.OBSERVED, "staging", until=None)
    shop.look(4, everything)
    after = shop.planes()
    denied_at = after.known.live[0].instants[1]

    assert {"*/configmaps.core": "denied"} == dict(during.reasons)
    assert {} == after.unlisted(Plane.OBSERVED, "staging", until=None).reasons
    assert {"*/configmaps.core"} == set(
        after.unlisted(Plane.OBSERVED, "staging", until=denied_at).reasons
    )


def test_when_it_was_last_looked_at(tmp_path: Path) -> None:
    """The last look counts, also where nothing had changed in it."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production")])
    planes = shop.planes()

    assert planes.known.looks[-1].at == planes.seen_at(Plane.OBSERVED, until=None)
    assert planes.known.looks[1].at == planes.seen_at(Plane.OBSERVED, until=1)


def test_a_cluster_alone(tmp_path: Path) -> None:
    """Environments that nobody declares are named by what runs."""
    shop = Shop(tmp_path)
    shop.look(2, [config_map("blog-qa", "web", a="1"), config_map("blog-qa", "jobs", a="1")])

    assert "production" in shop.planes().environments
