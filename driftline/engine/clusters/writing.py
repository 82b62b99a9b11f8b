"""Objects that were read, on their way into the store: in pieces that fit into memory.

A look at a large cluster is stored as several looks of one instant, so that the
first one does not have to fit into memory. Only the last of them says what is
gone and what could not be read.
"""

from collections.abc import Iterable, Mapping, Sequence

from driftline.engine.clusters.acts import Acts
from driftline.engine.clusters.changes import gone, object_changes
from driftline.engine.reading.intake import used_acts
from driftline.errors import SourceError
from driftline.history.protocol import Store
from driftline.model.document import DocumentKind
from driftline.model.look import GapChange, Look, LookChanges, Person, ResourceChange
from driftline.sources.kubernetes.translate import MANAGERS, LiveObject

# What waits in memory before it is stored: about 100 MB.
FACTS_MAX = 250_000


class ClusterWriter:
    """Gathers the objects of one look and appends what changed."""

    def __init__(
        self, store: Store, source: int, *, by: Person, at: int, known_at: int, since: int | None
    ) -> None:
        self._store = store
        self._source = source
        self._by = by
        self._at = at
        self._known_at = known_at
        self._since = since
        self._position = store.next_position(source)
        self._waiting: dict[tuple[str, str], LiveObject] = {}
        self._facts_waiting = 0
        self.looks = 0
        self.facts = 0
        self.objects = 0

    def take(self, one: LiveObject) -> None:
        """An object as it is now; of two readings of one object the later one counts."""
        self._waiting[(one.file, one.key)] = one
        self._facts_waiting += len(one.facts) + len(one.managers)
        if self._facts_waiting >= FACTS_MAX:
            self._append(self._changes(()), ())

    def finish(
        self,
        vanished: Iterable[tuple[str, str, bool]],
        gaps: Sequence[GapChange],
        *,
        only_if_moved: bool = False,
    ) -> None:
        """Append the rest of the look; `vanished` is file, key, and whether it has a companion.

        With `only_if_moved`, a look that changed nothing is not appended.
        """
        changes = self._changes(vanished)
        if changes[1] or gaps or not only_if_moved:
            self._append(changes, gaps)

    def _changes(
        self, vanished: Iterable[tuple[str, str, bool]]
    ) -> tuple[Acts, list[ResourceChange]]:
        acts = Acts(self._since, "nobody can be named for it")
        waiting = self._waiting
        gone_keys = [(file, key) for file, key, _ in vanished if (file, key) not in waiting]
        facts = self._stored([*waiting, *gone_keys])
        changes: list[ResourceChange] = []
        for file, key in gone_keys:
            # What the store never held, as after a lost memory, cannot end in it.
            if (file, key) in facts:
                changes.append(gone(file, key, DocumentKind.OBJECT))
            if (file, MANAGERS + key) in facts:
                changes.append(gone(file, MANAGERS + key, DocumentKind.OWNERSHIP))
        for (file, key), one in waiting.items():
            before = (facts.get((file, key)), facts.get((file, MANAGERS + key)))
            after = (one.facts, one.managers or None)
            changes += object_changes(file, key, before, after, MANAGERS + key, acts)
        return acts, changes

    def _stored(
        self, wanted: Iterable[tuple[str, str]]
    ) -> dict[tuple[str, str], Mapping[str, str]]:
        """The facts that the store holds now of these objects and of their companions."""
        keys = [(file, name) for file, key in wanted for name in (key, MANAGERS + key)]
        names = {number: name for name, number in self._store.numbers(self._source, keys).items()}
        return {names[number]: facts for number, facts in self._store.state(names, None).items()}

    def _append(
        self, changes: tuple[Acts, list[ResourceChange]], gaps: Sequence[GapChange]
    ) -> None:
        acts, resources = changes
        contributions, numbered = used_acts(acts.contributions(), resources)
        position = self._store.next_position(self._source)
        if position != self._position:
            # What is known of the objects is of before, and would contradict it.
            raise SourceError(
                "kubernetes: the same cluster was observed by another process meanwhile, which is "
                "as good; this look was not stored: look again, and let one process observe it"
            )
        self._position = position + 1
        ref = f"look-{self._at}"
        look = Look(position, self._at, ref, self._by, None, "")
        made = LookChanges(look, contributions, numbered, tuple(gaps))
        self._store.append(self._source, [made], known_at=self._known_at)
        self.looks += 1
        self.objects += sum(one.kind == DocumentKind.OBJECT for one in resources)
        self.facts += sum(len(one.facts) for one in resources if one.kind == DocumentKind.OBJECT)
        self._waiting.clear()
        self._facts_waiting = 0
