"""From trees to named documents."""

from typing import TYPE_CHECKING

import pytest

from driftline.model.document import DocumentKind
from driftline.sources.formats.documents import Named, documents_of_tree, with_unique_keys
from driftline.sources.formats.limits import Unreadable
from driftline.sources.redaction import Redactor

if TYPE_CHECKING:
    from driftline.sources.formats.tree import Tree

PLAIN = DocumentKind.PLAIN


def named(key: str) -> Named:
    """A document with nothing in it but its name."""
    return Named(key, PLAIN, ({"/key": f'"{key}"'},))


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        (["", "", ""], ["", "#1", "#2"]),
        (["A/a", "A/a", "A/b", "A/a"], ["A/a", "A/a#2", "A/b", "A/a#3"]),
        (["", "A/a", ""], ["", "A/a", "#1"]),
        (["", None, "", "A/a"], ["", "A/a"]),
    ],
)
def test_keys_are_unique(given: list[str | None], keys: list[str]) -> None:
    """Equal keys are numbered; nameless documents after an unreadable one are left out."""
    documents = with_unique_keys(None if key is None else named(key) for key in given)

    assert keys == [document.key for document in documents]


def test_a_bomb_of_objects() -> None:
    """A list whose items are aliases of one large object is refused."""
    large: Tree = {"apiVersion": '"v1"', "kind": '"A"', "x": ["1"] * 10_000}
    tree: Tree = {"apiVersion": '"v1"', "kind": '"List"', "items": [large] * 1_000}

    with pytest.raises(Unreadable):
        documents_of_tree(tree, PLAIN, Redactor(b"key", "k1"))


def test_secrets_are_masked_whatever_they_are_called() -> None:
    """All data of a Secret is masked; the names of its keys stay."""
    tree: Tree = {
        "apiVersion": '"v1"',
        "kind": '"Secret"',
        "metadata": {"name": '"web"'},
        "data": {"colour": '"cmVk"', "empty": "null"},
        "stringData": {"port": "80"},
    }
    (document,) = documents_of_tree(tree, PLAIN, Redactor(b"key", "k1"))
    facts = document.parts[0]

    assert facts["/data/colour"].startswith('{"secret":"k1:')
    assert facts["/stringData/port"].startswith('{"secret":"k1:')
    assert "null" == facts["/data/empty"]
    assert '"web"' == facts["/metadata/name"]
