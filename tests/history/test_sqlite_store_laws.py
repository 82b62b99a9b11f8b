"""The store on SQLite answers every question as the reference does, whatever happens to both."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from driftline.errors import DriftlineError, UsageError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.model.look import GapChange, LookChanges
from tests.history import histories
from tests.history.histories import Facts, Name
from tests.history.reference_store import ReferenceStore

Answers = dict[str, object]


def answers(store: Store, source: int) -> Answers:
    """Every answer about a source, with resources by name: numbers are the store's own."""
    resources = store.resources(source)
    names = {resource.id: (resource.file, resource.key) for resource in resources}
    looks = store.looks(source)
    asked = [None, *(look.position for look in looks)]
    return {
        "tip": store.tip(source),
        "first": store.first(source),
        "next": store.next_position(source),
        "epochs": store.epochs(source),
        "looks": looks,
        "contributions": store.contributions(source, range(-30, 60)),
        "at": [store.position_at(source, at) for at in range(960, 1060, 7)],
        "resources": sorted((one.file, one.key, one.kind, one.presence) for one in resources),
        "gaps": store.gaps(source),
        "acts": store.acts(source),
        "counts": {names[rid]: facts for rid, facts in store.change_counts(source).items()},
        "steps": sorted(
            (names[step.resource], step.address, step.position, step.before, step.after, step.act)
            for step in store.steps(names)
        ),
        "states": [
            {names[rid]: facts for rid, facts in store.state(names, position).items()}
            for position in asked
        ],
    }


def outcome(act: Callable[[], object]) -> str:
    """Whether an act succeeded, and if not, by whose fault."""
    try:
        act()
    except DriftlineError as error:
        return type(error).__name__
    return "done"


