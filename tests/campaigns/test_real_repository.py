"""The page with the report on a repository that others keep, compared with what is printed."""

from pathlib import Path

import pytest

from tools import examples
from tools.source_tree import ROOT

PAGE = ROOT / "docs" / "real-repository.md"
NAME = "flux2-kustomize-helm-example"


@pytest.mark.data
def test_the_report_is_what_the_page_shows(data: Path) -> None:
    """The recorded repository, cloned and scanned without any setting, gives the page's report."""
    bundle = data / "gitops" / f"{NAME}.bundle"
    clone = f"```console\n$ git clone --quiet {bundle} {NAME}\n```\n\n"
    page = clone + PAGE.read_text(encoding="utf-8")

    assert 3 == len(examples.examples(page))
    assert [] == [str(one) for one in examples.run(page)]
