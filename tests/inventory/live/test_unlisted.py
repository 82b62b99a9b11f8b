"""What lies behind a listing that failed is unknown, and nothing else is."""

import pytest

from driftline.inventory.live.identity import Identity
from driftline.inventory.live.unlisted import Unlisted, listing_of

WHY = "denied"

# The gap, the file of an object, and whether the object lies behind it.
CASES = [
    ("shop/secrets.core", "shop/secrets.core", True),
    ("shop/secrets.core", "other/secrets.core", False),
    ("*/secrets.core", "shop/secrets.core", True),
    ("*/secrets.core", "shop/configmaps.core", False),
    ("shop/*", "shop/configmaps.core", True),
    ("shop/*", "other/configmaps.core", False),
    ("*/*", "shop/configmaps.core", True),
    ("*/*.flags.example.com", "shop/featureflags.flags.example.com", True),
    ("*/*.flags.example.com", "shop/deployments.apps", False),
    ("-/namespaces.core", "-/namespaces.core", True),
]


@pytest.mark.parametrize(("gap", "file", "expected"), CASES)
def test_behind_a_gap(gap: str, file: str, expected: bool) -> None:  # noqa: FBT001 - a case
    """Gaps cover a listing, a kind everywhere, a namespace, or everything."""
    assert (WHY if expected else "") == Unlisted({gap: WHY}).reason(file)


def test_one_of_several_namespaces() -> None:
    """A kind that one namespace hides may hide an object whose namespace nobody wrote."""
    unlisted = Unlisted({"shop/secrets.core": WHY})

    assert WHY == unlisted.reason_in(("other", "shop"), "secrets.core")
    assert "" == unlisted.reason_in(("other",), "secrets.core")


def test_nothing_is_missing() -> None:
    """Without gaps nothing is unknown."""
    assert "" == Unlisted().reason("shop/secrets.core")


def test_the_listing_of_an_object() -> None:
    """The listing is the one that was seen, else the one that the kind's name suggests."""
    identity = Identity("flags.example.com", "FeatureFlag", "shop", "dark")

    assert "featureflags.flags.example.com" == listing_of(identity, {})
    assert "ff.flags.example.com" == listing_of(
        identity, {("flags.example.com", "FeatureFlag"): "ff"}
    )
