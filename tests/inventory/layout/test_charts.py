"""Content tells which chart a set of values overlays, if one surely does."""

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard, Reference


def cards(*charts: FileCard) -> list[FileCard]:
    """Two environments' values and some charts."""
    shapes = frozenset({"/hub", "/proxy", "/redis"})
    return [
        FileCard("config/staging.yaml", shapes=shapes),
        FileCard("config/prod.yaml", shapes=shapes),
        *charts,
    ]


def chart(name: str, *keys: str, needs: tuple[str, ...] = ()) -> list[FileCard]:
    """A chart with these top-level keys and dependencies."""
    references = tuple(Reference("chart", need) for need in needs)
    return [
        FileCard(f"{name}/Chart.yaml", references=references),
        FileCard(f"{name}/values.yaml", shapes=frozenset("/" + key for key in keys)),
    ]


def roles(held: list[FileCard]) -> set[str]:
    """The roles of the environments' values."""
    layout = infer(held, repository="deploy")
    return {one.role for one in layout.placements if one.path.startswith("config/")}


def test_covered() -> None:
    """The chart that knows the keys, its dependencies' names included, is the layer below."""
    held = cards(*chart("core", "hub", "proxy", needs=("redis",)), *chart("support", "alerts"))
    layout = infer(held, repository="deploy")
    below = {one.path: one.layer for one in layout.placements}

    assert {"core"} == roles(held)
    assert "chart" == below["core/values.yaml"]


def test_two_charts_explain() -> None:
    """Where two charts explain the content as well, none is taken."""
    keys = ("hub", "proxy", "redis")

    assert {"deploy"} == roles(cards(*chart("one", *keys), *chart("two", *keys)))


def test_uncovered() -> None:
    """A chart that does not know the keys is not the layer below."""
    assert {"deploy"} == roles(cards(*chart("support", "alerts", "rules")))


def test_names_alone() -> None:
    """Without content, a chart named after the repository is taken."""
    paths = ["config/staging.yaml", "config/prod.yaml", "hub/Chart.yaml", "hub/values.yaml"]
    layout = infer([FileCard(path) for path in paths], repository="hub-deploy")

    assert "hub" == {one.path: one.role for one in layout.placements}["config/prod.yaml"]
