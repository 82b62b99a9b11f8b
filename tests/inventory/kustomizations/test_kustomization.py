import pytest

from driftline.inventory.kustomizations.kustomization import (
    Tree,
    act_at,
    is_remote,
    listed_since,
    resolve,
)
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of

KIND = DocumentKind.KUSTOMIZATION

REMOTE = [
    ("../base", False),
    ("base", False),
    ("./base/app", False),
    ("apps/v1.2/web.yaml", False),
    ("https://example.org/x.yaml", True),
    ("github.com/org/app//base?ref=v1.2", True),
    ("github.com/org/app", True),
    ("git@example.org:org/app.git", True),
    ("base.yaml", False),
    ("../a.b/c", False),
]


@pytest.mark.parametrize(("target", "expected"), REMOTE)
def test_what_is_fetched_from_elsewhere(*, target: str, expected: bool) -> None:
    """A host at the beginning, a scheme or a ref mean another place."""
    assert expected == is_remote(target)


@pytest.mark.parametrize(
    ("folder", "target", "expected"),
    [
        ("a/b", "../base", "a/base"),
        ("", "base", "base"),
        ("a", "./x.yaml", "a/x.yaml"),
        ("a", ".", "a"),
    ],
)
def test_paths_are_relative_to_their_file(folder: str, target: str, expected: str) -> None:
    """A path means the same place wherever it is written."""
    assert expected == resolve(folder, target)


def test_a_tree_knows_the_living() -> None:
    """Of a kustomization that was replaced by another file, the one that is there counts."""
    gone = material_of("a/kustomization.yml", [(0, {"a": 1}), (2, None)], KIND)
    there = material_of("a/kustomization.yaml", [(2, {"a": 1})], KIND)

    assert there is Tree([gone, there]).kustomizations["a"]
    assert there is Tree([there, gone]).kustomizations["a"]


def test_since_when_an_entry_is_listed() -> None:
    """An entry counts from when it came, at whatever position; one that came back, anew."""
    versions = [
        (0, {"resources": ["a", "b"]}),
        (2, {"resources": ["new", "a", "b"]}),
        (4, {"resources": ["new", "a"]}),
        (6, {"resources": ["new", "a", "b"]}),
    ]
    material = material_of("kustomization.yaml", versions, KIND)

    assert {"a": 0, "new": 2, "b": 6} == listed_since(material, ("/resources",))


def test_an_entry_that_takes_anothers_place_is_as_old() -> None:
    """A path that replaces another at one look is the same thing under another name."""
    versions = [(0, {"resources": ["../base"]}), (5, {"bases": ["../../bases/app"]})]
    material = material_of("kustomization.yaml", versions, KIND)

    assert {"../../bases/app": 0} == listed_since(material, ("/resources", "/bases"))


def test_since_when_a_patch_is_listed() -> None:
    """A patch's file counts from when its path came; what else an entry says does not matter."""
    first = {"path": "a.yaml", "target": {"kind": "Deployment"}}
    versions = [
        (0, {"patches": [first]}),
        (3, {"patches": [{**first, "target": {"kind": "Job"}}, {"path": "../ha.yaml"}]}),
    ]
    material = material_of("kustomization.yaml", versions, KIND, act=4)

    assert {"a.yaml": 0, "../ha.yaml": 3} == listed_since(material, ("/patches",))
    assert (4, -1) == (act_at(material, 3), act_at(material, 2))
