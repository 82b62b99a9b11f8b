"""What a server tells of one kind as it happens, from a version on.

A watch may end at any time and is then taken up at the last version that was
heard of. What comes twice is told twice; whoever listens must not mind.
"""

from collections.abc import Iterator

import msgspec

from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.pages import Metadata, metadata_of
from driftline.sources.kubernetes.requesting import Asking, Broken

# How long the server is asked to keep one watch open; a silent one is no sign of harm.
WATCH_SECONDS = 240
_SILENT_SECONDS_MORE = 30.0
_OK, _GONE = 200, 410
DELETED, BOOKMARK = "DELETED", "BOOKMARK"
_TOLD = frozenset({"ADDED", "MODIFIED", DELETED})


class Told(msgspec.Struct, frozen=True):
    """One object that was written or deleted; a bookmark has none and tells the version alone."""

    kind: ListedKind
    how: str
    metadata: Metadata
    raw: bytes


class Expired(Broken):
    """The server no longer holds the version from which a watch was to go on."""


class Refused(Broken):
    """The server will not let this kind be watched, or does not have it."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class _Line(msgspec.Struct):
    type: str
    object: msgspec.Raw


class _Status(msgspec.Struct):
    code: int = 0
    message: str = ""


_line = msgspec.json.Decoder(_Line)
_status = msgspec.json.Decoder(_Status)


def told(
    asking: Asking,
    kind: ListedKind,
    namespace: str | None,
    version: str,
    *,
    seconds: int = WATCH_SECONDS,
) -> Iterator[Told]:
    """What happens to the kind after a version, until the watch ends.

    Raises Expired, Refused, or Broken when the connection breaks.
    """
    parameters = {
        "watch": "1",
        "allowWatchBookmarks": "true",
        "resourceVersion": version,
        "timeoutSeconds": str(seconds),
    }
    path = kind.path(namespace or "")
    with asking.follow(path, parameters, seconds + _SILENT_SECONDS_MORE) as (answer, lines):
        if answer.status == _GONE:
            raise Expired("the server no longer holds this version (410)")
        if answer.status in {403, 404, 405}:
            raise Refused(f"watching {kind.name} was refused ({answer.status})", answer.status)
        if answer.status != _OK:
            raise Broken(f"the server answered {answer.status}")
        for line in lines:
            yield _read(kind, line)


def _read(kind: ListedKind, line: bytes) -> Told:
    try:
        heard = _line.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Broken("the watch said something that is no event") from error
    raw = bytes(heard.object)
    if heard.type == "ERROR":
        raise _error(raw)
    if heard.type not in _TOLD and heard.type != BOOKMARK:
        raise Broken("the watch said something that is no event")
    return Told(kind, heard.type, metadata_of(raw), raw)


def _error(raw: bytes) -> Broken:
    try:
        status = _status.decode(raw)
    except msgspec.DecodeError:
        status = _Status()
    if status.code == _GONE:
        return Expired("the server no longer holds this version (410)")
    return Broken(f"the server ended the watch ({status.code})")
