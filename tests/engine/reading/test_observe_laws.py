"""Laws that hold for any history: reading in pieces, reading at once, and the files themselves."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from driftline.history.protocol import Store
from driftline.model.document import Reading
from tests.engine.observing import LineReader, authors, observed, opened, state, told
from tests.sources.git.building import Building, Content, Link, git

PATHS = ("a.yaml", "b.yaml", "b.yaml/c.yaml", "d.yaml")
WORDS = ("x: 1\n", "x: 2\n", "x: 1\ny: 1\n", "x: 1\n---\nkind: k\ny: 2\n", "broken\n")

files = st.dictionaries(
    st.sampled_from(PATHS),
    st.one_of(st.sampled_from(WORDS), st.none(), st.just(Link("a.yaml"))),
    min_size=1,
    max_size=2,
)
people = st.sampled_from(("Ada", "Bob", "Cleo"))
# A step of the main branch: plain, or a merge of a side of a few commits that
# left the branch some commits ago.
steps = st.tuples(
    people,
    files,
    st.lists(st.tuples(people, files), max_size=2),
    st.integers(min_value=0, max_value=3),
    st.integers(min_value=-3, max_value=3),
)
histories = st.lists(steps, min_size=2, max_size=7)
RELAXED = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    # Making repositories is slow, so that shrinking one would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def _built(folder: Path, history: list[tuple[str, dict[str, Content], list, int, int]]) -> Building:  # type: ignore[type-arg]  # drawn above
    repository = Building(folder)
    chain = [repository.commit({"a.yaml": "x: 0\n"})]
    at = 1_700_000_000
    for author, changed, side, back, later in history:
        at += later * 1000
        if not side:
            chain.append(repository.commit(changed, author=author, at=at))
            continue
        tip = chain[max(0, len(chain) - 1 - back)]
        for inner_author, inner_changed in side:
            tip = repository.commit(
                inner_changed, author=inner_author, branch="side", parents=(tip,), at=at
            )
        # The merge brings what the side says, and the merger's own words too.
        brought = {path: content for _, inner in side for path, content in inner.items()}
        chain.append(repository.merge(tip, files={**changed, **brought}, author=author, at=at))
    return repository


def _in_folder(check: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder))


@RELAXED
@given(history=histories, cuts=st.sets(st.integers(min_value=0, max_value=7), max_size=3))
def test_pieces_equal_the_whole(history: list[object], cuts: set[int]) -> None:
    """A history that is read in pieces tells the same as one that is read at once."""

    def check(folder: Path) -> None:
        repository = _built(folder / "r", history)  # type: ignore[arg-type]
        chain = git(repository.folder, "rev-list", "--first-parent", "--reverse", "main").split()
        whole, pieces = opened(folder, "whole.db"), opened(folder, "pieces.db")
        observed(whole, repository.folder)
        for cut in sorted(cut for cut in cuts if cut < len(chain)):
            repository.reset(chain[cut])
            observed(pieces, repository.folder)
        repository.reset(chain[-1])
        observed(pieces, repository.folder)

        assert told(whole, 1) == told(pieces, 1)
        assert [] == _faults(whole) + _faults(pieces)

    _in_folder(check)


@RELAXED
@given(history=histories)
def test_the_last_state_is_what_the_files_say(history: list[object]) -> None:
    """After every history, what the store says of readable files is what stands in them."""

    def check(folder: Path) -> None:
        repository = _built(folder / "r", history)  # type: ignore[arg-type]
        store = opened(folder)
        observed(store, repository.folder)
        expected: dict[str, object] = {}
        unread = set()
        for line in git(repository.folder, "ls-tree", "-r", "main").splitlines():
            about, path = line.split("\t")
            mode, _, name = about.split()
            reading = Reading((), "a link")
            if mode != "120000":
                content = git(repository.folder, "cat-file", "blob", name) + "\n"
                reading = LineReader().read(path, content.encode())
            if reading.gap:
                unread.add(path)
            for document in reading.documents:
                facts = {key[1:]: value.strip('"') for key, value in document.leaves().items()}
                expected[" ".join(filter(None, (path, document.key)))] = facts
        actual = {
            name: facts
            for name, facts in state(store, 1).items()
            if name.split(" ")[0] not in unread
        }

        assert expected == actual
        assert unread == {gap.file for gap in store.gaps(1) if gap.to_position is None}

    _in_folder(check)


@RELAXED
@given(history=histories, back=st.integers(min_value=0, max_value=4))
def test_a_rewritten_chain_equals_a_fresh_one(history: list[object], back: int) -> None:
    """After a rewrite the chain tells the same as if the old commits had never been seen."""

    def check(folder: Path) -> None:
        repository = _built(folder / "r", history)  # type: ignore[arg-type]
        chain = git(repository.folder, "rev-list", "--first-parent", "main").split()
        store, fresh = opened(folder, "one.db"), opened(folder, "fresh.db")
        observed(store, repository.folder)
        repository.reset(chain[min(back, len(chain) - 1)])
        repository.commit({"a.yaml": "x: 9\n", "new.yaml": "n: 1\n"}, author="Zoe")
        observed(store, repository.folder)
        observed(fresh, repository.folder)

        assert state(fresh, 1) == state(store, 1)
        assert sorted(authors(fresh, 1), key=str) == sorted(authors(store, 1), key=str)
        assert [look.ref for look in fresh.looks(1)] == [look.ref for look in store.looks(1)]

    _in_folder(check)


@RELAXED
@given(history=histories, depth=st.integers(min_value=1, max_value=5))
def test_a_deepened_clone_equals_a_full_one(history: list[object], depth: int) -> None:
    """A shallow clone that was deepened tells what a full clone tells."""

    def check(folder: Path) -> None:
        repository = _built(folder / "r", history)  # type: ignore[arg-type]
        store, full = opened(folder, "one.db"), opened(folder, "full.db")
        where = f"file://{repository.folder}"
        git(folder, "clone", "--quiet", f"--depth={depth}", where, "clone")
        observed(store, folder / "clone")
        if (folder / "clone/.git/shallow").exists():
            git(folder / "clone", "fetch", "--quiet", "--unshallow")
        observed(store, folder / "clone")
        observed(full, repository.folder)

        assert state(full, 1) == state(store, 1)
        assert sorted(authors(full, 1), key=str) == sorted(authors(store, 1), key=str)
        assert [look.ref for look in full.looks(1)] == [look.ref for look in store.looks(1)]

    _in_folder(check)


def _faults(store: Store) -> list[str]:
    """What the store itself finds wrong with its content."""
    verify: Callable[[], list[str]] = getattr(store, "verify", list)
    return verify()
