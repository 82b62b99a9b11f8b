"""What changed between two versions of a file."""

from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.canonical import difference, known
from driftline.model.document import Document, DocumentKind, Reading
from driftline.model.look import FactChange, ResourceChange

Facts = dict[str, dict[str, str]]


def _reading(documents: Facts, gap: str | None = None) -> Reading:
    """A reading of documents, each in two parts, as a reader gives them."""
    found = []
    for key, facts in documents.items():
        half = len(facts) // 2
        items = list(facts.items())
        parts = (dict(items[:half]), dict(items[half:]))
        found.append(Document(key, DocumentKind.PLAIN, parts))
    return Reading(tuple(found), gap)


def _applied(facts: Facts, changes: tuple[ResourceChange, ...]) -> Facts:
    after = {key: dict(document) for key, document in facts.items()}
    for change in changes:
        if change.vanished:
            del after[change.key]
            continue
        document = after.setdefault(change.key, {})
        for fact in change.facts:
            assert fact.before == document.get(fact.address)
            if fact.after is None:
                del document[fact.address]
            else:
                document[fact.address] = fact.after
    return after


documents = st.dictionaries(
    st.sampled_from(("", "a", "b")),
    st.dictionaries(st.sampled_from(("/x", "/y", "/z")), st.sampled_from(("1", "2")), max_size=3),
)


@given(documents, documents)
def test_the_difference_leads_from_one_to_the_other(before: Facts, after: Facts) -> None:
    """Applied to the version before, the difference gives the version after, and nothing idle."""
    changes = difference(_reading(before), _reading(after), "f")

    assert after == _applied(before, changes)
    assert all(fact.before != fact.after for change in changes for fact in change.facts)


@given(documents)
def test_no_difference(same: Facts) -> None:
    """Equal versions have no difference."""
    assert () == difference(_reading(same), _reading(same), "f")


@given(documents, documents, documents)
def test_a_gap_takes_nothing_away(before: Facts, readable: Facts, after: Facts) -> None:
    """Through a gap, the facts stay as they were, but for what could be read all the same."""
    behind = _reading(readable, "half of it is encrypted")
    first = difference(_reading(before), behind, "f")
    second = difference(known(_reading(before), behind), _reading(after), "f")
    between = _applied(before, first)

    assert {**before, **readable} == between
    assert after == _applied(between, second)


def test_an_unread_file_changes_nothing() -> None:
    """A version of which nothing could be read is no change."""
    assert () == difference(_reading({"": {"/x": "1"}}), Reading((), "encrypted"), "f")


def test_a_deleted_file_ends_its_resources() -> None:
    """A file that is gone takes its resources with it, in one change each."""
    (change,) = difference(_reading({"a": {"/x": "1", "/y": "1"}}), None, "f", act=3)

    assert (True, (), 3) == (change.vanished, change.facts, change.act)


def test_shared_parts_are_not_looked_into() -> None:
    """A part that both versions share is skipped, and the others are compared."""
    shared = {"/x": "1"}
    before = Reading((Document("", DocumentKind.PLAIN, (shared, {"/y": "1"})),))
    after = Reading((Document("", DocumentKind.PLAIN, ({"/y": "2"}, shared)),))

    (change,) = difference(before, after, "f")

    assert (FactChange("/y", "1", "2"),) == change.facts


def test_another_kind_is_a_change() -> None:
    """A document that turns out to be of another kind says so, with the same facts."""
    before = Reading((Document("", DocumentKind.PLAIN, ({"/x": "1"},)),))
    after = Reading((Document("", DocumentKind.COMPOSE, ({"/x": "1"},)),))

    (change,) = difference(before, after, "f")

    assert ("compose", ()) == (change.kind, change.facts)


def test_an_empty_document_appears() -> None:
    """A document without facts still appears and vanishes."""
    (change,) = difference(None, _reading({"": {}}), "f")

    assert change.appeared
