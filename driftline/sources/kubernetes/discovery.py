"""Every kind that a server lists, each once, from what the server says of itself.

Servers since 1.26 tell everything in two answers; older ones are asked group by
group. A group whose own server does not answer is told apart from one that is
not there: what it holds is unknown, not gone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from driftline.sources.kubernetes.kinds import CUSTOMARY, ListedKind, why_skipped
from driftline.sources.kubernetes.requesting import Answer, Asking, Broken

AGGREGATED = (
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
    "application/json"
)
DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io"
FIRST = ("namespaces.core", DEFINITIONS)
_OK = 200


class Discovery(msgspec.Struct, frozen=True):
    """What a server has: kinds to read, kinds left out with their reason, groups without answer.

    `is_told` is False when the server would not say and the customary kinds
    stand in; then a kind that is missing here may well exist.
    """

    kinds: tuple[ListedKind, ...]
    skipped: tuple[tuple[ListedKind, str], ...]
    silent_groups: tuple[tuple[str, str], ...] = ()
    is_told: bool = True


def discover(asking: Asking) -> Discovery:
    """Ask the server what it has; raises Broken or SourceError when it does not answer at all."""
    found: list[ListedKind] = []
    silent: list[tuple[str, str]] = []
    told = 0
    for path in ("/api", "/apis"):
        answer = asking.ask(path, accept=AGGREGATED)
        if answer.status != _OK:
            continue
        document = _object(answer)
        told += 1
        if str(document.get("kind", "")).startswith("APIGroupDiscovery"):
            for group in _list(document, "items"):
                found += _aggregated(group, silent)
        else:
            for name, versions in _plain_groups(document):
                found += _asked(asking, name, versions, silent)
    if not told:
        return _sorted(CUSTOMARY, (), is_told=False)
    return _sorted(found, silent, is_told=told == 2)


def server_version(asking: Asking) -> str:
    """Which release the server is of, empty where it will not say."""
    try:
        answer = asking.ask("/version")
    except Broken:
        return ""
    return str(_object(answer).get("gitVersion", "")) if answer.status == _OK else ""


def _sorted(
    found: Iterable[ListedKind], silent: Iterable[tuple[str, str]], *, is_told: bool
) -> Discovery:
    kinds, skipped = [], []
    # Namespaces first, because what else can be asked may depend on them; then
    # definitions, because they say what the objects of other kinds look like.
    for kind in sorted(set(found), key=lambda one: (*(one.name != name for name in FIRST), one)):
        reason = why_skipped(kind.group, kind.plural)
        if reason:
            skipped.append((kind, reason))
        else:
            kinds.append(kind)
    return Discovery(tuple(kinds), tuple(skipped), tuple(sorted(set(silent))), is_told)


def _aggregated(group: Mapping[str, Any], silent: list[tuple[str, str]]) -> list[ListedKind]:
    """The kinds of one group; its versions stand in the server's order of preference."""
    name = str(_mapping(group, "metadata").get("name", ""))
    kinds: dict[str, ListedKind] = {}
    for version in _list(group, "versions"):
        if version.get("freshness") == "Stale":
            silent.append((name, "the server behind this group does not answer"))
        for resource in _list(version, "resources"):
            kind = _mapping(resource, "responseKind").get("kind", "")
            _add(
                kinds,
                name,
                version.get("version"),
                resource.get("resource"),
                kind,
                resource,
                resource.get("scope") == "Namespaced",
            )
    return list(kinds.values())


def _plain_groups(document: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Groups and their versions, the preferred one first."""
    if document.get("kind") == "APIVersions":
        return [("", [str(version) for version in document.get("versions") or ()])]
    groups = []
    for group in _list(document, "groups"):
        versions = [str(one.get("version", "")) for one in _list(group, "versions")]
        preferred = str(_mapping(group, "preferredVersion").get("version", ""))
        versions.sort(key=lambda version: version != preferred)
        groups.append((str(group.get("name", "")), versions))
    return groups


def _asked(
    asking: Asking, group: str, versions: Iterable[str], silent: list[tuple[str, str]]
) -> list[ListedKind]:
    kinds: dict[str, ListedKind] = {}
    for version in versions:
        path = f"/apis/{group}/{version}" if group else f"/api/{version}"
        try:
            answer = asking.ask(path)
        except Broken as reason:
            silent.append((group, str(reason)))
            continue
        if answer.status != _OK:
            silent.append((group, f"the server answered {answer.status} when asked what it holds"))
            continue
        for resource in _list(_object(answer), "resources"):
            _add(
                kinds,
                group,
                version,
                resource.get("name"),
                resource.get("kind"),
                resource,
                bool(resource.get("namespaced")),
            )
    return list(kinds.values())


def _add(
    kinds: dict[str, ListedKind],
    group: str,
    version: object,
    plural: object,
    kind: object,
    resource: Mapping[str, Any],
    is_namespaced: bool,  # noqa: FBT001 - a column of the table it fills.
) -> None:
    """Take a kind, unless it is a subresource, cannot be listed, or came in a better version."""
    verbs = resource.get("verbs")
    if not (isinstance(plural, str) and isinstance(kind, str) and isinstance(version, str)):
        return
    if not isinstance(verbs, list) or "list" not in verbs or "/" in plural or not plural:
        return
    kinds.setdefault(
        plural, ListedKind(group, plural, version, kind, is_namespaced, "watch" in verbs)
    )


def _object(answer: Answer) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _list(document: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = document.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _mapping(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}
