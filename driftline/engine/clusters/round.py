"""One round over everything that a cluster lists: what is as it was, what moved, what is gone.

An object whose version is the one that is remembered is not read at all, and
one whose bytes amount to the same is not parsed. What was not reached is never
gone: it stays as it was last known, behind a gap.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from driftline.engine.clusters.heads import Head, Heads
from driftline.model.look import GapChange
from driftline.sources.formats.documents import Masking
from driftline.sources.formats.limits import Unreadable
from driftline.sources.kubernetes.discovery import DEFINITIONS
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.listing import Heard, Read, Unread, stretch
from driftline.sources.kubernetes.pages import Metadata, digest, objects_of
from driftline.sources.kubernetes.requesting import Asking
from driftline.sources.kubernetes.translate import LiveObject, object_key, translate

EVERYWHERE, NOWHERE = "*", "-"
# Confirming that a namespace was really emptied costs one question each.
CONFIRMATIONS_MAX = 200
# A namespace in which the first kinds were all denied is not asked for more;
# one in which anything could be read always is.
REFUSALS_MAX = 4
REFUSALS_NEVER = 1_000_000
CLOSED = "not allowed to list any of the kinds that were tried in this namespace (403)"
DOUBTED = (
    "the server answered with a list of nothing in particular, so what is missing in it "
    "may still be there"
)


class Round:
    """What one round has found so far.

    `take` is given every object that may have changed, and `hear` every page,
    changed or not. `number` marks the heads of this round; heads that do not
    bear it were not seen. Without `trusts_versions` every object is looked at,
    also one whose version is the one remembered. `gaps` is file → reason,
    `vanished` holds file, key, and whether there was a companion.
    """

    def __init__(
        self,
        heads: Heads,
        masking: Masking,
        take: Callable[[LiveObject], None],
        number: int,
        *,
        hear: Callable[[Heard], None] | None = None,
        trusts_versions: bool = True,
    ) -> None:
        self._heads = heads
        self._masking = masking
        self._take = take
        self._number = number
        self._hear = hear
        self._trusts_versions = trusts_versions
        self.gaps: dict[str, str] = {}
        self.vanished: list[tuple[str, str, bool]] = []
        self.unchanged = 0
        self.parsed = 0
        self.seen: dict[str, int] = {}
        self.namespaces: list[str] = []
        self.versions: dict[tuple[str, str | None], str] = {}
        self._redefined: set[str] = set()
        self._refusals: Counter[str] = Counter()
        self._unreadable: dict[str, str] = {}
        self._confirmed = 0

    def read(
        self, kind: ListedKind, events: Iterable[Heard | Read | Unread], asking: Asking
    ) -> None:
        """Take in one kind, and settle what became of all that was known of it."""
        ended: dict[str | None, Read | Unread] = {}
        for event in events:
            if isinstance(event, Heard):
                self._page(event)
            else:
                ended[event.namespace] = event
        self._learn(ended)
        self.seen.setdefault(kind.name, 0)
        for namespace, event in ended.items():
            if isinstance(event, Read):
                self.versions[(kind.name, namespace)] = event.version
        self._settle(kind, ended, asking)

    def worth_asking(self, namespaces: Sequence[str]) -> tuple[str, ...]:
        """Those of the namespaces in which not everything tried so far was denied.

        Somebody who may see two namespaces of two hundred would otherwise be
        refused ten thousand times.
        """
        open_ones = tuple(one for one in namespaces if self._refusals[one] < REFUSALS_MAX)
        for one in set(namespaces).difference(open_ones):
            self.gaps[f"{one}/*"] = CLOSED
        return open_ones

    def _learn(self, ended: dict[str | None, Read | Unread]) -> None:
        for namespace, event in ended.items():
            if namespace is not None and isinstance(event, Unread) and event.is_denied:
                self._refusals[namespace] += 1
            elif namespace is not None and isinstance(event, Read):
                self._refusals[namespace] = -REFUSALS_NEVER

    def leave(self, kind_name: str, reason: str, *, place: str = "") -> None:
        """A kind that is not asked for: what is known of it stays, and nothing more is known.

        `place` is where its objects may be: `*` for any namespace, `-` for
        none; without one nothing more is said than of what is known.
        """
        for file in self._heads.of_kind(kind_name):
            self.gaps[file] = reason
        if place:
            self.gaps[f"{place}/{kind_name}"] = reason

    def forget(self, kind_name: str) -> None:
        """A kind that the server no longer has: all its objects are gone."""
        for file in list(self._heads.of_kind(kind_name)):
            self._gone(file)

    def one(self, kind: ListedKind, raw: bytes | msgspec.Raw, metadata: Metadata) -> None:
        """One object, in whatever version it came."""
        file = kind.file(metadata.namespace if kind.is_namespaced else "")
        heads = self._heads.of(file)
        key = object_key(kind.kind, metadata.namespace, metadata.name)
        identity = metadata.uid or key
        head = heads.get(identity)
        mark = digest(raw, metadata.resource_version)
        self._heads.is_changed = True
        if head is not None and head.digest == mark:
            head.version, head.round = metadata.resource_version, self._number
            self.unchanged += 1
            return
        try:
            found = translate(bytes(raw), kind, self._masking)
        except Unreadable as reason:
            self._unreadable[file] = f"{key}: {reason}"
            if head is not None:
                head.round = self._number
            return
        self.parsed += 1
        if kind.name == DEFINITIONS:
            # A definition is called as the kind that it defines, and may give
            # its objects other defaults without a write of theirs.
            self._redefined.add(metadata.name)
        self._take(found)
        heads[identity] = Head(
            found.key, metadata.resource_version, mark, bool(found.managers), self._number
        )

    def is_old(self, kind: ListedKind, metadata: Metadata) -> bool:
        """Whether something newer is known of an object than this version of it."""
        file = kind.file(metadata.namespace if kind.is_namespaced else "")
        head = self._heads.of(file).get(metadata.uid)
        if head is None:
            return False
        told, known = metadata.resource_version, head.version
        # Versions are numbers that grow, wherever anybody has seen them.
        return told.isdecimal() and known.isdecimal() and int(told) <= int(known)

    def drop(self, kind: ListedKind, metadata: Metadata) -> None:
        """One object that was told to be gone."""
        file = kind.file(metadata.namespace if kind.is_namespaced else "")
        key = object_key(kind.kind, metadata.namespace, metadata.name)
        head = self._heads.of(file).pop(metadata.uid or key, None)
        if head is not None:
            self.vanished.append((file, head.key, head.has_managers))
            self._heads.is_changed = True

    def _page(self, heard: Heard) -> None:
        if self._hear is not None:
            self._hear(heard)
        kind, items = heard.kind, heard.page.items or ()
        number, of_kind = self._number, self._heads
        trusts = self._trusts_versions and kind.name not in self._redefined
        namespace, heads = "", of_kind.of(kind.file(""))
        moved: list[int] = []
        for position, item in enumerate(items):
            metadata = item.metadata
            if metadata.namespace != namespace:
                namespace = metadata.namespace
                heads = of_kind.of(kind.file(namespace if kind.is_namespaced else ""))
            head = heads.get(metadata.uid)
            if (
                head is not None
                and trusts
                and head.version == metadata.resource_version
                and metadata.resource_version
            ):
                head.round = number
            else:
                moved.append(position)
        self.unchanged += len(items) - len(moved)
        self.seen[kind.name] = self.seen.get(kind.name, 0) + len(items)
        if kind.name == "namespaces.core":
            self.namespaces += [item.metadata.name for item in items]
        if moved:
            objects = objects_of(heard.body)
            for position in moved:
                self.one(kind, objects[position], items[position].metadata)

    def _settle(
        self, kind: ListedKind, ended: dict[str | None, Read | Unread], asking: Asking
    ) -> None:
        whole = ended.get(None)
        for file in list(self._heads.of_kind(kind.name)):
            namespace = file.partition("/")[0]
            event = ended.get(namespace) or whole
            if event is None:
                self.gaps[file] = "not asked for: another choice of namespaces"
            elif isinstance(event, Unread):
                self.gaps[file] = event.reason
            elif event.namespace is None and self._is_emptied(kind, file):
                self._confirm(kind, file, asking)
            else:
                self._end(file, event)
        for where, event in ended.items():
            if isinstance(event, Unread) and where is not None:
                self.gaps[kind.file(where)] = event.reason
        is_read_somewhere = any(isinstance(event, Read) for event in ended.values())
        if isinstance(whole, Unread) and not is_read_somewhere:
            self.gaps[f"{place_of(kind)}/{kind.name}"] = whole.reason
        for file, reason in self._unreadable.items():
            self.gaps[file] = reason
        self._unreadable.clear()

    def _is_emptied(self, kind: ListedKind, file: str) -> bool:
        """Whether all that was known of a kind in a namespace that still exists is missing."""
        if not kind.is_namespaced or self._confirmed >= CONFIRMATIONS_MAX:
            return False
        if any(head.round == self._number for head in self._heads.of(file).values()):
            return False
        return not self.namespaces or file.partition("/")[0] in self.namespaces

    def _confirm(self, kind: ListedKind, file: str, asking: Asking) -> None:
        """Ask once more, for this namespace alone, before believing that everything is gone."""
        self._confirmed += 1
        for event in stretch(asking, kind, file.partition("/")[0]):
            if isinstance(event, Heard):
                self._page(event)
            elif isinstance(event, Unread):
                self.gaps[file] = event.reason
            else:
                self._end(file, event)

    def _end(self, file: str, event: Read) -> None:
        """A file whose listing was read to its end: what was not seen is gone."""
        missing = any(head.round != self._number for head in self._heads.of(file).values())
        if missing and event.is_doubtful:
            self.gaps[file] = DOUBTED
        elif missing:
            self._gone(file)

    def _gone(self, file: str) -> None:
        heads = self._heads.of(file)
        seen = {head.key for head in heads.values() if head.round == self._number}
        for identity, head in list(heads.items()):
            if head.round != self._number:
                del heads[identity]
                self._heads.is_changed = True
                if head.key not in seen:
                    self.vanished.append((file, head.key, head.has_managers))


def place_of(kind: ListedKind) -> str:
    """Where objects of a kind may be: in any namespace, or in none."""
    return EVERYWHERE if kind.is_namespaced else NOWHERE


def gap_changes(found: dict[str, str], is_open: dict[str, str]) -> Iterator[GapChange]:
    """The gaps that open, that have another reason now, or that close."""
    for file, reason in sorted(found.items()):
        if is_open.get(file) != reason:
            yield GapChange(file, reason)
    for file in sorted(is_open.keys() - found.keys()):
        yield GapChange(file, None)


def known_namespaces(heads: Heads, others: Sequence[str]) -> tuple[str, ...]:
    """Every namespace of which anything is known, and the others, sorted."""
    known = {file.partition("/")[0] for file, found in heads.files.items() if found}
    return tuple(sorted((known | set(others)) - {"-", ""}))
