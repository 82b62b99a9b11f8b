"""Counts are what counting the steps would give, however a resource lived."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftline.history.sqlite_store import SqliteStore
from tests.history import histories
from tests.history.histories import Facts, Name, look


@given(listings=st.lists(histories.listings, min_size=1, max_size=6), base=st.integers(0, 5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counts_are_counts_of_steps(
    tmp_path: Path, listings: list[dict[Name, Facts]], base: int
) -> None:
    """Acts count all steps; change counts leave out those of an appearance."""
    store = SqliteStore(tmp_path / "store.db")
    source = store.register("git", f"/{len(store.sources())}").id
    held: dict[Name, Facts] = {}
    for position, listing in enumerate(listings):
        changes = histories.led(held, listing, {})
        store.append(source, [look(position, *changes, acts=2)], known_at=1)
        held = listing
    store.open_epoch(source, min(base, len(listings) - 1), "rewound", known_at=1)
    resources = store.resources(source)
    steps = list(store.steps(one.id for one in resources))
    appeared = {(one.id, start) for one in resources for start, _ in one.presence}
    counts = Counter(
        (step.resource, step.address)
        for step in steps
        if (step.resource, step.position) not in appeared
    )
    moved = Counter((step.position, step.act) for step in steps)

    assert counts == {
        (rid, address): number
        for rid, facts in store.change_counts(source).items()
        for address, number in facts.items()
    }
    assert {(one.position, act) for one in store.looks(source) for act in (0, 1)} == {
        (position, act) for position, act, _ in store.acts(source)
    }
    assert moved == Counter({(at, act): number for at, act, number in store.acts(source) if number})
    store.close()
