import stat
from pathlib import Path

import msgspec
import pytest

from driftline.engine.answering.seen import look, read, seen_file, seen_in, since, write
from driftline.model.answers.parity import Divergence
from driftline.model.answers.scan import Scan
from tests.render import samples

FLYING, STANDING = samples.JUDGED[0], samples.JUDGED[1]
LATER = "2026-08-10T12:00:00Z"


def scan(*rows: Divergence) -> Scan:
    """A scan with these rows."""
    return samples.scan(divergences=rows)


def test_the_first_look_has_nothing_to_compare_with(tmp_path: Path) -> None:
    """It says so, and is remembered for the next one."""
    store = tmp_path / "history.db"
    first = look(scan(FLYING, STANDING), store).since_last_look
    second = look(scan(FLYING, STANDING), store).since_last_look

    assert first is not None
    assert None is first.looked_at
    assert second is not None
    assert samples.NOW == second.looked_at
    assert () == second.opened == second.closed


def test_what_is_new_is_told() -> None:
    """What opened, closed, became standing, and what somebody decided about."""
    before = seen_in(scan(FLYING, STANDING, samples.JUDGED[2], samples.JUDGED[3]))
    now = scan(
        samples.judged(FLYING, "standing", "late"),
        samples.judged(samples.JUDGED[2], "accepted", "known"),
        samples.judged(samples.divergence("web", "/new", 1, 2), "in flight", "soon"),
        samples.JUDGED[3],
    )
    news = since(now, before)

    assert ["/new"] == [row.path for row in news.opened]
    assert [STANDING.path] == [row.path for row in news.closed]
    assert [FLYING.path] == [row.path for row in news.became_standing]
    assert [(samples.JUDGED[2].path, "accepted")] == [(row.path, row.kind) for row in news.decided]


def test_another_spell_at_the_same_place_is_news() -> None:
    """One closed and one opened, though the path differs then and now."""
    before = seen_in(scan(STANDING))
    news = since(scan(msgspec.structs.replace(STANDING, since=LATER)), before)

    assert 1 == len(news.opened) == len(news.closed)
    assert () == news.became_standing == news.decided


def test_what_differs_by_design_is_never_news() -> None:
    """A new service brings its own names, and nobody is told of each."""
    news = since(scan(*samples.JUDGED[4:7]), seen_in(scan()))

    assert () == news.opened == news.closed == news.decided


def test_a_look_at_a_part_is_not_remembered(tmp_path: Path) -> None:
    """Who saw a part has not seen the whole."""
    store = tmp_path / "history.db"
    look(scan(FLYING), store, remembers=False)

    assert None is read(seen_file(store))


def test_the_file_holds_places_and_no_values(tmp_path: Path) -> None:
    """Only its owner may read it."""
    file = seen_file(tmp_path / "history.db")
    write(file, seen_in(scan(*samples.JUDGED)))
    text = file.read_text(encoding="utf-8")

    assert "/image/tag" in text
    assert "2.14.1" not in text
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_what_cannot_be_understood_was_not_seen(tmp_path: Path, content: bytes) -> None:
    """A broken file costs the news, never the answer."""
    file = seen_file(tmp_path / "history.db")
    file.write_bytes(content)

    assert None is read(file)


def test_a_place_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    """The answer is given, and says that this look is not remembered."""
    told = look(scan(FLYING), tmp_path / "nowhere" / "history.db")

    assert told.notes[-1].startswith("what you saw now is not remembered: ")
