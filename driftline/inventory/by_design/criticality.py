"""How much may hang on a path, by the words in it: a table that anybody can read and extend.

The weights only order what is shown first; nothing is left out by them. They
are small whole numbers, so that scores are the same on every machine.
"""

import functools

from driftline.inventory.by_design.value_kinds import ValueKind, is_size, kind_of, words_of
from driftline.model import address as addresses

ORDINARY = 4
HIGHEST = 8
SIZE = 5
VERSION = 8

# The first row with a word (or several words in a row) of the path decides.
# Rows that quieten come first: a label called `version` is a label.
TABLE: tuple[tuple[int, frozenset[str]], ...] = (
    (1, frozenset({
        "label", "labels", "annotation", "annotations", "description", "comment", "comments",
        "display name", "title", "banner", "dashboard", "dashboards", "legend", "color", "colour",
        "documentation", "summary", "maintainer", "icon",
    })),
    (HIGHEST, frozenset({
        "security context", "privileged", "run as user", "run as non root", "run as group",
        "capabilities", "read only root filesystem", "host network", "host pid", "seccomp",
        "allow privilege escalation", "network policy", "rbac", "password", "encryption",
        "encrypted", "public", "publicly accessible", "deletion protection", "tls", "ssl",
        "force https", "trusted proxy", "permissions",
    })),
    (7, frozenset({
        "timeout", "timeouts", "retries", "retry", "backup", "retention", "rate limit",
        "rate limits", "throttling", "throttle", "liveness probe", "readiness probe",
        "startup probe", "self heal", "prune", "quota",
    })),
    (6, frozenset({
        "feature", "features", "flag", "flags", "feature flags", "enabled", "disabled", "enable",
        "disable", "debug", "log level", "loglevel", "strategy", "policy", "replication",
    })),
    (2, frozenset({
        "node selector", "tolerations", "affinity", "storage class", "storage class name",
        "topology spread constraints", "priority class name", "mount path", "host path",
    })),
)  # fmt: skip


@functools.lru_cache(maxsize=65536)
def criticality(address: str, value: str | None = None) -> int:
    """The weight of a path, from 1 (says something to people) to 8 (decides what runs).

    `value` is the JSON text of either side; it tells versions from other texts.

    >>> criticality("/image/tag", '"1.2"'), criticality("/metadata/labels/team"), criticality("/a")
    (8, 1, 4)
    """
    words = " ".join(
        word
        for token in addresses.tokens(address)
        if addresses.element_name(token) is None
        for word in words_of(addresses.unescape(token))
    )
    padded = f" {words} "
    for weight, phrases in TABLE:
        if any(f" {phrase} " in padded for phrase in phrases):
            return weight
    kind = kind_of(address, value)
    if kind in (ValueKind.VERSION, ValueKind.RANGE):
        return VERSION
    if kind is ValueKind.SECRET:
        return HIGHEST
    return SIZE if is_size(address) else ORDINARY
