import msgspec

from driftline.model.answers.parity import Divergence
from driftline.render.lines import to_text
from driftline.render.odd_ones import odd_lines, odd_ones
from driftline.render.page import Page
from tests.render import samples


def apart(path: str, values: dict[str, object], *, onset: str = "drifted") -> list[Divergence]:
    """A divergence for each two environments whose values are not equal."""
    names = list(values)
    return [
        samples.divergence("web", path, values[one], values[other], names=(one, other), onset=onset)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
        if values[one] != values[other]
    ]


def test_the_value_that_most_share_is_told_once() -> None:
    """One environment among five differs, and that is one row."""
    (odd,) = odd_ones(apart("/replicas", {"a": 1, "b": 1, "c": 7, "d": 1, "e": 1})).odd

    assert ("1", 4) == (odd.most, odd.sharing)
    assert (("c", "7"),) == odd.others


def test_what_everybody_sets_for_itself_is_only_counted() -> None:
    """Where no value is shared by more than half, nobody is odd."""
    found = odd_ones(
        [
            *apart("/host", {"a": "a.example", "b": "b.example", "c": "c.example"}),
            *apart("/size", {"a": 1, "b": 1, "c": 2, "d": 2}),
        ]
    )

    assert () == found.odd
    assert 2 == found.own


def test_spelling_does_not_make_anybody_odd() -> None:
    """Environments without a divergence between them agree, however they spell the value."""
    rows = [
        samples.divergence("web", "/cpu", "1000m", 2, names=("a", "c")),
        samples.divergence("web", "/cpu", 1, 2, names=("b", "c")),
    ]
    (odd,) = odd_ones(rows).odd

    assert 2 == odd.sharing
    assert (("c", "2"),) == odd.others


def test_unknown_is_not_odd() -> None:
    """Whoever could not be read is left out."""
    assert () == odd_ones([samples.unknown_side("web", "/shards", 3)]).odd


def test_the_loneliest_difference_comes_first() -> None:
    """What drifted and differs in one place comes before what differs in two."""
    two = apart("/two", {"a": 1, "b": 1, "c": 1, "d": 2, "e": 3})
    one = apart("/one", {"a": 1, "b": 1, "c": 1, "d": 2})
    born = apart("/born", {"a": 1, "b": 1, "c": 2}, onset="born")

    assert ["/one", "/two", "/born"] == [odd.path for odd in odd_ones([*two, *born, *one]).odd]


def test_what_does_not_fit_is_counted() -> None:
    """The rows keep to their room and say how many there are besides."""
    rows = [row for at in range(30) for row in apart(f"/{at}", {"a": 1, "b": 1, "c": 2})]
    lines = odd_lines(odd_ones(rows), Page(), now=samples.NOW, room=10)

    assert 10 == len(lines)
    assert "… and 22 more (driftline compare LEFT RIGHT)" in to_text(lines, color=False)


def test_owners_are_told_within_the_room() -> None:
    """Different owners are a column, one owner is a line, and both keep to the room."""
    rows = [
        msgspec.structs.replace(row, owner="@shop/web" if at % 2 else "@shop/platform")
        for at in range(30)
        for row in apart(f"/{at}", {"a": 1, "b": 1, "c": 2})
    ]
    column = to_text(
        odd_lines(odd_ones(rows), Page(width=120), now=samples.NOW, room=10), color=False
    )
    single = [row for row in rows if row.owner == "@shop/web"]
    line = odd_lines(odd_ones(single), Page(), now=samples.NOW, room=10)

    assert column.splitlines()[0].endswith("owner")
    assert "  platform\n" in column
    assert "   owned by web\n" in to_text(line, color=False)
    assert 10 >= max(len(line), len(column.splitlines()))


def test_what_was_judged_is_told_by_rank_and_only_if_it_is_drift() -> None:
    """What differs by design is counted, and what is most worth asking about comes first."""
    rows = [
        samples.judged(row, kind, "why", rank=rank)
        for path, kind, rank in (("/b", "standing", 2), ("/a", "standing", 1), ("/c", "frozen", 0))
        for row in apart(path, {"a": 1, "b": 1, "c": 7})
    ]
    by_design = [
        samples.judged(row, "environmental", "size")
        for row in apart("/d", {"a": 1, "b": 1, "c": 2})
    ]
    found = odd_ones([*rows, *by_design])

    assert ["/a", "/b", "/c"] == [odd.path for odd in found.odd]
    assert 1 == found.by_design
    assert "1 that do not stand" in to_text(
        odd_lines(found, Page(), now=samples.NOW, room=10), color=False
    )
    assert "nothing that is drift" in to_text(
        odd_lines(odd_ones(by_design), Page(), now=samples.NOW, room=10), color=False
    )


def test_what_stands_is_told_even_where_no_value_is_common() -> None:
    """Nobody is odd there, but a difference that stands must not hide behind a count."""
    rows = [
        samples.judged(row, "standing", "late", rank=1)
        for row in apart("/x", {"a": 1, "b": 2, "c": 3})
    ]
    found = odd_ones(rows)
    text = to_text(odd_lines(found, Page(), now=samples.NOW, room=9), color=False)

    assert 0 == found.own
    assert "various" in text
    assert "a: 1, b: 2, c: 3" in text
