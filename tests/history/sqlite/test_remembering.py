"""What is known of a resource follows the chain it is asked on."""

from pathlib import Path

import pytest

from driftline.history.chain import Ranges
from driftline.history.sqlite import remembering
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.remembering import Known, Seen
from driftline.history.sqlite.spelling import fingerprint
from driftline.history.sqlite_store import SqliteStore
from tests.history.histories import appears, look, moves, vanishes

LONG = '"' + "l" * 100 + '"'
LOOKS = (
    look(0, appears("a", {"/x": "1", "/y": LONG})),
    look(1, moves("a", ("/x", "1", "2"))),
    look(2, vanishes("a")),
    look(3, appears("a", {"/x": "9"}, kind="object")),
    look(4, moves("a", ("/x", "9", None), kind="object")),
)
CASES: tuple[tuple[Ranges, bool, str, Seen, Seen], ...] = (
    ((), False, "", None, None),
    (((0, 0),), True, "plain", "1", fingerprint(LONG)),
    (((0, 1),), True, "plain", "2", fingerprint(LONG)),
    (((0, 2),), False, "plain", None, None),
    (((0, 3),), True, "object", "9", None),
    (((0, 4),), True, "object", None, None),
    (((0, 0), (3, 3)), True, "object", "9", None),
)


@pytest.mark.parametrize(("ranges", "there", "kind", "x", "y"), CASES)
def test_recalled(
    tmp_path: Path,
    ranges: Ranges,
    there: bool,  # noqa: FBT001 - a column of the table
    kind: str,
    x: Seen,
    y: Seen,
) -> None:
    """A resource and its facts at the end of each of these chains."""
    store = SqliteStore(tmp_path / "store.db")
    store.append(store.register("git", "/one").id, LOOKS, known_at=1)
    connection = store._file.connection
    texts = Dictionaries(connection)
    known = remembering.recalled(connection, 1, ranges)
    asked = [
        remembering.fact(connection, texts, known, texts.path_number(at), ranges)
        for at in ("/x", "/y", "/never")
    ]

    assert (there, kind) == (known.there, known.kind)
    assert [x, y, None] == asked
    if there:
        every = remembering.facts(connection, texts, known, ranges)
        assert {one for one in (x, y) if one is not None} == set(every.values())


def test_a_life_ends_what_was_known() -> None:
    """Nothing of an earlier life is asked for or remembered."""
    known = Known(1, "plain", since=4)
    known.facts[7] = "1"
    known.vanish()

    assert (False, None, {}) == (known.there, known.since, known.facts)
    known.appear("object")
    assert (True, None, "object") == (known.there, known.since, known.kind)
