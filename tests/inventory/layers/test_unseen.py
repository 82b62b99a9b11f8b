from typing import Any

import pytest

from driftline.inventory.kustomizations.kustomize import Tree
from driftline.inventory.layers.material import Material
from driftline.inventory.layers.unseen import (
    closed_places,
    hidden_prefixes,
    is_hidden,
    is_values_file,
)
from driftline.model.document import DocumentKind
from tests.inventory.building import facts_of, material_of

VALUES_FILES = [
    ("argocd/staging/api.values.yaml", True),
    ("values-production.yaml", True),
    ("charts/a/values.yaml", True),
    ("my_values.yml", True),
    ("config/api.yaml", False),
    ("valuesets.yaml", False),
]


@pytest.mark.parametrize(("path", "expected"), VALUES_FILES)
def test_values_files_say_so(*, path: str, expected: bool) -> None:
    """A file whose name has the word holds values of a chart."""
    assert expected == is_values_file(path)


def hidden(own: Material, *below: Material, tree: tuple[Material, ...] = ()) -> tuple[str, ...]:
    """The hidden prefixes of a file among others."""
    return hidden_prefixes(own, below, Tree((own, *below, *tree)))


def chart(dependencies: list[dict[str, Any]]) -> Material:
    """A Chart.yaml with dependencies."""
    document = {"name": "app", "dependencies": dependencies}
    return material_of("chart/Chart.yaml", [(0, document)], DocumentKind.CHART)


VALUES = material_of("env/app.values.yaml", [(0, {"a": 1})])
DEFAULTS = material_of("chart/values.yaml", [(0, {"a": 1})])


def test_values_without_their_chart_may_be_anything() -> None:
    """Below a values file whose chart lies elsewhere, everything it leaves out is unknown."""
    assert ("",) == hidden(VALUES)


def test_plain_configuration_hides_nothing() -> None:
    """A configuration file that is no values file is all there is."""
    assert () == hidden(material_of("env/app.yaml", [(0, {"a": 1})]))


def test_a_chart_in_the_tree_hides_only_its_dependencies() -> None:
    """With the chart at hand, only what its unread dependencies may set is unknown."""
    row = chart([{"name": "redis"}, {"name": "postgresql", "alias": "db"}])

    assert {"/redis", "/db"} == set(hidden(VALUES, DEFAULTS, tree=(row,)))


def test_a_vendored_dependency_hides_nothing() -> None:
    """A dependency whose values lie in the chart's own folder can be read."""
    vendored = material_of("chart/charts/redis/values.yaml", [(0, {"a": 1})])

    assert () == hidden(VALUES, DEFAULTS, tree=(chart([{"name": "redis"}]), vendored))


@pytest.mark.parametrize(
    ("key", "expected"),
    [("HelmRelease/web", ("/spec/values",)), ("Deployment/web", ()), ("HelmReleaseList/x", ())],
)
def test_objects_that_carry_values(key: str, expected: tuple[str, ...]) -> None:
    """Of an object only the part that carries values for a chart may be incomplete."""
    assert expected == hidden(material_of("a.yaml", [(0, {"a": 1})], DocumentKind.OBJECT, key=key))


def test_prefixes_end_at_tokens() -> None:
    """A prefix hides what stands below it, and nothing that only begins like it."""
    assert [True, True, False] == [
        is_hidden(address, ("/redis",)) for address in ("/redis", "/redis/a", "/rediscount")
    ]
    assert is_hidden("/anything", ("",))
    assert not is_hidden("/anything", ())


def test_lists_and_scalars_are_closed() -> None:
    """An unread layer can add to a mapping that the visible values set, but to nothing else."""
    facts = facts_of({"a": 1, "m": {"k": "v"}, "l": [{"name": "x"}], "e": [], "n": {}})

    assert {"/a", "/m/k", "/l", "/l/[name=x]/name", "/e"} == closed_places(facts)
