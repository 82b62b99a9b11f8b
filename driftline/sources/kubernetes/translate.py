"""One live object as two documents: what it holds, and who owns which field of it.

Its facts are made as those of a declared manifest are, by the same flattening,
list keys and masking, so that both can be compared address by address.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from driftline.model.document import Document, DocumentKind
from driftline.sources.formats.documents import Masking, masked_facts
from driftline.sources.formats.embedded_text import structured
from driftline.sources.formats.identity import heading_of_tree, identify
from driftline.sources.formats.json_trees import Spelled, tree_of_value
from driftline.sources.formats.limits import Unreadable, too_deep
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.left_out import leave_out
from driftline.sources.kubernetes.managed_fields import Entry, ownership, ownership_facts

MANAGERS = "managers:"
# What an object says changes when these rules do; remembered beside what was read.
RULES = "1"


# Numbers keep the spelling of the server, as they do in files.
_decoder = msgspec.json.Decoder(float_hook=Spelled)


class LiveObject(msgspec.Struct, frozen=True):
    """One object: where its documents are kept, and what they say.

    `managers` is empty where the server gave no managedFields, or where they
    were stripped; then nobody knows who owns what.
    """

    file: str
    key: str
    facts: Mapping[str, str]
    managers: Mapping[str, str]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The object's document and, where it is known who owns it, its companion."""
        made = Document(self.key, DocumentKind.OBJECT, (self.facts,))
        if not self.managers:
            return (made,)
        key = MANAGERS + self.key
        return (made, Document(key, DocumentKind.OWNERSHIP, (self.managers,)))


def object_key(kind: str, namespace: str, name: str) -> str:
    """The key of an object, as a manifest's would be.

    >>> object_key("Deployment", "shop", "web"), object_key("Namespace", "", "shop")
    ('Deployment/shop/web', 'Namespace/shop')
    """
    return "/".join(filter(None, (kind, namespace, name)))


def translate(raw: bytes, kind: ListedKind, masking: Masking) -> LiveObject:
    """The object that an item of a listing is; raises Unreadable with the reason.

    `raw` is its JSON; items of a listing may leave out what the listing says.
    """
    try:
        made = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable("it is no valid JSON") from error
    except RecursionError:
        raise too_deep() from None
    if not isinstance(made, dict):
        raise Unreadable("it is no object")
    named = {"apiVersion": kind.api_version, "kind": kind.kind}
    made = {**named, **{key: value for key, value in made.items() if value or key not in named}}
    entries = _entries(made)
    leave_out(made)
    tree = tree_of_value(made)
    if not isinstance(tree, dict):
        raise Unreadable("it is no object")
    heading = heading_of_tree(tree)
    key, _ = identify(heading, DocumentKind.PLAIN)
    key = key or object_key(heading.kind, heading.namespace, heading.name)
    structured(tree, heading, is_kustomization=False)
    owners, times = ownership(entries, tree, is_secret=heading.is_secret)
    managers = _masked(ownership_facts(owners, {}), masking)
    managers.update(ownership_facts({}, times))
    facts = masked_facts(tree, heading, masking)
    namespace = heading.namespace if kind.is_namespaced else ""
    return LiveObject(kind.file(namespace), key, facts, managers)


def _entries(made: dict[str, Any]) -> tuple[Entry, ...]:
    metadata = made.get("metadata")
    given = metadata.get("managedFields") if isinstance(metadata, dict) else None
    try:
        return msgspec.convert(given, tuple[Entry, ...]) if given else ()
    except msgspec.ValidationError:
        # Managed fields in a form that nobody knows are as good as none.
        return ()


def _masked(facts: dict[str, str], masking: Masking) -> dict[str, str]:
    """With the same addresses that the object's facts have once masked."""
    if facts:
        masking.redact(facts)
    return facts
