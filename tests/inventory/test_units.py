from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from driftline.inventory.compare import view
from driftline.inventory.layers.material import Material
from driftline.inventory.units import Place, Unit, environment_words, gather, words_of
from driftline.model.document import DocumentKind
from driftline.model.placing import Environment, LayerKind, Layout, Placement
from tests.inventory.building import material_of

ENV, BASE, CHART = LayerKind.ENVIRONMENT, LayerKind.BASE, LayerKind.CHART
STAGING = Environment("staging", (("environment", "staging"),), 1.0, ())
PRODUCTION = Environment("production", (("environment", "production"),), 1.0, ())
BOTH = (STAGING, PRODUCTION)

Row = tuple[Material, Sequence[str], str, LayerKind]


def place(*rows: Row, name: str = "repo", environments: Sequence[Environment] = BOTH) -> Place:
    """A source: its documents, and for each file its environments, role and layer."""
    order = {CHART: 0, BASE: 10, ENV: 20}
    placements = {
        one.file: Placement(one.file, tuple(where), role, layer, order[layer], 1.0, ())
        for one, where, role, layer in rows
    }
    materials = tuple(one for one, _, _, _ in rows)
    return Place(name, Layout(tuple(environments), tuple(placements.values()), ()), materials)


def plain(file: str, *versions: tuple[int, Any]) -> Material:
    """A configuration file with these versions."""
    return material_of(file, versions or [(0, {"a": 1})])


def manifest(file: str, key: str, *versions: tuple[int, Any]) -> Material:
    """A Kubernetes object in a file."""
    kind, *_, name = key.split("/")
    shown = versions or [(0, {"kind": kind, "metadata": {"name": name}})]
    return material_of(file, shown, DocumentKind.OBJECT, key=key)


def facts(unit: Unit, until: int | None = None) -> dict[str, str]:
    """What a unit says at an instant."""
    seen = view(unit, until=until)
    if seen is None:
        return {}
    return {address: point.value or "" for address, point in seen.facts.items()}


def told(units: Mapping[str, Mapping[str, Unit]]) -> dict[str, list[str]]:
    """The roles of each environment."""
    return {environment: sorted(roles) for environment, roles in units.items()}


HELM: tuple[Row, ...] = (
    (plain("charts/api/values.yaml", (0, {"a": 1, "b": 1})), (), "api", CHART),
    (plain("common/api.yaml", (0, {"b": 2, "c": 2})), (), "api", BASE),
    (plain("staging/api.yaml", (0, {"c": 3, "d": 3})), ("staging",), "api", ENV),
    (plain("production/api.yaml", (0, {"d": 4})), ("production",), "api", ENV),
)


def test_values_stand_over_shared_ones_over_the_chart() -> None:
    """What is in force comes from the highest layer that says anything."""
    unit = gather([place(*HELM)]).units["staging"]["api"]

    assert {"/a": "1", "/b": "2", "/c": "3", "/d": "3"} == facts(unit)
    assert ["chart", "base", "environment"] == [one.name for one in unit.layers]
    assert [True, True, False] == [one.is_shared for one in unit.layers]


def test_own_is_the_environments_files_alone() -> None:
    """Asked for its own facts, an environment has only what its own files say."""
    units = gather([place(*HELM)], layer="own").units

    assert {"/c": "3", "/d": "3"} == facts(units["staging"]["api"])
    assert () == units["production"]["api"].hidden


def test_a_shared_layer_is_as_old_as_the_environment() -> None:
    """What a shared file said before an environment began is what it began with."""
    rows: tuple[Row, ...] = (
        (
            plain("common/api.yaml", (0, {"a": 1, "old": 1}), (3, {"a": 2}), (7, {"a": 3})),
            (),
            "api",
            BASE,
        ),
        (plain("staging/api.yaml", (5, {"b": 1})), ("staging",), "api", ENV),
    )
    unit = gather([place(*rows)]).units["staging"]["api"]

    assert (5, None) == (unit.born, unit.gone)
    assert [{}, {"/a": "2", "/b": "1"}, {"/a": "3", "/b": "1"}] == [
        facts(unit, instant) for instant in (4, 5, 7)
    ]
    assert 5 == min(step.instant for layer in unit.layers for step in layer.steps)


def test_of_two_layouts_the_newer_wins() -> None:
    """Half-way through a migration a role has two files, and the older lies below."""
    rows: tuple[Row, ...] = (
        (plain("old/staging/api.yaml", (0, {"a": 1, "b": 1})), ("staging",), "api", ENV),
        (plain("new/staging/api.yaml", (5, {"a": 2})), ("staging",), "api", ENV),
        (plain("new/production/api.yaml", (5, {"a": 2})), ("production",), "api", ENV),
    )
    units = gather([place(*rows)]).units

    assert {"/a": "2", "/b": "1"} == facts(units["staging"]["api"])
    assert {"/a": "1", "/b": "1"} == facts(units["staging"]["api"], 4)


