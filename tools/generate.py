"""Writes again what is generated: tree, pictures, schemas, and what examples print.

The photograph of the report page is not: it needs a browser, see `tools.page_picture`.
"""

from driftline.render.json_schema import SCHEMAS, schema_text
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.screens import screen
from tools import architecture, examples
from tools.example_answers import example_answers
from tools.picture import picture
from tools.source_tree import ROOT

PICTURES = ROOT / "docs" / "pictures"


def report() -> str:
    """The report of the example fleet, in colour."""
    return to_text(screen(example_answers()[0], Page()), color=True)


def main() -> None:
    """What `make docs` runs."""
    architecture.write()
    print("ARCHITECTURE.md: the tree is that of the code")
    (PICTURES / "report.svg").write_text(
        picture(report(), title="driftline example"), encoding="utf-8"
    )
    print("docs/pictures/report.svg: the report of the example fleet")
    for name in SCHEMAS:
        (ROOT / "docs" / "schema" / f"{name}.schema.json").write_text(
            schema_text(name), encoding="utf-8"
        )
    print(f"docs/schema: {', '.join(SCHEMAS)}")
    for page in examples.executed_pages(ROOT):
        fresh = examples.refreshed(page.read_text(encoding="utf-8"))
        page.write_text(fresh, encoding="utf-8")
        print(f"{page.relative_to(ROOT)}: what the commands print now")


if __name__ == "__main__":
    main()
