"""The files of one or several repositories as a tree of names, and the slots where siblings vary.

A slot is a place in the tree where something may vary: the children of a
folder, or the part of a file's name between fixed ends. `config/{}.yaml` and
`services/{}-shop/` are slots; what stands in them are values, and a value may
or may not be an environment.
"""

import fnmatch
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from driftline.inventory.layout.vocabulary import (
    CONTAINERS,
    IGNORED_FOLDERS,
    IGNORED_PAIRS,
    NEVER_A_SERVICE,
    TOOL_FILES,
)
from driftline.inventory.layout.words import Found, Name, Reader, only_carriers, tokens_of
from driftline.model.placing import FileCard

FOLDER = "/"  # the form of a slot whose values are folders


class SlotKey(NamedTuple):
    """Where a slot is: its folder, the fixed part of the name, and the format of its values."""

    parent: tuple[str, ...]
    pattern: str
    form: str


class Value:
    """One thing that stands in a slot, with the files it holds."""

    __slots__ = ("entries", "found", "keys", "relative", "spelled")

    def __init__(self, spelled: str, found: Found | None) -> None:
        """A value as spelled, and the environment word it is, if it is one."""
        self.spelled = spelled
        self.found = found
        self.entries: list[Entry] = []
        self.relative: frozenset[str] | None = None  # kept by `evidence`
        self.keys: frozenset[str] | None = None  # kept by `evidence`

    @property
    def alive(self) -> int:
        """How many files of it exist now."""
        return sum(entry.card.alive for entry in self.entries)


class Entry:
    """One file: its card, its names as read, and whether it is left out."""

    __slots__ = ("card", "ignored", "names", "path", "segments", "source")

    def __init__(self, card: FileCard, source: str, reader: Reader) -> None:
        """A file of a source; the source's label is the first segment."""
        self.card = card
        self.path = card.path
        self.source = source
        self.segments = (source, *card.path.split("/"))
        last = len(self.segments) - 1
        self.names: list[Name] = [
            reader.read(segment, is_file=position == last)
            for position, segment in enumerate(self.segments)
        ]
        self.ignored = is_ignored(self.segments[1:])

    @property
    def folder(self) -> tuple[str, ...]:
        """The segments above the file, the source's label first."""
        return self.segments[:-1]


def is_ignored(segments: Sequence[str]) -> bool:
    """Whether a path is an example, a fixture, documentation, or a tool's or a chart's own.

    >>> is_ignored(["examples", "staging", "app.yaml"]), is_ignored(["test", "api.yaml"])
    (True, False)
    """
    folders = [segment.lower() for segment in segments[:-1]]
    name = segments[-1].lower()
    if name in TOOL_FILES or (name.startswith(".") and not name.startswith(".env")):
        return True
    for position, folder in enumerate(folders):
        parent = folders[position - 1] if position else ""
        if folder in IGNORED_FOLDERS and (parent not in CONTAINERS or folder in NEVER_A_SERVICE):
            return True
        if (parent, folder) in IGNORED_PAIRS:
            return True
        # `ci` and `templates` of a chart are inputs of its tests and its text.
        if position and folder in {"templates", "crds"}:
            return True
        if position > 1 and folder == "ci" and folders[position - 2] in {"charts", "helm"}:
            return True
    return False


def entries_of(
    cards: Iterable[FileCard], source: str, reader: Reader, ignore: Sequence[str]
) -> list[Entry]:
    """The files of one source in a fixed order, without those the user wants left out."""
    kept = [
        Entry(card, source, reader)
        for card in cards
        if not any(fnmatch.fnmatchcase(card.path, pattern) for pattern in ignore)
    ]
    kept.sort(key=lambda entry: entry.segments)
    return kept


class Tree:
    """All slots of a set of files, by where they are."""

    def __init__(self, entries: Sequence[Entry], reader: Reader) -> None:
        """Collects every folder's children and every file's stem."""
        self.entries = [entry for entry in entries if not entry.ignored]
        self.reader = reader
        self.slots: dict[SlotKey, dict[str, Value]] = {}
        self._folders: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
        for entry in self.entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        for depth in range(1, len(entry.segments) - 1):
            folder = entry.segments[: depth + 1]
            values = self._folders.get(folder)
            if values is None:
                name = entry.names[depth]
                values = self._folders[folder] = [self._values(folder[:-1], name, FOLDER)]
            for value in values[0]:
                value.entries.append(entry)
        name = entry.names[-1]
        for value in self._values(entry.folder, name, "." + name.extension):
            value.entries.append(entry)

    def _values(self, parent: tuple[str, ...], name: Name, form: str) -> tuple[Value, ...]:
        values = [self._value(SlotKey(parent, "{}", form), name.stem, _whole(name))]
        for found in name.found:
            pattern, spelled = name.pattern(found)
            if pattern != "{}":
                values.append(self._value(SlotKey(parent, pattern, form), spelled, found))
        if not name.found and form != FOLDER:
            carried = carried_part(name.stem)
            if carried is not None:
                pattern, spelled = carried
                values.append(self._value(SlotKey(parent, pattern, form), spelled, None))
        return tuple(values)

    def _value(self, key: SlotKey, spelled: str, found: Found | None) -> Value:
        slot = self.slots.setdefault(key, {})
        value = slot.get(spelled)
        if value is None:
            value = slot[spelled] = Value(spelled, found)
        return value


def _whole(name: Name) -> Found | None:
    for found in name.found:
        if found.start == 0 and found.end == len(name.stem):
            return found
    return None


@lru_cache(maxsize=65536)
def carried_part(stem: str) -> tuple[str, str] | None:
    """What a name such as `values-acme` carries: the pattern `values-{}` and `acme`.

    >>> carried_part("values-acme"), carried_part("acme.values"), carried_part("values")
    (('values-{}', 'acme'), ('{}.values', 'acme'), None)
    """
    tokens = tokens_of(stem)
    if len(tokens) < 2:
        return None
    if only_carriers(tokens[0]) and not only_carriers(stem):
        cut = len(stem) - len(stem[len(tokens[0]) :].lstrip("-_."))
        if stem[: len(tokens[0])].lower() == tokens[0]:
            return stem[:cut] + "{}", stem[cut:]
    if only_carriers(tokens[-1]) and not only_carriers(stem):
        head = stem[: -len(tokens[-1])].rstrip("-_.")
        return "{}" + stem[len(head) :], head
    return None
