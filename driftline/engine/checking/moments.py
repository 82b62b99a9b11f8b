"""Both sides of a change: what is known without it, and what would be known with it.

The base is known from the history, as it was where the change parts from it;
the change is laid on top as a look that nobody took. Both are judged at one
second, as if the change were merged now, each by the ledger that it holds.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.engine.aligning.overlaid import Draft, overlaid
from driftline.engine.answering.judging import Judge
from driftline.engine.checking.draft import DraftReader, draft
from driftline.engine.checking.ground import Change, Ground
from driftline.engine.checking.pairs import Moment
from driftline.engine.checking.rewound import RewoundStore
from driftline.engine.deciding.ledger_file import ledger_of_commit
from driftline.engine.knowing.known import Known, know, side
from driftline.engine.knowing.people import people_of
from driftline.engine.reading.readers import make_reader
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory import siblings
from driftline.inventory.compare import view
from driftline.inventory.people import actors
from driftline.inventory.units import Unit
from driftline.model.chronicle import Chronicle, ClassifiedActor
from driftline.model.look import Contribution, Person


class Moments(msgspec.Struct, frozen=True):
    """What is known without the change and with it, and by whom it is judged.

    `stored` is what the history alone knows; `drafts` is laid on top of it, and
    the last of them is the change. `now` is the second of both judgements.
    """

    stored: Known
    before: Known
    after: Known
    was: Moment
    becomes: Moment
    drafts: tuple[Draft, ...]
    now: int


def moments(
    store: Store,
    change: Change,
    ground: Ground,
    settings: Settings,
    key: SecretKey,
    *,
    now: int,
    layer: str,
) -> Moments:
    """Read the change and lay it on top of its base."""
    # Nothing that is learnt of the change is kept.
    past = RewoundStore(store, ground.source.id, ground.position)
    stored = know(store if ground.is_tip else past, ground.sources, settings, layer=layer)
    # A look is as new as it says, even where the clock here is behind.
    now = max([now, *(look.at for look in stored.looks[-1:])])
    drafts = _drafts(change, ground, now)
    reader = DraftReader(make_reader(key.key, key.key_id))

    def laid(several: Sequence[Draft]) -> Known:
        return overlaid(past, stored, settings, several, reader, layer=layer)

    before = laid(drafts[:-1]) if len(drafts) > 1 else stored
    after = laid(drafts)
    sides = _sides(before, {})

    def moment(known: Known, sides: Mapping[str, siblings.Environment], commit: str) -> Moment:
        ledger = ledger_of_commit(settings.ledger_path, change.repository, commit)
        return Moment(sides, known.words, Judge(known, now=now, ledger=ledger))

    return Moments(
        stored,
        before,
        after,
        moment(before, sides, change.merge_base),
        moment(after, _sides(after, sides), change.head_commit),
        drafts,
        now,
    )


def _drafts(change: Change, ground: Ground, now: int) -> tuple[Draft, ...]:
    """The change, after what the history lacks up to where it begins."""
    steps = [(change.merge_base, change.head_commit)]
    if ground.ref != change.merge_base:
        steps.insert(0, (ground.ref, change.merge_base))
    source = ground.source.id
    return tuple(draft(change.repository, before, after, source, at=now) for before, after in steps)


def _sides(
    known: Known, others: Mapping[str, siblings.Environment]
) -> dict[str, siblings.Environment]:
    """Every environment; what nothing has touched keeps the view that it has in the others."""
    found = {}
    for one in known.environments:
        units = known.units.units.get(one.name, {})
        other = others.get(one.name)
        if other is None:
            found[one.name] = side(one.name, units)
            continue
        views = {
            role: kept if kept is not None and kept.unit == unit else view(unit)
            for role, unit in units.items()
            for kept in [other.views.get(role)]
        }
        found[one.name] = msgspec.structs.replace(
            _without_views(one.name, units, other.plane),
            views={role: made for role, made in views.items() if made is not None},
        )
    return found


def _without_views(name: str, units: Mapping[str, Unit], plane: str) -> siblings.Environment:
    born = {role: unit.born for role, unit in units.items()}
    gone = {role: unit.gone for role, unit in units.items()}
    return siblings.Environment(name, plane, {}, born, gone, units)


def chronicle(
    store: Store, ground: Ground, settings: Settings, one: Moments, wanted: Sequence[int]
) -> Chronicle:
    """The order of all looks, the drafts among them, with who acted at the wanted instants.

    It serves both sides: what is known without the change is the beginning of
    what is known with it.
    """
    from driftline.engine.knowing.fleet import load_histories

    # The classes of actors rest on the whole history, whatever is rewound.
    histories, _, _ = load_histories(store, ground.sources)
    people = people_of(store, histories, settings)
    contributions: dict[int, tuple[Contribution, ...]] = {}
    for history in one.stored.histories:
        positions = {at: position for position, at in history.instants.items()}
        asked = [positions[instant] for instant in wanted if instant in positions]
        for position, made in store.contributions(history.source.id, asked).items():
            contributions[history.instants[position]] = made
    trailers = {
        person for made in contributions.values() for act in made for person in act.trailers
    }
    helpers = frozenset(person for person in trailers if actors.assistants(person, ()))
    people = _with_authors(people, one.drafts, settings)
    return Chronicle(one.after.looks, one.after.sources, contributions, people, helpers)


def _with_authors(
    people: Mapping[Person, ClassifiedActor], drafts: Sequence[Draft], settings: Settings
) -> dict[Person, ClassifiedActor]:
    """Authors of a change whom the history does not know yet are classed by themselves."""
    unknown = {one.by: [one.subject] for one in drafts if one.by.name and one.by not in people}
    if not unknown:
        return dict(people)
    counts = dict.fromkeys(unknown, 1)
    found = actors.identify(unknown, settings.actors.rules, commits=counts, subjects=unknown)
    return {**people, **found}
