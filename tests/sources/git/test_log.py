"""The text of a log becomes commits, however it is cut into chunks."""

from hypothesis import given
from hypothesis import strategies as st

from driftline.model.look import Person
from driftline.sources.git.log import Commit, Edit, commits, file_name

ZERO, ONE, TWO = b"0" * 40, b"1" * 40, b"2" * 40


def _commit(
    ref: bytes, parents: bytes, *edits: bytes, body: bytes = b"", at: bytes = b"7"
) -> bytes:
    fields = (ref, parents, at, b"Ada", b"a@x", b"GitHub", b"noreply@github.com", b"subject", body)
    head = b"\0".join(fields) + b"\0"
    return head + (b"\n" + b"".join(edits) if edits else b"")


def _edit(path: bytes, before: bytes = ONE, after: bytes = TWO, mode: bytes = b"100644") -> bytes:
    old = b"000000" if before == ZERO else b"100644"
    new = b"000000" if after == ZERO else mode
    return b":%b %b %b %b M\0%b\0" % (old, new, before, after, path)


LOG = (
    _commit(b"c" * 40, b"b" * 40 + b" " + b"a" * 40)
    + _commit(b"b" * 40, b"a" * 40, _edit(b"a.yaml"), _edit(b"gone.yaml", after=ZERO))
    + _commit(b"a" * 40, b"", _edit(b"a.yaml", before=ZERO), _edit(b"README"), body=b"x: y\n")
)


def _read(chunks: list[bytes]) -> list[Commit]:
    return list(commits(chunks, lambda path, _mode: path.endswith(".yaml")))


def test_commits_with_parents_and_edits() -> None:
    """A commit keeps its parents in order and the edits that are wanted."""
    merge, second, first = _read([LOG])

    assert ("b" * 40, "a" * 40) == merge.parents
    assert () == merge.edits
    assert (
        Edit("a.yaml", "1" * 40, "2" * 40, "100644"),
        Edit("gone.yaml", "1" * 40, None, ""),
    ) == second.edits
    assert (Edit("a.yaml", None, "2" * 40, "100644"),) == first.edits
    assert (Person("Ada", "a@x"), 7, "subject") == (first.author, first.at, first.subject)


@given(st.sets(st.integers(min_value=0, max_value=len(LOG)), max_size=12))
def test_chunks_do_not_matter(cuts: set[int]) -> None:
    """A log may arrive in any pieces."""
    ends = [*sorted(cuts), len(LOG)]
    starts = [0, *sorted(cuts)]

    assert _read([LOG]) == _read([LOG[a:b] for a, b in zip(starts, ends, strict=True)])


@given(st.binary(max_size=300))
def test_any_bytes(text: bytes) -> None:
    """Text that is no log makes no commit that breaks anything."""
    assert isinstance(_read([text]), list)


def test_a_mode_alone_is_no_edit() -> None:
    """A file whose text stays the same is left out."""
    (commit,) = _read([_commit(b"a" * 40, b"", _edit(b"a.yaml", before=TWO, mode=b"100755"))])

    assert () == commit.edits


def test_a_damaged_date() -> None:
    """A commit without a readable time has the time 0, and its chain decides."""
    (commit,) = _read([_commit(b"a" * 40, b"", at=b"")])

    assert 0 == commit.at


def test_names_are_text_that_can_be_written() -> None:
    """A name that is not UTF-8 shows its odd bytes and can be encoded."""
    cases = {"café": "café".encode(), "caf\\xe9": b"caf\xe9", "a\nb": b"a\nb"}
    for expected, raw in cases.items():
        assert expected == file_name(raw)
        assert file_name(raw).encode()
