"""A process that appends looks for ever and tells of each batch, to be killed by a test."""

import sys
from pathlib import Path

from driftline.history.sqlite_store import open_store
from driftline.model.look import LookChanges
from tests.history.histories import appears, look, moves

RESOURCES = 7


def made(position: int) -> LookChanges:
    """The look at a position: what it says follows from the position alone."""
    file = f"f{position % RESOURCES}"
    if position < RESOURCES:
        return look(position, appears(file, _facts(position)))
    before, after = _facts(position - RESOURCES), _facts(position)
    return look(position, moves(file, *((at, before[at], after[at]) for at in before)))


def _facts(position: int) -> dict[str, str]:
    # Long enough that a look fills pages, so that a kill can fall between two.
    return {
        "/n": str(position),
        **{f"/long/{n}": f'"{position}.{n} {"x" * 500}"' for n in range(10)},
    }


def write_forever(path: Path) -> None:
    """Append batches of one to five looks, and print where each ends: first intended, then done."""
    store = open_store(path)
    source = store.register("git", "/restless").id
    while True:
        start = store.next_position(source)
        batch = [made(position) for position in range(start, start + 1 + start % 5)]
        sys.stdout.write(f"intend {batch[-1].look.position}\n")
        sys.stdout.flush()
        store.append(source, batch, known_at=1)
        sys.stdout.write(f"done {batch[-1].look.position}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_forever(Path(sys.argv[1]))
