"""A fact is pointed at by the line on which it stands, or on which it would stand."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from driftline.model import address as addresses
from driftline.sources.formats.fact_lines import fact_line

DEPLOYMENTS = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  containers:
    - name: proxy
      image: envoy
    - name: web   # this one
      image: example/web:1
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  containers:
    - {name: web, image: "example/web:2"}
"""
VALUES = """\
# a comment
image:
  tag: "1.0"

a.b/c: 1
'quoted key':
    deep: [1, 2, {x: y}]
"""
TOML = "[server]\nport = 1\n\n[client]\n# port of the client\nport = 2\n"
HCL = 'variable "x" {}\nmodule "web" {\n  replicas = 3\n}\n'

IMAGES = "kind: Kustomization\nimages:\n  - name: example/web\n    newTag: 7.7.1\n  - name: x\n"

CASES = [
    ("a.yaml", VALUES, "/image/tag", None, "", 3),
    ("a.yaml", VALUES, "/a.b~1c", None, "", 5),
    ("a.yaml", VALUES, "/quoted key/deep/2/x", None, "", 7),
    ("a.yaml", VALUES, "/image/missing", None, "", 2),
    ("a.yaml", VALUES, "/nothing/at/all", None, "", None),
    ("a.yaml", VALUES, "", None, "", 2),
    ("d.yaml", DEPLOYMENTS, "/spec/containers/[name=web]/image", None, "Deployment/web", 10),
    ("d.yaml", DEPLOYMENTS, "/spec/containers/[name=web]/image", None, "Deployment/api", 17),
    ("d.yaml", DEPLOYMENTS, "/spec/containers/[name=web]/image", '"example/web:2"', "", 17),
    ("d.yaml", DEPLOYMENTS, "/spec/containers/[name=gone]/image", None, "Deployment/web", 6),
    ("a.json", '{\n  "a": {\n    "b": [\n      1,\n      2]}}\n', "/a/b/1", None, "", 5),
    ("a.toml", TOML, "/client/port", None, "", 6),
    ("main.tf", HCL, "/module/web/replicas", None, "", 3),
    (".env", "A=1\nAB=2\nB=3\n", "/B", None, "", 3),
    ("broken.yaml", "a: 1\nb: [\n", "/a", None, "", 1),
    ("empty.yaml", "", "/a", None, "", None),
    ("kustomization.yaml", IMAGES, "/spec/image", '"example/web:7.7.1"', "Deployment/web", 4),
    ("kustomization.yaml", IMAGES, "/spec/image", '"example/other:1"', "Deployment/web", None),
    ("dup.yaml", "a: 1\nb: 2\na: 3\n", "/a", None, "", 3),
]


def test_cases_were_found() -> None:
    """There are cases at all."""
    assert len(CASES) > 10


@pytest.mark.parametrize(("path", "text", "address", "value", "name", "line"), CASES)
def test_lines(
    path: str, text: str, address: str, value: str | None, name: str, line: int | None
) -> None:
    """Documents are told apart by name, then by value; what is not there has its parent's line."""
    assert line == fact_line(path, text, address, value=value, name=name)


def test_an_alias_is_followed_to_where_its_value_stands() -> None:
    """What an alias says stands at its anchor."""
    text = "base: &b\n  x: 1\nother: *b\n"

    assert 2 == fact_line("a.yaml", text, "/other/x")


def test_what_costs_too_much_has_no_line() -> None:
    """Huge files and endless nesting are passed over."""
    assert fact_line("a.yaml", "a: 1\n" * 500_000, "/a") is None
    assert fact_line("a.yaml", "[" * 5000, "/0/0") is None


@settings(max_examples=50)
@given(
    some.dictionaries(
        some.text(some.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=8),
        some.integers(0, 9),
        min_size=1,
        max_size=6,
    )
)
def test_every_key_of_a_mapping_is_found(content: dict[str, int]) -> None:
    """Whatever a key is called, its line is found."""
    lines = [f"{json.dumps(key)}: {value}" for key, value in content.items()]
    text = "\n".join(lines) + "\n"
    found = [fact_line("a.yaml", text, "/" + addresses.escape(key)) for key in content]

    assert list(range(1, len(lines) + 1)) == found
