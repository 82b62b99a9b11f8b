"""A role's series begins with its birth and ends with its end, whatever a base does."""

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.layers.lifetime import lived
from driftline.inventory.units import Unit


def unit(born: int, gone: int | None) -> Unit:
    """An environment's file over a base that moved at 0, 2 and 9."""
    base = [(0, "/a", "1"), (2, "/a", "2"), (9, "/a", "3")]
    own: list[tuple[int, str, str | None]] = [(born, "/b", "1")]
    if gone is not None:
        own.append((gone, "/b", None))
    layers = tuple(
        Layer(name, f"{name}.yaml", MergeMode.HELM, name == "base", steps)
        for name, rows in (("base", base), ("environment", own))
        for steps in (tuple(LayerStep(at, path, value, at * 10) for at, path, value in rows),)
    )
    return Unit("staging", "web", layers, (), born, gone)


def values(born: int, gone: int | None, address: str) -> list[tuple[int, str | None]]:
    """Instant and value of each point."""
    return [(point.instant, point.value) for point in lived(unit(born, gone))[address]]


def test_what_stood_before_the_birth_appears_with_it() -> None:
    """Changes of the base before the environment began are none of its own."""
    assert [(5, "2"), (9, "3")] == values(5, None, "/a")


def test_the_end_ends_every_series() -> None:
    """After the end nothing is there, though the base still is."""
    assert [(5, "2"), (7, None)] == values(5, 7, "/a")
    assert 70 == lived(unit(5, 7))["/a"][-1].act


def test_an_instant_before_the_end_knows_nothing_of_it() -> None:
    """Asked for an earlier instant, the series does not end."""
    series = lived(unit(5, 7), until=6)

    assert [(5, "2")] == [(point.instant, point.value) for point in series["/a"]]
