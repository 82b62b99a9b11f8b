"""A store that is too simple to be wrong: a list of looks, replayed for every question."""
# ruff: noqa: D102 - the protocol says what its methods mean

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

import msgspec

from driftline.errors import IntegrityError, UsageError
from driftline.history.protocol import Epoch, Gap, Resource, Source, Step
from driftline.model.look import Contribution, Look, LookChanges, ResourceChange

Name = tuple[str, str]
Listing = dict[Name, dict[str, str]]


class Chain:
    """All that is known of one source."""

    def __init__(self) -> None:
        self.epochs: list[Epoch] = []
        self.current: list[LookChanges] = []
        self.ever: dict[int, LookChanges] = {}


class ReferenceStore:
    """The Store protocol in memory."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._chains: dict[int, Chain] = {}
        self._ids: dict[tuple[int, Name], int] = {}
        self._derived: dict[str, tuple[str, bytes]] = {}

    @property
    def is_read_only(self) -> bool:
        """It can always be written."""
        return False

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._sources)

    def register(self, kind: str, locator: str, branch: str = "") -> Source:
        for source in self._sources:
            if (source.kind, source.locator, source.branch) == (kind, locator, branch):
                return source
        source = Source(len(self._sources) + 1, kind, locator, branch)
        self._sources.append(source)
        self._chains[source.id] = Chain()
        return source

    def tip(self, source: int) -> Look | None:
        looks = self.looks(source)
        return looks[-1] if looks else None

    def first(self, source: int) -> Look | None:
        looks = self.looks(source)
        return looks[0] if looks else None

    def next_position(self, source: int) -> int:
        return max(self._chain(source).ever, default=-1) + 1

    def epochs(self, source: int) -> tuple[Epoch, ...]:
        return tuple(self._chain(source).epochs)

    def append(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        if not looks:
            return
        chain = self._written(source)
        start = looks[0].look.position
        if chain.epochs and start != self.next_position(source):
            raise IntegrityError("the looks do not continue the chain")
        _check_contiguous(looks)
        _check(_listing(chain.current), looks)
        if not chain.epochs:
            chain.epochs.append(Epoch(0, None, start, "", known_at))
        chain.current.extend(looks)
        self._learn(source, looks)

    def open_epoch(
        self, source: int, base_position: int | None, reason: str, *, known_at: int
    ) -> None:
        chain = self._written(source)
        held = [changes.look.position for changes in chain.current]
        if not chain.epochs or (base_position is not None and base_position not in held):
            raise UsageError("the chain cannot be rewound to there")
        kept = 0 if base_position is None else held.index(base_position) + 1
        del chain.current[kept:]
        number = len(chain.epochs)
        start = self.next_position(source)
        chain.epochs.append(Epoch(number, base_position, start, reason, known_at))

    def extend_past(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        del known_at
        if not looks:
            return
        chain = self._written(source)
        if not chain.current:
            raise UsageError("there is nothing to extend")
        first, last = chain.current[0].look, looks[-1].look
        below = [changes.look.position for changes in looks[:-1]]
        lowest = min(chain.ever)
        if (first.ref, first.position) != (last.ref, last.position) or below != list(
            range(lowest - len(below), lowest)
        ):
            raise IntegrityError("the past does not meet the first look")
        _check({}, looks)
        unread = _unread(chain.current[:1]) | _unread(looks)
        old, new = _listing(chain.current[:1]), _listing(looks)
        more = new.keys() - old.keys()
        if any(new.get(name) != facts for name, facts in old.items()) or any(
            file not in unread for file, _ in more
        ):
            raise IntegrityError("the past does not lead to what is stored")
        chain.current = [*looks, *_with_ends(chain.current[1:], more)]
        self._learn(source, looks)

    def _learn(self, source: int, looks: Sequence[LookChanges]) -> None:
        self._chain(source).ever.update({changes.look.position: changes for changes in looks})
        for changes in looks:
            for resource in changes.resources:
                self._ids.setdefault((source, (resource.file, resource.key)), len(self._ids) + 1)

    def looks(self, source: int) -> tuple[Look, ...]:
        return tuple(changes.look for changes in self._chain(source).current)

    def contributions(
        self, source: int, positions: Iterable[int]
    ) -> dict[int, tuple[Contribution, ...]]:
        ever = self._chain(source).ever
        return {at: ever[at].contributions for at in positions if at in ever}

    def position_at(self, source: int, at: int) -> int | None:
        held = [look.position for look in self.looks(source) if look.at <= at]
        return held[-1] if held else None

    def resources(self, source: int) -> tuple[Resource, ...]:
        presence: dict[Name, list[tuple[int, int | None]]] = {}
        kinds: dict[Name, str] = {}
        for changes in self._chain(source).current:
            position = changes.look.position
            for change in changes.resources:
                name = (change.file, change.key)
                intervals = presence.setdefault(name, [])
                is_open = bool(intervals) and intervals[-1][1] is None
                if change.vanished:
                    intervals[-1] = (intervals[-1][0], position)
                    continue
                kinds[name] = change.kind
                if not is_open:
                    intervals.append((position, None))
        found = [
            Resource(self._ids[(source, name)], source, *name, kinds[name], tuple(intervals))
            for name, intervals in presence.items()
        ]
        return tuple(sorted(found, key=lambda resource: resource.id))

    def numbers(self, source: int, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        known = ((name, self._ids.get((source, name))) for name in names)
        return {name: number for name, number in known if number is not None}

    def state(self, resources: Iterable[int], position: int | None) -> dict[int, dict[str, str]]:
        wanted = set(resources)
        answer: dict[int, dict[str, str]] = {}
        for source, chain in self._chains.items():
            held = [changes.look.position for changes in chain.current]
            asked = any(self._ids[of] in wanted for of in self._ids if of[0] == source)
            if asked and position in chain.ever and position not in held:
                raise UsageError("the look is no longer on the chain")
            kept = [
                changes
                for changes in chain.current
                if position is None or changes.look.position <= position
            ]
            for name, facts in _listing(kept).items():
                if self._ids[(source, name)] in wanted:
                    answer[self._ids[(source, name)]] = facts
        return answer

    def steps(self, resources: Iterable[int]) -> Iterator[Step]:
        wanted = set(resources)
        found = [
            step
            for source in self._chains
            for step in self._steps(source)
            if step.resource in wanted
        ]
        yield from sorted(found, key=lambda step: (step.resource, step.address, step.position))

    def _steps(self, source: int) -> list[Step]:
        return [
            Step(self._ids[(source, name)], address, position, before, after, act)
            for name, address, position, before, after, act in _replayed(
                self._chain(source).current
            )
        ]

    def gaps(self, source: int) -> tuple[Gap, ...]:
        return _gaps(source, self._chain(source).current)

    def change_counts(self, source: int) -> dict[int, dict[str, int]]:
        appeared = {
            (self._ids[(source, (change.file, change.key))], changes.look.position)
            for changes in self._chain(source).current
            for change in changes.resources
            if change.appeared
        }
        counts: dict[int, dict[str, int]] = {}
        for step in self._steps(source):
            if (step.resource, step.position) not in appeared:
                of_resource = counts.setdefault(step.resource, {})
                of_resource[step.address] = of_resource.get(step.address, 0) + 1
        return counts

    def acts(self, source: int) -> tuple[tuple[int, int, int], ...]:
        moved = Counter((step.position, step.act) for step in self._steps(source))
        return tuple(
            (changes.look.position, act, moved[(changes.look.position, act)])
            for changes in self._chain(source).current
            for act in range(len(changes.contributions))
        )

    def derived(self, name: str, stamp: str) -> bytes | None:
        made, body = self._derived.get(name, ("", b""))
        return body if name in self._derived and made == stamp else None

    def keep_derived(self, name: str, stamp: str, body: bytes) -> None:
        self._derived[name] = (stamp, body)

    def drop_derived(self) -> None:
        self._derived.clear()

    def snapshot(self) -> AbstractContextManager[None]:
        return nullcontext()

    def verify(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing to release."""

    def _chain(self, source: int) -> Chain:
        return self._chains.get(source, Chain())

    def _written(self, source: int) -> Chain:
        if source not in self._chains:
            raise UsageError(f"there is no source {source}")
        return self._chains[source]


