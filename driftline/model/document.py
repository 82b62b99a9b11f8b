"""What one version of one file said: documents of flat facts, or a gap.

A fact's value is JSON text: `"web"`, `3`, `1.10`, `true`, `null`. Numbers keep
the spelling of the file where JSON allows it, because `1.10` may be a version;
equality by meaning is decided on reading (`driftline.inventory.typed`). An
empty mapping is the fact `{}`, an empty list `[]`. A redacted secret is
`{"secret":"KEYID:DIGEST"}`. Absence is never a value: it is None, or no entry.
"""

import enum
from collections.abc import Mapping

import msgspec


class DocumentKind(enum.StrEnum):
    """What a document is, as far as its own text tells."""

    OBJECT = "object"  # a Kubernetes object: apiVersion, kind, metadata
    KUSTOMIZATION = "kustomization"
    CHART = "chart"  # Chart.yaml or requirements.yaml
    COMPOSE = "compose"
    HELMFILE = "helmfile"
    TERRAFORM = "terraform"  # .tf: variables, modules, resources
    TFVARS = "tfvars"
    OWNERSHIP = "ownership"  # who owns which field of an object; nothing that is configured
    PLAIN = "plain"  # any other configuration: values files, .env, TOML, ...


class Document(msgspec.Struct, frozen=True, gc=False):
    """One document of a file.

    `key` names it inside the file: empty for a file that is one plain
    document, `Kind/name` or `Kind/namespace/name` for a Kubernetes object,
    `#2` for the third of several nameless documents. `parts` are disjoint maps
    from address to value; equal top-level chunks of two versions may share one
    map, so that identity proves equality cheaply.
    """

    key: str
    kind: DocumentKind
    parts: tuple[Mapping[str, str], ...]

    def leaves(self) -> dict[str, str]:
        """All facts of the document in one new map, address to value."""
        merged: dict[str, str] = {}
        for part in self.parts:
            merged.update(part)
        return merged


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What reading one version of one file gave: documents, or why there are none.

    `gap` is None when everything was read. With a gap, `documents` holds what
    could be read all the same, which may be nothing.
    """

    documents: tuple[Document, ...]
    gap: str | None = None
