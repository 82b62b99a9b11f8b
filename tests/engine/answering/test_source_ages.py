"""Each source is told with its age, its plane and its gaps."""

from contextlib import closing
from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.clusters.targets import close_off
from driftline.errors import UsageError
from driftline.history.sqlite_store import open_store
from tests.engine.asking import settings_for
from tests.engine.two_planes import NOW, running, steady
from tests.sources.git.building import DAY, START


def test_declared_and_observed(tmp_path: Path) -> None:
    """A repository is as old as its reading, a cluster as its look; the oldest comes first."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production")])
    cluster, repository = ask.sources(shop.settings, now=NOW).sources

    assert ("kubernetes", "observed", NOW - START - 5 * DAY) == (
        cluster.kind, cluster.plane, cluster.age_seconds,
    )  # fmt: skip
    assert ("git", "declared", 0) == (repository.kind, repository.plane, repository.age_seconds)


def test_a_cluster_that_stays_away(tmp_path: Path) -> None:
    """A look that could not be taken is a gap and makes nothing younger."""
    shop = steady(tmp_path)
    for day in (3, 4, 5):
        shop.look(day, [*running("staging"), *running("production")])
    with closing(open_store(shop.settings.store_path)) as store:
        close_off(store, "prod-cluster", "no route", now=START + 9 * DAY)
    cluster, _ = ask.sources(shop.settings, now=START + 9 * DAY).sources

    assert (4 * DAY, DAY, True) == (cluster.age_seconds, cluster.usual_seconds, cluster.is_stale)
    assert ["no route"] == [gap.reason for gap in cluster.gaps]


def test_a_limit(tmp_path: Path) -> None:
    """What a person allows decides over what is usual."""
    shop = steady(tmp_path)
    answer = ask.sources(shop.settings, now=NOW + 60, age_seconds_max=30)

    assert [True, True] == [one.is_stale for one in answer.sources]


def test_nothing_was_read(tmp_path: Path) -> None:
    """Without a history there is nothing to tell."""
    with pytest.raises(UsageError):
        ask.sources(settings_for(tmp_path), now=NOW)
