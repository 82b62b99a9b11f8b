"""A value is written into the environment's own files, where it has a say already if it has one."""

from driftline.inventory.compare import View, view
from driftline.inventory.edit_places import Way, facts_of, is_object, own_files, ways
from driftline.inventory.layers.material import Material
from driftline.inventory.layers.merging import LayerStep
from driftline.inventory.units import Place, gather
from driftline.model.document import DocumentKind
from driftline.model.placing import Environment, LayerKind, Layout, Placement

OWN, SHARED = "env/prod/web.yaml", "charts/web.yaml"


def material(number: int, file: str, facts: dict[str, str]) -> Material:
    """A plain file with these facts from the beginning."""
    steps = tuple(LayerStep(0, address, value, 0) for address, value in facts.items())
    return Material(7, number, file, "", DocumentKind.PLAIN, steps, 0, None)


def placed(own: dict[str, str], shared: dict[str, str]) -> tuple[View, list[Place]]:
    """A role of one environment over a shared file."""
    layout = Layout(
        (Environment("prod", (("environment", "prod"),), 1.0, ()),),
        (
            Placement(OWN, ("prod",), "web", LayerKind.ENVIRONMENT, 9, 1.0, ()),
            Placement(SHARED, (), "web", LayerKind.CHART, 1, 1.0, ()),
        ),
        (),
    )
    places = [Place("infra", layout, (material(1, SHARED, shared), material(2, OWN, own)))]
    seen = view(gather(places).units["prod"]["web"])
    assert seen is not None
    return seen, places


def test_only_files_of_the_environment_alone() -> None:
    """A file that others share is none to write to."""
    seen, places = placed({"/a": "1"}, {"/b": "2"})

    assert [(7, OWN)] == [(one.source, one.file) for one in own_files(seen, places)]


def test_a_value_is_set_or_added_or_taken_away() -> None:
    """The same fact of the same file is given, whether or not it is there; taken only if it is."""
    seen, places = placed({"/a": "1", "/c/d": "3"}, {"/b": "2"})
    files = own_files(seen, places)

    assert [Way(7, OWN, "", (("/a", "5"),))] == list(ways(seen, files, "/a", "5"))
    assert [Way(7, OWN, "", (("/b", "5"),))] == list(ways(seen, files, "/b", "5"))
    assert [Way(7, OWN, "", (("/c", None),))] == list(ways(seen, files, "/c", None))
    assert [] == list(ways(seen, files, "/b", None))
    assert next(ways(seen, files, "/a", None)).is_removal


def test_facts_of_a_view() -> None:
    """A view's facts are the merged ones, and tell an object from a plain file."""
    seen, _ = placed({"/a": "1"}, {"/a": "2", "/b": "3"})

    assert {"/a": "1", "/b": "3"} == facts_of(seen)
    assert not is_object(facts_of(seen))
    assert is_object({"/apiVersion": '"v1"', "/kind": '"Service"'})
