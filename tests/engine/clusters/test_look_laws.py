"""Whatever happens to a cluster and to our looks at it, what is stored is never wrong."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.sources.kubernetes.kinds import ListedKind
from tests.engine.looking import look_through, there
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    DEPLOYMENTS,
    FLAGS,
    NAMESPACES,
    ServedCluster,
    reached,
)

KINDS = (CONFIG_MAPS, DEPLOYMENTS, FLAGS)
SPACES = ("a", "b")
NAMES = ("x", "y")

writes = st.tuples(
    st.sampled_from(KINDS), st.sampled_from(SPACES), st.sampled_from(NAMES), st.integers(0, 3)
)
failures = st.one_of(
    st.none(),
    st.tuples(st.just("denied"), st.sampled_from(KINDS)),
    st.tuples(st.just("cut"), st.sampled_from(KINDS)),
    st.tuples(st.just("missing"), st.sampled_from(KINDS)),
    st.tuples(st.just("vague"), st.sampled_from(KINDS)),
)
histories = st.lists(st.tuples(st.lists(writes, max_size=6), failures), min_size=1, max_size=5)


def write(cluster: ServedCluster, kind: ListedKind, space: str, name: str, what: int) -> None:
    """Write an object, or take it away: 0 deletes, anything else is its value."""
    if what:
        cluster.put(kind, name, space, spec={"value": what})
    elif (space, name) in cluster.objects[kind.name]:
        cluster.delete(kind, name, space)


def spoil(cluster: ServedCluster, failure: tuple[str, ListedKind] | None) -> None:
    """Let one kind fail as drawn, and nothing else."""
    cluster.denied, cluster.missing, cluster.is_vague = set(), set(), False
    cluster.cut.clear()
    if failure is None:
        return
    how, kind = failure
    if how == "denied":
        cluster.denied = {(kind.name, space) for space in ("", *SPACES)}
    elif how == "cut":
        cluster.cut[kind.path()] = 99
    elif how == "missing":
        cluster.missing = {kind.name}
    else:
        cluster.is_vague = True


def held(cluster: ServedCluster) -> dict[str, str]:
    """What the cluster holds: file and key → value."""
    return {
        f"{kind.file(space)} {kind.kind}/{space}/{name}": str(made["spec"]["value"])
        for kind in KINDS
        for (space, name), made in cluster.objects[kind.name].items()
    }


def stored(store: Store, source: int) -> dict[str, str]:
    """What the store holds of it."""
    return {
        name: facts["/spec/value"]
        for name, facts in there(store, source).items()
        if not name.startswith("-/")
    }


History = list[tuple[list[tuple[ListedKind, str, str, int]], tuple[str, ListedKind] | None]]


@given(histories)
@settings(max_examples=15, deadline=None)
def test_never_wrong(history: History) -> None:
    """What is stored is what the cluster holds, but behind a gap, where it is what was known."""
    check(history)


@pytest.mark.slow
@given(histories)
@settings(max_examples=300, deadline=None)
def test_never_wrong_at_length(history: History) -> None:
    """The same, for many histories."""
    check(history)


def check(history: History) -> None:
    """Look after each stretch of writes, in peace at the end, and compare each time."""
    cluster = ServedCluster((NAMESPACES, *KINDS))
    for space in SPACES:
        cluster.put(NAMESPACES, space)
    with tempfile.TemporaryDirectory() as folder, reached(cluster, Path(folder)) as reachable:
        store = open_store(Path(folder) / "store")
        known: dict[str, str] = {}
        for written, failure in [*history, ([], None)]:
            for one in written:
                write(cluster, *one)
            spoil(cluster, failure)
            seen = look_through(store, cluster, reachable)
            now, actual = stored(store, seen.source), held(cluster)
            behind = {file for file, _ in seen.gaps}
            for name in now.keys() | actual.keys() | known.keys():
                file = name.split(" ", 1)[0]
                is_behind = file in behind or f"*/{file.partition('/')[2]}" in behind
                # What nobody knew is not missed in a list of nothing in particular.
                expected = known if is_behind or cluster.is_vague else actual

                assert expected.get(name) == now.get(name), (name, failure)
            known = now

        assert held(cluster) == known
        assert [] == store.verify()
        store.close()
