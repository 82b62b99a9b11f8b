import msgspec
import pytest

from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.pair_differences import full_difference_lines, pair_difference_lines
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100, 160])
def test_what_was_judged_is_told_by_kind(width: int) -> None:
    """What stands with groups folded, what is in flight, what is frozen, then counts."""
    pair = samples.pair()
    lines = pair_difference_lines(
        samples.JUDGED, Page(width=width), now=samples.NOW, room=30, pair=pair, others=[pair, pair]
    )

    check_screen("kinds", lines, width=width)


@pytest.mark.parametrize("room", range(8, 24))
def test_rows_keep_to_their_room_and_nothing_is_lost(room: int) -> None:
    """What is not shown is counted by its heading."""
    stands = [
        samples.judged(samples.divergence(f"r{at}", "/x", 1, 2), "standing", "late", rank=at)
        for at in range(1, 21)
    ]
    flies = [
        samples.judged(samples.divergence(f"f{at}", "/x", 1, 2), "in flight", "soon")
        for at in range(9)
    ]
    lines = pair_difference_lines(
        [*stands, *flies], Page(), now=samples.NOW, room=room, pair=samples.pair()
    )
    text = to_text(lines, color=False)
    shown = sum(f" r{at} " in text for at in range(1, 21))

    assert len(lines) <= room
    assert "Standing (20)" in text
    assert shown == 20 or f"{20 - shown} standing" in text


def test_nothing_standing_is_said() -> None:
    """That nothing stands is the best news, so it is told before what is in flight."""
    lines = pair_difference_lines(
        samples.JUDGED[:1], Page(), now=samples.NOW, room=9, pair=samples.pair()
    )
    text = to_text(lines, color=False)

    assert text.startswith("Standing  nothing between staging and production\nIn flight (1) ")


def test_what_stands_elsewhere_is_told_of_a_pair_without_any() -> None:
    """A pair that is equal is good news only as long as the others are not hidden behind it."""
    elsewhere = msgspec.structs.replace(samples.pair(), left="qa", standing=3)
    lines = pair_difference_lines(
        [], Page(), now=samples.NOW, room=9, pair=samples.pair(), others=[elsewhere]
    )
    text = to_text(lines, color=False)

    assert "1 other pair, where 3 stand (driftline compare qa production)" in text


def test_every_row_is_there_when_it_is_wanted() -> None:
    """Nothing is folded, and every kind has its heading."""
    lines = full_difference_lines(samples.JUDGED, Page(), now=samples.NOW, every_row=True)
    text = to_text(lines, color=False)

    assert "Environmental (3)" in text
    assert "The rest" not in text
    assert len(samples.JUDGED) + 6 == len(lines)