def _check_contiguous(looks: Sequence[LookChanges]) -> None:
    positions = [changes.look.position for changes in looks]
    if positions != list(range(positions[0], positions[0] + len(positions))):
        raise IntegrityError("there are holes between the looks")


Replayed = tuple[Name, str, int, str | None, str | None, int]


def _replayed(looks: Iterable[LookChanges]) -> list[Replayed]:
    """Every step of these looks."""
    held: Listing = {}
    steps: list[Replayed] = []
    for changes in looks:
        for change in changes.resources:
            name = (change.file, change.key)
            before = held.get(name, {})
            _hold(held, change)
            after = held.get(name, {})
            told = {fact.address: fact.act for fact in change.facts}
            for address in {*before, *after}:
                old, new, own = before.get(address), after.get(address), told.get(address)
                if old != new:
                    act = change.act if own is None else own
                    steps.append((name, address, changes.look.position, old, new, act))
    return steps


def _check(held: Listing, looks: Iterable[LookChanges]) -> None:
    """Raises IntegrityError where looks do not follow from what is held."""
    for changes in looks:
        acts = len(changes.contributions)
        names = [(change.file, change.key) for change in changes.resources]
        if len(set(names)) < len(names):
            raise IntegrityError("a look changes a resource twice")
        for change, name in zip(changes.resources, names, strict=True):
            before = held.get(name)
            own = [fact.act for fact in change.facts if fact.act is not None]
            if (
                change.appeared == (before is not None)
                or (change.vanished and (change.appeared or change.facts))
                or not all(0 <= act < acts for act in (change.act, *own))
                or any(fact.before != (before or {}).get(fact.address) for fact in change.facts)
            ):
                raise IntegrityError("the looks contradict what is stored")
            _hold(held, change)


