"""The routine traffic of builds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.lab.dice import Dice
from driftline.lab.fleet import SERVICES, service
from driftline.lab.landing import Way
from driftline.lab.moments import moment
from driftline.lab.releases import Season, builds, next_version, traffic

SEASON = Season(
    start=moment("2025-09-10"),
    end=moment("2026-10-05"),
    frozen_from=moment("2025-11-24 08:00"),
    frozen_until=moment("2025-12-02 09:30"),
    region_from=moment("2026-05-12"),
)
seeds = st.integers(0, 10_000)


@settings(max_examples=30)
@given(seed=seeds)
def test_builds_come_in_order(seed: int) -> None:
    """Each build is newer than the one before, and nothing happens to it before it is there."""
    for known in SERVICES:
        made = builds(known, SEASON, Dice(seed, known.name))
        versions = [tuple(int(part) for part in build.version.split(".")) for build in made]

        assert known.releases == len(made)
        assert versions == sorted(set(versions))
        for build, following in zip(made, [*made[1:], None], strict=True):
            assert build.promoted_at is None or build.promoted_at > build.staged_at
            assert following is None or build.staged_at < following.staged_at
            # What is overtaken is never promoted, and what is taken back never either.
            ends = build.promoted_at or build.withdrawn_at or build.staged_at
            assert following is None or ends < following.staged_at


@settings(max_examples=30)
@given(seed=seeds)
def test_nothing_is_promoted_in_the_freeze(seed: int) -> None:
    """Production stands still while it is frozen; staging does not."""
    for known in SERVICES:
        for build in builds(known, SEASON, Dice(seed, known.name)):
            at = build.promoted_at
            assert at is None or not SEASON.frozen_from <= at < SEASON.frozen_until


def test_traffic_has_every_kind() -> None:
    """Over all services some builds are promoted by a person, some overtaken, some taken back."""
    made = [build for known in SERVICES
            for build in builds(known, SEASON, Dice(7, f"releases of {known.name}"))]  # fmt: skip
    landings = [one for known in SERVICES for one in traffic(known, SEASON, 7)]
    titles = [one.work[0].message for one in landings]

    assert any(build.withdrawn_at for build in made)
    assert any(build.promoted_at is None and build.withdrawn_at is None for build in made)
    assert any(one.way is Way.MERGE for one in landings)
    assert any("back to" in title for title in titles)
    assert any(title.endswith("to production and production-us") for title in titles)
    assert any(title.endswith("to production-us") for title in titles)


def test_a_service_of_one_region_stays_there() -> None:
    """What does not run in the second region is never promoted there."""
    titles = [one.work[0].message for one in traffic(service("production-planner"), SEASON, 7)]

    assert len(titles) > 5
    assert not any("production-us" in title for title in titles)


@settings(max_examples=30)
@given(seed=seeds)
def test_versions_only_rise(seed: int) -> None:
    """The next version is the next patch or the next minor."""
    assert next_version("1.2.3", Dice(seed, "version")) in ("1.2.4", "1.3.0")
