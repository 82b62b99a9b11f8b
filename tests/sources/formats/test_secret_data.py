"""Base64 of Secrets is undone before anything is hashed."""

from typing import TYPE_CHECKING

from driftline.model.document import DocumentKind
from driftline.sources.formats.documents import documents_of_tree
from driftline.sources.formats.secret_data import undo_base64
from driftline.sources.redaction import Redactor

if TYPE_CHECKING:
    from driftline.sources.formats.tree import Tree

CASES = (
    ('"aHVudGVyMg=="', '"hunter2"', "text"),
    ('"aHVudGVy\\nMg==\\n"', '"hunter2"', "text over several lines"),
    ('"gICAgA=="', '"gICAgA=="', "bytes that are no text stay base64"),
    ('"not base64!"', '"notbase64!"', "what is no base64 stays, but for white space"),
    ('""', '""', "nothing"),
    ("null", "null", "none, which deletes a key where a patch says it"),
    ("12", "12", "a number, which the server would refuse"),
)


def test_values() -> None:
    """A value is replaced by the text it stands for."""
    assert CASES
    for given, expected, why in CASES:
        tree: Tree = {"data": {"key": given}}
        undo_base64(tree)

        assert {"data": {"key": expected}} == tree, why


def test_shared_mappings() -> None:
    """A mapping that stands in two places of a document is not changed in the other."""
    shared: dict[str, Tree] = {"key": '"aHVudGVyMg=="'}
    tree: Tree = {"data": shared, "other": shared}
    undo_base64(tree)

    assert {"key": '"aHVudGVyMg=="'} == shared


def test_both_spellings_have_one_digest() -> None:
    """A secret given plainly and as base64 is the same secret."""
    masking = Redactor(b"a key of the tests", "test")
    head: dict[str, Tree] = {"apiVersion": '"v1"', "kind": '"Secret"'}
    (plain,) = documents_of_tree(
        {**head, "stringData": {"p": '"hunter2"'}}, DocumentKind.PLAIN, masking
    )
    (coded,) = documents_of_tree(
        {**head, "data": {"p": '"aHVudGVyMg=="'}}, DocumentKind.PLAIN, masking
    )

    assert plain.parts[0]["/stringData/p"] == coded.parts[0]["/data/p"]
