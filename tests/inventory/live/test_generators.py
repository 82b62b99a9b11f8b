"""The parameters of an ApplicationSet's generators, as far as files tell."""

from typing import Any

import pytest

from driftline.inventory.live.generators import filled, folders_of, parameter_sets
from tests.inventory.building import facts_of

FOLDERS = folders_of(
    ["apps/web/prod/a.yaml", "apps/web/qa/a.yaml", "apps/db/prod/b.yaml", "c.yaml"]
)


def sets(*generators: Any) -> list[dict[str, str]]:
    """What these generators give, folders by their names only."""
    made = parameter_sets(facts_of({"spec": {"generators": list(generators)}}), FOLDERS)
    return [{k: v for k, v in one.items() if "[" not in k and k != "path.path"} for one in made]


def test_folders() -> None:
    """Every folder above a file is one, once."""
    assert [
        "apps",
        "apps/db",
        "apps/db/prod",
        "apps/web",
        "apps/web/prod",
        "apps/web/qa",
    ] == FOLDERS


def test_lists() -> None:
    """Each element of a list is one set, with what is nested under a dotted name."""
    elements = [{"env": "qa", "values": {"ns": "a"}}, {"env": "prod", "n": 2}]

    assert [{"env": "qa", "values.ns": "a"}, {"env": "prod", "n": "2"}] == sets(
        {"list": {"elements": elements}}
    )


def test_folders_of_a_repository() -> None:
    """Each folder that a pattern means is one set; a star stays within one name."""
    found = sets({"git": {"directories": [{"path": "apps/*/prod"}]}})

    assert ["apps/db/prod", "apps/web/prod"] == [one["path"] for one in found]
    assert {"prod"} == {one["path.basename"] for one in found}


def test_matrix() -> None:
    """The generators of a matrix are combined."""
    matrix = {
        "matrix": {
            "generators": [
                {"list": {"elements": [{"cluster": "west"}, {"cluster": "east"}]}},
                {"git": {"directories": [{"path": "apps/web/*"}]}},
            ]
        }
    }
    found = sorted((one["cluster"], one["path"]) for one in sets(matrix))

    assert [("east", "apps/web/prod"), ("east", "apps/web/qa")] == found[:2]
    assert 4 == len(found)


def test_unknown_generators() -> None:
    """What only Argo CD can know gives nothing."""
    assert [] == sets({"clusters": {}}, {"pullRequest": {"github": {"owner": "x"}}})


TEMPLATES = [
    ("web", {}, "web"),
    ("web-{{env}}", {"env": "qa"}, "web-qa"),
    ("{{ .values.ns }}", {"values.ns": "a"}, "a"),
    ("{{index .path.segments 1}}", {"path[1]": "web"}, "web"),
    ("web-{{env}}", {}, ""),
    ("{{- .env -}}", {"env": "qa"}, "qa"),
]


@pytest.mark.parametrize(("template", "parameters", "expected"), TEMPLATES)
def test_filled(template: str, parameters: dict[str, str], expected: str) -> None:
    """A template is filled in whole or not at all."""
    assert expected == filled(template, parameters)