def test_a_moved_file_is_one_unit() -> None:
    """A layout that was left behind is the past of the one that came after it."""
    rows: tuple[Row, ...] = (
        (plain("old/staging/api.yaml", (0, {"a": 1}), (5, None)), ("staging",), "api", ENV),
        (plain("new/staging/api.yaml", (5, {"a": 2})), ("staging",), "api", ENV),
    )
    unit = gather([place(*rows)]).units["staging"]["api"]

    assert (0, None) == (unit.born, unit.gone)
    assert [{"/a": "1"}, {"/a": "2"}] == [facts(unit, 4), facts(unit)]


def test_a_role_that_is_gone_ends() -> None:
    """With its last own file a unit ends, whatever its shared layers go on to say."""
    rows: tuple[Row, ...] = (
        (plain("common/api.yaml", (0, {"a": 1}), (9, {"a": 2})), (), "api", BASE),
        (plain("staging/api.yaml", (0, {"b": 1}), (5, None)), ("staging",), "api", ENV),
    )
    unit = gather([place(*rows)]).units["staging"]["api"]

    assert 5 == unit.gone
    assert [{"/a": "1", "/b": "1"}, {}] == [facts(unit, 4), facts(unit)]
    assert 5 == max(step.instant for layer in unit.layers for step in layer.steps)


def test_several_files_of_a_role_are_its_parts() -> None:
    """Files that an environment has side by side are parts, each over its shared part."""
    rows: tuple[Row, ...] = (
        (plain("shared/limits.yaml", (0, {"x": 1})), (), "api", BASE),
        (plain("staging/limits.yaml", (0, {"y": 1})), ("staging",), "api", ENV),
        (plain("staging/flags.yaml", (0, {"z": 1})), ("staging",), "api", ENV),
        (plain("production/limits.yaml", (0, {"y": 2})), ("production",), "api", ENV),
    )
    units = gather([place(*rows)]).units

    assert {"staging": ["api/flags", "api/limits"], "production": ["api/limits"]} == told(units)
    assert {"/x": "1", "/y": "1"} == facts(units["staging"]["api/limits"])
    assert {"/z": "1"} == facts(units["staging"]["api/flags"])


def test_variables_stand_over_their_defaults() -> None:
    """A tfvars file replaces defaults as a whole, and inherits those that it does not set."""
    variables = {
        "variable": {
            "size": {"type": "string", "default": "small"},
            "tags": {"default": {"a": 1}},
            "needed": {"type": "string"},
        }
    }
    rows: tuple[Row, ...] = (
        (
            material_of(
                "terraform/production.tfvars", [(0, {"tags": {"b": 2}})], DocumentKind.TFVARS
            ),
            ("production",),
            "terraform",
            ENV,
        ),
    )
    made = place(*rows)
    declared = material_of("terraform/variables.tf", [(0, variables)], DocumentKind.TERRAFORM)
    with_defaults = Place(made.name, made.layout, (*made.materials, declared))
    unit = gather([with_defaults]).units["production"]["terraform"]

    assert {"/size": '"small"', "/tags/b": "2"} == facts(unit)
    assert ["default", "environment"] == [one.name for one in unit.layers]


def test_objects_are_told_apart_by_namespace() -> None:
    """Two objects of a name in two namespaces are two, in every environment alike."""
    rows: tuple[Row, ...] = (
        (manifest("staging/a.yaml", "ConfigMap/one-staging/settings"), ("staging",), "x", ENV),
        (manifest("staging/b.yaml", "ConfigMap/two-staging/settings"), ("staging",), "x", ENV),
        (manifest("production/a.yaml", "ConfigMap/one/settings"), ("production",), "x", ENV),
    )
    units = gather([place(*rows)]).units

    assert {
        "staging": ["ConfigMap/one/settings", "ConfigMap/two/settings"],
        "production": ["ConfigMap/one/settings"],
    } == told(units)


def test_one_namespace_an_environment_is_no_difference() -> None:
    """Where the namespace only is the environment, objects match by their name."""
    rows: tuple[Row, ...] = (
        (manifest("staging/a.yaml", "ConfigMap/staging/settings"), ("staging",), "x", ENV),
        (manifest("production/a.yaml", "ConfigMap/production/settings"), ("production",), "x", ENV),
    )

    assert {"staging": ["ConfigMap/settings"], "production": ["ConfigMap/settings"]} == told(
        gather([place(*rows)]).units
    )


