"""YAML files: several documents, each as far as possible from what is known of older versions."""

import re

from driftline.model.document import Document, DocumentKind
from driftline.sources.formats.documents import (
    SOPS_REASON,
    Masking,
    Named,
    documents_of_tree,
    with_unique_keys,
)
from driftline.sources.formats.identity import heading_of_sections, identify
from driftline.sources.formats.limits import (
    DOCUMENTS_MAX,
    LEAVES_MAX,
    Malformed,
    Unreadable,
    too_many,
)
from driftline.sources.formats.part_cache import PartCache
from driftline.sources.formats.yaml_chunks import ChunkReader
from driftline.sources.formats.yaml_trees import yaml_trees

_MARKER = re.compile(r"\n(---)(?=\s|$)")
_BARE_MARKER = re.compile(r"---[ ]*(?:[ ]#[^\n]*)?(?:\n|$)")
TEMPLATE_REASON = "a template ({{ … }}) that only its own tool can render"
_NAMED_BYTES = 900
_FACT_BYTES = 250


class YamlDocuments:
    """Reads YAML text into documents; remembers pieces of what it has read.

    Without `in_pieces` each document is parsed as a whole, which costs less
    where a file is met in two versions at most.
    """

    def __init__(self, masking: Masking, *, in_pieces: bool = True) -> None:
        self._masking = masking
        self._in_pieces = in_pieces
        self._chunks = ChunkReader(masking.redact)
        # Whole documents are only worth remembering in files that hold several:
        # in any other file the document changes with every version.
        self._cache: PartCache[list[Named]] = PartCache()

    def read(
        self, text: str, expected: DocumentKind, *, in_templates: bool = False
    ) -> tuple[tuple[Document, ...], str | None]:
        """The documents of the text and, if one could not be read, why.

        `in_templates` is true in a chart's templates folder, where `{{` is
        always the template language and never content.
        """
        if in_templates and "{{" in text:
            return (), TEMPLATE_REASON
        found: list[Named | None] = []
        reasons: list[str] = []
        leaves = 0
        segments = _segments(text)
        end = 0
        for segment in segments:
            begin, end = end, end + len(segment)
            try:
                named = self._segment(segment, expected, single=len(segments) == 1)
                leaves += sum(one.count for one in named)
                if leaves > LEAVES_MAX:
                    return (), str(too_many())
                found.extend(named)
            except Unreadable as reason:
                found.append(None)
                lines = text.count("\n", 0, begin)
                reasons.append(_reason(reason, segment, lines))
        documents = with_unique_keys(found)
        return documents, _combined(reasons, len(segments))

    def _segment(self, text: str, expected: DocumentKind, *, single: bool) -> list[Named]:
        if single:
            return self._documents(text, expected)
        known = self._cache.get((expected, text))
        if known is None:
            known = self._documents(text, expected)
            cost = sum(_NAMED_BYTES + one.count * _FACT_BYTES for one in known)
            self._cache.keep((expected, text), known, cost + len(text))
        return known

    def _documents(self, text: str, expected: DocumentKind) -> list[Named]:
        is_kustomization = expected is DocumentKind.KUSTOMIZATION
        if self._in_pieces and not is_kustomization and not _has_directives(text):
            named = self._from_pieces(text, expected)
            if named is not None:
                return [named]
        return [
            named
            for tree in yaml_trees(text)
            for named in documents_of_tree(tree, expected, self._masking)
        ]

    def _from_pieces(self, text: str, expected: DocumentKind) -> Named | None:
        """The document put together from its pieces, or None if it needs a whole reading."""
        marker = _BARE_MARKER.match(text)
        sections = self._chunks.read(text[marker.end() :] if marker else text)
        if sections is None:
            return None
        heading = heading_of_sections(sections)
        if heading.is_secret or heading.is_list or heading.is_argo_application:
            return None
        if "sops" in sections and any(
            address in part
            for part in sections["sops"]
            for address in ("/sops/mac", "/sops/lastmodified")
        ):
            raise Unreadable(SOPS_REASON)
        key, kind = identify(heading, expected)
        if kind is DocumentKind.KUSTOMIZATION:
            return None
        return Named(key, kind, tuple(part for parts in sections.values() for part in parts))


def _segments(text: str) -> list[str]:
    """The text of each document, with its marker; one segment where cutting is not safe."""
    if "---" not in text or _has_directives(text):
        return [text]
    at = [match.start(1) for match in _MARKER.finditer(text)]
    if len(at) > DOCUMENTS_MAX:
        return [text]
    at = [0, *at, len(text)]
    return [text[at[i] : at[i + 1]] for i in range(len(at) - 1)]


def _has_directives(text: str) -> bool:
    """Whether directives or explicit document ends may change how the text around them is read.

    They are rare, so a file that may hold them is parsed in one piece.
    """
    return text.startswith(("%", "...")) or "\n%" in text or "\n..." in text or "\ufeff" in text


def _reason(unreadable: Unreadable, text: str, lines: int) -> str:
    if not isinstance(unreadable, Malformed):
        return str(unreadable)
    return TEMPLATE_REASON if "{{" in text else str(unreadable.after(lines))


def _combined(reasons: list[str], segments: int) -> str | None:
    if not reasons:
        return None
    first = reasons[0]
    if segments == 1:
        return first
    return f"{len(reasons)} of {segments} documents: {first}"
