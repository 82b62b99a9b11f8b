"""Photographs the top of the example fleet's report page, and keeps which page it shows.

A photograph needs a browser, so it is taken only when asked for (`make
pictures`). The digest beside it is of the part of the page that it shows, so
that a test without a browser can tell that the photograph has become old.
"""

import hashlib
import tempfile
from pathlib import Path

from driftline.render.html.document import html_of
from tools.chromium import opened
from tools.example_answers import example_answers
from tools.source_tree import ROOT

PICTURE = ROOT / "docs" / "pictures" / "report-page.png"
DIGEST = PICTURE.with_suffix(".sha256")
WIDTH, HEIGHT = 1280, 1400
_SHOWN_UNTIL = '<section id="in-flight">'


def example_page() -> str:
    """The report of the example fleet as HTML."""
    return html_of(*example_answers())


def digest(page: str) -> str:
    """What tells the shown part of a page from any other, with the style that it is drawn in."""
    return hashlib.sha256(page.partition(_SHOWN_UNTIL)[0].encode()).hexdigest()


def main() -> None:
    """What `make pictures` runs."""
    page = example_page()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        with opened() as browser:
            shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            shown.goto(file.as_uri())
            shown.screenshot(path=PICTURE)
    DIGEST.write_text(digest(page) + "\n", encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: the report page of the example fleet")


if __name__ == "__main__":
    main()
