import msgspec

from driftline.render.divergence_table import divergence_lines, for_text, is_told
from driftline.render.kinds import Fold
from driftline.render.lines import to_text
from driftline.render.page import Page
from tests.render import samples


def test_the_arrow_points_at_the_side_that_moved() -> None:
    """Left, right, both or nobody knows."""
    rows = [
        samples.divergence("web", f"/{moved}", "one", "two", moved=moved)
        for moved in ("left", "right", "both", "unknown")
    ]
    text = to_text(divergence_lines(rows, Page(), now=samples.NOW), color=False)
    shown = [line.split("one")[1].split("two")[0].strip() for line in text.splitlines()[1:]]

    assert ["◂", "▸", "◆", ""] == shown


def test_no_rows_are_no_table() -> None:
    """Without divergences there is no heading either."""
    assert [] == divergence_lines([], Page(), now=samples.NOW)


def test_what_is_in_flight_says_how_long_it_may_take() -> None:
    """The age stands beside the age from which it would be late."""
    flying, standing, *_ = samples.JUDGED

    assert "3 h of ≤ 24 h" == for_text(flying, samples.NOW)
    assert "7 months" == for_text(standing, samples.NOW)


def test_nobody_is_named_for_what_was_never_equal() -> None:
    """Who brought sides into the world that never agreed moved neither, unless one moved since."""
    born = samples.divergence("web", "/x", 1, 2, onset="born")

    assert not is_told(born)
    assert not is_told(samples.judged(born, "environmental", "size"))
    assert is_told(samples.judged(born, "standing", "one of them moved"))


def test_sections_have_their_headings_and_totals() -> None:
    """The first heading stands beside the names of the sides, each further one on its own line."""
    rows = (samples.JUDGED[2], Fold(3, "one commit"), samples.JUDGED[0])
    lines = divergence_lines(rows, Page(), now=samples.NOW, totals={"Standing": 4, "In flight": 1})
    text = to_text(lines, color=False).splitlines()

    assert text[0].startswith("Standing (4)   ")
    assert "   and 3 more of one cause: one commit" == text[2]
    assert "In flight (1)" == text[3]


def test_wide_pages_say_why() -> None:
    """Reasons stand in the last column where there is room for them."""
    rows = [msgspec.structs.replace(samples.JUDGED[2], reason="because")]

    assert "because" in to_text(divergence_lines(rows, Page(width=160), now=None), color=False)
    assert "because" not in to_text(divergence_lines(rows, Page(width=100), now=None), color=False)


def test_owners_stand_beside_who_moved() -> None:
    """Where rows are of different owners, each says whose it is; else one line does."""
    rows = [
        msgspec.structs.replace(samples.JUDGED[2], path=path, owner=owner)
        for path, owner in (("/a", "@shop/web, @shop/ops"), ("/b", "@shop/web"), ("/c", ""))
    ]
    wide = to_text(divergence_lines(rows, Page(width=120), now=None), color=False).splitlines()
    narrow = to_text(divergence_lines(rows, Page(width=80), now=None), color=False).splitlines()

    assert ["owner", "web, ops", "web"] == [line.split("  ")[-1].strip() for line in wide[:3]]
    assert "   owned by web (2), ops (1)" == narrow[-1]
