"""What only the running systems hold, for the headline of a report; kept from the last time."""

from collections.abc import Sequence

import msgspec

from driftline import __version__
from driftline.analysis.burned_down import burned_down
from driftline.engine.deciding.ledger_file import ledger_now
from driftline.engine.knowing.live_sources import live_among
from driftline.engine.remembering import remember
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.inventory.rules import RULES_VERSION
from driftline.model.answers.planes import BurnedDown
from driftline.model.answers.scan import Scan
from driftline.model.plane import Plane


def with_losses(
    store: Store, declared: Sequence[Source], settings: Settings, scan: Scan, *, now: int
) -> Scan:
    """The scan with what of each environment exists only as it runs."""
    return msgspec.structs.replace(scan, burned_down=losses(store, declared, settings, now=now))


def losses(
    store: Store, declared: Sequence[Source], settings: Settings, *, now: int
) -> tuple[BurnedDown, ...]:
    """What of each environment that is declared and runs would not come back; none without loss."""
    live = live_among(store.sources())
    tips = [
        (source.id, tip.ref if tip else "", tip.at if tip else 0)
        for source in (*declared, *live)
        for tip in (store.tip(source.id),)
    ]
    said = (settings.layout, settings.kubernetes, ledger_now(settings.ledger_path), tips)
    stamp = f"{__version__} {RULES_VERSION} {msgspec.json.encode(said).decode()}"
    kept = store.derived("burned down", stamp)
    if kept is not None:
        return msgspec.json.decode(kept, type=tuple[BurnedDown, ...])
    found = _found(store, declared, live, settings, now=now)
    remember(store, "burned down", stamp, msgspec.json.encode(found))
    return found


def _found(
    store: Store,
    declared: Sequence[Source],
    live: Sequence[Source],
    settings: Settings,
    *,
    now: int,
) -> tuple[BurnedDown, ...]:
    # A fleet without clusters never gets here, and imports nothing about them.
    from driftline.engine.planes.comparing import compared
    from driftline.engine.planes.coverage import alone
    from driftline.engine.planes.refs import Meant
    from driftline.engine.planes.sides import know_planes

    planes = know_planes(store, declared, live, settings)
    rows = []
    for environment in planes.environments:
        if {Plane.DECLARED, Plane.OBSERVED} <= set(planes.planes_of(environment)):
            meant = Meant(environment, Plane.DECLARED, None)
            runs = Meant(environment, Plane.OBSERVED, None)
            one = compared(store, planes, meant, runs, settings, now=now)
            rows.append(burned_down(environment, one.rows, alone(one).unmanaged))
    return tuple(row for row in rows if row.facts)
