"""Siblings are alike when their files or their shapes are."""

from driftline.inventory.layout.evidence import alike, mirrored, top_level
from driftline.inventory.layout.tree import Entry, Value
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard


def value(spelled: str, *cards: FileCard) -> Value:
    """A value of a slot with these files."""
    made = Value(spelled, None)
    made.entries = [Entry(card, "", Reader()) for card in cards]
    return made


def shaped(*shapes: str) -> FileCard:
    """A card that knows only shapes."""
    return FileCard("config/x.yaml", shapes=frozenset(shapes))


def test_mirrored() -> None:
    """Files of the same names are counted, and those that every folder has are not telling."""
    alpha = value("alpha", FileCard("c/alpha/apps.yaml"), FileCard("c/alpha/main.tf"))
    bravo = value("bravo", FileCard("c/bravo/apps.yaml"), FileCard("c/bravo/main.tf"))

    assert (1.0, 2, 1) == mirrored(alpha, [alpha, bravo], 2)


def test_alike() -> None:
    """Equal top-level keys are alike, others are not, and unknown is not zero."""
    prod = value("prod", shaped("/hub", "/proxy", "/hub/image"))
    same = value("ovh", shaped("/hub", "/proxy"))
    other = value("cert-manager", shaped("/webhook", "/resources"))

    assert 1.0 == alike(same, [prod])
    assert 0.0 == alike(other, [prod])
    assert alike(value("empty", FileCard("config/e.yaml")), [prod]) is None


def test_one_key_is_chance() -> None:
    """A single key in common does not make two files alike."""
    prod = value("prod", shaped("/resources", "/hub", "/proxy"))
    other = value("cert-manager", shaped("/resources"))

    assert (alike(other, [prod]) or 0.0) <= 0.5


def test_top_level() -> None:
    """Only first keys are taken."""
    assert {"a", "c"} == top_level(["/a/b", "/a", "/c/d/e"])
