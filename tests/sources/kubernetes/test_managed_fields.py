"""Owners of fields, in our own addresses."""

from typing import TYPE_CHECKING

import msgspec

from driftline.sources.formats.json_trees import json_tree
from driftline.sources.kubernetes.managed_fields import Entry, ownership, ownership_facts

if TYPE_CHECKING:
    from tests.sources.kubernetes.serving import Object

OBJECT = """{
  "metadata": {"labels": {"app/name": "web"}, "finalizers": ["a/x", "b/y"], "annotations": {}},
  "spec": {
    "replicas": 3,
    "selector": {"matchLabels": {"app": "web"}},
    "containers": [
      {"name": "web", "image": "web:1", "ports": [
        {"containerPort": 8080, "protocol": "TCP"}, {"containerPort": 8080, "protocol": "UDP"}]},
      {"name": "side", "image": "side:1", "ports": [{"containerPort": 9090, "protocol": "TCP"}]}
    ],
    "rules": [{"host": "a.example.com", "paths": [{"path": "/"}]}]
  }
}"""

# What the server says an entry owns → the addresses of our facts.
CASES: tuple[tuple[str, set[str]], ...] = (
    ('{"f:spec":{"f:replicas":{}}}', {"/spec/replicas"}),
    ('{"f:metadata":{"f:labels":{".":{},"f:app/name":{}}}}', {"/metadata/labels/app~1name"}),
    ('{"f:metadata":{"f:annotations":{".":{}}}}', {"/metadata/annotations"}),
    ('{"f:metadata":{"f:finalizers":{"v:\\"b/y\\"":{}}}}', {"/metadata/finalizers/1"}),
    ('{"f:metadata":{"f:finalizers":{"i:0":{}}}}', {"/metadata/finalizers/0"}),
    ('{"f:spec":{"f:selector":{}}}', {"/spec/selector/matchLabels/app"}),
    (
        '{"f:spec":{"f:containers":{"k:{\\"name\\":\\"web\\"}":{".":{},"f:image":{},"f:name":{}}}}}',
        {"/spec/containers/[name=web]/image", "/spec/containers/[name=web]/name"},
    ),
    (
        (
            '{"f:spec":{"f:containers":{"k:{\\"name\\":\\"side\\"}":{"f:ports":'
            '{"k:{\\"containerPort\\":9090,\\"protocol\\":\\"TCP\\"}":{"f:containerPort":{}}}}}}}'
        ),
        {"/spec/containers/[name=side]/ports/[containerPort=9090]/containerPort"},
    ),
    (
        (
            '{"f:spec":{"f:containers":{"k:{\\"name\\":\\"web\\"}":{"f:ports":'
            '{"k:{\\"containerPort\\":8080,\\"protocol\\":\\"UDP\\"}":{"f:protocol":{}}}}}}}'
        ),
        {"/spec/containers/[name=web]/ports/1/protocol"},
    ),
    (
        '{"f:spec":{"f:rules":{}}}',
        {"/spec/rules/0/host", "/spec/rules/0/paths/[path=~1]/path"},
    ),
    ('{"f:spec":{"f:gone":{}},"f:status":{"f:replicas":{}}}', set()),
    ('{"f:spec":{"f:containers":{"k:{\\"name\\":\\"gone\\"}":{"f:image":{}}}}}', set()),
    ('{"f:spec":{"f:containers":{"k:not json":{"f:image":{}},"i:99":{},"x:?":{}}}}', set()),
    ('{"f:spec":{"f:replicas":{"f:below":{}}}}', set()),
)


def test_addresses() -> None:
    """What the server names by its rules is the fact that we name by ours."""
    tree = json_tree(OBJECT)
    assert isinstance(tree, dict)
    for fields, expected in CASES:
        entry = Entry("kubectl", "Update", fields_v1=msgspec.json.decode(fields))
        owners, _ = ownership([entry], tree)

        assert expected == owners.keys(), fields


def test_several_owners() -> None:
    """Who shares a field is listed in order, with the time of each entry's last change."""
    fields: Object = {"f:spec": {"f:replicas": {}}}
    entries = [
        Entry("kubectl", "Update", "scale", "2026-01-02T00:00:00Z", fields),
        Entry("argocd", "Apply", "", "2026-01-01T00:00:00Z", fields),
        Entry("kubelet", "Update", "status", "2026-01-03T00:00:00Z", {"f:status": {"f:x": {}}}),
    ]
    tree = json_tree(OBJECT)
    assert isinstance(tree, dict)
    owners, times = ownership(entries, tree)

    assert {"/spec/replicas": ["argocd/Apply", "kubectl/Update/scale"]} == owners
    assert ["argocd/Apply", "kubectl/Update/scale"] == sorted(times)


def test_facts() -> None:
    """Owners stand at the addresses, times aside."""
    facts = ownership_facts({"/spec/replicas": ["a/Apply"]}, {"a/Apply": "2026-01-01T00:00:00Z"})

    assert {
        "/spec/replicas": '["a/Apply"]',
        "/-/times/a~1Apply": '"2026-01-01T00:00:00Z"',
    } == facts


def test_string_data() -> None:
    """Whoever wrote a Secret's stringData owns the data that became of it."""
    tree = json_tree('{"kind":"Secret","data":{"password":"x","other":"y"}}')
    assert isinstance(tree, dict)
    entry = Entry("kubectl", "Apply", fields_v1={"f:stringData": {"f:password": {}}})
    owners, _ = ownership([entry], tree, is_secret=True)

    assert {"/data/password": ["kubectl/Apply"]} == owners


def test_entries_of_another_form() -> None:
    """Entries in a form that nobody knows own nothing."""
    owners, times = ownership([Entry("x", "Apply", fields_v1="?"), Entry("y")], {"a": "1"})

    assert ({}, {}) == (owners, times)
