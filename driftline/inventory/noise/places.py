"""Where in an object an address points: its shape, and the elements of lists it runs through."""

import functools
from collections.abc import Iterable

import msgspec

from driftline.model import address as addresses

# Below these, an object of whatever kind describes pods.
_POD_PLACES = ("/spec/template/spec/", "/spec/jobTemplate/spec/template/spec/", "/template/spec/")
_TEMPLATE_PLACES = ("/spec/template/", "/spec/jobTemplate/spec/template/", "/template/")
_CONTAINERS = ("containers/*/", "initContainers/*/", "ephemeralContainers/*/")

# Mappings whose keys anybody may invent, so that no server fills them in.
_OPEN = frozenset(
    "data binaryData stringData labels annotations matchLabels nodeSelector parameters"
    " encryptedData".split()
)


class Place(msgspec.Struct, frozen=True, gc=False):
    """What an address says about itself.

    `shape` has a `*` for every element of a list; `elements` are the prefixes
    that end at an element, the outermost first; `key` is the last key that is
    no element, unescaped; `is_open` tells that it is a key that anybody may
    invent; `lists` has, for each element, the list, the token and the naming
    field (empty for a position).
    """

    shape: str
    elements: tuple[str, ...]
    key: str
    is_open: bool
    lists: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_element(self) -> bool:
        """Whether the address is an element of a list, and no part of one."""
        return self.shape.endswith("/*")


@functools.lru_cache(maxsize=131072)
def place(address: str) -> Place:
    """The place of an address.

    >>> place("/spec/ports/[port=80]/protocol").shape
    '/spec/ports/*/protocol'
    >>> place("/metadata/labels/app").is_open, place("/spec/type").is_open
    (True, False)
    """
    tokens = addresses.tokens(address)
    shaped: list[str] = []
    elements: list[str] = []
    key = ""
    at = 0
    for token in tokens:
        at += len(token) + 1
        # A key of an open mapping may look like a position (`data: {"1": …}`).
        is_key_of_open = len(shaped) > 0 and shaped[-1] in _OPEN and not token.startswith("[")
        if not is_key_of_open and is_element(token):
            shaped.append("*")
            elements.append(address[:at])
        else:
            shaped.append(token)
            key = token
    is_open = any(one in _OPEN for one in shaped[-2:-1]) or _is_amount_map(shaped)
    lists = tuple(_list_of(one) for one in elements)
    shape = "/" + "/".join(shaped)
    return Place(shape, tuple(elements), addresses.unescape(key), is_open, lists)


def _list_of(element: str) -> tuple[str, str, str]:
    root, _, token = element.rpartition("/")
    named = addresses.element_name(token)
    return root, token, "" if named is None else named[0]


def is_element(token: str) -> bool:
    """Whether a token selects in a list.

    >>> is_element("0"), is_element("[name=web]"), is_element("name")
    (True, True, False)
    """
    return token[:1] == "[" or addresses.is_position(token)


def _is_amount_map(shaped: list[str]) -> bool:
    """Whether the last key names a resource: below limits, requests, hard, capacity."""
    return len(shaped) > 1 and shaped[-2] in ("limits", "requests", "hard", "capacity")


@functools.lru_cache(maxsize=32768)
def pod_path(kind: str, shape: str) -> str | None:
    """The path inside the description of a pod, or None outside of one.

    >>> pod_path("Deployment", "/spec/template/spec/dnsPolicy")
    'dnsPolicy'
    >>> pod_path("Pod", "/spec/dnsPolicy"), pod_path("Service", "/spec/type")
    ('dnsPolicy', None)
    """
    if kind == "Pod":
        return shape[6:] if shape.startswith("/spec/") else None
    for start in _POD_PLACES:
        if shape.startswith(start):
            return shape[len(start) :]
    return None


@functools.lru_cache(maxsize=32768)
def container_path(kind: str, shape: str) -> str | None:
    """The path inside a container, or None outside of one.

    >>> container_path("Pod", "/spec/initContainers/*/image")
    'image'
    """
    inside = pod_path(kind, shape)
    if inside is not None:
        for start in _CONTAINERS:
            if inside.startswith(start):
                return inside[len(start) :]
    return None


@functools.lru_cache(maxsize=32768)
def metadata_path(shape: str) -> str | None:
    """The path inside the metadata of an object, or of the pods or claims it describes.

    >>> metadata_path("/spec/template/metadata/labels/app"), metadata_path("/spec/type")
    ('labels/app', None)
    """
    for start in ("/", *_TEMPLATE_PLACES, "/spec/jobTemplate/", "/spec/volumeClaimTemplates/*/"):
        if shape.startswith(start + "metadata/"):
            return shape[len(start) + 9 :]
    return None


def parent(address: str) -> str:
    """The address above; the root has none.

    >>> parent("/spec/ports/[port=80]")
    '/spec/ports'
    """
    return address[: address.rfind("/")] if address else ""


def has(facts: Iterable[str], head: str) -> bool:
    """Whether these addresses hold a container or element, or run through it.

    >>> has(["/spec/ports/[port=80]/name"], "/spec/ports"), has(["/spec/type"], "/spec/ports")
    (True, False)
    """
    start = head + "/"
    return any(one.startswith(start) or one == head for one in facts)
