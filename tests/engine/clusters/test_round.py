"""What a round settles once a kind was read."""

from driftline.engine.clusters.heads import Head, Heads
from driftline.engine.clusters.round import (
    Round,
    gap_changes,
    known_namespaces,
    place_of,
)
from driftline.model.look import GapChange
from driftline.sources.kubernetes.listing import Read, Unread
from driftline.sources.kubernetes.pages import Metadata
from driftline.sources.kubernetes.requesting import Answer, Asking
from driftline.sources.kubernetes.translate import LiveObject
from driftline.sources.redaction import Redactor
from tests.sources.kubernetes.serving import CONFIG_MAPS, NAMESPACES, SteadyClock
from tests.sources.kubernetes.test_requesting import Scripted

MASKING = Redactor(b"a key of the tests", "test")


def heads() -> Heads:
    """One ConfigMap in each of two namespaces."""
    known = Heads()
    for namespace in ("a", "b"):
        head = Head(f"ConfigMap/{namespace}/x", "1", b"", has_managers=False, round=1)
        known.of(f"{namespace}/configmaps.core")[f"uid-{namespace}"] = head
    return known


def a_round(known: Heads, taken: list[LiveObject] | None = None) -> Round:
    """A second round over what is known."""
    return Round(known, MASKING, (taken if taken is not None else []).append, 2)


def nobody(status: int = 200) -> Asking:
    """A server that lists nothing, or refuses to."""
    body = b'{"kind":"ConfigMapList","metadata":{},"items":[]}'
    return Asking(Scripted(Answer(status, body)), SteadyClock(), where="x")


def test_read_to_the_end() -> None:
    """What was not seen in a listing read to its end is gone, once it was confirmed."""
    found = a_round(heads())
    found.read(CONFIG_MAPS, [Read(CONFIG_MAPS, None, "9")], nobody())

    assert ["a/configmaps.core", "b/configmaps.core"] == [file for file, _, _ in found.vanished]
    assert {} == found.gaps
    assert {("configmaps.core", None): "9"} == found.versions


def test_not_confirmed() -> None:
    """Where the second question is not answered, nothing is gone."""
    found = a_round(heads())
    found.read(CONFIG_MAPS, [Read(CONFIG_MAPS, None, "9")], nobody(403))

    assert [] == found.vanished
    assert {"a/configmaps.core", "b/configmaps.core"} == found.gaps.keys()


def test_read_in_part() -> None:
    """A namespace that was read is settled; the others are unknown for the reason given."""
    found = a_round(heads())
    events: list[Read | Unread] = [
        Unread(CONFIG_MAPS, None, "denied", is_denied=True),
        Read(CONFIG_MAPS, "a", "9"),
    ]
    found.read(CONFIG_MAPS, events, nobody())

    assert ["a/configmaps.core"] == [file for file, _, _ in found.vanished]
    assert {"b/configmaps.core": "denied"} == found.gaps


def test_not_asked_for() -> None:
    """Namespaces that are no longer asked for keep what is known of them."""
    found = a_round(heads())
    found.read(CONFIG_MAPS, [Read(CONFIG_MAPS, "a", "9")], nobody())

    assert {"b/configmaps.core"} == found.gaps.keys()


def test_leaving_and_forgetting() -> None:
    """A kind that is left out is unknown; one that is no more is gone."""
    left, forgotten = a_round(heads()), a_round(heads())
    left.leave("configmaps.core", "because", place="*")
    forgotten.forget("configmaps.core")

    assert {"a/configmaps.core", "b/configmaps.core", "*/configmaps.core"} == left.gaps.keys()
    assert 2 == len(forgotten.vanished)


def test_one_object() -> None:
    """A single object is taken if it says something new, and dropped when told."""
    taken: list[LiveObject] = []
    known = heads()
    found = a_round(known, taken)
    raw = b'{"metadata":{"name":"x","namespace":"a","uid":"uid-a","resourceVersion":"2"}}'
    named = Metadata("x", "a", "uid-a", "2")
    found.one(CONFIG_MAPS, raw, named)
    found.one(CONFIG_MAPS, raw.replace(b'"2"', b'"3"'), Metadata("x", "a", "uid-a", "3"))
    found.drop(CONFIG_MAPS, named)
    found.drop(CONFIG_MAPS, named)

    assert ["ConfigMap/a/x"] == [one.key for one in taken]
    assert (1, 1) == (found.parsed, found.unchanged)
    assert [("a/configmaps.core", "ConfigMap/a/x", False)] == found.vanished


def test_an_object_that_cannot_be_read() -> None:
    """An object too large to be read is a gap, and stays as it was."""
    known = heads()
    found = a_round(known)
    deep = b"[" * 500 + b"]" * 500
    raw = b'{"metadata":{"name":"x","namespace":"a","uid":"uid-a"},"spec":%b}' % deep
    found.one(CONFIG_MAPS, raw, Metadata("x", "a", "uid-a", "2"))
    found.read(CONFIG_MAPS, [Read(CONFIG_MAPS, "a", "9"), Read(CONFIG_MAPS, "b", "9")], nobody())

    assert {"a/configmaps.core": "ConfigMap/a/x: nested more than 200 levels deep"} == found.gaps
    assert ["b/configmaps.core"] == [file for file, _, _ in found.vanished]


def test_gap_changes() -> None:
    """Gaps open, change their reason, stay without a word, and close."""
    found = {"new": "r", "other": "now", "same": "s"}
    is_open = {"other": "then", "same": "s", "old": "o"}

    assert [
        GapChange("new", "r"),
        GapChange("other", "now"),
        GapChange("old", None),
    ] == list(gap_changes(found, is_open))


def test_places() -> None:
    """Where objects may be, and which namespaces are known."""
    assert ("*", "-") == (place_of(CONFIG_MAPS), place_of(NAMESPACES))
    assert ("a", "b", "c") == known_namespaces(heads(), ("c", ""))