def _hold(held: Listing, change: ResourceChange) -> None:
    """Apply one change to a listing."""
    name = (change.file, change.key)
    if change.vanished:
        held.pop(name, None)
        return
    facts = {} if change.appeared else dict(held.get(name, {}))
    for fact in change.facts:
        facts.pop(fact.address, None)
        if fact.after is not None:
            facts[fact.address] = fact.after
    held[name] = facts


def _listing(looks: Iterable[LookChanges]) -> Listing:
    held: Listing = {}
    for changes in looks:
        for change in changes.resources:
            _hold(held, change)
    return held


def _unread(looks: Iterable[LookChanges]) -> set[str]:
    return {gap.file for gap in _gaps(0, looks) if gap.to_position is None}


def _with_ends(looks: Iterable[LookChanges], more: set[Name]) -> Iterator[LookChanges]:
    """The looks, where resources they never knew end as their file is read again."""
    waiting = set(more)
    for changes in looks:
        waiting -= {(change.file, change.key) for change in changes.resources}
        readable = {gap.file for gap in changes.gaps if gap.reason is None}
        ended = sorted(name for name in waiting if name[0] in readable)
        waiting -= set(ended)
        ends = tuple(ResourceChange(*name, "", False, True, (), 0) for name in ended)
        yield LookChanges(
            changes.look, changes.contributions, changes.resources + ends, changes.gaps
        )


def _gaps(source: int, looks: Iterable[LookChanges]) -> tuple[Gap, ...]:
    found: list[Gap] = []
    opened: dict[str, Gap] = {}
    for changes in looks:
        for change in changes.gaps:
            known = opened.get(change.file)
            if known is not None and known.reason == change.reason:
                continue
            if known is not None:
                found.append(msgspec.structs.replace(known, to_position=changes.look.position))
                del opened[change.file]
            if change.reason is not None:
                opened[change.file] = Gap(
                    source, change.file, changes.look.position, None, change.reason
                )
    found.extend(opened.values())
    return tuple(sorted(found, key=lambda gap: (gap.from_position, gap.file)))
