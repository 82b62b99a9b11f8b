"""What a user saw last, and what is new since then.

One small file for each user beside the store. It is no part of the history:
losing it costs nothing but the answer to "what is new". It holds the places of
differences and never a value.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from driftline.model.answers.parity import Divergence
from driftline.model.answers.scan import Scan
from driftline.model.answers.seen import SeenRow, SinceLook
from driftline.model.verdict import Kind

NEWS = frozenset({Kind.STANDING.value, Kind.IN_FLIGHT.value, Kind.FROZEN.value})
Place = tuple[str, str, str, str]


class SeenSpell(msgspec.Struct, frozen=True):
    """A difference that was shown: its place, its kind then, and since when it lasted."""

    left: str
    right: str
    role: str
    path: str
    kind: str
    since: str | None

    @property
    def place(self) -> Place:
        """Where it was."""
        return self.left, self.right, self.role, self.path


class Seen(msgspec.Struct, frozen=True):
    """Everything that was drift when a user last looked."""

    looked_at: str
    spells: tuple[SeenSpell, ...]


def look(scan: Scan, store_path: Path, *, remembers: bool = True) -> Scan:
    """The scan with what is new since this user last looked; from now on, this was seen.

    With `remembers` false the last look stays what it was. A place that cannot
    be written is told in a note, and is no error.
    """
    file = seen_file(store_path)
    news = since(scan, read(file))
    told = msgspec.structs.replace(scan, since_last_look=news)
    if not remembers:
        return told
    try:
        write(file, seen_in(scan))
    except OSError as error:
        note = f"what you saw now is not remembered: {file}: {error.strerror}"
        return msgspec.structs.replace(told, notes=(*told.notes, note))
    return told


def seen_file(store_path: Path) -> Path:
    """Where it is kept what this user saw of a store."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return store_path.with_name(f"{store_path.stem}.seen-{user}.json")


def read(file: Path) -> Seen | None:
    """What was seen last; None where nothing was, or nothing that can be understood."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Seen)
    except (OSError, msgspec.DecodeError):
        return None


def write(file: Path, seen: Seen) -> None:
    """Keep what was seen, whole or not at all, readable by its owner alone."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(msgspec.json.encode(seen))
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def seen_in(scan: Scan) -> Seen:
    """What somebody sees who looks at this scan."""
    return Seen(
        scan.asked_at,
        tuple(
            SeenSpell(row.left, row.right, row.role, row.path, row.kind, row.since)
            for row in _news(scan.divergences)
        ),
    )


def since(scan: Scan, before: Seen | None) -> SinceLook:
    """What opened, closed, became standing or was decided since the last look."""
    if before is None:
        return SinceLook(None)
    then = {one.place: one for one in before.spells}
    now = {place(row): row for row in scan.divergences}
    opened, became_standing = [], []
    for row in _news(scan.divergences):
        old = then.get(place(row))
        if old is None or old.since != row.since:
            opened.append(_row(row))
        elif row.kind == Kind.STANDING and old.kind != Kind.STANDING:
            became_standing.append(_row(row))
    closed = [one for one in before.spells if _is_closed(one, now)]
    decided = [
        _row(now[one.place])
        for one in before.spells
        if not _is_closed(one, now) and now[one.place].kind not in NEWS
    ]
    return SinceLook(
        looked_at=before.looked_at,
        opened=tuple(sorted(opened)),
        closed=tuple(sorted(SeenRow(*one.place, one.kind) for one in closed)),
        became_standing=tuple(sorted(became_standing)),
        decided=tuple(sorted(decided)),
    )


def place(row: Divergence) -> Place:
    """Where a difference is."""
    return row.left, row.right, row.role, row.path


def _is_closed(one: SeenSpell, now: Mapping[Place, Divergence]) -> bool:
    """Whether that very spell is over, even if another began at its place."""
    row = now.get(one.place)
    return row is None or row.since != one.since


def _news(rows: Iterable[Divergence]) -> Iterable[Divergence]:
    return (row for row in rows if row.kind in NEWS)


def _row(row: Divergence) -> SeenRow:
    return SeenRow(*place(row), row.kind)
