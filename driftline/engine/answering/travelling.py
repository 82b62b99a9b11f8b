"""The answers about what happened between environments: their spells and promotions."""

from collections.abc import Sequence

from driftline.engine.answering.judging import instants, latest_spells, spell_rows
from driftline.engine.answering.reporting import Compared, compared
from driftline.engine.answering.tracing import role_named
from driftline.engine.knowing.known import chronicle_of
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.model import address as addresses
from driftline.model.answers.promotions import PromotionsAnswer
from driftline.model.answers.spells import SpellsAnswer

SPELLS_SCHEMA = "driftline.spells/1"
PROMOTIONS_SCHEMA = "driftline.promotions/1"
CLOSED_MAX = 2000


def spells(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    *,
    now: int,
    role: str | None,
    path: str | None,
    pair: tuple[str, str] | None,
    layer: str,
) -> SpellsAnswer:
    """The spells that are news: all that last, and the latest of those that are over."""
    one = compared(store, sources, settings, now=now, layer=layer, only=pair)
    wanted = _role(one, role)
    chosen = latest_spells(
        one.pairs,
        closed_max=CLOSED_MAX,
        is_meant=lambda row: _is_meant(row.role, row.address, wanted, path),
    )
    people = chronicle_of(store, one.known, settings, instants(chosen))
    over = sum(row.stretch.spell.ended_at is not None for _, rows in chosen for row in rows)
    notes = (f"of the spells that are over, the latest {CLOSED_MAX:,} are told",)
    told = spell_rows(chosen, people, now=one.now)
    return SpellsAnswer(SPELLS_SCHEMA, told, notes if over == CLOSED_MAX else ())


def promotions(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    *,
    now: int,
    role: str | None,
    path: str | None,
    pair: tuple[str, str] | None,
    layer: str,
) -> PromotionsAnswer:
    """The paths that travel between environments, by pair, role and path."""
    one = compared(store, sources, settings, now=now, layer=layer, only=pair)
    wanted = _role(one, role)
    rows = tuple(
        row
        for judged in one.pairs
        for row in judged.promotions()
        if _is_meant(row.role, row.path, wanted, path)
    )
    return PromotionsAnswer(PROMOTIONS_SCHEMA, rows)


def _role(one: Compared, role: str | None) -> str | None:
    """The role in full; raises UsageError when there is none like it."""
    if role is None:
        return None
    return role_named(role, sorted({name for side in one.sides.values() for name in side.views}))


def _is_meant(role: str, address: str, wanted: str | None, path: str | None) -> bool:
    if wanted is not None and role != wanted:
        return False
    if path is None or path in (address, addresses.dotted(address)):
        return True
    slashed = path if path.startswith("/") else "/" + path.replace(".", "/")
    return address.endswith(slashed)
