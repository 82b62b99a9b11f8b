"""The routine traffic of the example fleet: builds reach staging, and most reach production.

Most of what differs between two environments at any instant is a build on its
way. Some are overtaken by the next, a few are taken back, all wait out the
freeze; none of it is drift.
"""

from collections.abc import Iterator

import msgspec

from driftline.lab.dice import Dice
from driftline.lab.edits import Edit, SetTag
from driftline.lab.fleet import HUMANS, SITES, TERNBOT, Service, Staff
from driftline.lab.landing import Force, Intent, Landing, Purpose, Work, merged, pushed
from driftline.lab.moments import DAY, HOUR, MINUTE, at_work

# From a build's arrival in staging to its promotion, in seconds by share.
_LAGS = (
    (0.0, 9 * MINUTE),
    (0.15, 50 * MINUTE),
    (0.35, 5 * HOUR),
    (0.6, 22 * HOUR),
    (0.85, 52 * HOUR),
    (0.97, 5 * DAY),
    (1.0, 8 * DAY),
)
_SHARE_WITHDRAWN = 0.06
_SHARE_MENDED = 0.2
_SHARE_BY_HAND = 0.3
_SHARE_REGION_LATER = 0.25

_DEPLOYED = Purpose(Force.DEPLOYMENT, Intent.PROMOTION)
_WITHDRAWN = Purpose(Force.DEPLOYMENT, Intent.PROMOTION, "withdrawn")


class Season(msgspec.Struct, frozen=True):
    """The frame of the traffic: when it runs, is frozen, and has a second region to reach."""

    start: int
    end: int
    frozen_from: int
    frozen_until: int
    region_from: int


class Build(msgspec.Struct, frozen=True):
    """One build of a service and what became of it; instants, or None for never."""

    version: str
    staged_at: int
    promoted_at: int | None
    withdrawn_at: int | None


def next_version(version: str, dice: Dice) -> str:
    """Mostly the next patch, sometimes the next minor version."""
    major, minor, patch = (int(part) for part in version.split("."))
    return f"{major}.{minor + 1}.0" if dice.happens(0.22) else f"{major}.{minor}.{patch + 1}"


def builds(service: Service, season: Season, dice: Dice) -> tuple[Build, ...]:
    """Every build of one service in the season, oldest first."""
    pace = (season.end - season.start) // service.releases
    version = service.version
    arrivals: list[tuple[int, str]] = []
    for number in range(service.releases):
        offset = pace * number + int(pace * (0.15 + 0.7 * dice.share()))
        version = next_version(version, dice)
        arrival = at_work(season.start + offset - offset % MINUTE + dice.between(0, 59))
        if arrivals and dice.happens(_SHARE_MENDED):
            # A build that mends the one before comes on its heels, and often overtakes it.
            arrival = at_work(arrivals[-1][0] + dice.between(70, 30 * 60) * MINUTE)
        # Builds stay in order, even when two had to wait for the same Monday.
        arrival = max(arrival, arrivals[-1][0] + 40 * MINUTE) if arrivals else arrival
        arrivals.append((arrival, version))
    made = []
    for (staged_at, version), following in zip(arrivals, [*arrivals[1:], None], strict=True):
        lag = dice.quantile(_LAGS)
        promoted_at = staged_at + lag if lag < HOUR else at_work(staged_at + lag)
        if season.frozen_from <= promoted_at < season.frozen_until:
            promoted_at = at_work(season.frozen_until + dice.between(1, 9 * 60) * MINUTE)
        overtaken = following is not None and following[0] <= promoted_at
        withdrawn_at = staged_at + dice.between(30, 200) * MINUTE
        taken_back = dice.happens(_SHARE_WITHDRAWN) and following is not None
        if taken_back and following is not None and withdrawn_at < following[0]:
            made.append(Build(version, staged_at, None, withdrawn_at))
        else:
            made.append(Build(version, staged_at, None if overtaken else promoted_at, None))
    return tuple(made)


def _reviewer(service: Service, author: Staff, dice: Dice) -> Staff:
    others = [one for one in service.owners if one != author]
    return dice.pick(others or [one for one in HUMANS if one != author])


def _promotion(service: Service, build: Build, sites: tuple[str, ...], dice: Dice) -> Landing:
    """A build reaching production, by the bot or by hand."""
    at = build.promoted_at or 0
    edits: tuple[Edit, ...] = tuple(SetTag(service.name, site, build.version) for site in sites)
    where = " and ".join(sites)
    if not dice.happens(_SHARE_BY_HAND):
        message = f"{service.name}: {build.version} to {where}"
        return pushed(at, TERNBOT, message, edits, _DEPLOYED)
    author = dice.pick(service.owners)
    written_at = max(build.staged_at + 3 * MINUTE, at - dice.between(4, 170) * MINUTE)
    message = f"{service.name}: promote {build.version} to {where}"
    work = Work(written_at, author, message, edits, _DEPLOYED)
    branch = f"promote-{service.name}-{build.version}"
    return merged(at, _reviewer(service, author, dice), branch, (work,))


def traffic(service: Service, season: Season, seed: int) -> Iterator[Landing]:
    """Every landing that moves one service's image, in the season's routine."""
    dice = Dice(seed, f"releases of {service.name}")
    running = staged = service.version
    planned = builds(service, season, dice)
    promotions = [build.promoted_at for build in planned if build.promoted_at is not None]
    abroad = service.name in SITES["production-us"].services
    for build in planned:
        message = f"{service.name}: {build.version} to staging"
        edit = SetTag(service.name, "staging", build.version)
        yield pushed(build.staged_at, TERNBOT, message, (edit,), _DEPLOYED)
        staged = build.version
        if build.withdrawn_at is not None:
            message = f"{service.name}: back to {running} in staging, {staged} fails its checks"
            edit = SetTag(service.name, "staging", running)
            yield pushed(build.withdrawn_at, TERNBOT, message, (edit,), _WITHDRAWN)
        if build.promoted_at is None:
            continue
        running = build.version
        there = abroad and build.promoted_at - 3 * HOUR > season.region_from
        later = there and dice.happens(_SHARE_REGION_LATER)
        sites = ("production", "production-us") if there and not later else ("production",)
        yield _promotion(service, build, sites, dice)
        if later:
            follow = build.promoted_at + dice.between(10, 20 * 60) * MINUTE
            following = [at for at in promotions if at > build.promoted_at]
            follow = min(follow, *(at - MINUTE for at in following[:1]), season.end + DAY)
            edit = SetTag(service.name, "production-us", build.version)
            message = f"{service.name}: {build.version} to production-us"
            yield pushed(follow, TERNBOT, message, (edit,), _DEPLOYED)
