"""What every environment of the example fleet declares in one tree, layers merged.

This is the second opinion that the truth rests on: a few plain rules that know
the fleet's own layout and nothing of driftline's inference. A Helm service is
its environment's file over its chart; a kustomization is its overlay over its
base, with the image tag it names; Terraform is tfvars over defaults.
"""

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from driftline.lab import handwriting
from driftline.lab.edits import Tree
from driftline.lab.fleet import place
from driftline.model.address import element_name, tokens

_VARIABLE = re.compile(r'variable "(?P<name>\w+)" \{(?P<body>.*?)^\}', re.DOTALL | re.MULTILINE)
_DEFAULT = re.compile(r"^\s*default\s*=\s*(?P<value>.+)$", re.MULTILINE)


class Fact(msgspec.Struct, frozen=True, order=True):
    """Where a value stands: its role, the Kubernetes object if any, and its address."""

    role: str
    resource: str
    address: str


class Said(msgspec.Struct, frozen=True):
    """A value as JSON text, and the file that says so."""

    value: str
    file: str


Declared = dict[str, dict[Fact, Said]]


@functools.lru_cache(maxsize=4096)
def _leaves(path: str, text: str) -> tuple[tuple[str, str, str], ...]:
    """Document, address and value of each leaf of one file."""
    if path.endswith(".tf"):
        return tuple(_defaults(text))
    return tuple(
        (leaf.document, leaf.address, leaf.value) for leaf in handwriting.leaves(path, text)
    )


def _defaults(text: str) -> Iterator[tuple[str, str, str]]:
    for variable in _VARIABLE.finditer(text):
        default = _DEFAULT.search(variable["body"])
        if default is not None:
            yield "", f"/{variable['name']}", handwriting.json_value(default["value"])


def _facts(role: str, path: str, text: str) -> dict[Fact, Said]:
    # An environment file beside manifests belongs to the generated ConfigMap.
    resource = f"ConfigMap/{role}-config" if path.endswith("config.env") else ""
    return {
        Fact(role, document or resource, address): Said(value, path)
        for document, address, value in _leaves(path, text)
    }


def _tags(path: str, text: str) -> dict[str, str]:
    """Image name to tag, as a kustomization's `images` say."""
    found = {}
    for _, address, value in _leaves(path, text):
        parts = tokens(address)
        named = element_name(parts[1]) if len(parts) == 3 and parts[0] == "images" else None
        if named is not None and parts[2] == "newTag":
            found[named[1]] = json.loads(value)
    return found


def _with_tags(facts: dict[Fact, Said], tags: dict[str, str], file: str) -> None:
    for fact, said in facts.items():
        if fact.address.endswith("/image") and json.loads(said.value) in tags:
            name = json.loads(said.value)
            facts[fact] = Said(json.dumps(f"{name}:{tags[name]}"), file)


def _is_read(path: str) -> bool:
    return not path.endswith((".sops.yaml", "Chart.yaml")) and "/templates/" not in path


def declared(tree: Tree) -> Declared:
    """Environment to everything it declares, each value with the file that sets it."""
    shared: dict[str, dict[Fact, Said]] = defaultdict(dict)
    own: dict[tuple[str, str], dict[Fact, Said]] = defaultdict(dict)
    tags: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
    for path in sorted(tree):
        placed = place(path)
        if placed is None or not _is_read(path):
            continue
        role, site = placed.role, placed.site
        if path.startswith("apps/") and path.endswith("/kustomization.yaml"):
            if site is not None:
                tags[site, role] = (path, _tags(path, tree[path]))
        elif site is None:
            shared[role] |= _facts(role, path, tree[path])
        else:
            own[site, role] |= _facts(role, path, tree[path])
    result: Declared = defaultdict(dict)
    for (site, role), facts in own.items():
        merged = shared.get(role, {}) | facts
        file, images = tags.get((site, role), ("", {}))
        _with_tags(merged, images, file)
        result[site] |= merged
    return dict(result)
