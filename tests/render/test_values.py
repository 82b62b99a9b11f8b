from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.answers.parity import Side
from driftline.render.lines import cells
from driftline.render.values import (
    age_text,
    count,
    counted,
    date_text,
    duration_text,
    file_text,
    pair_texts,
    path_text,
    path_texts,
    percentage,
    side_text,
    value_text,
)

REGISTRY = "registry.example.com/shop/web"
DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

VALUES = [
    ("web", "web"),
    ("", '""'),
    (" padded ", '" padded "'),
    (True, "true"),
    (None, "null"),
    (1.5, "1.5"),
    ({}, "{}"),
    ([], "[]"),
    ("two\nlines", "two\\nlines"),
    ({"secret": "a1b2c3d4:9f8e7d6c5b4a3210"}, "secret(9f8e7d…)"),
]

PAIRS = [
    ("only the tag differs", f"{REGISTRY}:1.9.3", f"{REGISTRY}:1.9.1", ":1.9.3", ":1.9.1"),
    ("a tag against a digest", f"{REGISTRY}:1", f"{REGISTRY}@{DIGEST}", ":1", "@0123456789…"),
    ("no tag at all", f"{REGISTRY}:1", REGISTRY, ":1", "(no tag)"),
    ("another image", "a.example/web:1", "a.example/api:1", "a.example/web:1", "a.example/api:1"),
    ("times of day are no images", "10:30", "10:45", "10:30", "10:45"),
    ("a number and a text", 1, "1", "1", '"1"'),
    ("a truth and a text", True, "true", "true", '"true"'),
    (
        "long texts that begin alike",
        "postgres://db.internal.example.com/shop?sslmode=require",
        "postgres://db.internal.example.com/shop?sslmode=disable",
        "….com/shop?sslmode=require",
        "….com/shop?sslmode=disable",
    ),
    ("a text that says its length", "x" * 70, "y", "x" * 14 + "… (70 chars)", "y"),
]


@pytest.mark.parametrize(("value", "shown"), VALUES)
def test_one_value(value: Any, shown: str) -> None:
    """Values are written as people write them, on one line."""
    assert shown == value_text(value)


@pytest.mark.parametrize(("why", "left", "right", "shown_left", "shown_right"), PAIRS)
def test_two_values(why: str, left: Any, right: Any, shown_left: str, shown_right: str) -> None:
    """Two values are shortened so that their difference stays in sight."""
    shown = pair_texts((Side.PRESENT, left), (Side.PRESENT, right), (26, 26))

    assert (shown_left, shown_right) == shown, why


def test_absent_and_unknown_do_not_look_alike() -> None:
    """What is not there and what nobody could read are told apart."""
    assert "—" == side_text(Side.ABSENT, None)
    assert "unknown" == side_text(Side.UNKNOWN, None)
    assert "null" == side_text(Side.PRESENT, None)


json_values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=80))
rooms = st.integers(9, 60)


@given(json_values, json_values, rooms, rooms)
def test_two_values_fit_their_rooms(left: Any, right: Any, room: int, other: int) -> None:
    """No pair of values breaks its columns."""
    texts = pair_texts((Side.PRESENT, left), (Side.PRESENT, right), (room, other))

    assert cells(texts[0]) <= room
    assert cells(texts[1]) <= other


@given(st.text(max_size=60).map(lambda text: "/" + text), rooms)
def test_a_path_fits_its_room(path: str, room: int) -> None:
    """No path breaks its column."""
    assert cells(path_text(path, room)) <= room


def test_paths_that_would_look_alike_are_told_apart() -> None:
    """Where shortening hides the difference, the token that differs is shown."""
    beside = ["/app/hub/resources/requests/memory", "/app/web/resources/requests/memory"]

    assert ["…/hub/…/memory", "…/web/…/memory"] == path_texts([(path, 26) for path in beside])
    assert beside == path_texts([(path, 60) for path in beside])
    assert ["…/memory", "…/memory"] == path_texts([(beside[0], 9)] * 2)


@given(st.lists(st.tuples(st.text(max_size=40).map(lambda text: "/" + text), rooms), max_size=5))
def test_paths_beside_each_other_fit_too(paths: list[tuple[str, int]]) -> None:
    """Telling paths apart never breaks the column."""
    shown = path_texts(paths)

    assert all(cells(text) <= room for text, (_, room) in zip(shown, paths, strict=True))


def test_a_file_keeps_its_name() -> None:
    """Of a file's path the folders give way first."""
    assert "web.yaml" == file_text("web.yaml", 8)
    assert "k8s/…/production/web.yaml" == file_text("k8s/argocd/production/web.yaml", 25)
    assert "…/production/web.yaml" == file_text("k8s/argocd/production/web.yaml", 24)


def test_a_path_is_cut_before_its_end() -> None:
    """Tokens stay whole, the last ones say most, and the first is shown where it fits."""
    path = "/spec/template/spec/containers/[name=web]/image"

    assert path == path_text(path, 60)
    assert "…/spec/containers/[name=web]/image" == path_text(path, 39)
    assert "/spec/…/[name=web]/image" == path_text(path, 25)
    assert "…/image" == path_text(path, 12)
    assert "…age" == path_text(path, 4)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"),
        (89, "89 s"),
        (90, "1 min"),
        (5_400, "1 h"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 d"),
        (60 * 86400, "2 months"),
        (200 * 86400, "7 months"),
        (800 * 86400, "2.2 years"),
        (-5, "0 s"),
    ],
)
def test_lengths_of_time(seconds: int, shown: str) -> None:
    """Each length has the one unit that suits it."""
    assert shown == duration_text(seconds)


def test_ages_and_dates() -> None:
    """What is not known is said, not guessed."""
    assert "3 d" == age_text("2026-08-04T12:00:00Z", "2026-08-07T12:00:00Z")
    assert "?" == age_text(None, "2026-08-07T12:00:00Z")
    assert "2026-08-04" == date_text("2026-08-04T12:00:00Z")
    assert "…" == date_text(None)


def test_counts_and_shares() -> None:
    """Thousands stand apart; 100 % is said only of all."""
    assert "18,406" == count(18_406)
    assert "1 gap" == counted(1, "gap")
    assert "0 gaps" == counted(0, "gap")
    assert "99 %" == percentage(9_999, 10_000)
    assert "100 %" == percentage(7, 7)
    assert "1 %" == percentage(1, 10_000)
    assert "0 %" == percentage(0, 9)
