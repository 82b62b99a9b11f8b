"""What sort of thing a value is, where that decides whether environments should agree on it.

Hosts, addresses and identifiers are each environment's own by nature; sizes
follow load; versions are what drift is mostly about. Kinds are read from the
value where its form tells, and else from the last words of its path.
"""

import enum
import functools
import re
from fractions import Fraction

from driftline.inventory.typed import ValueType, decode, duration_seconds, quantity, type_of
from driftline.model import address as addresses


class ValueKind(enum.StrEnum):
    """A sort of values; the text is how the reason calls it."""

    SECRET = "secret"  # noqa: S105 - the name of a kind of values, not a password
    MAIL = "e-mail address"
    URL = "URL"
    HOST = "host name"
    NETWORK = "network address"
    RANGE = "range of versions"
    VERSION = "version"
    SIZE = "size"
    PLATFORM = "placement"  # on what a cluster offers: node pools, storage classes, networks
    LOGGING = "amount of logging"
    IDENTIFIER = "identifier"
    OTHER = ""


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_MAIL = re.compile(r"[^\s@/]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_HOST = re.compile(r"\.?(?:\*\.)?(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+(?::[0-9]+)?", re.IGNORECASE)
_NETWORK = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2}|:[0-9]{1,5})?")
_RANGE = re.compile(r"\s*(?:[<>=~^!]|[0-9.]*[*x](?:$|\s)).*")

_HOST_WORDS = frozenset("host hosts hostname hostnames domain domains server url endpoint".split())
_SIZE_WORDS = frozenset(
    "replicas replica limits requests cpu memory storage size quota capacity threads workers"
    " concurrency shards nodes count instances parallelism guarantee volume".split()
)
_SIZE_PAIRS = frozenset({
    ("node", "type"), ("instance", "type"), ("machine", "type"), ("instance", "class"),
    ("postgres", "class"), ("db", "class"), ("database", "class"), ("node", "size"),
    ("vm", "type"), ("max", "entries"), ("max", "connections"), ("pool", "max"),
})  # fmt: skip
_SIZE_STARTS = frozenset({"min", "max"})
# Words in a row that say where on its own cluster a thing runs.
_PLATFORM = (
    "node selector", "tolerations", "storage class", "availability zone", "availability zones",
    "subnet", "subnets", "vpc", "load balancer ip", "node pool", "ingress class",
)  # fmt: skip
_PLATFORM_DOMAINS = re.compile(
    r"(?:^|[./])(?:cloud\.google\.com|gke\.io|googleapis\.com|amazonaws\.com|azure\.com|"
    r"kubernetes\.azure|alicloud|digitalocean\.com|hetzner\.cloud|ovh\.com)/"
)
_AMOUNT = re.compile(r"([0-9.]+)\s*([kKMGTP]?i?)B", re.IGNORECASE)
_LOGGING_WORDS = frozenset("debug loglevel verbose verbosity".split())
_IDENTIFIER_WORDS = frozenset(
    "id ids project account subscription tenant arn bucket cluster region zone".split()
)
_VERSION_KINDS = frozenset({ValueType.VERSION, ValueType.IMAGE})


def words_of(key: str) -> list[str]:
    """The words of a key in lower case.

    >>> words_of("maxReplicas"), words_of("log_retention_days")
    (['max', 'replicas'], ['log', 'retention', 'days'])
    """
    return [one.lower() for one in _WORD.findall(key)]


@functools.lru_cache(maxsize=65536)
def keys_of(address: str) -> tuple[tuple[str, ...], ...]:
    """The words of the last three keys of an address, the nearest first; elements have none."""
    found = [
        tuple(words_of(addresses.unescape(token)))
        for token in reversed(addresses.tokens(address))
        if not addresses.is_position(token) and addresses.element_name(token) is None
    ]
    return tuple(found[:3])