class TwoStores(RuleBasedStateMachine):
    """Drives both stores with the same acts and compares all that they answer."""

    @initialize()
    def begin(self) -> None:
        """Two stores that know the same two sources."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "store.db"
        self.reference = ReferenceStore()
        self.store = open_store(self.path)
        for store in (self.reference, self.store):
            store.register("git", "/one")
            store.register("git", "/two", "staging")

    def both(self, source: int, act: Callable[[Store], object]) -> None:
        """Do the same to both; both do it or both refuse, and then they agree."""
        assert outcome(lambda: act(self.reference)) == outcome(lambda: act(self.store))
        assert answers(self.reference, source) == answers(self.store, source)
        assert [] == self.store.verify()

    def drawn_looks(
        self, data: st.DataObject, held: dict[Name, Facts], start: int, number: int
    ) -> list[LookChanges]:
        """Looks that lead from what is held to a listing, drawn anew for each."""
        made = []
        for position in range(start, start + number):
            wanted: dict[Name, Facts] = dict(data.draw(histories.listings))
            changes = histories.led(held, wanted, data.draw(histories.kinds))
            gaps = data.draw(histories.gap_changes)
            acts = data.draw(st.integers(1, 3))
            made.append(histories.look(position, *changes, gaps=gaps, acts=acts))
            held = wanted
        return made

    def held(self, source: int) -> dict[Name, Facts]:
        """What the reference holds at the tip of a source."""
        names = {one.id: (one.file, one.key) for one in self.reference.resources(source)}
        return {names[rid]: facts for rid, facts in self.reference.state(names, None).items()}

    @rule(data=st.data(), source=st.integers(1, 2), number=st.integers(1, 3))
    def append(self, data: st.DataObject, source: int, number: int) -> None:
        """Looks that continue the chain."""
        start = self.reference.next_position(source)
        looks = self.drawn_looks(data, self.held(source), start, number)
        self.both(source, lambda store: store.append(source, looks, known_at=7))

    @rule(data=st.data(), source=st.integers(1, 3), offset=st.integers(-1, 1))
    def append_anything(self, data: st.DataObject, source: int, offset: int) -> None:
        """Looks that may well contradict what is stored."""
        start = self.reference.next_position(source) + offset
        looks = self.drawn_looks(data, dict(data.draw(histories.listings)), start, 2)
        self.both(source, lambda store: store.append(source, looks, known_at=7))

    @rule(data=st.data(), source=st.integers(1, 2))
    def open_epoch(self, data: st.DataObject, source: int) -> None:
        """A rewind to a look of the chain, to nothing, or to what is not there."""
        held = [look.position for look in self.reference.looks(source)]
        base = data.draw(st.sampled_from([None, -99, *held]))
        self.both(source, lambda store: store.open_epoch(source, base, "forced", known_at=8))

    @rule(data=st.data(), source=st.integers(1, 2), number=st.integers(0, 3), lost=st.booleans())
    def extend_past(self, data: st.DataObject, source: int, number: int, lost: bool) -> None:  # noqa: FBT001 - drawn
        """A past that leads to the first look, or, where `lost`, often does not."""
        ever = self.reference.contributions(source, range(-200, 200))
        first = self.reference.first(source)
        if first is None or not ever:
            return
        names = {one.id: (one.file, one.key) for one in self.reference.resources(source)}
        state = self.reference.state(names, first.position)
        listed = {names[rid]: facts for rid, facts in state.items()}
        unread = {gap.file: gap for gap in self.reference.gaps(source)}
        looks = self.drawn_looks(data, {}, min(ever) - number, number)
        before: dict[Name, Facts] = {}
        for changes in looks:
            before = _after(before, changes)
        kept = {
            name: facts
            for name, facts in before.items()
            if lost or (name[0] in unread and unread[name[0]].from_position == first.position)
        }
        meeting = histories.led(before, {**kept, **listed}, {})
        gaps = tuple(
            GapChange(gap.file, gap.reason)
            for gap in unread.values()
            if gap.from_position == first.position
        )
        last = histories.look(first.position, *meeting, gaps=gaps, name=first.ref)
        self.both(source, lambda store: store.extend_past(source, [*looks, last], known_at=9))

    @rule(source=st.integers(1, 2))
    def ask_an_abandoned_look(self, source: int) -> None:
        """The state after a look that is no longer on the chain is refused by both."""
        on_chain = {look.position for look in self.reference.looks(source)}
        ever = self.reference.contributions(source, range(-200, 200))
        known = [one.id for one in self.store.resources(source)]
        for position in ever.keys() - on_chain:
            if known:
                with pytest.raises(UsageError, match="no longer on the chain"):
                    self.store.state(known, position)

    @rule()
    def reopen(self) -> None:
        """A store is the same after it was closed and opened again."""
        self.store.close()
        self.store = open_store(self.path)

    @rule(name=st.sampled_from("ab"), stamp=st.sampled_from("12"), body=st.binary(max_size=9))
    def keep_derived(self, name: str, stamp: str, body: bytes) -> None:
        """A derived answer replaces the one before."""
        for store in (self.reference, self.store):
            store.keep_derived(name, stamp, body)
        asked = [(one, mark) for one in "ab" for mark in "12"]

        assert [self.reference.derived(*of) for of in asked] == [
            self.store.derived(*of) for of in asked
        ]

    def teardown(self) -> None:
        """Remove the file."""
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


def _after(held: dict[Name, Facts], changes: LookChanges) -> dict[Name, Facts]:
    """What is held after a look, kept as simply as can be."""
    after: dict[Name, Facts] = dict(held)
    for change in changes.resources:
        name = (change.file, change.key)
        known = dict(after.pop(name, {}))
        if not change.vanished:
            known.update({fact.address: fact.after or "" for fact in change.facts})
            gone = {fact.address for fact in change.facts if fact.after is None}
            after[name] = {at: value for at, value in known.items() if at not in gone}
    return after


def _drive(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        TwoStores,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_both_stores_agree() -> None:
    """After any acts, and after refusing any, the store answers as the reference does."""
    _drive(examples=15, steps=12)


@pytest.mark.slow
def test_both_stores_agree_at_length() -> None:
    """The same for many more and longer sequences."""
    _drive(examples=150, steps=30)
