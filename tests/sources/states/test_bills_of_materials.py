"""Bills of materials as documents: a component each, under its name without a version."""

import json
from typing import Any

import pytest

from driftline.sources.redaction import Redactor
from driftline.sources.states.bills_of_materials import bill_documents, is_bill, unversioned

PURLS = [
    ("pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad"),
    ("pkg:npm/%40angular/core@12.3.1", "pkg:npm/%40angular/core"),
    ("pkg:npm/@angular/core@12.3.1", "pkg:npm/%40angular/core"),
    ("pkg:golang/github.com/miekg/dns@v1.1.30", "pkg:golang/github.com/miekg/dns"),
    ("pkg:golang/example.com/a@v1#sub/path", "pkg:golang/example.com/a"),
    (
        "pkg:maven/org.x/y@1.0?type=jar&classifier=sources",
        "pkg:maven/org.x/y?classifier=sources&type=jar",
    ),
    ("pkg:deb/debian/curl@7.7-1?arch=amd64&distro=debian-11", "pkg:deb/debian/curl?arch=amd64"),
    ("pkg:docker/nginx@sha256:abc?repository_url=example.com/a@b", "pkg:docker/nginx"),
    ("pkg:npm/no-version", "pkg:npm/no-version"),
    ("not a package URL", "not a package URL"),
]


@pytest.mark.parametrize(("purl", "expected"), PURLS)
def test_package_urls_lose_their_version(purl: str, expected: str) -> None:
    """What is left of a package URL is the same for every version of the package."""
    assert expected == unversioned(purl)


def documents(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Key to facts."""
    named = bill_documents(value, Redactor(b"0123456789abcdef", "test"))
    return {
        one.key: {at: json.loads(leaf) for part in one.parts for at, leaf in part.items()}
        for one in named
    }


def test_cyclonedx() -> None:
    """Components keep what they are; serial numbers, times and references are left out."""
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.4",
        "serialNumber": "urn:uuid:1",
        "version": 1,
        "metadata": {"timestamp": "2021", "component": {"name": "app", "version": "2"}},
        "components": [
            {
                "bom-ref": "a@1",
                "type": "library",
                "name": "a",
                "version": "1",
                "purl": "pkg:npm/a@1",
                "licenses": [{"license": {"id": "MIT"}}, {"expression": "GPL-2.0 OR MIT"}],
                "hashes": [{"alg": "SHA-256", "content": "ff"}],
                "components": [{"type": "file", "group": "g", "name": "inner"}],
            }
        ],
        "dependencies": [{"ref": "a@1"}],
    }

    assert is_bill(bill)
    assert {
        "": {"/about/specVersion": "1.4", "/about/name": "app", "/about/version": "2"},
        "pkg:npm/a": {
            "/name": "a",
            "/version": "1",
            "/type": "library",
            "/licenses/MIT": True,
            "/licenses/GPL-2.0 OR MIT": True,
            "/hashes/SHA-256": "ff",
        },
        "file/g/inner": {"/name": "inner", "/type": "file"},
    } == documents(bill)


def test_spdx() -> None:
    """Packages of SPDX are the same documents as components of CycloneDX."""
    bill = {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "image",
        "documentNamespace": "https://example.com/1",
        "packages": [
            {
                "SPDXID": "SPDXRef-1",
                "name": "a",
                "versionInfo": "1",
                "supplier": "Organization: Example",
                "licenseConcluded": "NOASSERTION",
                "licenseDeclared": "MIT",
                "checksums": [{"algorithm": "SHA256", "checksumValue": "ff"}],
                "externalRefs": [
                    {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a"},
                    {"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"},
                ],
            },
            {"name": "b", "versionInfo": "2"},
        ],
    }

    assert is_bill(bill)
    assert {
        "": {"/about/specVersion": "SPDX-2.3", "/about/name": "image"},
        "pkg:npm/a": {
            "/name": "a",
            "/version": "1",
            "/maker": "Example",
            "/licenses/MIT": True,
            "/hashes/SHA256": "ff",
        },
        "b": {"/name": "b", "/version": "2"},
    } == documents(bill)


@pytest.mark.parametrize("value", [{}, [], {"bomFormat": "other"}, {"spdxVersion": 2}])
def test_other_json_is_no_bill(value: Any) -> None:
    """What only looks a little like a bill of materials is none."""
    assert not is_bill(value)
