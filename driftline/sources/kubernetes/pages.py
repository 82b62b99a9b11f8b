"""One page of a listing, read only as far as needed: names and versions, or each object's bytes."""

import hashlib

import msgspec

from driftline.sources.kubernetes.requesting import Broken

_DIGEST_BYTES = 16


class Metadata(msgspec.Struct, gc=False, rename="camel"):
    """The names of one object; `resource_version` changes with every write of it."""

    name: str = ""
    namespace: str = ""
    uid: str = ""
    resource_version: str = ""


class Item(msgspec.Struct, gc=False):
    """One object of a page, of which nothing but its names was read."""

    metadata: Metadata


class ListMetadata(msgspec.Struct, gc=False, rename="camel"):
    """What the server says of the whole listing; `continue_` leads to the next page."""

    resource_version: str = ""
    continue_: str = msgspec.field(name="continue", default="")


class Page(msgspec.Struct, gc=False):
    """One page by its names."""

    metadata: ListMetadata = msgspec.field(default_factory=ListMetadata)
    items: list[Item] | None = None
    kind: str = ""


class _Whole(msgspec.Struct, gc=False):
    items: list[msgspec.Raw] | None = None


_page = msgspec.json.Decoder(Page)
_whole = msgspec.json.Decoder(_Whole)
_item = msgspec.json.Decoder(Item)


def page_of(body: bytes) -> Page:
    """The names on a page; raises Broken when it is no page."""
    try:
        return _page.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Broken("the answer is no listing of objects") from error


def objects_of(body: bytes) -> list[msgspec.Raw]:
    """The bytes of each object on a page, in the order of its names."""
    return _whole.decode(body).items or []


def metadata_of(raw: bytes | msgspec.Raw) -> Metadata:
    """The names of one object; raises Broken when it is none."""
    try:
        return _item.decode(raw).metadata
    except (msgspec.DecodeError, RecursionError) as error:
        raise Broken("the server sent something that is no object") from error


def digest(raw: bytes | msgspec.Raw, resource_version: str) -> bytes:
    """What an object's bytes amount to, whatever its version is."""
    whole = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    data = bytes(raw)
    if resource_version:
        spelled = b'"resourceVersion":"%b"' % resource_version.encode()
        data = data.replace(spelled, b"", 1)
    whole.update(data)
    return whole.digest()
