"""Owners for the rows of an answer, from the files of ownership at the tip of each repository.

CODEOWNERS is no configuration and so is no part of the history: it is read
through git where the last look stands, once for each tip.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.knowing.known import Known
from driftline.engine.remembering import remember
from driftline.errors import DriftlineError
from driftline.history.protocol import Store
from driftline.inventory.compare import View
from driftline.inventory.ownership.owners import Owner, owner_of, together
from driftline.inventory.ownership.ownership_files import (
    CATALOGS,
    CODEOWNERS,
    CatalogEntry,
    Ownership,
    read_catalog,
    read_codeowners,
)
from driftline.inventory.siblings import Found
from driftline.model.answers.parity import Divergence
from driftline.sources.git import collect

CATALOGS_MAX = 2000
_BYTES_MAX = 1_000_000
_VERSION = 1


class Owning:
    """Knows who owns the files of everything that is known."""

    def __init__(self, store: Store, known: Known) -> None:
        self._known = known
        self._ownerships = [ownership_of(store, one) for one in known.histories]
        self._files: dict[str, Ownership] | None = None
        self._owners: dict[tuple[str, str, str | None], Owner | None] = {}

    def told(self, rows: Sequence[Divergence], found: Found) -> tuple[Divergence, ...]:
        """The rows of a pair with their owners."""
        return tuple(self._told(row, found) for row in rows)

    def _told(self, row: Divergence, found: Found) -> Divergence:
        sides = ((found.left, row.left_file), (found.right, row.right_file))
        owners = [
            self.owner(side.name, row.role, file, side.views.get(row.role)) for side, file in sides
        ]
        return msgspec.structs.replace(row, owner=together(owners))

    def owner(
        self, environment: str, role: str, file: str | None, view: View | None
    ) -> Owner | None:
        """The owner of a role, by the file that says what it is, or None where nobody is named."""
        if view is None:
            return None
        if file is None and view.unit.layers:
            # What is missing there would stand in the environment's own file.
            file = view.unit.layers[-1].file
        key = (environment, role, file)
        if key not in self._owners:
            facts = {address: point.value or "" for address, point in view.facts.items()}
            self._owners[key] = owner_of(file, role, facts, self._ownership(file))
        return self._owners[key]

    def _ownership(self, file: str | None) -> Ownership:
        if len(self._ownerships) == 1:
            return self._ownerships[0]
        if self._files is None:
            self._files = {}
            pairs = zip(self._known.layouts, self._ownerships, strict=True)
            for layout, ownership in pairs:
                for placement in layout.placements:
                    self._files.setdefault(placement.path, ownership)
        return self._files.get(file or "", Ownership())


def ownership_of(store: Store, history: SourceHistory) -> Ownership:
    """What the files of ownership say where the last look of a source stands.

    A repository that is gone, or files that cannot be read, name nobody: who
    owns a thing is told beside the answer and is no part of it.
    """
    if not history.looks:
        return Ownership()
    name, stamp = f"ownership/{history.source.id}", f"{_VERSION} {history.looks[-1].ref}"
    kept = store.derived(name, stamp)
    if kept is not None:
        return msgspec.json.decode(kept, type=Ownership)
    try:
        found = _read(history.source.locator, history.looks[-1].ref)
    except DriftlineError:
        return Ownership()
    remember(store, name, stamp, msgspec.json.encode(found))
    return found


def _read(locator: str, ref: str) -> Ownership:
    from pathlib import Path

    repository = collect.open_repository(Path(locator))
    blobs = {path: blob for path, _, blob in collect.files(repository, ref)}
    rules_file = next((path for path in CODEOWNERS if path in blobs), "")
    rules = read_codeowners(_text(repository, blobs, rules_file)) if rules_file else ()
    catalogs = sorted(path for path in blobs if path.rpartition("/")[2] in CATALOGS)
    texts = {path: _text(repository, blobs, path) for path in catalogs[:CATALOGS_MAX]}
    return Ownership(rules, rules_file, tuple(_entries(texts)))


def _entries(catalogs: Mapping[str, str]) -> Iterator[CatalogEntry]:
    if not catalogs:
        return
    # Few repositories have catalogs, and all others need not wait for a parser.
    from driftline.sources.formats.limits import Unreadable
    from driftline.sources.formats.yaml_trees import yaml_trees

    for path, text in catalogs.items():
        try:
            yield from read_catalog(yaml_trees(text), path)
        except Unreadable:
            continue


def _text(repository: collect.Repository, blobs: Mapping[str, str], path: str) -> str:
    asked = collect.run(["cat-file", "blob", blobs[path]], git_dir=repository.git_dir)
    if asked.returncode != 0 or len(asked.stdout) > _BYTES_MAX:
        return ""
    return asked.stdout.decode("utf-8", errors="replace")
