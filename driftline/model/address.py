"""Addresses of facts: RFC 6901 pointers plus one token for lists that have names.

`/spec/containers/[name=web]/image` reads: in the list at `/spec/containers`,
the element whose `name` is `web`, its `image`. A list without natural names is
addressed by position (`/args/0`). `~0` is a tilde and `~1` a slash, as in RFC
6901; `~2` escapes a leading `[` of a real key, so that a key never looks like
an element. docs/format.md fixes the grammar.
"""

import re

_INDEX = re.compile(r"0|[1-9][0-9]*")


def escape(key: str) -> str:
    """One mapping key as a token.

    >>> escape("app.kubernetes.io/name"), escape("[x"), escape("a~b")
    ('app.kubernetes.io~1name', '~2x', 'a~0b')
    """
    if "~" in key:
        key = key.replace("~", "~0")
    if "/" in key:
        key = key.replace("/", "~1")
    return "~2" + key[1:] if key.startswith("[") else key


def unescape(token: str) -> str:
    """The mapping key a token stands for; the reverse of `escape`."""
    if token.startswith("~2"):
        token = "[" + token[2:]
    return token.replace("~1", "/").replace("~0", "~")


def element(field: str, value: str) -> str:
    """The token of a list's element that is named by one of its fields.

    >>> element("name", "web")
    '[name=web]'
    """
    inner = value.replace("~", "~0").replace("/", "~1")
    return f"[{escape(field)}={inner}]"


def element_name(token: str) -> tuple[str, str] | None:
    """Field and value of an element token, or None for any other token."""
    if not (token.startswith("[") and token.endswith("]") and "=" in token):
        return None
    field, _, value = token[1:-1].partition("=")
    return unescape(field), value.replace("~1", "/").replace("~0", "~")


def is_position(token: str) -> bool:
    """Whether the token is a position in a list without names."""
    return _INDEX.fullmatch(token) is not None


def tokens(address: str) -> tuple[str, ...]:
    """The tokens of an address, still escaped; the root has none."""
    return tuple(address.split("/")[1:])


def join(parts: tuple[str, ...]) -> str:
    """The address with these escaped tokens; the reverse of `tokens`."""
    return "".join("/" + part for part in parts)


def ancestors(address: str) -> tuple[str, ...]:
    """Every proper ancestor, nearest first, without the root.

    >>> ancestors("/a/b/c")
    ('/a/b', '/a')
    """
    found = []
    cut = address.rfind("/")
    while cut > 0:
        found.append(address[:cut])
        cut = address.rfind("/", 0, cut)
    return tuple(found)


def shape(address: str) -> str:
    """The address with every position and element name wildcarded.

    >>> shape("/spec/containers/[name=web]/args/0")
    '/spec/containers/[name=*]/args/*'
    """
    shaped = []
    for token in tokens(address):
        named = element_name(token)
        if named is not None:
            shaped.append(f"[{escape(named[0])}=*]")
        else:
            shaped.append("*" if is_position(token) else token)
    return join(tuple(shaped))


def dotted(address: str) -> str:
    """A form for people: `spec.containers[web].image`. It cannot be read back."""
    text = ""
    for token in tokens(address):
        named = element_name(token)
        if named is not None:
            text += f"[{named[1]}]"
        elif is_position(token):
            text += f"[{token}]"
        else:
            key = unescape(token)
            text += f".{key}" if text else key
    return text
