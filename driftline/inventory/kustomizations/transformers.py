"""What a kustomization's own fields do to an object: images, replicas, names, labels.

Each transformer takes the facts of its field and the object as it is at that
moment, and gives the object as it is afterwards. Which places of which kinds a
field reaches follows kustomize's own tables of field specifications; the test
cases were rendered by kustomize itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from driftline.inventory.layers.material import groups_below, text_of
from driftline.inventory.object_kinds import CLUSTER_KINDS, kind_of
from driftline.model import address as addresses

Facts = Mapping[str, str]
# From the facts of a field and those of an object to the object's new facts.
Effect = Callable[[Facts, Facts], dict[str, str]]

_WITH_REPLICAS = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_KEEP_THEIR_NAMES = ("APIService", "CustomResourceDefinition", "Namespace")

# Where labels go besides `/metadata/labels`: kind, place, whether the place is
# made where it is not there, and whether it is a selector or a template.
_POD_KINDS = ("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet")
_TEMPLATED = ("ReplicationController", "Job", *_POD_KINDS)
_LABEL_PLACES: tuple[tuple[tuple[str, ...], str, bool, str], ...] = (
    (("Service", "ReplicationController"), "/spec/selector", True, "selector"),
    (_POD_KINDS, "/spec/selector/matchLabels", True, "selector"),
    (("Job", "PodDisruptionBudget"), "/spec/selector/matchLabels", False, "selector"),
    (("NetworkPolicy",), "/spec/podSelector/matchLabels", False, "selector"),
    (("CronJob",), "/spec/jobTemplate/spec/selector/matchLabels", False, "selector"),
    (_TEMPLATED, "/spec/template/metadata/labels", True, "template"),
    (("CronJob",), "/spec/jobTemplate/metadata/labels", True, "template"),
    (("CronJob",), "/spec/jobTemplate/spec/template/metadata/labels", True, "template"),
)  # fmt: skip
_ANNOTATION_PLACES: tuple[tuple[tuple[str, ...], str], ...] = (
    (_TEMPLATED, "/spec/template/metadata/annotations"),
    (("CronJob",), "/spec/jobTemplate/metadata/annotations"),
    (("CronJob",), "/spec/jobTemplate/spec/template/metadata/annotations"),
)
# Selectors inside of pods and policies that follow the labels where they stand.
_INNER_SELECTORS = re.compile(
    r"/spec/template/spec/(?:affinity/pod(?:Anti)?Affinity/.*|topologySpreadConstraints/[^/]+/)"
    r"labelSelector/matchLabels"
    r"|/spec/(?:ingress/[^/]+/from|egress/[^/]+/to)/[^/]+/podSelector/matchLabels"
)
_IMAGE = re.compile(r"/(?:containers|initContainers)/[^/]+/image")


def text_value(text: str) -> str:
    """A text as a fact's value."""
    return msgspec.json.encode(text).decode()


def images(field: Facts, facts: Facts) -> dict[str, str]:
    """The object with the images that a list of overrides names."""
    changes = list(groups_below({"/i" + one: value for one, value in field.items()}, "/i").values())
    result = dict(facts)
    for address, value in facts.items():
        if value[:1] == '"' and address.endswith("/image") and _IMAGE.search(address):
            result[address] = text_value(_image(text_of(value), changes))
    return result


def _image(image: str, changes: Iterable[Facts]) -> str:
    # The order of the overrides is not kept, so one never finds what another
    # has renamed. Nobody was seen to rename an image twice in one list.
    name, tag, digest = image_parts(image)
    for change in changes:
        if name != text_of(change.get("/name")):
            continue
        new_tag, new_digest = text_of(change.get("/newTag")), text_of(change.get("/digest"))
        if new_tag or new_digest:
            tag, digest = new_tag, new_digest
        tag += text_of(change.get("/tagSuffix"))
        name = text_of(change.get("/newName")) or name
        return name + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    return image


def image_parts(image: str) -> tuple[str, str, str]:
    """Name, tag and digest of an image as written."""
    name, _, digest = image.partition("@")
    head, slash, last = name.rpartition("/")
    bare, _, tag = last.partition(":")
    return head + slash + bare, tag, digest


