"""What tests of `observe` share: a small reader, a store in a folder, and what it then says."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from driftline.engine.reading.observe import Observation, observe
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.model.document import Document, DocumentKind, Reading

NOW = 1_800_000_000


class LineReader:
    """Reads `key: value` lines; `---` begins another document, `broken` is a gap.

    A document is named by its `kind` line. That is all the syntax that the
    history of a file needs.
    """

    def read(self, path: str, data: bytes) -> Reading:
        """The documents of a version."""
        text = data.decode(errors="replace")
        if "broken" in text:
            return Reading((), f"{path} is broken")
        documents = []
        for number, part in enumerate(text.split("---\n")):
            facts = dict(line.split(": ", 1) for line in part.splitlines() if ": " in line)
            key = facts.pop("kind", f"#{number}" if number else "")
            leaves = {"/" + name: json.dumps(value) for name, value in facts.items()}
            documents.append(Document(key, DocumentKind.PLAIN, (leaves,)))
        return Reading(tuple(documents))


def is_configuration(path: str) -> bool:
    """Whether a path is read: what ends in `.yaml`."""
    return path.endswith(".yaml")


def observed(
    store: Store, folder: Path, *, branch: str = "", processes: int | None = 1
) -> Observation:
    """Observe with the small reader."""
    return observe(
        store,
        folder,
        LineReader,
        known_at=NOW,
        branch=branch,
        is_configuration=is_configuration,
        processes=processes,
    )


def opened(folder: Path, name: str = "history.db") -> Store:
    """A new store in a folder."""
    return open_store(folder / name)


def state(store: Store, source: int, position: int | None = None) -> dict[str, dict[str, Any]]:
    """File, or `file key`, to its facts after a look, values as Python has them."""
    resources = {resource.id: resource for resource in store.resources(source)}
    found = store.state(resources, position)
    return {
        " ".join(filter(None, (resources[one].file, resources[one].key))): {
            address.removeprefix("/"): json.loads(value) for address, value in facts.items()
        }
        for one, facts in found.items()
    }


def authors(store: Store, source: int) -> list[tuple[str, str, str | None]]:
    """(author, file and address, value) of each step of each fact, in order of the chain."""
    resources = {resource.id: resource for resource in store.resources(source)}
    steps = sorted(store.steps(resources), key=lambda step: (step.position, step.resource))
    made = store.contributions(source, {step.position for step in steps})
    return [
        (
            made[step.position][step.act].author.name.split(" ")[0],
            resources[step.resource].file + step.address,
            None if step.after is None else json.loads(step.after),
        )
        for step in steps
    ]


def told(store: Store, source: int) -> dict[str, Any]:
    """All that the store answers about a source, for comparing two stores.

    Resources are told by name, because their numbers are the store's own.
    """
    names = {resource.id: (resource.file, resource.key) for resource in store.resources(source)}
    positions = [look.position for look in store.looks(source)]
    return {
        "looks": store.looks(source),
        "contributions": store.contributions(source, positions),
        "resources": sorted(
            (resource.file, resource.key, resource.kind, resource.presence)
            for resource in store.resources(source)
        ),
        "steps": sorted(
            (names[step.resource], step.address, step.position, step.before, step.after, step.act)
            for step in store.steps(names)
        ),
        "gaps": sorted(
            (gap.file, gap.from_position, gap.to_position, gap.reason) for gap in store.gaps(source)
        ),
        "acts": sorted(store.acts(source)),
        "counts": {
            names[resource]: dict(counts)
            for resource, counts in store.change_counts(source).items()
        },
    }


def subjects(store: Store, source: int) -> Sequence[str]:
    """The subjects of the looks on the chain."""
    return [look.subject for look in store.looks(source)]
