from driftline.inventory.layers.material import Material, groups_below, texts_below
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of


def test_now_is_the_last_version() -> None:
    """The facts of a document that is there are those of its last version."""
    material = material_of("a.yaml", [(0, {"a": 1, "b": 1}), (3, {"a": 2})])

    assert {"/a": "2"} == material.now
    assert material.is_alive


def test_a_vanished_document_keeps_its_last_facts() -> None:
    """Of a document that is gone, the facts before it vanished are known; none came after."""
    material = material_of("a.yaml", [(0, {"a": 1, "b": 1}), (2, {"a": 2}), (5, None)])

    assert {"/a": "2"} == material.now
    assert (False, 5) == (material.is_alive, material.gone)


def test_a_document_that_came_back_is_as_it_is_now() -> None:
    """Facts that vanished with an earlier life of the document are not there now."""
    versions = [(0, {"a": 1, "b": 1}), (2, None), (4, {"a": 3})]
    made = material_of("a.yaml", versions)
    material = Material(0, 0, "a.yaml", "", DocumentKind.PLAIN, made.steps, 0, None)

    assert {"/a": "3"} == material.now


def test_texts_come_in_the_order_of_positions() -> None:
    """Positions are numbers: the tenth comes after the second; other values are no texts."""
    facts = {f"/resources/{number}": f'"{number}.yaml"' for number in (10, 2, 0)}
    facts |= {"/resources/3": "7", "/resources/4/deep": '"x"', "/resourcesother": '"y"'}

    assert ["0.yaml", "2.yaml", "10.yaml"] == list(texts_below(facts, "/resources").values())


def test_texts_are_decoded() -> None:
    """A text is what was meant, not its JSON."""
    assert {"0": 'a "b".yaml'} == texts_below({"/r/0": '"a \\"b\\".yaml"'}, "/r")


def test_groups_are_relative_to_their_token() -> None:
    """What stands below each child of a place is told relative to that child."""
    facts = {"/patches/1/path": '"p"', "/patches/0/target/kind": '"Job"', "/patchesother/0": "1"}
    expected = {"0": {"/target/kind": '"Job"'}, "1": {"/path": '"p"'}}

    assert expected == groups_below(facts, "/patches")
    assert ["0", "1"] == list(groups_below(facts, "/patches"))


def test_a_scalar_child_is_a_group_of_itself() -> None:
    """A child that is a scalar has the empty address."""
    assert {"0": {"": '"a"'}} == groups_below({"/l/0": '"a"'}, "/l")
