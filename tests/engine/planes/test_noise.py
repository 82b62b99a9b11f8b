"""The rules of noise are asked with the right sides, owners and bands."""

from pathlib import Path

from driftline.engine.planes.noise import owners_on
from driftline.engine.planes.refs import Meant
from driftline.model.plane import Plane
from tests.engine.running import config_map, manager
from tests.engine.two_planes import Shop, compared_planes, running, steady

EDITED = manager("kubectl-edit", "2023-11-18T00:00:00Z", "extra")


def test_somebody_added_a_field(tmp_path: Path) -> None:
    """A field that nobody declares and that an editor owns is drift."""
    shop = steady(tmp_path)
    more = running("production", level="info", workers="4", extra="1")
    more[0]["metadata"]["managedFields"] = [
        manager("argocd-controller", "2023", "level", "workers", operation="Apply"),
        EDITED,
    ]
    shop.look(5, [*running("staging"), *more])

    assert ["/data/extra"] == [row.path for row in compared_planes(shop).divergences]


def test_owners_of_a_role_at_an_instant(tmp_path: Path) -> None:
    """Owners are those of the object that plays the role, as they were then."""
    planes = steady(tmp_path).planes()
    owners = owners_on(planes, Meant("production", Plane.OBSERVED, None))

    assert ("argocd-controller/Apply",) == owners("ConfigMap/web").of("/data/level")
    assert () == owners("ConfigMap/nothing").of("/data/level")
    assert () == owners_on(planes, Meant("production", Plane.DECLARED, None))("ConfigMap/web").of(
        "/"
    )


def test_look_alikes_between_siblings(tmp_path: Path) -> None:
    """What the cluster puts into every namespace differs between siblings without a word."""
    shop = Shop(tmp_path)
    objects = [*running("staging"), *running("production")]
    objects[2]["data"] = {"ca.crt": "another"}
    shop.look(3, objects)
    answer = compared_planes(shop, "staging", "production", shows_noise=True)

    assert () == answer.divergences
    assert "everywhere" in {row.rule for row in answer.noise}


def test_what_looks_alike_and_is_declared(tmp_path: Path) -> None:
    """An undeclared object of the cluster's own is no unmanaged one."""
    shop = Shop(tmp_path)
    shop.look(
        3, [*running("production"), config_map("shop-production", "openshift-service-ca.crt")]
    )

    assert () == compared_planes(shop).unmanaged
