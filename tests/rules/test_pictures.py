"""The pictures of the documentation show what driftline prints now."""

from tools import generate
from tools.picture import picture


def test_the_report_of_the_readme_is_current() -> None:
    """The README's picture is the report of the example fleet; `make docs` draws it again."""
    drawn = picture(generate.report(), title="driftline example")
    kept = (generate.PICTURES / "report.svg").read_text(encoding="utf-8")

    assert drawn == kept, "run make docs"
