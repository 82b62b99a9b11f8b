import re

import msgspec
import pytest

from driftline.render.html.document import html_of
from tests.browser.conftest import Open
from tests.render.html.sample_page import TREND, full_scan
from tests.render.samples import divergence, pair

pytestmark = pytest.mark.browser
# A4 is 210 mm wide with 12 mm of margin on either side, at 96 pixels an inch.
PAPER_WIDTH = 703
CUT = """() => [...document.querySelectorAll("table, svg, figure, .scroll, pre, code")]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => (one.closest("section") || {}).id + " " + one.tagName + "." + one.className)"""


def on_paper(text: str, open_page: Open) -> list[str]:
    """What reaches beyond the sheet."""
    opened = open_page(text, width=PAPER_WIDTH).open_all()
    opened.page.emulate_media(media="print")
    found: list[str] = opened.ask(CUT)
    return found


def test_no_table_is_cut(report: str, open_page: Open) -> None:
    """On an A4 sheet every table and chart ends before the margin."""
    assert [] == on_paper(report, open_page)


def test_a_map_of_many_environments_is_not_cut(open_page: Open) -> None:
    """Sixteen columns with long names still fit a sheet."""
    names = [f"production-region-{number}" for number in range(17)]
    rows = [
        msgspec.structs.replace(
            divergence("checkout", "/image/tag", "1", "2", names=("staging", name)), kind="standing"
        )
        for name in names
    ]
    pairs = [
        msgspec.structs.replace(pair(), left="staging", right=name, standing=1) for name in names
    ]
    many = msgspec.structs.replace(full_scan(), divergences=tuple(rows), pairs=tuple(pairs))

    assert [] == on_paper(html_of(many, TREND), open_page)


def test_paper_is_white_and_has_no_controls(report: str, open_page: Open) -> None:
    """Printed from a dark window the page is dark on white, without navigation and filter."""
    opened = open_page(report, color_scheme="dark")
    opened.page.emulate_media(media="print")
    ground = opened.ask("() => getComputedStyle(document.body).backgroundColor")

    assert "rgb(255, 255, 255)" == ground
    assert not opened.page.locator("nav, #filter-place input").first.is_visible()


def test_rows_are_kept_whole(report: str, open_page: Open) -> None:
    """No row is torn by the end of a sheet, and the heads of a table are on each."""
    opened = open_page(report)
    opened.page.emulate_media(media="print")
    styles = opened.ask(
        """() => [getComputedStyle(document.querySelector("tbody tr")).breakInside,
                  getComputedStyle(document.querySelector("thead")).display]"""
    )

    assert ["avoid", "table-header-group"] == styles


def test_the_page_prints(report: str, open_page: Open) -> None:
    """Printing gives a document of some sheets, not one sheet and not hundreds."""
    printed = open_page(report).page.pdf(format="A4", prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))

    assert printed.startswith(b"%PDF")
    assert 2 <= sheets <= 40
