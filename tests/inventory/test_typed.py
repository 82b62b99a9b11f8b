from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.typed import (
    ValueType,
    decode,
    describe,
    duration_seconds,
    equal,
    image,
    meaning,
    quantity,
    type_of,
)

# Address, two spellings, and whether they mean the same there.
SPELLINGS = [
    ("/resources/limits/cpu", '"1000m"', '"1"', True),
    ("/resources/limits/cpu", '"1000m"', "1", True),
    ("/resources/limits/cpu", '"0.5"', '"500m"', True),
    ("/resources/limits/cpu", '"500m"', '"50m"', False),
    ("/resources/limits/memory", '"1Gi"', '"1024Mi"', True),
    ("/resources/limits/memory", '"1Gi"', '"1G"', False),
    ("/resources/limits/memory", '"1G"', "1000000000", True),
    ("/resources/limits/memory", '"1e3"', '"1k"', True),
    ("/storage", "1e100", "2e100", False),
    ("/timeout", '"60s"', '"1m"', True),
    ("/timeout", '"1h30m"', '"90m"', True),
    ("/timeout", '"5m"', '"300"', False),
    ("/replicas", "3", "3.0", True),
    ("/replicas", "3", '"3"', False),
    ("/ratio", "1.10", "1.1", True),
    ("/ratio", "1e-999999999", "0", False),
    ("/image/tag", "1.10", "1.1", False),
    ("/image/tag", "1.10", '"1.10"', True),
    ("/image/tag", '"1h"', '"60m"', False),
    ("/image", '"nginx"', '"docker.io/library/nginx:latest"', True),
    ("/image", '"nginx:1"', '"nginx:2"', False),
    ("/address", '"10.0.0.5/24"', '"10.0.0.9/24"', False),
    ("/cidr", '"2001:DB8::/32"', '"2001:db8:0::/32"', True),
    ("/enabled", "true", '"true"', False),
    ("/a", "null", '""', False),
    ("/a", "{}", "[]", False),
    ("/a", "null", None, False),
    ("/a", None, None, True),
    ("/env/[name=MEMORY]/value", '"1Gi"', '"1024Mi"', True),
]


@pytest.mark.parametrize(("address", "left", "right", "expected"), SPELLINGS)
def test_what_means_the_same(
    *, address: str, left: str | None, right: str | None, expected: bool
) -> None:
    """Two spellings are equal at an address when they mean the same there."""
    assert expected == equal(address, left, right)
    assert expected == equal(address, right, left)


TYPES = [
    ("/replicas", "3", ValueType.NUMBER),
    ("/cpu", "3", ValueType.QUANTITY),
    ("/a", '"128Mi"', ValueType.QUANTITY),
    ("/cpu", '"5m"', ValueType.QUANTITY),
    ("/timeout", '"5m"', ValueType.DURATION),
    ("/image", '"nginx"', ValueType.IMAGE),
    ("/image", '"ghcr.io/org/app:1.2@sha256:0123456789abcdef0123456789abcdef"', ValueType.IMAGE),
    ("/image", '"a text with spaces"', ValueType.TEXT),
    ("/image/repository", '"ghcr.io/org/app"', ValueType.IMAGE),
    ("/image/repository", '"app"', ValueType.TEXT),
    ("/image/tag", '"main-1a2b3c"', ValueType.VERSION),
    ("/targetRevision", '"HEAD"', ValueType.VERSION),
    ("/IMAGE_TAG", '"x"', ValueType.VERSION),
    ("/href", '"x"', ValueType.TEXT),
    ("/a", '"v1.2.3"', ValueType.VERSION),
    ("/a", '"1.2.3-rc.1"', ValueType.VERSION),
    ("/a", '"10.0.0.0/16"', ValueType.CIDR),
    ("/a", '"10.0.0.0/99"', ValueType.TEXT),
    ("/a", "true", ValueType.BOOLEAN),
    ("/a", "null", ValueType.NULL),
    ("/a", "{}", ValueType.EMPTY),
    ("/a", "[]", ValueType.EMPTY),
    ("/a", '{"secret":"k:abc"}', ValueType.SECRET),
    ("/a", '""', ValueType.TEXT),
    ("/a", None, ValueType.ABSENT),
    ("/cpu", '"' + "1" * 5000 + '"', ValueType.TEXT),
]


@pytest.mark.parametrize(("address", "text", "expected"), TYPES)
def test_how_a_value_is_read(address: str, text: str | None, expected: ValueType) -> None:
    """A value has the type of its spelling; its address decides where that is ambiguous."""
    assert expected is type_of(address, text)


