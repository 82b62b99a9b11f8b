"""The releases that Helm remembers: one Secret (or ConfigMap) for each revision.

A release is JSON, packed by gzip and base64, with the manifest exactly as it was
applied. It is unpacked within bounds: a small Secret can stand for very much text.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from driftline.sources.formats.json_trees import json_value
from driftline.sources.formats.limits import Malformed, Unreadable

SECRET_TYPE = "helm.sh/release.v1"  # noqa: S105 - the type of a Secret, not one
BYTES_MAX = 32 * 1024 * 1024
# Revisions in these states are what runs, or ran last; the newest of them counts.
_APPLIED = ("deployed", "superseded")
# A release whose newest revision is in one of these states has nothing installed.
_REMOVED = ("uninstalled", "uninstalling")
_NAME = re.compile(r"sh\.helm\.release\.v1\.(?P<name>.+)\.v(?P<revision>[0-9]+)")
_GZIP = b"\x1f\x8b"


class Revision(msgspec.Struct, frozen=True):
    """One revision of a release, still packed: what its labels say, and where it lies.

    `is_encoded_twice` is true in Secrets, whose own data is base64 once more.
    """

    namespace: str
    release: str
    number: int
    status: str
    packed: str
    is_encoded_twice: bool

    @property
    def is_applied(self) -> bool:
        """Whether its manifest was applied as far as Helm knows."""
        return self.status in _APPLIED

    @property
    def is_removed(self) -> bool:
        """Whether it says that the release is no longer there."""
        return self.status in _REMOVED


class Release(msgspec.Struct, frozen=True):
    """One revision unpacked: what was installed, with which values, as which manifest."""

    name: str
    namespace: str
    revision: int
    status: str
    chart: str
    chart_version: str
    app_version: str
    deployed_at: str
    values: Mapping[str, Any]
    manifest: str


def revision_of(live: Mapping[str, Any]) -> Revision | None:
    """The revision that a live Secret or ConfigMap holds, or None for any other object."""
    metadata, data = _mapping(live, "metadata"), _mapping(live, "data")
    labels = _mapping(metadata, "labels")
    packed = data.get("release")
    is_secret = live.get("type") == SECRET_TYPE
    found = _NAME.fullmatch(str(metadata.get("name", "")))
    if found is None or not isinstance(packed, str):
        return None
    if not is_secret and (labels.get("owner") or labels.get("OWNER", "")).lower() != "helm":
        return None
    return Revision(
        namespace=str(metadata.get("namespace", "")),
        release=found["name"],
        number=int(found["revision"][:9]),
        status=str(labels.get("status") or labels.get("STATUS", "")).lower(),
        packed=packed,
        is_encoded_twice=is_secret,
    )


def opened(revision: Revision) -> Release:
    """The release unpacked; raises Unreadable with the reason."""
    who = f"Helm's record of {revision.release}, revision {revision.number},"
    try:
        text = base64.b64decode(revision.packed, validate=False)
        if revision.is_encoded_twice:
            text = base64.b64decode(text, validate=False)
        plain = _unpacked(text) if text[:2] == _GZIP else text
        body = json_value(plain.decode())
    except (binascii.Error, ValueError, zlib.error, Malformed, RecursionError) as error:
        raise Unreadable(f"{who} is damaged") from error
    except Unreadable as reason:
        raise Unreadable(f"{who} {reason}") from reason
    if not isinstance(body, dict):
        raise Unreadable(f"{who} holds no release")
    return _release(body, revision)


def _unpacked(packed: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    plain = machine.decompress(packed, BYTES_MAX)
    if machine.unconsumed_tail:
        raise Unreadable(f"unpacks to more than {BYTES_MAX >> 20} MiB")
    if not machine.eof:
        raise zlib.error("cut short")
    return plain


def _release(body: Mapping[str, Any], revision: Revision) -> Release:
    info, chart = _mapping(body, "info"), _mapping(_mapping(body, "chart"), "metadata")
    manifest = body.get("manifest")
    return Release(
        name=str(body.get("name") or revision.release),
        namespace=str(body.get("namespace") or revision.namespace),
        revision=revision.number,
        status=str(info.get("status") or revision.status),
        chart=str(chart.get("name", "")),
        chart_version=str(chart.get("version", "")),
        app_version=str(chart.get("appVersion", "")),
        deployed_at=str(info.get("last_deployed", "")),
        values=_mapping(body, "config"),
        manifest=manifest if isinstance(manifest, str) else "",
    )


def _mapping(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}
