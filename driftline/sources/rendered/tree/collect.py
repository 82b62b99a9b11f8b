"""A tree of files laid out in an empty folder, from which nothing leads out.

What a tool renders it reads from disk, and it follows links. So a link is only
laid where it leads to something of the same tree.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

BYTES_MAX = 1 << 30


class Item(msgspec.Struct, frozen=True, gc=False):
    """One file by its path in the tree: its bytes, or where it leads if it is a link."""

    path: str
    data: bytes
    is_link: bool = False


class Laid(msgspec.Struct, frozen=True):
    """How much was laid out, and what was left out, with reasons."""

    files: int
    left_out: tuple[str, ...]


def lay_out(items: Iterable[Item], root: Path) -> Laid:
    """Write a tree into an empty folder; raises OSError where the disk does not let us."""
    links: list[Item] = []
    left_out: list[str] = []
    files = size = 0
    top = Path(os.path.realpath(root))
    for one in items:
        parts = one.path.split("/")
        if not _is_plain(parts):
            left_out.append(f"{one.path}: no path inside of a tree")
        elif one.is_link:
            links.append(one)
        else:
            size += len(one.data)
            if size > BYTES_MAX:
                left_out.append(f"{one.path}: more than {BYTES_MAX >> 30} GiB of files")
                break
            place = top.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(one.data)
            files += 1
    # A link to a link can be laid once the other one is there.
    waiting = links
    while waiting:
        left = [one for one in waiting if not _link(one, top)]
        if len(left) == len(waiting):
            break
        waiting = left
    left_out += [f"{one.path}: a link that leads out of the tree" for one in waiting]
    return Laid(files + len(links) - len(waiting), tuple(left_out))


def _is_plain(parts: list[str]) -> bool:
    return all(part not in ("", ".", "..") and "\0" not in part for part in parts)


def _link(one: Item, top: Path) -> bool:
    """Lay a link if what it leads to is there and inside; whether it did."""
    place = top.joinpath(*one.path.split("/"))
    target = os.fsdecode(one.data)
    if not target or "\0" in target or target.startswith("/") or place.exists():
        return False
    reached = Path(os.path.realpath(place.parent / target))
    if not reached.exists() or not reached.is_relative_to(top):
        return False
    # A folder that holds the link itself would be walked for ever.
    if place.is_relative_to(reached):
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)
    return True
