"""One kind, page by page, and how a listing ends."""

from pathlib import Path

import pytest

from driftline.engine.clusters.look import ClusterAsked, asking_of
from driftline.sources.kubernetes.listing import Heard, Read, Unread, everywhere, stretch
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    EAGER,
    ServedCluster,
    SteadyClock,
    reached,
    shop,
)


def listed(
    cluster: ServedCluster, folder: Path, namespace: str | None = None
) -> tuple[list[str], Read | Unread]:
    """The names on all pages, and how the listing ended."""
    with reached(cluster, folder) as reachable:
        asking = asking_of(reachable, ClusterAsked(limits=EAGER), SteadyClock(), 0)
        *pages, end = stretch(asking, CONFIG_MAPS, namespace)
    assert isinstance(end, Read | Unread)
    names = [
        item.metadata.name
        for page in pages
        if isinstance(page, Heard)
        for item in page.page.items or ()
    ]
    return names, end


def many(count: int) -> ServedCluster:
    """A cluster with that many ConfigMaps more."""
    cluster = shop()
    for number in range(count):
        cluster.put(CONFIG_MAPS, f"many-{number:04d}", "shop-staging")
    return cluster


def test_pages(tmp_path: Path) -> None:
    """A long list comes in pages, each object once."""
    cluster = many(1_200)
    names, end = listed(cluster, tmp_path)

    assert 1_202 == len(names)
    assert 3 == len(cluster.requests)
    assert Read(CONFIG_MAPS, None, str(cluster.version)) == end


def test_one_namespace(tmp_path: Path) -> None:
    """One namespace is one question."""
    names, end = listed(shop(), tmp_path, "shop-staging")

    assert ["settings"] == names
    assert "shop-staging" == end.namespace


def test_expired_page(tmp_path: Path) -> None:
    """A listing whose next page expired begins anew once, and is then given up."""
    cluster = many(600)
    cluster.expire_tokens = 1
    _, once = listed(cluster, tmp_path)
    cluster.expire_tokens = 2
    _, twice = listed(cluster, tmp_path)

    assert isinstance(once, Read)
    assert (
        Unread(CONFIG_MAPS, None, "it changed faster than it could be listed (410, twice)") == twice
    )


@pytest.mark.parametrize(
    ("spoil", "reason", "is_denied"),
    [
        (403, "not allowed to list configmaps.core (403)", True),
        (404, "configmaps.core went away while it was listed (404)", False),
        (405, "configmaps.core cannot be listed (405)", False),
        (400, "the server answered 400 when asked for configmaps.core", False),
    ],
)
def test_refusals(tmp_path: Path, spoil: int, reason: str, *, is_denied: bool) -> None:
    """Every refusal has a reason that a person understands."""
    cluster = shop()
    cluster.spoilt[spoil] = 1
    names, end = listed(cluster, tmp_path)

    assert ([], Unread(CONFIG_MAPS, None, reason, is_denied)) == (names, end)


def test_pages_before_a_cut_count(tmp_path: Path) -> None:
    """What was read before a listing broke off was read."""
    cluster = many(600)
    with reached(cluster, tmp_path) as reachable:
        asking = asking_of(reachable, ClusterAsked(limits=EAGER), SteadyClock(), 0)
        events = stretch(asking, CONFIG_MAPS, None)
        first = next(events)
        cluster.cut[CONFIG_MAPS.path()] = 99
        *_, end = events

    assert isinstance(first, Heard)
    assert isinstance(end, Unread)


def test_falling_back(tmp_path: Path) -> None:
    """A kind that may not be listed everywhere is listed where it may be."""
    cluster = shop()
    cluster.denied = {("configmaps.core", "")}
    with reached(cluster, tmp_path) as reachable:
        asking = asking_of(reachable, ClusterAsked(limits=EAGER), SteadyClock(), 0)
        events = list(everywhere(asking, CONFIG_MAPS, lambda: ("shop-staging",)))

    assert [Unread, Heard, Read] == [type(event) for event in events]


def test_vague_answers(tmp_path: Path) -> None:
    """A list of nothing in particular is marked as doubtful."""
    cluster = shop()
    cluster.is_vague = True
    _, end = listed(cluster, tmp_path)

    assert isinstance(end, Read)
    assert end.is_doubtful
