"""What became of one object between two looks."""

from driftline.engine.clusters.acts import Acts
from driftline.engine.clusters.changes import gone, object_changes
from driftline.model.document import DocumentKind
from driftline.model.look import FactChange, ResourceChange

AT = 1_795_377_000
EDIT = {"/a": '["edit/Update"]', "/-/times/edit~1Update": '"2026-11-22T19:55:00Z"'}


def changes(
    before: tuple[dict[str, str] | None, dict[str, str] | None],
    after: tuple[dict[str, str], dict[str, str] | None],
) -> list[ResourceChange]:
    """The changes of one object."""
    return object_changes("f", "k", before, after, "managers:k", Acts(AT, "nobody"))


def test_unchanged() -> None:
    """An object that holds what it held has no change."""
    assert [] == changes(({"/a": "1"}, EDIT), ({"/a": "1"}, EDIT))


def test_appeared() -> None:
    """A new object's facts are its maker's, those that nobody owns included."""
    made, companion = changes((None, None), ({"/a": "1", "/uid": '"u"'}, EDIT))

    assert (True, 1, [None, None]) == (made.appeared, made.act, [f.act for f in made.facts])
    assert ("managers:k", DocumentKind.OWNERSHIP, True) == (
        companion.key,
        companion.kind,
        companion.appeared,
    )


def test_changed() -> None:
    """What a manager owns is its change; what nobody owns is nobody's."""
    (change,) = changes(({"/a": "1", "/b": "1", "/c": "1"}, EDIT), ({"/a": "2", "/b": "2"}, EDIT))

    assert (
        FactChange("/a", "1", "2", 1),
        FactChange("/b", "1", "2"),
        FactChange("/c", "1", None),
    ) == change.facts
    assert 0 == change.act


def test_only_owners_moved() -> None:
    """A change of owners alone is a change of the companion, laid to whoever wrote."""
    (change,) = changes(({"/a": "1"}, {"/a": '["helm/Apply"]'}), ({"/a": "1"}, EDIT))

    assert ("managers:k", 1) == (change.key, change.act)


def test_owners_lost() -> None:
    """When managedFields are stripped, the companion is gone."""
    (change,) = changes(({"/a": "1"}, EDIT), ({"/a": "1"}, None))

    assert gone("f", "managers:k", DocumentKind.OWNERSHIP) == change
