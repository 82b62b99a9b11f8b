"""Ownership of fields is read as it was at any instant, and abstains where nothing is known."""

from driftline.inventory.live.field_owners import field_owners
from tests.inventory.living import live_object, managers_of

OBJECT = live_object("ConfigMap", "shop", "web")
TIMES = {"argo/Apply": "2026-01-01T00:00:00Z", "kubectl-edit/Update": "2026-01-02T00:00:00Z"}
HISTORY = managers_of(
    OBJECT,
    {
        0: {"/data/a": ["argo/Apply"], "/data/list": ["argo/Apply"]},
        5: {"/data/a": ["kubectl-edit/Update"], "/data/list": ["argo/Apply"]},
    },
    TIMES,
)


def test_owners_now_and_then() -> None:
    """Who owned a field before somebody took it is still known."""
    assert ("kubectl-edit/Update",) == field_owners(HISTORY).of("/data/a")
    assert ("argo/Apply",) == field_owners(HISTORY, until=4).of("/data/a")


def test_below_an_owned_place() -> None:
    """What lies in an owned list belongs to the owner of the list."""
    assert ("argo/Apply",) == field_owners(HISTORY).of("/data/list/0")


def test_when_an_owner_moved_last() -> None:
    """The time is that of the owner of the field, not of others."""
    assert "2026-01-02T00:00:00Z" == field_owners(HISTORY).last_moved("/data/a")
    assert "2026-01-01T00:00:00Z" == field_owners(HISTORY).last_moved("/data/list")


def test_an_owner_without_a_time() -> None:
    """Where one of the owners has no time, nobody can say when the field was moved last."""
    history = managers_of(
        OBJECT, {0: {"/data/a": ["argo/Apply", "scaler/Update/scale"]}}, {"argo/Apply": "2026"}
    )

    assert field_owners(history).last_moved("/data/a") is None


def test_nobody_is_known() -> None:
    """Without a document about ownership nobody owns anything, and no time is claimed."""
    owners = field_owners(None)

    assert () == owners.of("/data/a")
    assert owners.last_moved("/data/a") is None