def replicas(names: Iterable[str]) -> Effect:
    """The effect of `replicas` on an object that bears, or bore, one of these names."""
    known = frozenset(names)

    def effect(field: Facts, facts: Facts) -> dict[str, str]:
        result = dict(facts)
        if kind_of(facts) in _WITH_REPLICAS:
            for change in groups_below({"/r" + one: v for one, v in field.items()}, "/r").values():
                if text_of(change.get("/name")) in known and "/count" in change:
                    result["/spec/replicas"] = change["/count"]
        return result

    return effect


def namespace(accounts: Iterable[str]) -> Effect:
    """The effect of `namespace`; `accounts` are the service accounts that move along."""
    moving = {"default", *accounts}

    def effect(field: Facts, facts: Facts) -> dict[str, str]:
        result = dict(facts)
        wanted, kind = field.get(""), kind_of(facts)
        if wanted is None:
            return result
        if kind == "Namespace":
            result["/metadata/name"] = wanted
        elif kind not in CLUSTER_KINDS:
            result["/metadata/namespace"] = wanted
        if kind in ("RoleBinding", "ClusterRoleBinding"):
            for subject, rows in groups_below(facts, "/subjects").items():
                is_account = text_of(rows.get("/kind")) == "ServiceAccount"
                if is_account and text_of(rows.get("/name")) in moving:
                    result[f"/subjects/{subject}/namespace"] = wanted
        return result

    return effect


def renamed(field: Facts, facts: Facts) -> dict[str, str]:
    """The object under the name that prefix and suffix give it; `field` has both."""
    result = dict(facts)
    name = text_of(facts.get("/metadata/name"))
    if name and kind_of(facts) not in _KEEP_THEIR_NAMES:
        prefix, suffix = text_of(field.get("/namePrefix")), text_of(field.get("/nameSuffix"))
        result["/metadata/name"] = text_value(prefix + name + suffix)
    return result


def common_labels(field: Facts, facts: Facts) -> dict[str, str]:
    """The object with labels everywhere: on itself, in its selectors and its templates."""
    result = dict(facts)
    _label(field, result, ("selector", "template"))
    return result


def labels(field: Facts, facts: Facts) -> dict[str, str]:
    """The object with a list of labels, each entry in the places that it asks for."""
    result = dict(facts)
    for entry in groups_below({"/l" + one: value for one, value in field.items()}, "/l").values():
        pairs = {one[len("/pairs") :]: v for one, v in entry.items() if one.startswith("/pairs/")}
        everywhere = entry.get("/includeSelectors") == "true"
        templates = everywhere or entry.get("/includeTemplates") == "true"
        parts = ("selector", "template") if everywhere else ("template",) if templates else ()
        _label(pairs, result, parts)
    return result


def common_annotations(field: Facts, facts: Facts) -> dict[str, str]:
    """The object with annotations on itself and in its templates."""
    result = dict(facts)
    _set_pairs(field, "/metadata/annotations", result)
    for kinds, place in _ANNOTATION_PLACES:
        if kind_of(facts) in kinds:
            _set_pairs(field, place, result)
    return result


def _label(pairs: Facts, result: dict[str, str], parts: Iterable[str]) -> None:
    kind = kind_of(result)
    _set_pairs(pairs, "/metadata/labels", result)
    for kinds, place, is_made, part in _LABEL_PLACES:
        if part in parts and kind in kinds and (is_made or _is_there(place, result)):
            _set_pairs(pairs, place, result)
    if "selector" in parts:
        found = {match[0] for one in result if (match := _INNER_SELECTORS.match(one))}
        for place in found:
            _set_pairs(pairs, place, result)
    if "template" in parts and kind == "StatefulSet":
        for token in groups_below(result, "/spec/volumeClaimTemplates"):
            _set_pairs(pairs, f"/spec/volumeClaimTemplates/{token}/metadata/labels", result)


def _is_there(place: str, facts: Facts) -> bool:
    return place in facts or any(one.startswith(place + "/") for one in facts)


def _set_pairs(pairs: Facts, place: str, result: dict[str, str]) -> None:
    if not pairs:
        return
    for above in (place, *addresses.ancestors(place)):
        if result.get(above) in ("{}", "null"):
            del result[above]
    result.update({place + token: _as_text(value) for token, value in pairs.items()})


def _as_text(value: str) -> str:
    """A label's value, which is text whatever it looks like."""
    return value if value[:1] == '"' else text_value(text_of(value))
