import pytest

from driftline.inventory.metric.weights import CLASSES, EMPTY, REMARK, RESOURCE, SETTING, weight
from driftline.inventory.metric.weights import weight_class as class_of

CASES = (
    ("/image/tag", "version", "a tag says which code runs"),
    ("/spec/containers/[name=web]/image", "image", "so does an image"),
    ("/chart/targetRevision", "version", "the last word of a key counts"),
    ("/autoscaling/maxReplicas", "size", "also of a key in camel case"),
    ("/resources/limits/cpu", "size", "sizes are weighed below images"),
    ("/ingress/enabled", "switch", "switches as much as sizes"),
    ("/ingress/hosts/0", "reach", "a position in a list is no word"),
    ("/env/[name=TAG]/value", "setting", "nor is the name of an element"),
    ("/metadata/annotations/checksum", "remark", "annotations are remarks whatever they say"),
    ("/metadata/labels/version", "remark", "labels too"),
    ("/annotations", "setting", "what is called so itself is not below it"),
    ("", "setting", "a document that is one value"),
)


@pytest.mark.parametrize(("address", "name", "why"), CASES, ids=[row[2] for row in CASES])
def test_class(address: str, name: str, why: str) -> None:
    """What a place counts follows from its nearest key."""
    assert name == class_of(address).name, why


def test_weights_are_parts_of_a_resource() -> None:
    """No place weighs as much as the resource, and none weighs nothing."""
    weights = [one.micro_units for one in (*CLASSES, SETTING, REMARK)]

    assert all(0 < one < RESOURCE for one in weights)


def test_a_detour_over_a_filled_container_is_no_shorter() -> None:
    """An empty container counts at most twice what the lightest place does."""
    assert 2 * min(one.micro_units for one in (*CLASSES, SETTING, REMARK)) >= EMPTY


def test_weight() -> None:
    """The weight is that of the class."""
    assert class_of("/image/tag").micro_units == weight("/image/tag")