def _overlay(environment: str, born: int, replicas: int) -> Material:
    folder = f"overlays/{environment}"
    document = {
        "resources": ["../../base"],
        "replicas": [{"name": "web", "count": replicas}],
    }
    return material_of(
        f"{folder}/kustomization.yaml", [(born, document)], DocumentKind.KUSTOMIZATION
    )


def _kustomized(*more: Row) -> Place:
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"paused": False},
    }
    base = material_of(
        "base/kustomization.yaml", [(0, {"resources": ["web.yaml"]})], DocumentKind.KUSTOMIZATION
    )
    return place(
        (base, (), "web", BASE),
        (manifest("base/web.yaml", "Deployment/web", (0, deployment)), (), "web", BASE),
        (_overlay("staging", 1, 2), ("staging",), "web", ENV),
        (_overlay("production", 6, 4), ("production",), "web", ENV),
        *more,
    )


def test_overlays_build_objects() -> None:
    """An overlay's objects are units, and the files that went into them are none."""
    units = gather([_kustomized()]).units

    assert {"staging": ["Deployment/web"], "production": ["Deployment/web"]} == told(units)
    assert "4" == facts(units["production"]["Deployment/web"])["/spec/replicas"]
    assert ["base", "environment"] == [
        one.name for one in units["production"]["Deployment/web"].layers
    ]


def test_an_object_is_as_old_as_its_overlay() -> None:
    """A base may be older than an overlay, in which it appears only with the overlay."""
    units = gather([_kustomized()]).units

    assert [1, 6] == [units[name]["Deployment/web"].born for name in ("staging", "production")]


def test_own_files_of_an_overlay_stay_files() -> None:
    """Asked for its own facts, an overlay is the files that it consists of."""
    units = gather([_kustomized()], layer="own").units

    assert {"/resources/0", "/replicas/[name=web]/name", "/replicas/[name=web]/count"} == set(
        facts(units["staging"]["web"])
    )


def test_what_cannot_be_applied_is_noted() -> None:
    """A kustomization that needs more than its facts says so, once."""
    remote = {"resources": ["https://example.org/base?ref=v1"]}
    row: Row = (
        material_of("x/staging/kustomization.yaml", [(0, remote)], DocumentKind.KUSTOMIZATION),
        ("staging",),
        "remote",
        ENV,
    )
    made = gather([_kustomized(row)])

    assert (
        "x/staging/kustomization.yaml: https://example.org/base?ref=v1 is fetched from elsewhere",
    ) == made.notes
    assert ["Deployment/web", "remote"] == told(made.units)["staging"]


def test_two_sources_with_one_role_are_kept_apart() -> None:
    """Where sources meet in one environment, the later one's role bears its name everywhere."""
    one = place((plain("staging/api.yaml"), ("staging",), "api", ENV), name="one")
    two = place(
        (plain("staging/api.yaml"), ("staging",), "api", ENV),
        (plain("production/api.yaml"), ("production",), "api", ENV),
        (plain("production/web.yaml"), ("production",), "web", ENV),
        name="two",
    )

    assert {"staging": ["api", "two:api"], "production": ["two:api", "web"]} == told(
        gather([one, two]).units
    )


def test_sources_that_never_meet_share_roles() -> None:
    """A repository for each environment gives siblings, not strangers."""
    one = place((plain("api.yaml"), ("staging",), "api", ENV), name="staging-repo")
    two = place((plain("api.yaml"), ("production",), "api", ENV), name="production-repo")

    assert {"staging": ["api"], "production": ["api"]} == told(gather([one, two]).units)


def test_twins_that_nothing_tells_apart_are_numbered() -> None:
    """An object that an overlay builds and that stands in a file as well is not lost."""
    row: Row = (manifest("old/web.yaml", "Deployment/web"), ("staging",), "web", ENV)

    assert ["Deployment/web", "Deployment/web#2"] == told(gather([_kustomized(row)]).units)[
        "staging"
    ]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (STAGING, {"staging", "stg", "stage", "stag"}),
        (
            Environment(
                "prod/eu-west-1", (("environment", "prod"), ("region", "eu-west-1")), 1.0, ()
            ),
            {"prod", "prd", "production", "eu-west-1"},
        ),
        (Environment("blue", (), 1.0, ()), {"blue"}),
    ],
)
def test_words_for_an_environment(environment: Environment, expected: set[str]) -> None:
    """An environment is known by its dimensions and their aliases."""
    assert expected <= words_of(environment)
    assert words_of(environment) == environment_words((Layout((environment,), (), ()),))
