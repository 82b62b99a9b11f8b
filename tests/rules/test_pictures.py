"""The pictures of the documentation show what driftline prints now."""

from tools import generate, page_picture
from tools.picture import picture


def test_the_report_of_the_readme_is_current() -> None:
    """The README's picture is the report of the example fleet; `make docs` draws it again."""
    drawn = picture(generate.report(), title="driftline example")
    kept = (generate.PICTURES / "report.svg").read_text(encoding="utf-8")

    assert drawn == kept, "run make docs"


def test_the_photograph_shows_the_present_page() -> None:
    """The picture of the report page is of the page as it is; `make pictures` takes it again."""
    kept = page_picture.DIGEST.read_text(encoding="utf-8").strip()

    assert page_picture.digest(page_picture.example_page()) == kept, "run make pictures"
    assert page_picture.PICTURE.read_bytes().startswith(b"\x89PNG")
