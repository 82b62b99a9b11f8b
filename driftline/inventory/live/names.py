"""Which environments the name or the labels of a namespace or a cluster speak of.

A name speaks of an environment by its own word or another spelling of it:
`shop-prd` of `production`. Of an environment with parts, such as
`production/eu`, the part that a name adds decides between its siblings.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.vocabulary import STRENGTH
from driftline.model.placing import Environment

# Labels by which people say on the namespace itself what environment it is.
ENVIRONMENT_LABELS = (
    "environment",
    "env",
    "app.kubernetes.io/environment",
    "stage",
    "deployment-environment",
    "fleet.cattle.io/environment",
)
# Namespaces that a cluster has of itself; nobody's environment unless somebody says so.
OWN_NAMESPACES = re.compile(
    r"kube-.*|openshift(?:-.*)?|gke-.*|gmp-.*|calico-.*|tigera-.*|aks-.*|amazon-.*|cattle-.*"
    r"|local-path-storage|config-management-.*|resource-group-system"
)
# Words for the place that users see, and for the last place before it: they
# mean one thing only where nothing better stands beside them.
TIERS: tuple[frozenset[str], ...] = (
    frozenset({"production", "live", "main", "master", "prod"}),
    frozenset({"staging", "preproduction", "uat", "acceptance", "pre", "release"}),
    frozenset({"development", "integration", "sandbox", "local"}),
    frozenset({"qa", "testing", "quality"}),
)
_WORD = re.compile(r"[a-z0-9]+(?:-[0-9]{1,3})?")
_STRENGTH_MIN = 0.3


def named_by(text: str, environments: Sequence[Environment]) -> tuple[str, ...]:
    """The environments that a name speaks of: those of which it says most, in their order.

    >>> two = [Environment(name, (), 1.0, ()) for name in ("production/eu", "production/us")]
    >>> named_by("prod-us-1", two), named_by("prod", two), named_by("preprod-us", two)
    (('production/us',), ('production/eu', 'production/us'), ())
    """
    if not text:
        return ()
    spoken = canonical(text)
    said = {one.name: _said(spoken, one) for one in environments}
    most = max(said.values(), default=(0, 0))
    return tuple(name for name, much in said.items() if much == most and much[0])


def _said(spoken: str, environment: Environment) -> tuple[int, int]:
    """How many parts, and letters, of an environment's name a canonical text says.

    Nothing without the first part. `staging-1` says more of `staging-1` than of `staging`.
    """
    parts = [value for _, value in environment.dimensions] or environment.name.split("/")
    first, *rest = (canonical(part) for part in parts)
    if not _says(spoken, first):
        return 0, 0
    said = [first, *(part for part in rest if _says(spoken, part))]
    return len(said), sum(map(len, said))


@lru_cache(maxsize=4096)
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])")


def _says(spoken: str, part: str) -> bool:
    return bool(part) and _pattern(part).search(spoken) is not None


def labelled(labels: Mapping[str, str], environments: Sequence[Environment]) -> tuple[str, str]:
    """The environment that labels name and the label that does, both empty where none does."""
    for key in ENVIRONMENT_LABELS:
        value = labels.get(key, "")
        found = named_by(value, environments)
        if len(found) == 1:
            return found[0], f"{key}={value}"
    return "", ""


def environment_word(name: str) -> tuple[str, str]:
    """The strongest word for an environment in a name, and the name without it.

    >>> environment_word("shop-live"), environment_word("payments"), environment_word("uat")
    (('live', 'shop-{}'), ('', ''), ('uat', '{}'))
    """
    best: tuple[float, str, str] = (0.0, "", "")
    for match in re.finditer(r"(?:pre|non)[-_]?[a-z]+|[a-z]+[0-9]*", name.lower()):
        word = canonical(match[0])
        strength = STRENGTH.get(re.sub(r"-?[0-9]+$", "", word), 0.0)
        if strength >= _STRENGTH_MIN and strength > best[0]:
            family = name[: match.start()] + "{}" + name[match.end() :]
            best = (strength, match[0], family)
    return best[1], best[2]


def strength_of(word: str) -> float:
    """How much a word says by itself that it is an environment's, from 0 to 1."""
    return STRENGTH.get(re.sub(r"-?[0-9]+$", "", canonical(word)), 0.0)


def tier_of(text: str) -> int:
    """Which tier a name speaks of; -1 for none or several."""
    words = set(_WORD.findall(canonical(text))) | set(re.findall(r"[a-z]+", canonical(text)))
    tiers = [number for number, tier in enumerate(TIERS) if words & tier]
    return tiers[0] if len(tiers) == 1 else -1
