"""The least that a cluster must allow so that everything that is configuration can be read."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from driftline.sources.kubernetes.kinds import ListedKind

NAME = "driftline-reader"
# Objects are only ever listed and watched, never fetched one by one.
VERBS = ("list", "watch")
SECRETS = "secrets"

_PLAIN = re.compile(r"[a-z]([a-z0-9.-]*[a-z0-9])?", re.ASCII)
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class Rule(msgspec.Struct, frozen=True, rename="camel"):
    """One rule of a role, as Kubernetes spells it."""

    api_groups: tuple[str, ...]
    resources: tuple[str, ...]
    verbs: tuple[str, ...]


class RoleName(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a role is called, and in which namespace it holds; empty is the whole cluster."""

    name: str
    namespace: str = ""


class Role(msgspec.Struct, frozen=True, rename="camel"):
    """A role or cluster role, as Kubernetes spells it."""

    api_version: str
    kind: str
    metadata: RoleName
    rules: tuple[Rule, ...]


def roles(
    kinds: Iterable[ListedKind], namespaces: Sequence[str] = (), *, secrets: bool = False
) -> tuple[Role, ...]:
    """One role for the whole cluster, or one for each namespace.

    Secrets are among what may be read only if that is wanted.
    """
    version = "rbac.authorization.k8s.io/v1"
    wanted = [kind for kind in kinds if secrets or kind.plural != SECRETS or kind.group]
    if not namespaces:
        return (Role(version, "ClusterRole", RoleName(NAME), rules(wanted)),)
    inside = rules([kind for kind in wanted if kind.is_namespaced])
    return tuple(Role(version, "Role", RoleName(NAME, where), inside) for where in namespaces)


def rules(kinds: Iterable[ListedKind]) -> tuple[Rule, ...]:
    """One rule for each API group."""
    by_group = sorted({(kind.group, kind.plural) for kind in kinds})
    return tuple(
        Rule((group,), tuple(plural for _, plural in several), VERBS)
        for group, several in groupby(by_group, key=lambda one: one[0])
    )


def manifests(several: Iterable[Role], notes: Sequence[str] = ()) -> str:
    """The roles as YAML, with notes as comments before them."""
    lines = [f"# {_harmless(note)}" for note in notes]
    for number, role in enumerate(several):
        lines += ["---"] if number else []
        lines += [
            f"apiVersion: {role.api_version}",
            f"kind: {role.kind}",
            "metadata:",
            f"  name: {role.metadata.name}",
        ]
        if role.metadata.namespace:
            lines.append(f"  namespace: {_scalar(role.metadata.namespace)}")
        lines.append("rules:" if role.rules else "rules: []")
        for rule in role.rules:
            lines.append(f"  - apiGroups: [{', '.join(map(_scalar, rule.api_groups))}]")
            lines.append("    resources:")
            lines += [f"      - {_scalar(resource)}" for resource in rule.resources]
            lines.append(f"    verbs: [{', '.join(rule.verbs)}]")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A text as a YAML scalar; what is not plainly a name is quoted."""
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    return msgspec.json.encode(text).decode()


def _harmless(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)
