"""The nearest sign of ownership wins: label, line about the place, catalog, line about all."""

from driftline.inventory.ownership.owners import Owner, labels_of, owner_of, together
from driftline.inventory.ownership.ownership_files import CatalogEntry, Ownership, read_codeowners

FILE = "apps/web/production.yaml"
RULES = read_codeowners("* @all\n/apps/web/ @web\n")
CATALOG = (CatalogEntry("apps", "web", "shop", "apps/catalog-info.yaml"),)


def test_a_label_is_nearest() -> None:
    """A label of the thing itself says more than any file about its place."""
    facts = {"/metadata/labels/team": '"group:default/blue"', "/spec/replicas": "3"}

    found = owner_of(FILE, "web", facts, Ownership(RULES, "CODEOWNERS", CATALOG))

    assert Owner("blue", "label team") == found


def test_a_line_about_the_place() -> None:
    """A line of CODEOWNERS about the place comes before the catalog."""
    found = owner_of(FILE, "web", {}, Ownership(RULES, "CODEOWNERS", CATALOG))

    assert Owner("@web", "CODEOWNERS:2") == found


def test_the_catalog_before_everybody() -> None:
    """The catalog comes before a line about everything, and that before a larger system."""
    part = {"/metadata/labels/app.kubernetes.io~1part-of": '"store"'}

    assert Owner("shop", "apps/catalog-info.yaml") == owner_of(
        FILE, "web", {}, Ownership(RULES[:1], "CODEOWNERS", CATALOG)
    )
    assert Owner("@all", "CODEOWNERS:1") == owner_of(
        FILE, "web", part, Ownership(RULES[:1], "CODEOWNERS")
    )
    assert Owner("store", "label app.kubernetes.io/part-of") == owner_of(
        FILE, "web", part, Ownership()
    )


def test_nobody() -> None:
    """Where nothing says whose it is, nobody is named."""
    assert owner_of(FILE, "web", {"/owner": '"x"', "/labels/team": "3"}, Ownership()) is None
    assert owner_of(None, "web", {}, Ownership(RULES, "CODEOWNERS", CATALOG)) is None


def test_labels_nearest_to_the_top() -> None:
    """The labels of the object speak before those of its pods, and tags are labels too."""
    facts = {
        "/spec/template/metadata/labels/team": '"pods"',
        "/metadata/labels/team": '"object"',
        "/default_tags/Owner": '"ops"',
    }

    assert {"team": "object", "owner": "ops"} == labels_of(facts)


def test_together() -> None:
    """Owners of both sides are named once each, the left side's first."""
    assert "a, b" == together([Owner("a", "x"), Owner("b", "y"), Owner("a", "z"), None])
    assert "" == together([None])
