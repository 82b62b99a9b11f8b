"""Live objects play the roles of their declarations, and children play none."""

from collections.abc import Mapping, Sequence

from driftline.inventory.layers.material import Material
from driftline.inventory.live.homes import Homes
from driftline.inventory.live.observed_units import (
    LiveSource,
    ObservedUnits,
    is_child,
    observed_units,
)
from driftline.inventory.units import Unit
from driftline.model.placing import LivePlace
from tests.inventory.living import declared_unit, live_object, managers_of, manifest

WORDS = {"staging": {"staging", "stg"}, "production": {"production", "prod"}}
PLACES = (
    LivePlace("production", "one", ("shop-production",), "", 1.0, ()),
    LivePlace("staging", "one", ("shop-staging",), "", 1.0, ()),
)


def found(
    materials: Sequence[Material], declared: Mapping[str, Mapping[str, Unit]] | None = None
) -> ObservedUnits:
    """The units of both environments in one cluster."""
    source = LiveSource("one", tuple(materials))
    return observed_units([source], Homes(PLACES), declared or {}, WORDS)


def declared(environment: str, role: str, kind: str, namespace: str, name: str) -> Unit:
    """A unit that declares an object."""
    return declared_unit(environment, role, manifest(kind, namespace, name))


def test_the_role_of_its_declaration() -> None:
    """A declared object has the role that its declaration has, whatever its own name is."""
    role = "Service/storefront"
    units = {"production": {role: declared("production", role, "Service", "shop-production", "w")}}
    one = found([live_object("Service", "shop-production", "w")], units)

    assert {role} == set(one.units["production"])
    assert one.objects["production"][role].is_declared


def test_a_declaration_without_a_namespace() -> None:
    """A manifest that leaves its namespace to whoever applies it finds its object all the same."""
    role = "Service/web"
    units = {"production": {role: declared("production", role, "Service", "", "web")}}

    assert {role} == set(
        found([live_object("Service", "shop-production", "web")], units).units["production"]
    )


def test_undeclared_objects_find_their_siblings() -> None:
    """Objects that nobody declares lose the words of their environments, as declared ones do."""
    one = found(
        [
            live_object("ConfigMap", "shop-production", "extra-production"),
            live_object("ConfigMap", "shop-staging", "extra-staging"),
        ]
    )

    assert {"ConfigMap/extra"} == set(one.units["production"]) == set(one.units["staging"])


def test_an_undeclared_object_never_takes_a_declared_role() -> None:
    """What is declared under a name keeps the role, even while it does not run."""
    role = "Service/web"
    units = {"production": {role: declared("production", role, "Service", "shop-production", "x")}}
    one = found([live_object("Service", "shop-production", "web")], units)

    assert {"Service/shop-production/web"} == set(one.units["production"])


def test_two_groups_of_one_kind() -> None:
    """Kinds of one name in two groups are two things, and both are kept."""
    one = found(
        [
            live_object("Service", "shop-production", "web"),
            live_object("Service", "shop-production", "web", api_version="serving.knative.dev/v1"),
        ]
    )

    assert 2 == len(one.units["production"])


def test_children_hang_on_their_owners() -> None:
    """What a controller made plays no role, unless somebody declares it."""
    owned = {"metadata": {"ownerReferences": [{"name": "web", "uid": "1", "controller": True}]}}
    child = live_object("ReplicaSet", "shop-production", "web-1", api_version="apps/v1", more=owned)
    role = "ReplicaSet/web-1"
    tree = manifest("ReplicaSet", "shop-production", "web-1", api_version="apps/v1")
    units = {"production": {role: declared_unit("production", role, tree)}}

    assert is_child(child.now)
    assert 1 == found([child]).children
    assert {role} == set(found([child], units).units["production"])


def test_outside_of_every_environment() -> None:
    """What lives where no environment does is counted and left out."""
    one = found([live_object("ConfigMap", "kube-system", "x")])

    assert (1, {}) == (one.outside, one.units)


def test_the_newest_generation_is_what_is_declared() -> None:
    """Of several objects with a hash of their content in the name, the newest is compared."""
    role = "ConfigMap/settings"
    units = {
        "production": {
            role: declared("production", role, "ConfigMap", "shop-production", "settings")
        }
    }
    names = [("settings-5f8k29bt6d", 0), ("settings-9gh8m2t4kc", 4)]
    one = found(
        [live_object("ConfigMap", "shop-production", name, born=born) for name, born in names],
        units,
    )

    assert "settings-9gh8m2t4kc" == one.objects["production"][role].identity.name
    assert 2 == len(one.units["production"])


def test_owners_come_with_their_object() -> None:
    """The document about ownership is found beside the object, and is no object itself."""
    live = live_object("ConfigMap", "shop-production", "web")
    one = found([live, managers_of(live, {0: {}}, {})])

    assert {"ConfigMap/web"} == set(one.units["production"])
    assert one.objects["production"]["ConfigMap/web"].managers is not None


def test_the_listing_of_each_kind() -> None:
    """Under which plural a kind is listed is known from the objects that were seen."""
    one = found([live_object("Deployment", "shop-production", "web", api_version="apps/v1")])

    assert {("apps", "Deployment"): "deployments"} == one.plurals
