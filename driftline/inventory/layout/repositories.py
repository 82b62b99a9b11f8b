"""Repositories that are one environment each: `shop-staging` beside `shop-production`."""

from collections.abc import Mapping

from driftline.inventory.layout.slots import ENOUGH
from driftline.inventory.layout.words import Found, Reader

_EDGES = "-_."


def without_environment(
    repositories: Mapping[str, str], reader: Reader
) -> dict[str, tuple[str, str]]:
    """For each source that is one environment: its name without it, and the environment.

    Only repositories scanned together can show it: their names have to vary in
    the environment's word and in nothing else. A lone `production-api` is a
    repository of that name.
    """
    families: dict[str, dict[str, tuple[str, Found]]] = {}
    for label, repository in repositories.items():
        for found in reader.read(repository, is_file=False).found:
            pattern = repository[: found.start] + "{}" + repository[found.end :]
            families.setdefault(pattern, {})[label] = (repository, found)
    results: dict[str, tuple[str, str]] = {}
    for pattern, members in sorted(families.items()):
        strengths = {found.name: found.strength for _, found in members.values()}
        if len(strengths) < 2 or sum(strengths.values()) < ENOUGH:
            continue
        base = pattern.replace("{}", "").strip(_EDGES).replace("--", "-") or "config"
        for label, (repository, found) in members.items():
            results.setdefault(label, (base, repository[found.start : found.end]))
    return results
