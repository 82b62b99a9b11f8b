"""Pages by their names, and objects by their bytes."""

import pytest

from driftline.sources.kubernetes.pages import digest, metadata_of, objects_of, page_of
from driftline.sources.kubernetes.requesting import Broken

BODY = (
    b'{"kind":"PodList","metadata":{"resourceVersion":"7","continue":"next"},"items":['
    b'{"metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"3"},"spec":{"x":[1]}},'
    b'{"spec":{"resourceVersion":"9"},"metadata":{"name":"b"}}]}'
)


def test_names() -> None:
    """A page is known by its names without reading the rest."""
    page = page_of(BODY)
    first, second = page.items or []

    assert ("7", "next", "PodList") == (
        page.metadata.resource_version,
        page.metadata.continue_,
        page.kind,
    )
    assert ("a", "n", "u", "3") == (
        first.metadata.name,
        first.metadata.namespace,
        first.metadata.uid,
        first.metadata.resource_version,
    )
    assert ("b", "") == (second.metadata.name, second.metadata.uid)


def test_objects() -> None:
    """Each object's bytes are as they came."""
    first, second = objects_of(BODY)

    assert bytes(first) in BODY
    assert "b" == metadata_of(second).name


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"items":[1]}', b'{"items":'])
def test_no_page(body: bytes) -> None:
    """What is no page is told as such."""
    with pytest.raises(Broken, match="no listing"):
        page_of(body)


def test_no_object() -> None:
    """What is no object is told as such."""
    with pytest.raises(Broken, match="no object"):
        metadata_of(b'{"spec":{}}')


def test_empty_listing() -> None:
    """Some servers write null where nothing is listed."""
    assert [] == objects_of(b'{"items":null}')
    assert page_of(b'{"items":null}').items is None


def test_digest() -> None:
    """A digest stands for the bytes but for the version."""
    one = b'{"metadata":{"resourceVersion":"3"},"spec":{"a":1}}'
    other = one.replace(b'"3"', b'"44"')
    different = one.replace(b'"a":1', b'"a":2')

    assert digest(one, "3") == digest(other, "44")
    assert digest(one, "3") != digest(different, "3")
