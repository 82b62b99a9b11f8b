"""The answer of `check`: what the change between two commits does to parity.

What it costs follows what the change touches: only pairs of which it moves a
side are judged, and only roles that it moves are told of, unless everything
that stands is asked for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline import __version__
from driftline.analysis import parity
from driftline.analysis.effects import touched
from driftline.analysis.forgotten import Moved, forgotten
from driftline.engine.answering.narrowing import Meant, Wanted
from driftline.engine.checking.acts import first_followers, weighed
from driftline.engine.checking.ground import Change, Ground
from driftline.engine.checking.moments import Moments, chronicle, moments
from driftline.engine.checking.pairs import PairBefore, PairChecked, checked, compared
from driftline.engine.checking.places import Places
from driftline.engine.checking.rewound import RewoundStore
from driftline.engine.knowing.known import Known
from driftline.engine.knowing.owning import Owning
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory.compare import View
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.pairing import pairs
from driftline.model.answers.check import CheckAnswer, CheckedPair, Forgotten
from driftline.model.answers.parity import GapNote
from driftline.model.chronicle import instant_of
from driftline.model.ref import time_text
from driftline.model.verdict import Kind

SCHEMA = "driftline.check/1"
PAIRS_MAX = 66
# A look at more files says nothing about what belongs together.
CROWDED_FILES = 30

Roles = Mapping[str, frozenset[str]]


class Asked(msgspec.Struct, frozen=True):
    """What is asked of a check: the conditions to fail on, the layer, and the rows wanted."""

    fail_on: tuple[str, ...] = ("opened",)
    layer: str = "effective"
    wanted: Wanted = Wanted()


def answer(
    store: Store,
    change: Change,
    ground: Ground,
    settings: Settings,
    key: SecretKey,
    asked: Asked,
    *,
    now: int,
) -> CheckAnswer:
    """What the change opens, closes, changes, leaves standing and forgets."""
    one = moments(store, change, ground, settings, key, now=now, layer=asked.layer)
    meant = Meant(asked.wanted, [env.name for env in one.after.environments])
    moved = _touched(one)
    chosen = _pairs(one, settings)
    told = _told(store, ground, settings, one, _compared(one, chosen, moved, asked))
    places = Places(change.repository, change.head_commit)
    every_row = weighed(
        [row for pair in told for row in pair.rows], one.was.sides, one.becomes.sides
    )
    rows = [row for row in every_row if meant.row(row)]
    affected = [places.row(row) for row in rows if row.effect != "standing"]
    found = CheckAnswer(
        schema=SCHEMA,
        generated_by=f"driftline {__version__}",
        asked_at=time_text(one.now),
        repository=change.repository.locator,
        base=change.base,
        head=change.head,
        base_commit=change.base_commit,
        head_commit=change.head_commit,
        merge_base=change.merge_base,
        files=tuple(sorted(one.drafts[-1].files)),
        environments=tuple(env.name for env in one.after.environments if moved.get(env.name)),
        pairs=tuple(_counted(pair, meant) for pair in told),
        opened=tuple(row for row in affected if row.effect == "opened"),
        closed=tuple(row for row in affected if row.effect == "closed"),
        changed=tuple(row for row in affected if row.effect == "changed"),
        standing=tuple(row for row in rows if row.effect == "standing"),
        forgotten=tuple(
            places.omission(omission, *_files_of(one, omission))
            for omission in _forgotten(one, moved)
            if meant.between(omission.environment, omission.missing_environment, omission.role)
        ),
        followers=first_followers(
            follower
            for pair in told
            for follower in pair.followers
            if meant.between(follower.environment, follower.to, follower.role)
        ),
        gaps=_gaps(one, moved, everything="standing" in asked.fail_on),
        fail_on=asked.fail_on,
        notes=_notes(one, change, chosen, moved),
    )
    return msgspec.structs.replace(found, failed=failed(found))


def failed(found: CheckAnswer) -> tuple[str, ...]:
    """The conditions asked for that are met.

    What is on its way as usual, agrees with a sibling, differs by design or was
    accepted opens nothing that anybody would have to answer for.
    """
    met = {
        "opened": any(row.is_unsettled for row in (*found.opened, *found.changed)),
        "standing": any(
            row.kind == Kind.STANDING for row in (*found.opened, *found.changed, *found.standing)
        ),
        "forgotten": bool(found.forgotten),
        "gaps": bool(found.gaps)
        or any(row.kind == Kind.UNKNOWN for row in (*found.opened, *found.changed)),
    }
    return tuple(one for one in found.fail_on if met.get(one))


def _touched(one: Moments) -> Roles:
    """The roles that the change moves, by environment."""
    was, becomes = one.was.sides, one.becomes.sides
    return {name: touched(was[name], becomes[name]) for name in becomes.keys() & was.keys()} | {
        name: frozenset(becomes[name].views) for name in becomes.keys() - was.keys()
    }


def _pairs(one: Moments, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The pairs that settings choose, of environments that live on both sides of the change."""
    was, becomes = one.was.sides, one.becomes.sides
    living = [
        env
        for env in one.after.environments
        if becomes[env.name].views and env.name in was and was[env.name].views
    ]
    if settings.pairs.only:
        names = {env.name for env in living}
        return tuple(pair for pair in settings.pairs.only if names.issuperset(pair))
    roles = {env.name: frozenset(becomes[env.name].views) for env in living}
    return pairs(living, roles, canonical, limit=PAIRS_MAX)


def _compared(
    one: Moments, chosen: Sequence[tuple[str, str]], moved: Roles, asked: Asked
) -> list[PairBefore]:
    """The pairs that are worth judging, each in the roles that are told of."""
    found = []
    for left, right in chosen:
        roles = moved.get(left, frozenset()) | moved.get(right, frozenset())
        if "standing" in asked.fail_on:
            roles = frozenset((*one.becomes.sides[left].views, *one.becomes.sides[right].views))
        if roles:
            found.append(compared((left, right), roles, one.was, one.becomes))
    return found


