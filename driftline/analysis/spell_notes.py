"""Which stretches of difference were there, how long did they stand, and who opened them?

The spells as people and programs read them. A spell is told with the values at
its end, because that is what somebody who looks it up wants to recognise.
"""

from collections.abc import Sequence

from driftline.inventory.travel.spells import SpellRow, seconds_of
from driftline.inventory.typed import shown
from driftline.model.answers.parity import ActorRef
from driftline.model.answers.spells import SpellNote
from driftline.model.chronicle import Chronicle, instant_of
from driftline.model.ref import time_text
from driftline.model.verdict import Kind

# What is by design, or cannot be seen, is no stretch of anything that happened.
_NO_NEWS = (Kind.ENVIRONMENTAL, Kind.UNKNOWN)


def latest(rows: Sequence[SpellRow], *, closed_max: int) -> tuple[SpellRow, ...]:
    """All spells that last and are news, and the latest of those that are over.

    Newest onset first.
    """
    news = [one for one in rows if one.kind not in _NO_NEWS]
    lasting = [one for one in news if one.stretch.spell.ended_at is None]
    over = [one for one in news if one.stretch.spell.ended_at is not None]
    over.sort(key=_ended, reverse=True)
    return tuple(sorted((*lasting, *over[:closed_max]), key=_onset))


def acts(rows: Sequence[SpellRow]) -> set[int]:
    """The acts whose contributions `tell` will ask for."""
    moves = [one.stretch.opening for one in rows]
    return {one.act for one in moves if one is not None and one.act >= 0}


def tell(
    names: tuple[str, str], rows: Sequence[SpellRow], chronicle: Chronicle, *, now: int
) -> tuple[SpellNote, ...]:
    """The spells of a pair, in the order given."""
    return tuple(_told(names, one, chronicle, now) for one in rows)


def _told(names: tuple[str, str], row: SpellRow, chronicle: Chronicle, now: int) -> SpellNote:
    spell, stretch = row.stretch.spell, row.stretch
    is_news = row.kind not in _NO_NEWS
    stands_from = spell.stands_from if is_news else None
    return SpellNote(
        left=names[0],
        right=names[1],
        role=row.role,
        path=row.address,
        started=time_text(spell.started_at),
        stands_from=None if stands_from is None else time_text(stands_from),
        ended=None if spell.ended_at is None else time_text(spell.ended_at),
        seconds_in_flight=seconds_of(stretch, Kind.IN_FLIGHT, now=now) if is_news else 0,
        seconds_standing=seconds_of(stretch, Kind.STANDING, now=now) if is_news else 0,
        opened_by=spell.opened_by,
        kind=row.kind.value,
        reason=row.reason,
        actor=_actor(row, chronicle),
        left_value=shown(stretch.left.text),
        right_value=shown(stretch.right.text),
    )


def _actor(row: SpellRow, chronicle: Chronicle) -> ActorRef | None:
    move = row.stretch.opening
    if move is None or move.act < 0:
        return None
    made = chronicle.contribution(move.act)
    person = made.author if made is not None else chronicle.looks[instant_of(move.act)].by
    actor = chronicle.actors.get(person)
    return ActorRef(actor.name, actor.class_) if actor else ActorRef(person.name, "unattributed")


def _onset(row: SpellRow) -> tuple[int, str, str]:
    return -row.stretch.spell.started, row.role, row.address


def _ended(row: SpellRow) -> tuple[int, int, str, str]:
    spell = row.stretch.spell
    return spell.ended_at or 0, spell.started, row.role, row.address
