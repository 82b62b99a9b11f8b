"""Rows are told with their owners, from what stands at the tip of the repository."""

from pathlib import Path

from driftline.engine import ask
from driftline.model.answers.scan import Scan
from tests.engine.asking import NOW, company, scanned, values
from tests.sources.git.building import Building

CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: web
spec:
  owner: group:default/shop
"""


def owners(answer: Scan, path: str = "/image/tag") -> str:
    """The owner of a difference of the web service."""
    return next(row.owner for row in answer.divergences if row.path == path)


def test_codeowners(tmp_path: Path) -> None:
    """Each side's file has its owners; nobody is named where no line says so."""
    built = company(tmp_path / "infra")
    assert "" == owners(scanned(tmp_path, built.folder)[0])

    built.commit({".github/CODEOWNERS": "/env/staging/ @stage\n/env/production/ @prod\n"})
    answer, settings = scanned(tmp_path, built.folder)

    assert "@stage, @prod" == owners(answer)
    compared = ask.compare("staging", "production", settings, now=NOW)
    assert {"@stage, @prod"} == {row.owner for row in compared.divergences if row.path != "/log"}


def test_catalog(tmp_path: Path) -> None:
    """A catalog file speaks for its folder, and one that cannot be read for nobody."""
    built = company(tmp_path / "infra")
    built.commit({"env/catalog-info.yaml": CATALOG, "catalog-info.yaml": "a: ["})

    answer, _ = scanned(tmp_path, built.folder)

    assert "shop" == owners(answer)


def test_labels(tmp_path: Path) -> None:
    """What a thing says of itself comes before what files say of its place."""
    built = company(tmp_path / "infra")
    labelled = "podLabels:\n  team: blue\n"
    built.commit(
        {
            "env/production/web.values.yaml": values("1.1", 5, host="a.example", extra=labelled),
            "CODEOWNERS": "* @all",
        }
    )

    answer, _ = scanned(tmp_path, built.folder)

    assert "@all, blue" == owners(answer)


def test_several_repositories(tmp_path: Path) -> None:
    """Each repository's own files say who owns what in it."""
    folders = []
    for name, tag in (("shop-staging", "1"), ("shop-production", "2")):
        built = Building(tmp_path / name)
        built.commit(
            {
                "web.yaml": values(tag, 1, host="a.example"),
                f"{name}.yaml": "x: 1\n",
                "CODEOWNERS": f"* @{name}",
            }
        )
        folders.append(built.folder)

    answer, _ = scanned(tmp_path, *folders)

    told = {name for row in answer.divergences for name in row.owner.split(", ") if name}
    assert told <= {"@shop-staging", "@shop-production"}
    assert told
