"""What of each live object is remembered between two looks: its identity, its version, its digest.

It is derived: whoever loses it reads every object anew and finds that nothing
changed. With it, an object that nobody wrote is not even parsed.
"""

from collections.abc import Iterator

import msgspec

from driftline.history.protocol import Store
from driftline.model.document import DocumentKind
from driftline.sources.kubernetes.translate import MANAGERS, RULES


class Head(msgspec.Struct, array_like=True, gc=False):
    """One object as it was last seen; `round` is set by the look that sees it.

    `key` is the key of its document; whether it has a companion that says who
    owns it is `has_managers`.
    """

    key: str
    version: str
    digest: bytes
    has_managers: bool
    round: int = 0


class Heads:
    """The heads of one cluster: file → identity → head.

    The identity is the object's uid, or its key where it has none. `server` is
    the release of the server that told them: another one may fill in other
    defaults without anybody having written the object.
    """

    def __init__(self, files: dict[str, dict[str, Head]] | None = None) -> None:
        self.files = files if files is not None else {}
        self.is_changed = False
        self.server = ""

    def of(self, file: str) -> dict[str, Head]:
        """The heads of one file; made if there are none."""
        found = self.files.get(file)
        if found is None:
            found = self.files[file] = {}
        return found

    def of_kind(self, name: str) -> Iterator[str]:
        """The files that hold objects of a kind such as `deployments.apps`."""
        for file, heads in self.files.items():
            if heads and file.partition("/")[2] == name:
                yield file

    @property
    def kinds(self) -> frozenset[str]:
        """The names of all kinds of which objects are known."""
        return frozenset(file.partition("/")[2] for file, heads in self.files.items() if heads)

    @property
    def count(self) -> int:
        """How many objects are known."""
        return sum(map(len, self.files.values()))


_decoder = msgspec.msgpack.Decoder(dict[str, dict[str, Head]])


def load_heads(store: Store, source: int, key_id: str) -> Heads:
    """What was remembered, if it was read by the same rules and masked with the same key.

    Where something was stored since, or all is forgotten, the objects that the
    store holds and nobody remembers are among them, as never seen.
    """
    body = store.derived(_name(source), _stamp(key_id))
    heads = Heads()
    if body is not None:
        try:
            heads = Heads(_decoder.decode(body))
        except (msgspec.DecodeError, msgspec.ValidationError):
            body = None
    server = store.derived(_position(source), str(store.next_position(source)))
    if body is None or server is None:
        _add_unremembered(store, source, heads)
    heads.server = (server or b"").decode()
    return heads


def keep_heads(store: Store, source: int, key_id: str, heads: Heads) -> None:
    """Remember; to be called after what the heads stand for was stored, never before."""
    if heads.is_changed:
        present = {file: found for file, found in heads.files.items() if found}
        store.keep_derived(_name(source), _stamp(key_id), msgspec.msgpack.encode(present))
        heads.is_changed = False
    position = str(store.next_position(source))
    store.keep_derived(_position(source), position, heads.server.encode())


def _add_unremembered(store: Store, source: int, heads: Heads) -> None:
    there = {
        (one.file, one.key): one.kind
        for one in store.resources(source)
        if one.presence and one.presence[-1][1] is None
    }
    known = {(file, head.key) for file, found in heads.files.items() for head in found.values()}
    for file, key in there.keys() - known:
        if there[(file, key)] == DocumentKind.OBJECT:
            has_managers = (file, MANAGERS + key) in there
            heads.of(file)[key] = Head(key, "", b"", has_managers)


def _position(source: int) -> str:
    return f"heads/{source}/position"


def _name(source: int) -> str:
    return f"heads/{source}"


def _stamp(key_id: str) -> str:
    return f"{RULES} {key_id}"
