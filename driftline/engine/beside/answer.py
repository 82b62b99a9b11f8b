"""The answer of `compare` for things as they come: folders, files, states, bills of materials.

Nothing is set up and nothing is kept. Files that are equal byte for byte are
never parsed. Where the other side is an environment, its effective values come
from the history, and secrets are hashed with the key of that history.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from driftline.analysis.side_by_side import Account, told
from driftline.engine.beside.plain_sides import PlainSide, plain_side, unequal
from driftline.engine.reading.readers import make_state_reader
from driftline.engine.reading.uncollected import uncollected
from driftline.errors import UsageError
from driftline.inventory.counterparts import Thing, matched, thing
from driftline.inventory.layout.aliases import ALIASES, canonical
from driftline.model.answers.parity import Comparison, GapNote
from driftline.model.answers.side_by_side import FileCounts
from driftline.model.plane import Plane
from driftline.model.ref import Ref, parse_ref
from driftline.sources.folder.collect import Content
from driftline.sources.formats.catalogue import Format, classify
from driftline.sources.formats.contract import FormatReader
from driftline.sources.states.reader import is_state_name

SCHEMA = "driftline.compare/1"
# A name without a format, by which the content decides.
_NAMELESS = "file"


class Side(msgspec.Struct, frozen=True):
    """One side as it was read: its things, its files, and the gaps among them."""

    ref: str
    things: tuple[Thing, ...]
    files: frozenset[str]
    gaps: dict[str, str]
    plane: str
    at: str | None
    words: frozenset[str]


def compare(left_ref: str, right_ref: str, folder: Path) -> Comparison:
    """Compare files with files; paths are meant from the folder.

    Raises UsageError for what is not there or is nothing that can be read, and
    SourceError for a folder that cannot be listed.
    """
    with uncollected():
        return _files(parse_ref(left_ref), parse_ref(right_ref), folder)


def _files(left_ref: Ref, right_ref: Ref, folder: Path) -> Comparison:
    sides = (
        plain_side(left_ref, right_ref, folder, os.environ),
        plain_side(right_ref, left_ref, folder, os.environ),
    )
    left, right = sides
    # Names are the same thing where somebody named one file on each side.
    is_one_file_each = left.is_one_file and right.is_one_file
    if is_one_file_each:
        ours, theirs = dict(left.contents()), dict(right.contents())
        equal = int([*ours.values()] == [*theirs.values()] and ours[left.paths[0]].data is not None)
        if equal:
            ours, theirs = {}, {}
    else:
        ours, theirs, equal = unequal(left, right)
    # A key for this one answer: equal secrets are equal in it, and nothing leads back to them.
    reader = make_state_reader(os.urandom(32), "once")
    one, other = side_of(left, ours, reader), side_of(right, theirs, reader)
    for path in one.gaps.keys() & other.gaps.keys():
        if ours[path].data is not None and theirs[path].data is not None:
            # Nobody can say in what, but it is known that they do.
            for gaps in (one.gaps, other.gaps):
                gaps[path] += "; its bytes differ"
    counts = FileCounts(
        left=len(left.paths),
        right=len(right.paths),
        equal=equal,
        compared=len(ours.keys() | theirs.keys()) if not is_one_file_each else 1 - equal,
    )
    aliases = {right.paths[0]: left.paths[0]} if is_one_file_each else {}
    notes = _not_compared(left, right)
    return compared(
        one, other, counts, files=aliases, is_one_file_each=is_one_file_each, notes=notes
    )


def side_of(plain: PlainSide, contents: Mapping[str, Content], reader: FormatReader) -> Side:
    """What the files of a side say, as things that can be compared.

    Raises UsageError when somebody named one file, and it is none that we read.
    """
    things: list[Thing] = []
    gaps: dict[str, str] = {}
    for path, content in contents.items():
        found = classify(path)
        if content.data is None:
            if plain.is_one_file or found is not Format.UNKNOWN:
                gaps[path] = content.reason
            continue
        reading = reader.read(
            path if found is not None or is_state_name(path) else _NAMELESS, content.data
        )
        if reading.gap is not None:
            gaps[path] = reading.gap
        elif plain.is_one_file and not reading.documents and content.data.strip():
            raise UsageError(
                f"{plain.ref}: this is no configuration that can be read; name YAML, JSON, TOML,"
                " HCL, .env, .ini, .properties, a Terraform state, CycloneDX or SPDX"
            )
        things += [thing(path, one.key, one.kind, one.leaves()) for one in reading.documents]
    are_states = bool(plain.paths) and all(is_state_name(path) for path in plain.paths)
    plane = Plane.RECORDED if are_states else Plane.DECLARED
    return Side(
        plain.ref,
        tuple(things),
        frozenset(plain.paths),
        gaps,
        plane.value,
        plain.at,
        environment_words(plain.ref),
    )


def compared(
    left: Side,
    right: Side,
    counts: FileCounts,
    *,
    files: Mapping[str, str],
    is_one_file_each: bool = False,
    notes: Sequence[str] = (),
    layer: str = "own",
) -> Comparison:
    """The answer for two sides that were read; `files` says which of theirs is which of ours."""
    words = left.words | right.words
    matches = matched(
        left.things, right.things, files=files, words=words, is_one_file_each=is_one_file_each
    )
    ours, theirs = (Account(one.ref, one.plane, one.files, one.gaps) for one in (left, right))
    answer = told(matches, ours, theirs, words)
    gaps = [
        GapNote(path=path, look="", reason=reason, repository=one.ref)
        for one in (left, right)
        for path, reason in sorted(one.gaps.items())
    ]
    return Comparison(
        schema=SCHEMA,
        left_ref=left.ref,
        right_ref=right.ref,
        left_at=left.at,
        right_at=right.at,
        layer=layer,
        pair=answer.pair,
        divergences=answer.rows,
        gaps=tuple(gaps),
        notes=(*answer.notes, *notes),
        roles=answer.roles,
        left_plane=left.plane,
        right_plane=right.plane,
        files=counts,
    )


def environment_words(name: str) -> frozenset[str]:
    """The lower-case words of a path that name environments, with their other spellings."""
    known = {spelling for row in ALIASES.values() for spelling in row}
    parts = name.lower().replace(".", "-").replace("_", "-").replace("/", "-").split("-")
    return frozenset(
        spelling
        for part in parts
        if part in known
        for spelling in (part, *ALIASES.get(canonical(part), ()))
    )


def _not_compared(left: PlainSide, right: PlainSide) -> list[str]:
    numbers = (left.not_wanted, right.not_wanted)
    if not any(numbers):
        return []
    told = f"{numbers[0]:,} files of {left.ref} and {numbers[1]:,} of {right.ref}"
    return [f"not compared, as they are no configuration: {told}"]
