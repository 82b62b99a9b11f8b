"""What every backend of the history must do; a backend's test inherits it and makes stores."""

from collections.abc import Callable

import msgspec
import pytest

from driftline.errors import IntegrityError, UsageError
from driftline.history.protocol import Epoch, Gap, Resource, Step, Store
from driftline.model.look import Contribution, FactChange, GapChange, LookChanges
from tests.history.histories import (
    ANN,
    BOB,
    VALUES,
    appears,
    difference,
    look,
    moves,
    ref,
    vanishes,
)

MakeStore = Callable[[], Store]

FOUR = (
    look(0, appears("a", {"/x": "1", "/y": '"two"'})),
    look(1, moves("a", ("/x", "1", "2")), appears("b", {"/x": "1"}, key="K/n", kind="object")),
    look(2, vanishes("b", "K/n")),
    look(3, moves("a", ("/x", "2", None), ("/z", None, "[]"))),
)


def started(store: Store, looks: tuple[LookChanges, ...] = FOUR) -> int:
    """A source with these looks."""
    source = store.register("git", "/repository").id
    store.append(source, looks, known_at=99)
    return source


def by_file(store: Store, source: int) -> dict[str, Resource]:
    """The resources of a source by file."""
    return {resource.file: resource for resource in store.resources(source)}


