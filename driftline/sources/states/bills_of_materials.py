"""Bills of materials as documents, one for each component under its name without a version.

CycloneDX and SPDX in JSON. A component keeps its version, kind, scope,
licences, maker and digests; what is new in every document (serial numbers,
timestamps, references between its parts) is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from driftline.model.document import DocumentKind
from driftline.sources.formats.documents import Masking, Named
from driftline.sources.formats.json_trees import tree_of_value
from driftline.sources.formats.tree import flatten

MARKS = (b'"bomFormat"', b'"spdxVersion"')
# What of a package URL's qualifiers tells two things of one name apart.
_QUALIFIERS = frozenset({"arch", "classifier", "os", "platform", "type"})
_PURL = re.compile(
    r"(?P<name>pkg:[^@?#]*(?:@[^/@?#]+/[^@?#]*)?)(?:@[^?#]*)?(?:\?(?P<more>[^#]*))?(?:#.*)?"
)


def is_bill(value: Any) -> bool:
    """Whether a JSON value is a bill of materials."""
    return isinstance(value, dict) and (
        value.get("bomFormat") == "CycloneDX" or isinstance(value.get("spdxVersion"), str)
    )


def bill_documents(value: Mapping[str, Any], masking: Masking) -> list[Named]:
    """What the bill is about as one nameless document, and a document for each component."""
    subject, found = _spdx(value) if "spdxVersion" in value else _cyclone(value)
    return [
        _document("", {"about": subject}, masking),
        *(_document(key, one, masking) for key, one in found),
    ]


def unversioned(purl: str) -> str:
    """A package URL without its version, and without what only repeats it.

    >>> unversioned("pkg:deb/debian/curl@7.74.0-1.3?arch=amd64&distro=debian-11")
    'pkg:deb/debian/curl?arch=amd64'
    >>> unversioned("pkg:npm/%40angular/core@12.3.1"), unversioned("pkg:npm/@angular/core@12.3.1")
    ('pkg:npm/%40angular/core', 'pkg:npm/%40angular/core')
    """
    found = _PURL.fullmatch(purl)
    if found is None:
        return purl
    pairs = sorted((found["more"] or "").split("&"))
    kept = [pair for pair in pairs if pair.partition("=")[0] in _QUALIFIERS]
    return found["name"].replace("/@", "/%40") + ("?" + "&".join(kept) if kept else "")


Described = dict[str, Any]


def _cyclone(value: Mapping[str, Any]) -> tuple[Described, Iterator[tuple[str, Described]]]:
    about = _mapping(_mapping(value.get("metadata")).get("component"))
    subject = {"specVersion": value.get("specVersion"), **_component(about)}
    return subject, _components(_sequence(value.get("components")))


def _components(components: Sequence[Any]) -> Iterator[tuple[str, Described]]:
    waiting = list(reversed(components))
    while waiting:
        one = _mapping(waiting.pop())
        waiting += reversed(_sequence(one.get("components")))
        named = _component(one)
        yield _key(_text(one.get("purl")), _text(one.get("group")), named), named


def _component(one: Mapping[str, Any]) -> Described:
    supplier = _mapping(one.get("supplier")).get("name")
    return _told(
        name=one.get("name"),
        version=one.get("version"),
        type=one.get("type"),
        scope=one.get("scope"),
        maker=supplier or one.get("publisher") or one.get("author"),
        licenses=_licenses(one.get("licenses")),
        hashes={
            _text(each.get("alg")): each.get("content")
            for each in map(_mapping, _sequence(one.get("hashes")))
        },
    )


def _licenses(licenses: Any) -> dict[str, bool]:
    found = {}
    for each in map(_mapping, _sequence(licenses)):
        one = _mapping(each.get("license"))
        found[_text(each.get("expression")) or _text(one.get("id")) or _text(one.get("name"))] = (
            True
        )
    return found


def _spdx(value: Mapping[str, Any]) -> tuple[Described, Iterator[tuple[str, Described]]]:
    subject = {"specVersion": value.get("spdxVersion"), "name": value.get("name")}
    return subject, _packages(_sequence(value.get("packages")))


def _packages(packages: Sequence[Any]) -> Iterator[tuple[str, Described]]:
    for one in map(_mapping, packages):
        licenses = (one.get("licenseConcluded"), one.get("licenseDeclared"))
        named = _told(
            name=one.get("name"),
            version=one.get("versionInfo"),
            type=_text(one.get("primaryPackagePurpose")).lower(),
            maker=_text(one.get("supplier")).removeprefix("Organization: "),
            licenses={_text(each): True for each in licenses if each not in (None, "NOASSERTION")},
            hashes={
                _text(each.get("algorithm")): each.get("checksumValue")
                for each in map(_mapping, _sequence(one.get("checksums")))
            },
        )
        references = map(_mapping, _sequence(one.get("externalRefs")))
        purls = [each for each in references if each.get("referenceType") == "purl"]
        yield _key(_text(purls[0].get("referenceLocator")) if purls else "", "", named), named


def _told(**about: Any) -> Described:
    """What is said of a component; what is empty is not said."""
    return {key: value for key, value in about.items() if value not in (None, "", {})}


def _key(purl: str, group: str, named: Mapping[str, Any]) -> str:
    if purl.startswith("pkg:"):
        return unversioned(purl)
    name = _text(named.get("name"))
    return "/".join(filter(None, (_text(named.get("type")), group, name))) or "component"


def _document(key: str, about: Described, masking: Masking) -> Named:
    facts = flatten(tree_of_value(about))
    masking.redact(facts)
    return Named(key, DocumentKind.PLAIN, (facts,))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
