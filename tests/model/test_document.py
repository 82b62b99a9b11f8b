from driftline.model.document import Document, DocumentKind, Reading


def test_leaves_are_all_parts_together() -> None:
    """A document's facts are those of its parts, in a map that is the caller's own."""
    part = {"/a": "1"}
    document = Document("", DocumentKind.PLAIN, (part, {"/b": "2"}))
    leaves = document.leaves()
    leaves["/c"] = "3"

    assert {"/a": "1", "/b": "2"} == document.leaves()
    assert {"/a": "1"} == part


def test_a_reading_is_whole_unless_it_says_otherwise() -> None:
    """Without a reason there is no gap."""
    assert None is Reading(()).gap
