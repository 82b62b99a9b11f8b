"""A live object as documents that can be compared with a manifest."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.document import DocumentKind
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.reader import Reader
from driftline.sources.kubernetes.translate import LiveObject, object_key, translate
from driftline.sources.redaction import Redactor
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    DEPLOYMENTS,
    FLAGS,
    SECRETS,
    Object,
    owned,
)

MASKING = Redactor(b"a key of the tests", "test")


def live(made: Object, kind: object = DEPLOYMENTS) -> LiveObject:
    """An object as an item of a listing, translated."""
    from driftline.sources.kubernetes.kinds import ListedKind

    assert isinstance(kind, ListedKind)
    return translate(json.dumps(made).encode(), kind, MASKING)


WEB: Object = {
    "metadata": {"name": "web", "namespace": "shop", "uid": "u", "labels": {"app": "web"}},
    "spec": {
        "replicas": 3,
        "template": {
            "spec": {
                "containers": [
                    {
                        "name": "web",
                        "image": "web:1.10",
                        "env": [{"name": "API_TOKEN", "value": "tttt-1234"}],
                        "resources": {"limits": {"cpu": "500m"}},
                    }
                ]
            }
        },
    },
}
MANIFEST = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: web:1.10
          env: [{name: API_TOKEN, value: tttt-1234}]
          resources: {limits: {cpu: 500m}}
"""


def test_as_a_manifest() -> None:
    """An object has the key and the facts of its manifest, masked alike, and its own identity."""
    (declared,) = Reader(MASKING).read("web.yaml", MANIFEST.encode()).documents
    found = live(WEB)

    assert ("shop/deployments.apps", declared.key) == (found.file, found.key)
    assert {**declared.leaves(), "/metadata/uid": '"u"'} == found.facts


def test_secret_as_a_manifest() -> None:
    """A Secret's values are those of a manifest that spells them plainly."""
    manifest = b"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: hunter2}\n"
    (declared,) = Reader(MASKING).read("s.yaml", manifest).documents
    found = live({"metadata": {"name": "s"}, "data": {"a": "aHVudGVyMg=="}}, SECRETS)

    assert declared.leaves()["/stringData/a"] == found.facts["/data/a"]


def test_own_names_win() -> None:
    """What an object says of itself is believed before what its listing says."""
    found = live({"apiVersion": "flags.example.com/v2", "kind": "Flag", "metadata": {}}, FLAGS)

    assert ('"flags.example.com/v2"', '"Flag"') == (
        found.facts["/apiVersion"],
        found.facts["/kind"],
    )


def test_companion() -> None:
    """The companion says who owns which leaf; one that nobody owns has no companion."""
    metadata = {"name": "c", "managedFields": [owned("kubectl-edit", {"f:data": {"f:a": {}}})]}
    found = live({"metadata": metadata, "data": {"a": "1", "b": "2"}}, CONFIG_MAPS)
    made, companion = found.documents

    assert ("ConfigMap/c", "managers:ConfigMap/c") == (made.key, companion.key)
    assert (DocumentKind.OBJECT, DocumentKind.OWNERSHIP) == (made.kind, companion.kind)
    assert {
        "/data/a": '["kubectl-edit/Update"]',
        "/-/times/kubectl-edit~1Update": '"2026-11-22T19:49:00Z"',
    } == companion.leaves()
    assert 1 == len(live({"metadata": {"name": "c"}}, CONFIG_MAPS).documents)


def test_times_are_no_secrets() -> None:
    """A manager whose name sounds like a secret keeps its time, and owners their addresses."""
    metadata = {
        "name": "c",
        "managedFields": [owned("secret-token", {"f:data": {"f:password": {}}})],
    }
    found = live({"metadata": metadata, "data": {"password": "hunter2"}}, CONFIG_MAPS)

    assert '"2026-11-22T19:49:00Z"' == found.managers["/-/times/secret-token~1Update"]
    assert found.managers.keys() - {"/-/times/secret-token~1Update"} <= found.facts.keys()


def test_copies_of_secrets() -> None:
    """A copy of the object as it was applied is never kept: it may hold secrets."""
    copy = json.dumps({"stringData": {"a": "hunter2"}})
    metadata = {
        "name": "s",
        "annotations": {"kubectl.kubernetes.io/last-applied-configuration": copy},
    }
    found = live({"metadata": metadata}, SECRETS)

    assert not any("hunter2" in value for value in found.facts.values())


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"{", b'{"a":"\xff"}'])
def test_no_object(raw: bytes) -> None:
    """What is no object has a reason."""
    with pytest.raises(Unreadable):
        translate(raw, CONFIG_MAPS, MASKING)


def test_managed_fields_of_another_form() -> None:
    """An object whose managedFields nobody understands is read without them."""
    found = live({"metadata": {"name": "a", "managedFields": "?"}, "data": {"a": "1"}}, CONFIG_MAPS)

    assert ({}, '"1"') == (found.managers, found.facts["/data/a"])


def test_keys() -> None:
    """Keys with and without a namespace."""
    assert "Deployment/shop/web" == object_key("Deployment", "shop", "web")
    assert "Node/a" == object_key("Node", "", "a")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), values, max_size=4))
@settings(max_examples=100)
def test_any_object(fields: Object) -> None:
    """Any object can be translated, and always to the same."""
    made = {"metadata": {"name": "a"}, **fields}
    try:
        first = live(made, CONFIG_MAPS)
    except Unreadable:
        return

    assert first == live(made, CONFIG_MAPS)
