from driftline.render.html.spell_lanes import spell_section
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import full_scan
from tests.render.samples import scan


def test_the_part_in_flight_is_apart_from_the_part_that_stands() -> None:
    """A spell that stood has two bars, one that never stood has one."""
    bars = [one["class"] for one in PageReader(spell_section(full_scan())).all("rect")]

    assert ["ground", "flight", "stood", "ground", "flight"] == bars


def test_bars_stay_inside_their_lane() -> None:
    """Every bar begins and ends between 0 and 100 percent."""
    for bar in PageReader(spell_section(full_scan())).all("rect"):
        x, width = (float(str(bar[name]).rstrip("%")) for name in ("x", "width"))

        assert 0 <= x <= x + width <= 100.5


def test_a_lane_says_what_it_shows() -> None:
    """Who cannot see a lane is told it in words."""
    labels = [one["aria-label"] for one in PageReader(spell_section(full_scan())).all("svg")]

    assert (
        "checkout /flags/newBasket, staging and production: 1 spell, lasts; "
        "24 h in flight, 7 months standing"
    ) == labels[0]


def test_no_spells() -> None:
    """Without spells there is a sentence and no picture."""
    page = PageReader(spell_section(scan()))

    assert [] == page.all("svg")
    assert "there are no spells" in page.text
