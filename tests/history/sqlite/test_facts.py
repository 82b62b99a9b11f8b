"""Steps and the state they lead to are two views of the same rows."""

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftline.history.protocol import Step, Store
from driftline.history.sqlite_store import SqliteStore, open_store
from tests.history import histories
from tests.history.histories import Facts, Name, appears, look, moves, vanishes


def folded(steps: list[Step], position: int) -> dict[int, dict[str, str]]:
    """What the steps up to a position leave behind."""
    held: dict[int, dict[str, str]] = {}
    for step in steps:
        if step.position <= position:
            facts = held.setdefault(step.resource, {})
            facts.pop(step.address, None)
            if step.after is not None:
                facts[step.address] = step.after
    return {number: facts for number, facts in held.items() if facts}


@given(listings=st.lists(histories.listings, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_steps_lead_to_the_state(listings: list[dict[Name, Facts]]) -> None:
    """The steps of all resources, applied in order, give the state after each look."""
    with tempfile.TemporaryDirectory() as folder:
        store = _store_of(Path(folder), listings)
        _check(store, len(listings))
        store.close()


def _check(store: Store, looks: int) -> None:
    known = [one.id for one in store.resources(1)]
    steps = list(store.steps(known))
    for position in range(looks):
        state = {rid: facts for rid, facts in store.state(known, position).items() if facts}

        assert state == folded(steps, position)
    for one, other in pairwise(steps):
        if (one.resource, one.address) == (other.resource, other.address):
            assert one.after == other.before


def _store_of(folder: Path, listings: list[dict[Name, Facts]]) -> Store:
    store = open_store(folder / "store.db")
    held: dict[Name, Facts] = {}
    made = []
    for position, listing in enumerate(listings):
        made.append(look(position, *histories.led(held, listing, {})))
        held = listing
    store.append(store.register("git", "/one").id, made, known_at=1)
    return store


def test_steps_of_two_lives(tmp_path: Path) -> None:
    """Facts end where their resource vanished, and begin again without a before."""
    store = SqliteStore(tmp_path / "store.db")
    source = store.register("git", "/one").id
    looks = [
        look(0, appears("a", {"/x": "1", "/y": "1"})),
        look(1, vanishes("a")),
        look(2, appears("a", {"/x": "1"})),
        look(3, moves("a", ("/y", None, "1"))),
    ]
    store.append(source, looks, known_at=1)
    series = [(step.address, step.position, step.before, step.after) for step in store.steps([1])]

    assert [
        ("/x", 0, None, "1"),
        ("/x", 1, "1", None),
        ("/x", 2, None, "1"),
        ("/y", 0, None, "1"),
        ("/y", 1, "1", None),
        ("/y", 3, None, "1"),
    ] == series
    assert [] == store.verify()


def test_a_number_is_no_long_value(tmp_path: Path) -> None:
    """A value that looks like the number of a long value is still itself."""
    store = SqliteStore(tmp_path / "store.db")
    source = store.register("git", "/one").id
    long = '"' + "l" * 200 + '"'
    store.append(source, [look(0, appears("a", {"/x": "1", "/y": long, "/z": "1.0"}))], known_at=1)

    assert {1: {"/x": "1", "/y": long, "/z": "1.0"}} == store.state([1], None)
