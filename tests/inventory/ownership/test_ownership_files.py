"""CODEOWNERS and catalog files are read as GitHub, GitLab and Backstage read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.ownership.ownership_files import (
    CatalogEntry,
    catalog_owner,
    matches,
    owner_name,
    owners_in,
    read_catalog,
    read_codeowners,
)

# pattern, file, whether it is covered
PATTERNS = (
    ("*", "a/b/c.yaml", True),
    ("*.tf", "terraform/main.tf", True),
    ("*.tf", "main.tfvars", False),
    ("/build/logs/", "build/logs/a/b.txt", True),
    ("/build/logs/", "other/build/logs/a.txt", False),
    ("docs/*", "docs/a.md", True),
    ("docs/*", "docs/build/a.md", False),
    ("docs/**", "docs/build/a.md", True),
    ("apps/", "apps/web/a.yaml", True),
    ("apps/", "legacy/apps/web/a.yaml", True),
    ("/docs/", "docs/a.md", True),
    ("/docs/", "x/docs/a.md", False),
    ("**/logs", "build/logs/a.txt", True),
    ("**/logs", "logs/a.txt", True),
    ("/apps/github", "apps/github/a.yaml", True),
    ("apps/*/values.yaml", "apps/web/values.yaml", True),
    ("apps/*/values.yaml", "apps/web/eu/values.yaml", False),
    ("apps/**/values.yaml", "apps/values.yaml", True),
    ("file?.txt", "a/file1.txt", True),
    ("README.md", "docs/README.md", True),
    ("a.b", "axb", False),
)

GITHUB = r"""
# everybody
*            @org/platform
/charts/     @org/charts dev@example.com   # both
/charts/old/
/with\ space/ @org/space
"""
GITLAB = """\
* @root

[Infra] @infra
/terraform/
/terraform/secret/ @vault

^[Docs][2] @docs
*.md
!CHANGELOG.md

[infra]
*.tf @infra-two
"""


@pytest.mark.parametrize(("pattern", "path", "expected"), PATTERNS)
def test_patterns(pattern: str, path: str, *, expected: bool) -> None:
    """Patterns cover what they cover at the forge."""
    assert expected == matches(pattern, path)


def owners(text: str, path: str) -> list[str]:
    """The owners of a file, of all sections."""
    return [name for rule in owners_in(read_codeowners(text), path) for name in rule.owners]


def test_the_last_line_counts() -> None:
    """Of all lines that match the last one decides, even that nobody owns it."""
    assert ["@org/platform"] == owners(GITHUB, "apps/a.yaml")
    assert ["@org/charts", "dev@example.com"] == owners(GITHUB, "charts/web/values.yaml")
    assert [] == owners(GITHUB, "charts/old/values.yaml")
    assert ["@org/space"] == owners(GITHUB, "with space/a.yaml")


def test_sections() -> None:
    """In GitLab each section has a say, with owners of its own for lines without any."""
    assert ["@root", "@infra"] == owners(GITLAB, "terraform/a.json")
    assert ["@root", "@vault"] == owners(GITLAB, "terraform/secret/a.json")
    assert ["@root", "@infra-two"] == owners(GITLAB, "terraform/a.tf")
    assert ["@root", "@docs"] == owners(GITLAB, "docs/a.md")
    assert ["@root"] == owners(GITLAB, "CHANGELOG.md")


def test_hostile_patterns() -> None:
    """A pattern that nobody means takes no time."""
    assert not matches("**/a" * 20, "a/" * 200 + "b")
    assert matches("**/" * 5 + "a", "x/a")


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """No text raises."""
    owners_in(read_codeowners(text), "a/b.yaml")


def test_catalog() -> None:
    """A catalog file names the owners of its components; whatever has none is left out."""
    documents = [
        {"metadata": {"name": '"web"'}, "spec": {"owner": '"group:default/shop"'}},
        {"metadata": {"name": '"api"'}, "spec": {"type": '"service"'}},
        {"spec": {"owner": "3"}},
        "null",
    ]

    assert (CatalogEntry("apps", "web", "shop", "apps/catalog-info.yaml"),) == read_catalog(
        documents, "apps/catalog-info.yaml"
    )
    assert ["a", "other/a", "b"] == [
        owner_name(text) for text in ("group:a", "Group:other/a", "default/b")
    ]


def test_the_nearest_component() -> None:
    """The nearest catalog file speaks; of several components in it, the one of that name."""
    entries = (
        CatalogEntry("", "fleet", "platform", "catalog-info.yaml"),
        CatalogEntry("apps", "web", "shop", "apps/catalog-info.yaml"),
        CatalogEntry("apps", "mail", "post", "apps/catalog-info.yaml"),
    )

    def named(path: str, role: str) -> str | None:
        found = catalog_owner(entries, path, role)
        return None if found is None else found.owner

    assert "shop" == named("apps/web/a.yaml", "Deployment/web")
    assert "post" == named("apps/x.yaml", "mail")
    assert named("apps/x.yaml", "other") is None
    assert "platform" == named("appstore/x.yaml", "other")
    assert catalog_owner(entries[1:], "other/x.yaml", "web") is None
