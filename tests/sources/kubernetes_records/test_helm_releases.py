"""Helm's records of releases are recognised and unpacked within bounds."""

import gzip

import pytest

from driftline.sources.formats.limits import Unreadable
from driftline.sources.kubernetes_records import helm_releases
from driftline.sources.kubernetes_records.helm_releases import opened, revision_of
from tests.sources.kubernetes_records.building import MANIFEST, release


@pytest.mark.parametrize("kind", ["Secret", "ConfigMap"])
def test_a_revision_is_recognised_and_unpacked(kind: str) -> None:
    """What a Secret and a ConfigMap hold is the same release."""
    revision = revision_of(release(3, kind=kind))

    assert revision is not None
    assert ("shop", "web", 3, "deployed") == (
        revision.namespace,
        revision.release,
        revision.number,
        revision.status,
    )
    found = opened(revision)
    assert ("web", "shop", "web", "0.3.0", "1.2") == (
        found.name,
        found.namespace,
        found.chart,
        found.chart_version,
        found.app_version,
    )
    assert MANIFEST == found.manifest


OTHERS = [
    {},
    {"metadata": {"name": "sh.helm.release.v1.web.v1"}, "data": {"release": "x"}},
    {"metadata": {"name": "web"}, "type": "helm.sh/release.v1", "data": {"release": "x"}},
    {"metadata": {"name": "sh.helm.release.v1.web.v1"}, "type": "helm.sh/release.v1"},
    {"metadata": {"name": "sh.helm.release.v1.web.v1", "labels": None}, "data": None},
]


@pytest.mark.parametrize("other", OTHERS)
def test_anything_else_is_no_revision(other: dict[str, object]) -> None:
    """Neither the name alone nor the type alone makes a revision."""
    assert revision_of(other) is None


DAMAGED = [
    ("is damaged", b"no gzip"),
    ("is damaged", gzip.compress(b'{"name": "web"}', mtime=0)[:-9]),
    ("is damaged", gzip.compress(b"no json", mtime=0)),
    ("is damaged", gzip.compress(b"\xff\xfe", mtime=0)),
    ("holds no release", gzip.compress(b"[]", mtime=0)),
    ("is damaged", gzip.compress(b"[" * 100_000, mtime=0)),
]


@pytest.mark.parametrize(("reason", "packed"), DAMAGED)
def test_damage_has_a_reason(reason: str, packed: bytes) -> None:
    """A record that cannot be unpacked says whose it is and why."""
    revision = revision_of(release(2, packed=packed))

    assert revision is not None
    with pytest.raises(Unreadable, match=rf"Helm's record of web, revision 2, .*{reason}"):
        opened(revision)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small record that stands for very much text is refused."""
    monkeypatch.setattr(helm_releases, "BYTES_MAX", 1 << 20)
    revision = revision_of(release(packed=gzip.compress(b" " * (8 << 20), mtime=0)))

    assert revision is not None
    with pytest.raises(Unreadable, match="more than 1 MiB"):
        opened(revision)
