"""Which field names the elements of a list, so that order is no difference.

A list has a natural key when every element is a mapping that holds the same
field with a scalar, and no two elements hold the same value. Kubernetes and
the tools around it have fields of their own for many lists; any other list is
tried with the usual names and otherwise addressed by position.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

# The key under which a list stands -> the fields to try, in this order. For
# Kubernetes the first is the field by which its own merge matches elements.
FIELDS_BY_PARENT: dict[str, tuple[str, ...]] = {
    "ports": ("containerPort", "port", "number", "name"),
    "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",),
    # A host or a certificate is what differs between environments, so it names
    # nothing that siblings share: such elements are matched by position.
    "hosts": ("name",),
    "extraHosts": ("name",),
    "tls": ("name",),
    "rules": ("alert", "record", "name"),
    "paths": ("path",),
    "conditions": ("type",),
    "hostAliases": ("ip",),
    "topologySpreadConstraints": ("topologyKey",),
    "scrape_configs": ("job_name",),
    "static_configs": ("name",),
    "repositories": ("name", "url"),
    "dependencies": ("alias", "name"),
    "panels": ("id", "title", "name"),
}
GENERIC_FIELDS = ("name", "key", "id")

_NAME_CHARACTERS_MAX = 200
# A list under one of these keys may hold the secrets themselves in a field
# called `key` or `id`; an address must never carry one.
_SENSITIVE_PARENT = ("token", "secret", "apikey", "api_key", "password", "credential", "keys")

_decode = msgspec.json.Decoder(str).decode


def key_field(parent: str, elements: Sequence[Any]) -> tuple[str, list[str]] | None:
    """The naming field and its value in each element, or None for a list by position.

    `elements` are trees; `parent` is the key under which the list stands.

    >>> key_field("env", [{"name": '"A"'}, {"name": '"B"'}])
    ('name', ['A', 'B'])
    >>> key_field("env", [{"name": '"A"'}, {"name": '"A"'}]) is None
    True
    """
    if not elements or elements[0].__class__ is not dict:
        return None
    fields = FIELDS_BY_PARENT.get(parent, GENERIC_FIELDS)
    if fields is GENERIC_FIELDS and parent and _is_sensitive(parent):
        fields = ("name",)
    for field in fields:
        if field in elements[0]:
            values = _values(field, elements)
            if values is not None:
                return field, values
    return None


def _is_sensitive(parent: str) -> bool:
    lowered = parent.lower()
    return any(word in lowered for word in _SENSITIVE_PARENT)


def _values(field: str, elements: Sequence[Any]) -> list[str] | None:
    values: list[str] = []
    for element in elements:
        if element.__class__ is not dict:
            return None
        value = element.get(field)
        if value.__class__ is not str or value in ("null", "true", "false"):
            return None
        name = _decode(value) if value[0] == '"' else value
        # A name with control characters or of many lines is no name, and would
        # make an address that nobody can read.
        if not name or len(name) > _NAME_CHARACTERS_MAX or not name.isprintable():
            return None
        values.append(name)
    return values if len(set(values)) == len(values) else None