class StoreConformance:
    """The promises of the protocol, one test each."""

    def test_sources_are_registered_once(self, make_store: MakeStore) -> None:
        """A source is known by kind, locator and branch together."""
        store = make_store()
        first = store.register("git", "/a")
        again = store.register("git", "/a")
        branch = store.register("git", "/a", "staging")

        assert first == again
        assert (first, branch) == store.sources()

    def test_a_new_source_is_empty(self, make_store: MakeStore) -> None:
        """Before the first look there is nothing, not even an epoch."""
        store = make_store()
        source = store.register("git", "/a").id

        assert (None, None, (), (), (), ()) == (
            store.tip(source),
            store.first(source),
            store.looks(source),
            store.resources(source),
            store.epochs(source),
            store.gaps(source),
        )
        assert 0 == store.next_position(source)

    def test_looks_come_back_as_they_were(self, make_store: MakeStore) -> None:
        """Looks keep order and every field, whatever their texts hold."""
        odd = msgspec.structs.replace(
            look(1).look, ref="rev\u00fc", approver=BOB, subject="\udcff\0\u001b[2J"
        )
        looks = (look(0), LookChanges(odd, (), ()), look(2))
        store = make_store()
        source = started(store, looks)

        assert tuple(one.look for one in looks) == store.looks(source)
        assert looks[0].look == store.first(source)
        assert looks[2].look == store.tip(source)

    def test_contributions_come_back_as_they_were(self, make_store: MakeStore) -> None:
        """Acts keep order, authors and trailers; a position that never was is left out."""
        own = Contribution(ref(0), ANN, "look 0")
        others = (Contribution("x", BOB, "other", (ANN, BOB)), Contribution(ref(0), BOB, ""))
        made = msgspec.structs.replace(look(0), contributions=(own, *others))
        store = make_store()
        source = started(store, (made, look(1, acts=0)))

        assert {0: (own, *others), 1: ()} == store.contributions(source, [1, 0, 7])

    def test_position_at(self, make_store: MakeStore) -> None:
        """The last look at or before an instant, also where looks share one."""
        store = make_store()
        source = started(store, (look(0, at=10), look(1, at=20), look(2, at=20)))

        assert [None, 0, 0, 2, 2] == [store.position_at(source, at) for at in (9, 10, 19, 20, 99)]

    def test_state(self, make_store: MakeStore) -> None:
        """The facts after a look; who was not there is left out."""
        store = make_store()
        source = started(store)
        a, b = (by_file(store, source)[file].id for file in "ab")

        assert {a: {"/x": "1", "/y": '"two"'}} == store.state([a, b], 0)
        assert {a: {"/x": "2", "/y": '"two"'}, b: {"/x": "1"}} == store.state([b, a], 1)
        assert {a: {"/y": '"two"', "/z": "[]"}} == store.state([a, b], None)
        assert {} == store.state([b], 2)
        assert {} == store.state([], None)

    def test_steps(self, make_store: MakeStore) -> None:
        """Steps by resource, address and position; a vanished resource ends its facts."""
        store = make_store()
        source = started(store)
        a, b = (by_file(store, source)[file].id for file in "ab")

        assert [
            Step(a, "/x", 0, None, "1", 0),
            Step(a, "/x", 1, "1", "2", 0),
            Step(a, "/x", 3, "2", None, 0),
            Step(a, "/y", 0, None, '"two"', 0),
            Step(a, "/z", 3, None, "[]", 0),
            Step(b, "/x", 1, None, "1", 0),
            Step(b, "/x", 2, "1", None, 0),
        ] == list(store.steps([b, a]))

    def test_numbers(self, make_store: MakeStore) -> None:
        """A document's number is found by its name; one that never was has none."""
        store = make_store()
        source = started(store)
        known = {(one.file, one.key): one.id for one in store.resources(source)}

        assert known == store.numbers(source, [*known, ("never", "there")])
        assert {} == store.numbers(source + 1, known)
        assert len(known) > 1

    def test_presence(self, make_store: MakeStore) -> None:
        """A resource that appears again keeps its number; its kind is the last one."""
        store = make_store()
        source = started(store)
        again = look(4, appears("b", {"/q": "9"}, key="K/n", kind="chart"))
        number = by_file(store, source)["b"].id
        store.append(source, [again], known_at=99)

        assert (
            Resource(number, source, "b", "K/n", "chart", ((1, 2), (4, None)))
            == (by_file(store, source)["b"])
        )
        assert {number: {"/q": "9"}} == store.state([number], None)

    def test_a_resource_may_change_its_kind(self, make_store: MakeStore) -> None:
        """A change of kind alone neither ends a resource nor moves a fact."""
        store = make_store()
        source = started(store)
        store.append(source, [look(4, moves("a", kind="compose"))], known_at=99)
        resource = by_file(store, source)["a"]

        assert ("compose", ((0, None),)) == (resource.kind, resource.presence)

    def test_acts_of_single_facts(self, make_store: MakeStore) -> None:
        """A fact may be of another act than its resource."""
        change = moves("a", ("/x", "1", "2"), act=1)
        facts = (*change.facts, FactChange("/y", '"two"', "3", act=0))
        changed = msgspec.structs.replace(change, facts=facts)
        store = make_store()
        source = started(store, (FOUR[0], look(1, changed, acts=3)))

        assert ((0, 0, 2), (1, 0, 1), (1, 1, 1), (1, 2, 0)) == store.acts(source)

    def test_change_counts(self, make_store: MakeStore) -> None:
        """Steps are counted by address; those of an appearance are not."""
        store = make_store()
        source = started(store)
        a, b = (by_file(store, source)[file].id for file in "ab")

        assert {a: {"/x": 2, "/z": 1}, b: {"/x": 1}} == store.change_counts(source)

    def test_gaps(self, make_store: MakeStore) -> None:
        """A gap ends when its file can be read; another reason is another gap."""
        store = make_store()
        looks = (
            look(0, gaps=[GapChange("f", "template"), GapChange("g", "binary")]),
            look(1, gaps=[GapChange("f", "template"), GapChange("g", None)]),
            look(2, gaps=[GapChange("f", "not YAML")]),
        )
        source = started(store, looks)

        assert (
            Gap(source, "f", 0, 2, "template"),
            Gap(source, "g", 0, 1, "binary"),
            Gap(source, "f", 2, None, "not YAML"),
        ) == store.gaps(source)

    @pytest.mark.parametrize("value", VALUES)
    def test_values_come_back_as_they_were(self, make_store: MakeStore, value: str) -> None:
        """A value keeps its spelling, short or long, valid Unicode or not."""
        store = make_store()
        source = started(store, (look(0, appears("a", {"/x": value, "/y": value})),))
        number = by_file(store, source)["a"].id

        assert {number: {"/x": value, "/y": value}} == store.state([number], None)

    def test_many_looks_at_once(self, make_store: MakeStore) -> None:
        """Looks in one piece and one by one give the same."""
        whole, parts = make_store(), make_store()
        source = started(whole)
        for one in FOUR:
            started(parts, (one,))

        assert list(whole.steps(range(9))) == list(parts.steps(range(9)))
        assert whole.looks(source) == parts.looks(source)

    @pytest.mark.parametrize(
        ("why", "looks"),
        [
            ("a hole before", (look(5),)),
            ("a position taken", (look(3),)),
            ("a hole inside", (look(4), look(6))),
            ("a fact was another", (look(4, moves("a", ("/y", "2", "3"))),)),
            ("a fact was not there", (look(4, moves("a", ("/q", "2", "3"))),)),
            ("a fact was there", (look(4, moves("a", ("/y", None, "3"))),)),
            ("it is there", (look(4, appears("a", {})),)),
            ("it is not there", (look(4, moves("b", key="K/n")),)),
            ("it never was", (look(4, vanishes("c")),)),
            ("twice in a look", (look(4, vanishes("a"), appears("a", {})),)),
            ("an act there is not", (look(4, moves("a", act=1)),)),
            ("right first, wrong then", (look(4, appears("n", {})), look(5, appears("n", {})))),
        ],
    )
    def test_contradictions_are_refused(
        self, make_store: MakeStore, why: str, looks: tuple[LookChanges, ...]
    ) -> None:
        """Looks that contradict what is stored leave nothing behind."""
        store = make_store()
        source = started(store)
        with pytest.raises(IntegrityError):
            store.append(source, looks, known_at=99)

        assert tuple(one.look for one in FOUR) == store.looks(source), why
        assert {"a", "b"} == by_file(store, source).keys()
        store.append(source, [look(4)], known_at=99)
        assert look(4).look == store.tip(source)

    def test_a_rewind_hides_and_keeps(self, make_store: MakeStore) -> None:
        """After a rewind the abandoned looks count for nothing, and positions go on above."""
        store = make_store()
        source = started(store)
        store.open_epoch(source, 1, "forced push", known_at=100)

        assert FOUR[1].look == store.tip(source)
        assert 4 == store.next_position(source)
        assert ((1, None),) == by_file(store, source)["b"].presence
        assert ((0, 0, 2), (1, 0, 2)) == store.acts(source)
        assert {3: FOUR[3].contributions} == store.contributions(source, [3])
        with pytest.raises(UsageError):
            store.state([1, 2], 3)

    def test_a_rewound_chain_goes_on(self, make_store: MakeStore) -> None:
        """Looks after a rewind continue from its base."""
        store = make_store()
        source = started(store)
        store.open_epoch(source, 1, "forced push", known_at=100)
        store.append(source, [look(4, moves("a", ("/x", "2", "7")))], known_at=101)
        a, b = (by_file(store, source)[file].id for file in "ab")

        assert [0, 1, 4] == [one.position for one in store.looks(source)]
        assert {a: {"/x": "7", "/y": '"two"'}, b: {"/x": "1"}} == store.state([a, b], None)
        assert (
            Epoch(0, None, 0, "", 99),
            Epoch(1, 1, 4, "forced push", 100),
        ) == store.epochs(source)

    def test_a_rewind_to_nothing(self, make_store: MakeStore) -> None:
        """A source that was rewritten entirely begins anew, and keeps its resources' numbers."""
        store = make_store()
        source = started(store)
        number = by_file(store, source)["a"].id
        store.open_epoch(source, None, "another history", known_at=100)

        assert (None, (), ()) == (store.tip(source), store.looks(source), store.resources(source))
        store.append(source, [look(4, appears("a", {"/x": "5"}))], known_at=101)
        assert {number: {"/x": "5"}} == store.state([number], None)

    @pytest.mark.parametrize("base", [4, -1])
    def test_a_rewind_needs_its_base(self, make_store: MakeStore, base: int) -> None:
        """A chain is rewound to one of its looks or to nothing."""
        store = make_store()
        source = started(store)
        with pytest.raises(UsageError):
            store.open_epoch(source, base, "?", known_at=100)

        assert 1 == len(store.epochs(source))

    def test_a_deepened_past(self, make_store: MakeStore) -> None:
        """The first look's own changes replace its listing; nothing after it moves."""
        store = make_store()
        source = started(store)
        past = look(-1, appears("a", {"/x": "0", "/w": "1"}))
        facts = difference({"/x": "0", "/w": "1"}, {"/x": "1", "/y": '"two"'})
        first = look(0, msgspec.structs.replace(moves("a"), facts=facts))
        store.extend_past(source, [past, first], known_at=101)
        a = by_file(store, source)["a"]

        assert [-1, 0, 1, 2, 3] == [one.position for one in store.looks(source)]
        assert ((-1, None),) == a.presence
        assert {a.id: {"/x": "0", "/w": "1"}} == store.state([a.id], -1)
        assert [None, "0", "1", "2"] == [
            step.before for step in store.steps([a.id]) if step.address == "/x"
        ]
        assert 4 == store.next_position(source)

    @pytest.mark.parametrize(
        ("why", "looks"),
        [
            ("another ref", (look(-1), look(0, FOUR[0].resources[0], name="other"))),
            ("a hole", (look(-2), look(0, FOUR[0].resources[0]))),
            ("not the first", (look(-1), look(1, FOUR[0].resources[0]))),
            ("other facts", (look(-1), look(0, appears("a", {"/x": "1"})))),
            ("too much", (look(-1, appears("q", {})), look(0, FOUR[0].resources[0]))),
        ],
    )
    def test_a_past_that_does_not_fit_is_refused(
        self, make_store: MakeStore, why: str, looks: tuple[LookChanges, ...]
    ) -> None:
        """A past must end with the first look and lead to its facts; else nothing changes."""
        store = make_store()
        source = started(store)
        with pytest.raises(IntegrityError):
            store.extend_past(source, looks, known_at=101)

        assert tuple(one.look for one in FOUR) == store.looks(source), why
        assert store.state([1], 0) == {1: {"/x": "1", "/y": '"two"'}}

    def test_what_was_unreadable_is_known_from_the_past(self, make_store: MakeStore) -> None:
        """A file in a gap at the first look keeps its earlier facts until it is read again."""
        store = make_store()
        looks = (look(0, gaps=[GapChange("f", "template")]), look(1, gaps=[GapChange("f", None)]))
        source = started(store, looks)
        past = (look(-1, appears("f", {"/x": "1"})), looks[0])
        store.extend_past(source, past, known_at=101)
        number = by_file(store, source)["f"].id

        assert {number: {"/x": "1"}} == store.state([number], 0)
        assert {} == store.state([number], 1)

    def test_derived_answers(self, make_store: MakeStore) -> None:
        """A derived answer is good for its very stamp, and can be dropped."""
        store = make_store()
        store.keep_derived("layout", "rules 1", b"old")
        store.keep_derived("layout", "rules 2", b"\0new")

        assert (None, b"\0new") == tuple(
            store.derived("layout", stamp) for stamp in ("rules 1", "rules 2")
        )
        store.drop_derived()
        assert store.derived("layout", "rules 2") is None

    def test_nothing_to_append(self, make_store: MakeStore) -> None:
        """No looks change nothing; a source that was never registered is refused."""
        store = make_store()
        source = started(store)
        store.append(source, [], known_at=1)
        with pytest.raises(UsageError):
            store.append(source + 1, [look(0)], known_at=1)

        assert 4 == len(store.looks(source))
        assert [] == store.verify()