DESCRIPTIONS = [
    ("/image", '"registry/a:1"', '"registry/a:2"', (ValueType.IMAGE, "tag")),
    ("/image", '"registry.io/a:1"', '"other.io/a:1"', (ValueType.IMAGE, "registry")),
    ("/image", '"a:1"', '"b:1"', (ValueType.IMAGE, "repository")),
    ("/image", '"a:1"', '"b:2"', (ValueType.IMAGE, "image")),
    ("/image", '"a@sha256:00"', '"a@sha256:11"', (ValueType.IMAGE, "digest")),
    ("/image", '"a:1"', None, (ValueType.IMAGE, "")),
    ("/a", '{"secret":"k:a"}', '"plain"', (ValueType.SECRET, "")),
    ("/a", "3", "null", (ValueType.NUMBER, "")),
    ("/a", "3", '"three"', (ValueType.TEXT, "")),
    ("/a", "3", '"3Mi"', (ValueType.QUANTITY, "")),
    ("/a", None, "{}", (ValueType.EMPTY, "")),
    ("/a", None, None, (ValueType.TEXT, "")),
]


@pytest.mark.parametrize(("address", "left", "right", "expected"), DESCRIPTIONS)
def test_how_a_difference_is_described(
    address: str, left: str | None, right: str | None, expected: tuple[ValueType, str]
) -> None:
    """A difference is told by the type of both values and the one aspect that differs."""
    assert expected == describe(address, left, right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1k", 1000),
        ("1Ki", 1024),
        (".5", Fraction(1, 2)),
        ("-2M", -2_000_000),
        ("1n", Fraction(1, 10**9)),
        ("5e2", 500),
        ("", None),
        ("Mi", None),
        ("1 Mi", None),
        ("1mi", None),
    ],
)
def test_quantities(text: str, expected: Fraction | None) -> None:
    """A quantity is an exact number."""
    assert expected == quantity(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1h30m", 5400), ("500ms", Fraction(1, 2)), ("1d", 86400), ("0s", 0), ("5", None), ("", None)],
)
def test_durations(text: str, expected: Fraction | None) -> None:
    """A duration is an exact number of seconds."""
    assert expected == duration_seconds(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nginx", ("docker.io", "library/nginx", "latest", "")),
        ("org/app:1", ("docker.io", "org/app", "1", "")),
        ("localhost/app", ("localhost", "app", "latest", "")),
        ("registry:5000/app:1", ("registry:5000", "app", "1", "")),
        ("ghcr.io/o/app@sha256:ab", ("ghcr.io", "o/app", "", "sha256:ab")),
        ("ghcr.io/o/app:1@sha256:ab", ("ghcr.io", "o/app", "1", "sha256:ab")),
    ],
)
def test_images_are_taken_apart(text: str, expected: tuple[str, str, str, str]) -> None:
    """An image has a registry, a repository, a tag and a digest, some of them by default."""
    assert expected == msgspec.structs.astuple(image(text))


ADDRESSES = st.sampled_from(
    ["/cpu", "/timeout", "/image", "/image/tag", "/a", "/env/[name=A]/value"]
)
NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)
NEAR = st.one_of(
    st.from_regex(r"[0-9]{1,3}(\.[0-9])?(m|Mi|Gi|k|s|h|ms|e2)?", fullmatch=True),
    st.from_regex(r"v?1(\.[0-9]){1,3}|(a/)?b:[0-9]|1\.1\.1\.1/[0-9]{1,2}", fullmatch=True),
)
TEXTS = st.one_of(
    NUMBERS,
    st.sampled_from(["true", "false", "null", "{}", "[]", '{"secret":"k:a"}']),
    st.one_of(NEAR, st.text(max_size=8)).map(lambda text: msgspec.json.encode(text).decode()),
)


@settings(max_examples=300, deadline=None)
@given(ADDRESSES, TEXTS, TEXTS, TEXTS)
def test_equality_is_an_equivalence(address: str, one: str, two: str, three: str) -> None:
    """At any address equality is reflexive, symmetric and transitive, and never fails."""
    assert equal(address, one, one)
    assert equal(address, one, two) == equal(address, two, one)
    if equal(address, one, two) and equal(address, two, three):
        assert equal(address, one, three)


@settings(max_examples=200, deadline=None)
@given(ADDRESSES, TEXTS, TEXTS)
def test_equal_values_have_one_meaning(address: str, one: str, two: str) -> None:
    """The key of a meaning is equal exactly for equal values, so that it can be hashed."""
    same = meaning(address, one) == meaning(address, two)

    assert same == equal(address, one, two)
    if same:
        assert hash(meaning(address, one)) == hash(meaning(address, two))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_milli_is_a_thousandth(number: int) -> None:
    """A number of cores equals a thousand times as many thousandths."""
    assert equal("/cpu", f'"{number}"', f'"{number * 1000}m"')
    assert equal("/memory", f'"{number}Gi"', f'"{number * 1024}Mi"')


def test_a_facts_text_decodes() -> None:
    """A fact's text is JSON."""
    assert "web" == decode('"web"')
