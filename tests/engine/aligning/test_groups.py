"""What goes as a whole goes as one, and an element of a list comes as one."""

from driftline.engine.aligning.groups import Group, Row, groups
from driftline.inventory.compare import Difference
from driftline.inventory.layers.merging import Point
from driftline.model.answers.parity import Side
from driftline.model.verdict import Kind

HERE = Point(0, "1", 0, 0, 0)


def row(address: str, what: str, kind: Kind = Kind.STANDING) -> Row:
    """A difference that is to be `set`, to `come` or to `go`."""
    left = None if what == "go" else HERE
    right = None if what == "come" else HERE
    states = (Side.PRESENT if left else Side.ABSENT, Side.PRESENT if right else Side.ABSENT)
    status = {"set": "differ", "come": "left only", "go": "right only"}[what]
    return Row(
        Difference("web", address, address, status, left, right, *states),  # type: ignore[arg-type]
        kind,
        "",
    )


def told(found: list[Group]) -> list[tuple[str | None, list[str]]]:
    """The groups as places and addresses."""
    return [(one.place, [each.difference.address for each in one.rows]) for one in found]


def grouped(*rows: Row, mine: tuple[str, ...]) -> list[tuple[str | None, list[str]]]:
    """The groups of some rows of one role."""
    is_open = [one for one in Kind if one is not Kind.ENVIRONMENTAL]
    return told(groups(rows, {"web": mine}, is_open=is_open))


def test_a_mapping_goes_with_all_that_is_in_it() -> None:
    """Where everything below a place goes, the place goes."""
    gone = ("/a/b/c", "/a/b/d")

    assert [("/a/b", ["/a/b/c", "/a/b/d"])] == grouped(
        *(row(one, "go") for one in gone), mine=(*gone, "/a/e")
    )


def test_what_stays_by_design_keeps_its_place() -> None:
    """A part that is not to go keeps the mapping above it."""
    rows = [row("/a/b", "go"), row("/a/c", "go", Kind.ENVIRONMENTAL)]

    assert [("/a/b", ["/a/b"]), ("/a/c", ["/a/c"])] == grouped(*rows, mine=("/a/b", "/a/c"))


def test_an_element_comes_with_all_that_it_holds() -> None:
    """The parts of a new element are one group, its name first."""
    place = "/env/[name=A]"
    rows = [row(f"{place}/{key}", "come") for key in ("from", "name", "value")]

    assert [(None, [f"{place}/{key}" for key in ("name", "from", "value")])] == grouped(
        *rows, row("/env/[name=B]/value", "set"), mine=("/env/[name=B]/value",)
    )[:1]


def test_parts_of_a_mapping_come_alone() -> None:
    """Keys that are missing are set each for itself."""
    rows = [row("/a/b", "come"), row("/a/c", "come")]

    assert [(None, ["/a/b"]), (None, ["/a/c"])] == grouped(*rows, mine=())


def test_positions_go_from_the_end() -> None:
    """Of a list, later elements go first and come last."""
    rows = [row(f"/args/{number}", "go") for number in (1, 2, 10)]
    more = [row(f"/list/{number}", "come") for number in (10, 2)]

    assert ["/args/10", "/args/2", "/args/1", "/list/2", "/list/10"] == [
        address
        for _, several in grouped(*rows, *more, mine=("/args/0", "/args/1", "/args/2", "/args/10"))
        for address in several
    ]