@functools.lru_cache(maxsize=65536)
def kind_of(address: str, value: str | None) -> ValueKind:
    """The kind of the value at an address; of a value that is absent, by the address alone.

    >>> kind_of("/ingress/host", '"a.example"'), kind_of("/spec/replicas", "3")
    (<ValueKind.HOST: 'host name'>, <ValueKind.SIZE: 'size'>)
    >>> kind_of("/chart/version", '">=1.0.0"'), kind_of("/image/tag", '"1.2.3"')
    (<ValueKind.RANGE: 'range of versions'>, <ValueKind.VERSION: 'version'>)
    """
    kind = type_of(address, value)
    if kind is ValueType.SECRET:
        return ValueKind.SECRET
    text = decode(value) if value is not None and value[0] == '"' else ""
    by_form = _by_form(address, text)
    if by_form is not ValueKind.OTHER:
        return by_form
    if kind in _VERSION_KINDS:
        return ValueKind.RANGE if _RANGE.fullmatch(text) else ValueKind.VERSION
    return _by_words(address)


def _by_form(address: str, text: str) -> ValueKind:
    if _MAIL.fullmatch(text):
        return ValueKind.MAIL
    if _URL.fullmatch(text):
        return ValueKind.URL
    if _NETWORK.fullmatch(text):
        return ValueKind.NETWORK
    keys = keys_of(address)
    is_host_key = bool(keys) and not _HOST_WORDS.isdisjoint(keys[0])
    if _HOST.fullmatch(text) and (is_host_key or text.count(".") > 1 or text.startswith(".")):
        is_version = type_of(address, f'"{text}"') in _VERSION_KINDS
        return ValueKind.OTHER if is_version else ValueKind.HOST
    return ValueKind.OTHER


def _by_words(address: str) -> ValueKind:
    keys = keys_of(address)
    if not keys:
        return ValueKind.OTHER
    nearest = keys[0]
    if not _LOGGING_WORDS.isdisjoint((*nearest, "".join(nearest))):
        return ValueKind.LOGGING
    if "".join(nearest[-2:]) == "loglevel":
        return ValueKind.LOGGING
    if _is_platform(address):
        return ValueKind.PLATFORM
    if is_size(address):
        return ValueKind.SIZE
    if nearest and nearest[-1] in _IDENTIFIER_WORDS:
        return ValueKind.IDENTIFIER
    return ValueKind.OTHER


@functools.lru_cache(maxsize=65536)
def is_size(address: str) -> bool:
    """Whether an address says how much of something there is: replicas, memory, machines."""
    keys = keys_of(address)
    nearest = keys[0] if keys else ()
    if tuple(nearest[-2:]) in _SIZE_PAIRS or nearest[:1] in {(one,) for one in _SIZE_STARTS}:
        return True
    return not _SIZE_WORDS.isdisjoint(word for key in keys for word in key)


def _is_platform(address: str) -> bool:
    keys = [addresses.unescape(one) for one in addresses.tokens(address)]
    if any(_PLATFORM_DOMAINS.search(key) for key in keys):
        return True
    said = f" {' '.join(word for key in keys for word in words_of(key))} "
    return any(f" {one} " in said for one in _PLATFORM)


def is_capacity(address: str) -> bool:
    """Whether an address says how much is there, or for how long it is kept."""
    return is_size(address) or any("retention" in key for key in keys_of(address))


def amount(value: str | None) -> Fraction | None:
    """How much a value says there is, or None when it says no amount.

    >>> amount('"25GB"') < amount('"1Ti"'), amount("3") == 3, amount('"90d"') > amount('"15d"')
    (True, True, True)
    """
    if value is None or value[0] in "{[tfn":
        return None
    text = decode(value) if value[0] == '"' else value
    bytes_ = _AMOUNT.fullmatch(text)
    if bytes_:
        text = f"{bytes_[1]}{bytes_[2]}"
    found = quantity(text)
    return duration_seconds(text) if found is None else found


@functools.lru_cache(maxsize=65536)
def is_host_list(address: str) -> bool:
    """Whether an address is an element of a list of hosts, or the host of such an element."""
    tokens = addresses.tokens(address)
    keys = keys_of(address)
    in_list = any(addresses.is_position(one) for one in tokens[-2:])
    return in_list and bool(keys) and not _HOST_WORDS.isdisjoint(keys[0])
