"""Names that end in a hash or in random letters, and what they are without.

kustomize names a ConfigMap after its content, so that every change of content
changes the name and every reference to it. The content is compared by itself.
"""

import functools
import re

# kustomize spells ten hexadecimal digits without vowels and ambiguous digits.
_CONTENT_HASH = re.compile(r"(.+)-[2456789bcdfghkmt]{10}")
_RANDOM = re.compile(r"(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}")
_POD_HASH = re.compile(r"(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}")
# The last keys of shapes at which one object names a ConfigMap or Secret.
_REFERENCES = re.compile(
    r".*/(?:configMap/name|secret/secretName|configMapKeyRef/name|secretKeyRef/name"
    r"|configMapRef/name|secretRef/name|imagePullSecrets/\*/name|sources/\*/(?:configMap|secret)/name"
    r"|tls/\*/secretName|secretName|configMapName)"
)


@functools.lru_cache(maxsize=65536)
def without_hash(name: str) -> str:
    """A name without the hash of its content; the name itself where there is none.

    >>> without_hash("settings-5f8k29bt6d"), without_hash("settings")
    ('settings', 'settings')
    """
    found = _CONTENT_HASH.fullmatch(name)
    # Ten letters of a word are no hash: hexadecimal has digits nearly always.
    has_digit = found is not None and any(one.isdigit() for one in name[-10:])
    return found[1] if found is not None and has_digit else name


@functools.lru_cache(maxsize=65536)
def without_random(name: str) -> str:
    """A name without what a controller put behind it: a pod's, a replica set's or a token's.

    >>> without_random("web-7d67897454-x2k9q"), without_random("robot-token-7m6xs")
    ('web', 'robot-token')
    """
    found = _RANDOM.fullmatch(name)
    if found is None:
        return name
    inner = _POD_HASH.fullmatch(found[1])
    return found[1] if inner is None or not re.search(r"\d", found[1][-6:]) else inner[1]


def is_reference(shape: str) -> bool:
    """Whether the value at a shape names a ConfigMap or a Secret.

    >>> is_reference("/spec/template/spec/volumes/*/configMap/name")
    True
    """
    return _REFERENCES.fullmatch(shape) is not None


def same_but_for_hash(left: str, right: str) -> bool:
    """Whether two names, as JSON text, differ in nothing but a hash of content.

    >>> same_but_for_hash('"settings-5f8k29bt6d"', '"settings"')
    True
    """
    if left[:1] != '"' or right[:1] != '"':
        return False
    return without_hash(left[1:-1]) == without_hash(right[1:-1])
