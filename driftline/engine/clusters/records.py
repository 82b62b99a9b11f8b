"""What tools remember in a cluster, kept as a chain of its own beside what was observed.

Records are read from the same listings as everything else. Those of a listing
in which nothing was written since the last look are not opened again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from driftline.engine.reading.file_histories import Known
from driftline.engine.reading.last_known import known_paths, last_known
from driftline.engine.remembering import remember
from driftline.history.protocol import Source, Store
from driftline.inventory.canonical import NOTHING, difference
from driftline.model.document import Reading
from driftline.model.look import (
    Contribution,
    GapChange,
    Look,
    LookChanges,
    Person,
    ResourceChange,
)
from driftline.sources.formats.documents import Masking
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.listing import Heard
from driftline.sources.kubernetes.pages import Metadata, objects_of
from driftline.sources.kubernetes_records.records import (
    CLUSTER_KINDS,
    LISTINGS,
    RELEASE_LISTINGS,
    RELEASE_NAMES,
    Records,
)

RECORDED = "recorded"
# What a record says changes when these rules do.
RULES = "1"
_SUBJECT = "what the tools in the cluster remember"
_DIGEST_BYTES = 12
# Few keep releases there: a gap in it alone makes nobody miss a record.
_RARE = "configmaps.core"


class RecordKeeper:
    """Takes in the pages of one look and keeps what they record.

    `cluster_kinds` are the kinds that live outside of namespaces, as far as the
    cluster itself says.
    """

    def __init__(
        self,
        store: Store,
        observed: Source,
        masking: Masking,
        key_id: str,
        *,
        cluster_kinds: frozenset[str] = frozenset(),
    ) -> None:
        self._store = store
        self._observed = observed
        self._key_id = key_id
        self._records = Records(masking, cluster_kinds=CLUSTER_KINDS | cluster_kinds)
        self._versions: dict[str, dict[str, str]] = defaultdict(dict)

    def page(self, heard: Heard) -> None:
        """Take in what a page records, if it is a page of such a kind."""
        kind = heard.kind
        if kind.name not in LISTINGS:
            return
        items = heard.page.items or ()
        wanted = [
            number
            for number, item in enumerate(items)
            if kind.name not in RELEASE_LISTINGS or item.metadata.name.startswith(RELEASE_NAMES)
        ]
        objects = objects_of(heard.body) if wanted else []
        for number in wanted:
            self._take(kind, items[number].metadata, objects[number])

    def _take(self, kind: ListedKind, metadata: Metadata, raw: msgspec.Raw) -> None:
        try:
            live = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            # An object that cannot be read is a gap of what is observed already.
            return
        if isinstance(live, dict) and self._records.add(
            live, api_version=kind.api_version, kind=kind.kind
        ):
            file = kind.file(metadata.namespace)
            self._versions[file][metadata.name] = f"{metadata.uid} {metadata.resource_version}"

    def finish(self, gaps: Mapping[str, str], *, at: int, known_at: int, by: Person) -> int:
        """Store the look; the number of looks added.

        `gaps` are those of what was observed, by file. Where nothing was ever
        recorded and nothing hides a record, there is no chain of records.
        """
        own = {file: why for file, why in gaps.items() if _hides_records(file)}
        there = [one for one in self._store.sources() if one.branch == RECORDED]
        known = [one for one in there if one.locator == self._observed.locator]
        hiding = any(not file.endswith((f"/{_RARE}", "/*")) for file in own)
        if not (known or hiding or self._versions):
            return 0
        observed = self._observed
        source = self._store.register(observed.kind, observed.locator, RECORDED)
        stamps = {file: _digest(names) for file, names in self._versions.items()}
        name, stamp = f"records/{source.id}", f"{RULES} {self._key_id}"
        kept = self._store.derived(name, stamp)
        former = msgspec.json.decode(kept, type=dict[str, str]) if kept else {}
        changes = self._changes(source, stamps, former, own)
        self._append(source, changes, at=at, known_at=known_at, by=by)
        # Behind a gap nothing was taken in, so that it is read when the gap closes.
        seen = {file: value for file, value in stamps.items() if not _reason(file, own)}
        remember(self._store, name, stamp, msgspec.json.encode(seen))
        return 1

    def _changes(
        self,
        source: Source,
        stamps: Mapping[str, str],
        former: Mapping[str, str],
        gaps: Mapping[str, str],
    ) -> tuple[list[ResourceChange], list[GapChange]]:
        reasons = {
            file: _reason(file, gaps)
            for file in {*known_paths(self._store, source.id), *stamps, *gaps}
        }
        # What was listed and is as it was stays; a damaged record, too, stays the gap it was.
        asked = sorted(
            file
            for file, reason in reasons.items()
            if reason or file not in stamps or stamps[file] != former.get(file)
        )
        readings = self._records.readings({file for file in asked if not reasons[file]})
        before = last_known(self._store, source.id, frozenset(asked))
        nothing = Known(NOTHING, None)
        resources: list[ResourceChange] = []
        told: list[GapChange] = []
        for file in asked:
            old, reason = before.get(file, nothing), reasons[file]
            # What was heard of a listing before it broke off may be the wrong revision.
            reading = Reading((), reason) if reason else readings.get(file, NOTHING)
            resources += difference(old.reading, reading, file)
            if reading.gap != old.gap:
                told.append(GapChange(file, reading.gap))
        return resources, told

    def _append(
        self,
        source: Source,
        changes: tuple[list[ResourceChange], list[GapChange]],
        *,
        at: int,
        known_at: int,
        by: Person,
    ) -> None:
        resources, gaps = changes
        tip = self._store.tip(source.id)
        position = self._store.next_position(source.id)
        instant = max(at, tip.at) if tip is not None else at
        look = Look(position, instant, f"look-{at}", by, None, _SUBJECT)
        acts = (Contribution("", Person("", ""), _SUBJECT),) if resources else ()
        made = LookChanges(look, acts, tuple(resources), tuple(gaps))
        self._store.append(source.id, [made], known_at=known_at)


def _hides_records(file: str) -> bool:
    """Whether a gap may hide a record: one of these listings, or of everything of a group."""
    place, _, listing = file.partition("/")
    if listing == "*":
        # Everything of a namespace; what lies outside of them records nothing.
        return place != "-"
    if listing.startswith("*."):
        return any(one.partition(".")[2] == listing[2:] for one in LISTINGS)
    return listing in LISTINGS


def _reason(file: str, gaps: Mapping[str, str]) -> str:
    """Why nothing is known of a file now; empty where it was listed."""
    place, _, listing = file.partition("/")
    group = listing.partition(".")[2]
    for one in (file, f"{place}/*", f"*/{listing}", f"*/*.{group}"):
        if one in gaps:
            return gaps[one]
    return ""


def _digest(names: Mapping[str, str]) -> str:
    told = msgspec.json.encode(sorted(names.items()))
    return hashlib.blake2b(told, digest_size=_DIGEST_BYTES).hexdigest()
