"""All objects of one kind, page by page, everywhere or where one may look; or why not.

A listing that is not complete never speaks of what it did not reach. So each
stretch of a kind ends with `Read`, by which what was not seen is gone, or with
`Unread`, by which it is unknown.
"""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.pages import Page, page_of
from driftline.sources.kubernetes.requesting import Answer, Asking, Broken

PAGE_OBJECTS = 500
_PAGE_OBJECTS_MIN = 20
# Of pages that are heavier than this, the next one is asked to be shorter.
_PAGE_BYTES_COMFORTABLE = 16 * 1024 * 1024
_OK, _FORBIDDEN, _NOT_FOUND, _NOT_ALLOWED, _GONE = 200, 403, 404, 405, 410


class Heard(msgspec.Struct, frozen=True):
    """One page of a kind, by its names and as bytes."""

    kind: ListedKind
    page: Page
    body: bytes


class Read(msgspec.Struct, frozen=True):
    """A stretch that was read to its end; `namespace` is None for everywhere.

    A stretch `is_doubtful` when the server answered with a list of nothing in
    particular: that something is missing in it does not mean that it is gone.
    `version` is where a watch would go on.
    """

    kind: ListedKind
    namespace: str | None
    version: str
    is_doubtful: bool = False


class Unread(msgspec.Struct, frozen=True):
    """A stretch that was not read to its end, and why; a denied one may be allowed elsewhere."""

    kind: ListedKind
    namespace: str | None
    reason: str
    is_denied: bool = False


class _Refused(Exception):  # noqa: N818 - the status decides what is done next.
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.status = answer.status


def everywhere(
    asking: Asking, kind: ListedKind, namespaces: Callable[[], Sequence[str]]
) -> Iterator[Heard | Read | Unread]:
    """The kind across the cluster; where that is denied, in these namespaces one by one."""
    for event in stretch(asking, kind, None):
        if not (isinstance(event, Unread) and event.is_denied and kind.is_namespaced):
            yield event
            continue
        one_by_one = namespaces()
        # What may stand in other namespaces stays unknown.
        yield event
        for namespace in one_by_one:
            yield from stretch(asking, kind, namespace)


def stretch(
    asking: Asking, kind: ListedKind, namespace: str | None
) -> Iterator[Heard | Read | Unread]:
    """The kind in one namespace, or everywhere."""
    doubtful = False
    version = ""
    try:
        for heard in _pages(asking, kind, namespace):
            doubtful = doubtful or (heard.page.kind == "List" and kind.kind != "")
            version = heard.page.metadata.resource_version
            yield heard
    except _Refused as refused:
        yield Unread(kind, namespace, _why(refused.status, kind), refused.status == _FORBIDDEN)
    except Broken as reason:
        yield Unread(kind, namespace, str(reason))
    else:
        yield Read(kind, namespace, version, doubtful)


def _pages(asking: Asking, kind: ListedKind, namespace: str | None) -> Iterator[Heard]:
    limit = PAGE_OBJECTS
    token = ""
    restarts = 0
    while True:
        parameters = {"limit": str(limit)}
        if token:
            parameters["continue"] = token
        answer = asking.ask(kind.path(namespace or ""), parameters)
        if answer.status == _GONE and token:
            # The server no longer holds the state that the listing began with.
            restarts += 1
            if restarts > 1:
                raise Broken("it changed faster than it could be listed (410, twice)")
            token = ""
            continue
        if answer.status != _OK:
            raise _Refused(answer)
        page = page_of(answer.body)
        yield Heard(kind, page, answer.body)
        token = page.metadata.continue_
        if not token:
            return
        if len(answer.body) > _PAGE_BYTES_COMFORTABLE:
            limit = max(_PAGE_OBJECTS_MIN, limit // 4)


def _why(status: int, kind: ListedKind) -> str:
    """What a refusal means to a person; the gap itself says where."""
    if status == _FORBIDDEN:
        return f"not allowed to list {kind.name} (403)"
    if status == _NOT_FOUND:
        return f"{kind.name} went away while it was listed (404)"
    if status == _NOT_ALLOWED:
        return f"{kind.name} cannot be listed (405)"
    if status == _GONE:
        return "the server no longer holds what was asked for (410)"
    return f"the server answered {status} when asked for {kind.name}"
