"""Templates of paths say where environments and roles stand."""

import pytest

from driftline.errors import UsageError
from driftline.inventory.layout.hints import compile_places, match
from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard, LayerKind, LayoutHints

# Template, path, and what is said: environment, region, role, layer (None: no match).
CASES = [
    ("clusters/{environment}/{role}/**", "clusters/a/web/x/y.yaml", ("a", "", "web", None)),
    ("clusters/{environment}/{role}/**", "clusters/a/x.yaml", None),
    ("{environment}.yaml", "a.yaml", ("a", "", "", None)),
    ("{environment}.yaml", "x/a.yaml", None),
    ("**/{environment}.yaml", "x/y/a.yaml", ("a", "", "", None)),
    ("**/{environment}.yaml", "a.yaml", ("a", "", "", None)),
    ("values-{environment}.yaml", "values-a.yaml", ("a", "", "", None)),
    ("{region}/{environment}/*.yaml", "eu/a/x.yaml", ("a", "eu", "", None)),
    ("base/** -> layer=base role=web", "base/x.yaml", ("", "", "web", LayerKind.BASE)),
    ("main/* -> environment=live", "main/x.yaml", ("live", "", "", None)),
    ("{environment}/{role}-{environment}.yaml", "a/web-a.yaml", ("a", "", "web", None)),
    ("{environment}/{role}-{environment}.yaml", "a/web-b.yaml", None),
    ("conf/", "conf/deep/x.yaml", ("", "", "", None)),
    ("a.b/{role}", "aXb/web", None),
]
BAD = [
    "{env}/**",
    "x/** -> colour=red",
    "x/** -> layer=lowest",
    "x/** -> role=",
    " -> role=web",
]


@pytest.mark.parametrize(("template", "path", "expected"), CASES)
def test_match(
    template: str, path: str, expected: tuple[str, str, str, LayerKind | None] | None
) -> None:
    """A template matches a whole path and names its parts."""
    found = match(compile_places([template]), path)

    assert expected == (
        None if found is None else (found.environment, found.region, found.role, found.layer)
    )


@pytest.mark.parametrize("template", BAD)
def test_bad(template: str) -> None:
    """A template that cannot be understood says so with an example."""
    with pytest.raises(UsageError, match="places"):
        compile_places([template])


def test_first_wins() -> None:
    """The first template that matches decides."""
    places = compile_places(["a/** -> role=one", "a/** -> role=two"])
    found = match(places, "a/x.yaml")

    assert found is not None
    assert "one" == found.role


def test_hints_win() -> None:
    """What the user said beats what the names suggest, with full confidence."""
    hints = LayoutHints(places=("config/{role}.yaml -> environment=live",))
    cards = [FileCard("config/staging.yaml"), FileCard("config/prod.yaml")]
    layout = infer(cards, hints)

    assert ["live"] == [one.name for one in layout.environments]
    assert {1.0} == {one.confidence for one in layout.placements}
    assert {"staging", "prod"} == {one.role for one in layout.placements}
