import msgspec

from driftline.render.html.differences import anchors
from driftline.render.html.service_map import COLUMNS_MAX, columns, service_map
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import TREND, full_scan
from tests.render.samples import pair, scan


def test_cells_lead_to_their_rows() -> None:
    """Each cell of a service that differs is a link that says what it leads to."""
    one = full_scan()
    places = anchors(one)
    links = PageReader(service_map(one, places)).all("a")

    assert {f"#{place}" for place in places.values()} >= {link["href"] for link in links}
    assert "checkout, staging and production: 2 standing, 1 in flight" in {
        link["aria-label"] for link in links
    }


def test_equal_services_are_told_by_the_trend() -> None:
    """A service without any difference is on the map where the trend knows it."""
    one = full_scan()

    assert "cart" not in PageReader(service_map(one, anchors(one))).text
    assert "cart = equal" in PageReader(service_map(one, anchors(one), TREND)).text


def test_columns_stand_beside_what_most_are_compared_with() -> None:
    """Production is named once, above the environments that are compared with it."""
    pairs = [pair("dev", "staging"), pair("dev", "prod"), pair("staging", "prod")]
    groups = columns(scan(pairs=pairs, focus=("staging", "prod")))

    assert [("prod", 2), ("staging", 1)] == [(one.reference, len(one.pairs)) for one in groups]


def test_a_wide_fleet_is_cut_and_says_so() -> None:
    """More pairs than can be read are counted, not drawn."""
    pairs = [pair(f"e{number}", "production") for number in range(COLUMNS_MAX + 3)]
    one = msgspec.structs.replace(full_scan(), pairs=(pair(), *pairs))

    assert "4 more pairs not drawn here" in PageReader(service_map(one, anchors(one))).text
