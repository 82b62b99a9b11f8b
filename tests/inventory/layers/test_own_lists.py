from driftline.inventory.by_design.environmental import Classified
from driftline.inventory.compare import Difference, Status
from driftline.inventory.layers.own_lists import own_lists
from driftline.model.answers.parity import Side
from driftline.model.verdict import PathClass

DESIGN = Classified(PathClass.PARAMETER, "host name", is_environmental=True, confidence=0.8)
DRIFT = Classified(PathClass.CONSTANT, "was equal once", is_environmental=False, confidence=0.8)


def difference(address: str, status: Status) -> Difference:
    """A difference of the role web."""
    return Difference("web", address, address, status, None, None, Side.PRESENT, Side.PRESENT)


def excused(*rows: tuple[str, Status, Classified]) -> set[str]:
    """The addresses that are excused among these."""
    classes = {("web", address): class_ for address, _, class_ in rows}
    found = own_lists([difference(address, status) for address, status, _ in rows], classes)
    return {address for _, address in found}


def test_a_longer_list_of_its_own_is_by_design() -> None:
    """Where common elements differ by design, further ones on one side do too."""
    assert {"/redirects/1/from", "/redirects/1/type"} == excused(
        ("/redirects/0/from", "differ", DESIGN),
        ("/redirects/1/from", "right only", DRIFT),
        ("/redirects/1/type", "right only", DRIFT),
        ("/others/1", "right only", DRIFT),
    )


def test_a_list_that_is_shared_is_not() -> None:
    """Where common elements agree or drift, an element that one side lacks is drift."""
    assert set() == excused(("/a/1", "right only", DRIFT))
    assert set() == excused(("/a/0", "differ", DRIFT), ("/a/1", "right only", DRIFT))


def test_a_value_that_differs_is_no_longer_list() -> None:
    """Only what one side lacks is excused; common elements speak for themselves."""
    assert set() == excused(("/a/0", "differ", DESIGN), ("/a/1", "differ", DRIFT))
