"""What a document is."""

import pytest

from driftline.model.document import DocumentKind
from driftline.sources.formats.identity import (
    Heading,
    heading_of_sections,
    heading_of_tree,
    identify,
)
from driftline.sources.formats.tree import Tree, flatten

TREES: list[Tree] = [
    {"apiVersion": '"v1"', "kind": '"Service"', "metadata": {"name": '"web"', "namespace": '"a"'}},
    {"apiVersion": '"v1"', "kind": '"Secret"', "metadata": "null"},
    {"apiVersion": '"argoproj.io/v1alpha1"', "kind": '"Application"', "metadata": {"name": "1"}},
    {"apiVersion": '"v1"', "kind": '"List"', "items": ["1"]},
    {"services": {"web": {"image": '"web"'}}},
    {"services": {"web": {"build": {"context": '"."'}}}},
    {"services": {"web": "1"}},
    {"apiVersion": "{}", "kind": "[]"},
    {"apiVersion": "null", "kind": '""'},
]


@pytest.mark.parametrize("tree", TREES)
def test_both_ways_agree(tree: dict[str, Tree]) -> None:
    """A heading is the same whether the document is one tree or facts in sections."""
    sections = {key: (flatten(child, f"/{key}", key),) for key, child in tree.items()}

    assert heading_of_tree(tree) == heading_of_sections(sections)


@pytest.mark.parametrize(
    ("heading", "expected", "identity"),
    [
        (Heading(frozenset(), "v1", "Pod", "a"), DocumentKind.PLAIN, ("Pod/a", "object")),
        (Heading(frozenset(), "v1", "Pod", "", "a-"), DocumentKind.CHART, ("Pod/a-", "object")),
        (Heading(frozenset(), "v1", "Pod"), DocumentKind.KUSTOMIZATION, ("", "kustomization")),
        (Heading(frozenset(), runs_images=True), DocumentKind.PLAIN, ("", "compose")),
        (Heading(frozenset(), runs_images=True), DocumentKind.CHART, ("", "chart")),
        (Heading(frozenset()), DocumentKind.PLAIN, ("", "plain")),
    ],
)
def test_identities(
    heading: Heading, expected: DocumentKind, identity: tuple[str, DocumentKind]
) -> None:
    """What the document says comes first, then what its file's name promises."""
    assert identity == identify(heading, expected)


def test_flux_is_not_kustomize() -> None:
    """Flux has objects called Kustomization; they are objects."""
    flux = Heading(frozenset(), "kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps")

    assert ("Kustomization/apps", "object") == identify(flux, DocumentKind.PLAIN)
