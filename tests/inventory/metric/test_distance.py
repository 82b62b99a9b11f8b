import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from driftline.inventory.metric.distance import (
    FAR,
    FILLED,
    UNKNOWN,
    apart,
    apart_max,
    delta,
    versions,
)
from driftline.inventory.metric.weights import EMPTY, weight
from driftline.inventory.typed import equal

PLACES = ("/image/tag", "/image", "/replicas", "/resources/limits/memory", "/timeout", "/a/list")

# Values of every type, some of which mean the same.
VALUES = (
    *('"1.4.0"', '"1.4.1"', '"v1.4"', '"1.5.0"', '"2.0.0"', '"2.0.0-rc1"', '"1.4.0.1.7"', '"main"'),
    *(
        '"8x.16.1"',
        '"8x.16.2"',
        '"8x.17.0"',
        '"9y.1"',
        '"9f3c2ab"',
        '"2026-11-01"',
        '"2026-11-02"',
        '"rel-1.4"',
        '"rel-1.5"',
        '"1.4.0.1.9.2"',
    ),
    *('"a/web:1.0"', '"a/web:1.1"', '"b/web:1.0"', '"a/web"', '"reg.io/a/web:1.0"'),
    *("0", "1", "2", "3", "30", "-1", "0.5", "1e3", "1e400", "1.0"),
    *('"100m"', '"1"', '"1Gi"', '"1024Mi"', '"512Mi"', '"5m"', '"300s"', '"1h"'),
    *('"10.0.0.0/8"', '"10.0.0.0/16"', '"10.1.0.0/16"', '"10.0.0.1/8"', '"::/0"'),
    *('"a,b,c"', '"a, b"', '"b,a"', '"d"', '""', "true", "false", "null", "{}", "[]"),
    '{"secret":"k:1"}',
)
SAMPLES = st.one_of(st.sampled_from(VALUES), st.integers(-5, 2000).map(str))

# Left, right, and how far apart they are at /image/tag, /replicas or /limits.
CASES = (
    ("/image/tag", '"1.4.0"', '"1.4.1"', 50_000, "one patch"),
    ("/image/tag", '"1.4.0"', '"1.6.0"', 200_000, "two minors"),
    ("/image/tag", '"1.4.0"', '"3.0.0"', FAR, "two majors are as far as can be"),
    ("/image/tag", '"1.4.0"', '"1.4.0-rc1"', 40_000, "only the suffix"),
    ("/image/tag", '"1.4"', '"1.4.0"', 1, "other spellings are never at no distance"),
    ("/image/tag", '"8x.16.1"', '"8x.17.0"', 100_000, "letters between the numbers"),
    ("/image/tag", '"1.4.0"', '"main"', FAR, "a branch is no version"),
    ("/image", '"a/web:1.0"', '"a/web:1.1"', 60_000, "an image by its tag"),
    ("/image", '"a/web:1.0"', '"b/web:1.0"', FAR, "another image"),
    ("/image", '"x.io/a/web:1.0"', '"y.io/a/web:1.0"', 300_000, "another registry"),
    ("/replicas", "0", "1", FAR, "none and one"),
    ("/replicas", "1", "2", 300_219, "twice as many"),
    ("/replicas", "10", "101", FAR, "ten times as many"),
    ("/limits/memory", '"1Gi"', '"1024Mi"', 0, "the same amount"),
    ("/limits/memory", '"1Gi"', '"2Gi"', 301_030, "twice as much"),
    ("/x", '"a,b,c"', '"a,b,d"', 500_000, "two lists that share half"),
    ("/x", '"a,b"', '"b,a"', 1, "two orders of one list"),
    ("/x", '"10.0.0.0/8"', '"10.0.0.0/9"', 500_000, "half of a network"),
    ("/x", '"10.0.0.0/8"', '"11.0.0.0/8"', FAR, "networks that share nothing"),
    ("/x", "true", '"true"', FAR, "values of two kinds"),
)


@pytest.mark.parametrize(
    ("address", "left", "right", "expected", "why"), CASES, ids=[row[4] for row in CASES]
)
def test_delta(address: str, left: str, right: str, expected: int, why: str) -> None:
    """Each kind of value has its own measure."""
    assert expected == delta(address, left, right), why


@given(st.sampled_from(PLACES), SAMPLES, SAMPLES, SAMPLES)
@settings(max_examples=300, deadline=None)
def test_delta_is_a_metric(address: str, one: str, two: str, three: str) -> None:
    """No distance only where values mean the same, either way, and no detour is shorter."""
    assert (delta(address, one, two) == 0) == equal(address, one, two)
    assert delta(address, one, two) == delta(address, two, one)
    assert 0 <= delta(address, one, two) <= FAR
    assert delta(address, one, three) <= delta(address, one, two) + delta(address, two, three)


@pytest.mark.parametrize("address", PLACES)
def test_no_detour_is_shorter(address: str) -> None:
    """Over all triples of the sample values, absence included."""
    values = (None, *VALUES)
    far = {(one, two): apart(address, one, two) for one in values for two in values}
    longer = [
        (one, two, three)
        for one, two, three in itertools.product(values, repeat=3)
        if far[one, three] > far[one, two] + far[two, three]
    ]

    assert [] == longer


NUMBERED = st.lists(st.integers(0, 12), min_size=1, max_size=6).map(
    lambda parts: ".".join(map(str, parts))
)
VERSIONS = st.builds(
    lambda v, n, s: v + n + s,
    st.sampled_from(["", "v", "rel-"]),
    NUMBERED,
    st.sampled_from(["", "-rc1", "-rc2", "x.1", "x.2", "rc1"]),
)


@given(VERSIONS, VERSIONS, VERSIONS)
@example("1.2.3.4", "1.2.3.5.1", "1.2.3.5.9")
@settings(max_examples=300, deadline=None)
def test_versions_are_a_metric(one: str, two: str, three: str) -> None:
    """However many parts versions have."""
    assert versions(one, two) == versions(two, one)
    assert versions(one, three) <= versions(one, two) + versions(two, three)


# What each side says at /x, the least and the most that they are apart.
SIDES = (
    (None, None, 0, 0, "nothing on either side"),
    ("1", None, weight("/x"), weight("/x"), "a value against absence"),
    ("{}", None, EMPTY, EMPTY, "an empty mapping against absence"),
    ("{}", "[]", EMPTY, EMPTY, "an empty mapping against an empty list"),
    ("{}", "1", weight("/x"), weight("/x"), "an empty mapping against a value"),
    (FILLED, "{}", 0, 0, "the content is told by its own addresses"),
    (FILLED, None, 0, 0, "also against absence"),
    (FILLED, "1", weight("/x"), weight("/x"), "a container against a value"),
    (UNKNOWN, "1", 0, weight("/x"), "the unknown may be the same or not"),
    (UNKNOWN, None, 0, 0, "nobody says anything"),
    (UNKNOWN, UNKNOWN, 0, 0, "nor here"),
    (UNKNOWN, FILLED, 0, 0, "content against the unknown is told by its own addresses"),
)


@pytest.mark.parametrize(
    ("left", "right", "least", "most", "why"), SIDES, ids=[row[4] for row in SIDES]
)
def test_sides(left: str | None, right: str | None, least: int, most: int, why: str) -> None:
    """Absence, containers and the unknown have distances too, the same both ways."""
    assert (least, most) == (apart("/x", left, right), apart_max("/x", left, right)), why
    assert (least, most) == (apart("/x", right, left), apart_max("/x", right, left)), why