def _told(
    store: Store,
    ground: Ground,
    settings: Settings,
    one: Moments,
    founds: Sequence[PairBefore],
) -> list[PairChecked]:
    acts = {act for pair in founds for act in parity.acts([pair.before, pair.after])}
    people = chronicle(store, ground, settings, one, sorted({instant_of(act) for act in acts}))
    if not founds:
        return []
    # Nothing that is learnt of the change is kept.
    owning = Owning(RewoundStore(store, ground.source.id, ground.position), one.after)
    return [checked(pair, one.was, one.becomes, people, owning.told) for pair in founds]


def _counted(pair: PairChecked, meant: Meant) -> CheckedPair:
    """The pair with the counts of the rows that are asked for."""
    counts = Counter(row.effect for row in pair.rows if meant.row(row))
    return msgspec.structs.replace(
        pair.summary,
        opened=counts["opened"],
        closed=counts["closed"],
        changed=counts["changed"],
    )


def _forgotten(one: Moments, moved: Roles) -> tuple[Forgotten, ...]:
    was = {name: env.views for name, env in one.was.sides.items()}
    becomes = {name: env.views for name, env in one.becomes.sides.items()}
    facts = [
        fact
        for name, roles in sorted(moved.items())
        for role in sorted(roles)
        for fact in _moved(name, was.get(name, {}).get(role), becomes[name].get(role))
    ]
    return forgotten(was, becomes, facts, is_crowded=_crowded(one.before).__contains__)


def _moved(environment: str, before: View | None, after: View | None) -> Iterable[Moved]:
    """The facts that the change moves in the environment's own files."""
    if before is None or after is None:
        return
    for path in sorted(before.facts.keys() | after.facts.keys()):
        old, new = before.facts.get(path), after.facts.get(path)
        if (old.value if old else None) == (new.value if new else None):
            continue
        view, point = (after, new) if new is not None else (before, old)
        if point is not None and not view.shared[point.cause]:
            yield Moved(
                environment,
                view.unit.role,
                path,
                old.value if old else None,
                new.value if new else None,
            )


def _crowded(known: Known) -> frozenset[int]:
    """The looks that touched so many files that they belong to no one thing."""
    files: dict[int, set[str]] = {}
    for place in known.places:
        for one in place.materials:
            for instant in {step.instant for step in one.steps}:
                files.setdefault(instant, set()).add(one.file)
    return frozenset(at for at, several in files.items() if len(several) > CROWDED_FILES)


def _files_of(one: Moments, omission: Forgotten) -> tuple[str | None, str | None]:
    sides = one.becomes.sides
    return (
        _file(sides[omission.environment].views.get(omission.role), omission.path),
        _file(
            sides[omission.missing_environment].views.get(omission.missing_role),
            omission.missing_path,
        ),
    )


def _file(view: View | None, path: str) -> str | None:
    """The file that sets a fact, or the environment's own, in which it would stand."""
    if view is None or not view.unit.layers:
        return None
    point = view.facts.get(path)
    layer = len(view.unit.layers) - 1 if point is None or point.layer is None else point.layer
    return view.unit.layers[layer].file


def _gaps(one: Moments, moved: Roles, *, everything: bool) -> tuple[GapNote, ...]:
    """What could not be read of what the change touches: its files, and those of the same roles."""
    changed = one.drafts[-1].files
    environments = {name for name, roles in moved.items() if roles}
    found = []
    for history, layout in zip(one.after.histories, one.after.layouts, strict=True):
        own = history.source.id == one.drafts[-1].source
        places = {place.path: place for place in layout.placements}
        roles = {places[file].role for file in changed if own and file in places}
        looks = {look.position: look.ref for look in history.looks}
        for gap in history.gaps:
            place = places.get(gap.file)
            near = place is not None and place.layer is not None and place.role in roles
            if near and place is not None and place.environments:
                near = not environments.isdisjoint(place.environments)
            if gap.to_position is None and (everything or near or (own and gap.file in changed)):
                ref = looks.get(gap.from_position, "")
                found.append(GapNote(gap.file, ref, gap.reason, history.source.locator))
    return tuple(sorted(found, key=lambda gap: (gap.repository, gap.path)))


def _notes(
    one: Moments, change: Change, chosen: Sequence[tuple[str, str]], moved: Roles
) -> tuple[str, ...]:
    """What a reader should know about how far the answer reaches."""
    living = {name for name, env in one.becomes.sides.items() if env.views}
    lived = {name for name, env in one.was.sides.items() if env.views}
    notes = [
        f"{name} is new: what differs in it from its siblings is not counted as opened"
        for name in sorted(living - lived)
    ]
    notes += [
        f"{name} is gone: what differed in it is not counted as closed"
        for name in sorted(lived - living)
    ]
    if len(living) < 2:
        notes.append(
            "fewer than two environments were found, so there is nothing to compare; "
            "`driftline layout` tells what was taken for what"
        )
    if change.merge_base == change.head_commit:
        notes.append(
            f"{change.head} holds nothing that {change.base} lacks, so there is no change to check;"
            " if that is a surprise, name the base with --base"
        )
    looks = sum(len(history.looks) for history in one.stored.histories)
    if change.repository.is_shallow:
        notes.append(
            f"the clone is shallow, and only {looks:,} of the looks before the change are known:"
            " what usually moves together, who leads and how long changes take is learnt from these"
        )
    outside = len(one.drafts[-1].files) and not any(moved.values())
    if outside and chosen:
        notes.append("no environment says anything else after the change")
    return tuple(notes)
