"""What the store knows now of the files of a source: the documents in them, and open gaps."""

from collections.abc import Container

from driftline.engine.reading.file_histories import Known
from driftline.history.protocol import Store
from driftline.model.document import Document, DocumentKind, Reading


def last_known(store: Store, source: int, paths: Container[str] | None) -> dict[str, Known]:
    """What is known of the files with these paths, None for all files, by path."""
    resources = [
        resource
        for resource in store.resources(source)
        if (paths is None or resource.file in paths)
        and resource.presence
        and resource.presence[-1][1] is None
    ]
    gaps = {
        gap.file: gap.reason
        for gap in store.gaps(source)
        if gap.to_position is None and (paths is None or gap.file in paths)
    }
    facts = store.state([resource.id for resource in resources], None)
    documents: dict[str, list[Document]] = {}
    for resource in resources:
        document = Document(
            resource.key, DocumentKind(resource.kind), (facts.get(resource.id, {}),)
        )
        documents.setdefault(resource.file, []).append(document)
    return {
        path: Known(Reading(tuple(documents.get(path, ()))), gaps.get(path))
        for path in documents.keys() | gaps.keys()
    }


def known_paths(store: Store, source: int) -> frozenset[str]:
    """The files of a source that are there now, as far as anybody knows."""
    there = {
        resource.file
        for resource in store.resources(source)
        if resource.presence and resource.presence[-1][1] is None
    }
    return frozenset(there | {gap.file for gap in store.gaps(source) if gap.to_position is None})
