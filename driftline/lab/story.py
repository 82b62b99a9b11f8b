"""The whole story of the example fleet: every landing of fourteen months, in order."""

from collections.abc import Sequence

import msgspec

from driftline.lab import plots
from driftline.lab.chores import chores
from driftline.lab.dice import Dice
from driftline.lab.fleet import SERVICES
from driftline.lab.landing import NUMBER, Landing, Way
from driftline.lab.moments import DAY, moment
from driftline.lab.opening import opening
from driftline.lab.region import BORN, new_region
from driftline.lab.releases import Season, builds, next_version, traffic

START = moment("2025-09-08 08:10")
_FIRST_PULL_REQUEST = 12  # the repository before this one had a few

SEASON = Season(
    start=START + 2 * DAY,
    # The last builds of the story are told one by one.
    end=moment("2026-10-05"),
    frozen_from=plots.FREEZE[0],
    frozen_until=plots.FREEZE[1],
    region_from=BORN,
)


def _last_versions(seed: int) -> dict[str, tuple[str, str]]:
    """For each service the last build of the routine traffic, and the one after it."""
    found = {}
    for service in SERVICES:
        last = builds(service, SEASON, Dice(seed, f"releases of {service.name}"))[-1].version
        found[service.name] = (last, next_version(last, Dice(seed, f"end of {service.name}")))
    return found


def _threads(seed: int) -> Sequence[Landing]:
    return (
        *plots.incident(),
        *plots.security_patch(),
        *plots.forgotten_flag(),
        *plots.debug_logging(),
        *plots.postgres_upgrade(),
        *plots.tuned_autoscaler(),
        *plots.freeze(),
        *plots.reverted_pool(),
        *plots.secret_in_the_open(),
        *plots.renamed_file(),
        *plots.reformatted(),
        *plots.demo_ends(),
        *plots.half_way_move(),
        *new_region(seed),
        *plots.last_builds(_last_versions(seed)),
    )


def _numbered(landings: list[Landing]) -> tuple[Landing, ...]:
    """Pull requests numbered in the order they land, and no two landings at one instant."""
    number = _FIRST_PULL_REQUEST
    told = []
    before = 0
    for landing in landings:
        at = max(landing.at, before + 1)
        before = at
        message = landing.message
        if landing.way is not Way.DIRECT:
            message = message.replace(NUMBER, str(number))
            number += 1
        told.append(msgspec.structs.replace(landing, at=at, message=message))
    return tuple(told)


def told(seed: int) -> tuple[Landing, ...]:
    """Every landing, oldest first."""
    landings = [*opening(seed, START), *chores(seed), *_threads(seed)]
    for service in SERVICES:
        landings += traffic(service, SEASON, seed)
    # Python's sort keeps the order of equals, so the same seed tells the same story.
    return _numbered(sorted(landings, key=lambda landing: landing.at))
