"""Writes again what is generated: tree, pictures, schemas, and what examples print.

The pictures show the example fleet an hour after its last commit, so that they
are the same on every machine and on every day.
"""

import subprocess
import tempfile
from pathlib import Path

import msgspec

from driftline.engine.ask import scan
from driftline.engine.settings import load_settings
from driftline.lab.example import write_example
from driftline.model.progress import Unwatched
from driftline.render.json_schema import SCHEMAS, schema_text
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.screens import screen
from tools import architecture, examples
from tools.picture import picture
from tools.source_tree import ROOT

PICTURES = ROOT / "docs" / "pictures"
HOUR_SECONDS = 3600
# Digests of secrets are the same in every run only under one key.
KEY = bytes(32)


def last_commit(repository: Path) -> int:
    """The instant of the last commit, in seconds since 1970 UTC."""
    command = ("git", "-C", str(repository), "log", "-1", "--format=%ct")
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def report() -> str:
    """The report of the example fleet, in colour."""
    with tempfile.TemporaryDirectory() as folder:
        repository = write_example(Path(folder) / "example-fleet")
        (Path(folder) / "key").write_text(KEY.hex())
        settings = msgspec.structs.replace(
            load_settings(Path(folder), {}, store=Path(folder) / "history.db"),
            key_file=Path(folder) / "key",
        )
        now = last_commit(repository) + HOUR_SECONDS
        answer = scan([repository], settings, now=now, progress=Unwatched())
    return to_text(screen(answer, Page()), color=True)


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
