"""Which objects a patch of a kustomization is for."""

import re
from collections.abc import Mapping

import msgspec

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.layers.material import text_of
from driftline.inventory.object_kinds import group_and_version, kind_of
from driftline.model import address as addresses

_REQUIREMENT = re.compile(r"([^=!,\s()]+)\s*(==?|!=)\s*([^=!,\s()]*)")


class Target(msgspec.Struct, frozen=True):
    """A selector of objects: whole-match patterns of fields, and label requirements.

    `labels` and `annotations` are rows of key, wanted value, and whether it is
    wanted at all. A target without anything selects nothing.
    """

    fields: Mapping[str, str]
    labels: tuple[tuple[str, str, bool], ...] = ()
    annotations: tuple[tuple[str, str, bool], ...] = ()

    def selects(self, built: Built) -> bool:
        """Whether the object is meant, under any name it bears or bore."""
        if not (self.fields or self.labels or self.annotations):
            return False
        facts = built.now
        group, version = group_and_version(facts)
        actual = {
            "group": (group,),
            "version": (version,),
            "kind": (kind_of(facts),),
            "namespace": (text_of(facts.get("/metadata/namespace")) or "default",),
            "name": tuple(built.names),
        }
        return (
            all(_matches(self.fields[one], actual[one]) for one in actual if one in self.fields)
            and all(_holds(facts, "/metadata/labels", row) for row in self.labels)
            and all(_holds(facts, "/metadata/annotations", row) for row in self.annotations)
        )


def target_of(facts: Mapping[str, str]) -> Target | None:
    """The target that an entry of `patches` spells out; None when its selectors say too much."""
    fields = {
        field: text_of(facts[f"/target/{field}"])
        for field in ("group", "version", "kind", "name", "namespace")
        if text_of(facts.get(f"/target/{field}"))
    }
    labels = requirements(text_of(facts.get("/target/labelSelector")))
    annotations = requirements(text_of(facts.get("/target/annotationSelector")))
    if labels is None or annotations is None:
        return None
    return Target(fields, labels, annotations)


def requirements(text: str) -> tuple[tuple[str, str, bool], ...] | None:
    """The equalities of a selector; None for one that says more than equalities.

    >>> requirements("app=web, tier!=db")
    (('app', 'web', True), ('tier', 'db', False))
    >>> requirements("env in (a, b)") is None
    True
    """
    rows = []
    for part in text.split(",") if text.strip() else []:
        found = _REQUIREMENT.fullmatch(part.strip())
        if found is None:
            return None
        rows.append((found[1], found[3], found[2] != "!="))
    return tuple(rows)


def own_target(facts: Mapping[str, str]) -> Target:
    """The one object that a strategic merge patch says it is for."""
    said = {
        "kind": kind_of(facts),
        "name": text_of(facts.get("/metadata/name")),
        "namespace": text_of(facts.get("/metadata/namespace")),
        "group": group_and_version(facts)[0],
    }
    if not (said["kind"] and said["name"]):
        return Target({})
    return Target({field: re.escape(value) for field, value in said.items() if value})


def _matches(pattern: str, actual: tuple[str, ...]) -> bool:
    try:
        return any(re.fullmatch(pattern, one) is not None for one in actual)
    except re.error:
        return pattern in actual


def _holds(facts: Mapping[str, str], place: str, row: tuple[str, str, bool]) -> bool:
    key, value, is_wanted = row
    return (text_of(facts.get(f"{place}/{addresses.escape(key)}")) == value) == is_wanted
