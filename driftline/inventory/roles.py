"""The environment-free name of a Kubernetes object, by which its siblings are matched."""

import re
from collections.abc import Iterable

_SPLIT = re.compile(r"([-._])")


def object_role(key: str, environment_words: Iterable[str]) -> str:
    """`Kind/name` without the words that name environments.

    `key` is `Kind/name` or `Kind/namespace/name`; the namespace is left out,
    because it often is the environment. `environment_words` are lower-case.

    >>> object_role("Deployment/shop-staging/web", {"staging"})
    'Deployment/web'
    >>> object_role("Namespace/shop-staging", {"staging"})
    'Namespace/shop'
    """
    parts = key.split("/")
    kind, name = parts[0], parts[-1]
    return f"{kind}/{without_words(name, environment_words)}"


def without_words(name: str, words: Iterable[str]) -> str:
    """A name without the given words, which must be whole tokens of it.

    A name that is nothing else keeps its spelling, so that it stays a name.

    >>> without_words("api.production.values", {"production"})
    'api.values'
    >>> without_words("production", {"production"})
    'production'
    """
    wanted = set(words)
    pieces = _SPLIT.split(name)
    tokens, marks = pieces[0::2], pieces[1::2]
    kept = [
        (mark, token)
        for mark, token in zip(["", *marks], tokens, strict=True)
        if token.lower() not in wanted
    ]
    if not kept:
        return name
    return kept[0][1] + "".join(mark + token for mark, token in kept[1:])
