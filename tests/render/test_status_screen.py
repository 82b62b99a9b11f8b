import msgspec
import pytest

from driftline.model.answers.seen import SeenRow, SinceLook
from driftline.render.lines import line_cells, to_text
from driftline.render.page import Page
from driftline.render.status_screen import news_text, oldest_first, status_lines, told_once
from tests.render import samples
from tests.render.screen_files import check_screen

ROW = SeenRow("staging", "production", "checkout", "/image/tag", "standing")
NEWS = SinceLook(
    "2026-08-04T12:00:00Z",
    opened=(ROW, msgspec.structs.replace(ROW, path="/replicas")),
    closed=(msgspec.structs.replace(ROW, role="web"),),
    became_standing=(msgspec.structs.replace(ROW, role="search"),),
)
PAIR = msgspec.structs.replace(samples.pair(), **samples.VERDICTS)
SCAN = msgspec.structs.replace(
    samples.scan(divergences=samples.JUDGED, pairs=[PAIR]),
    since_last_look=NEWS,
)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_status_of_two_environments(width: int) -> None:
    """What is new, then what stands, oldest first, then what is in flight and the rest."""
    check_screen("status", status_lines(SCAN, Page(width=width)), width=width)


@pytest.mark.parametrize("width", [60, 100, 200])
def test_the_status_of_many_environments(width: int) -> None:
    """Where there are many pairs, each path is told once for all of them."""
    many = samples.federation()
    rows = [samples.judged(row, "standing", "late", rank=1) for row in many.divergences]
    told = msgspec.structs.replace(many, divergences=tuple(rows), since_last_look=SinceLook(None))
    lines = status_lines(told, Page(width=width))
    text = to_text(lines, color=False)

    assert not [line for line in lines if line_cells(line) > width]
    assert "for the first time" in text or width == 60
    assert 1 == text.count("newBasket") or width == 60


def test_news_are_one_sentence() -> None:
    """Counts of what happened, or that nothing did."""
    told = "Since you last looked (3 d ago): 2 opened, 1 closed, 1 became standing"

    assert told == news_text(NEWS, samples.NOW)
    assert "(just now): nothing new" in news_text(SinceLook(samples.NOW), samples.NOW)


def test_the_oldest_comes_first_whatever_its_rank() -> None:
    """What people have forgotten is what has been different longest."""
    rows = oldest_first(samples.JUDGED)

    stands = [row.since or "" for row in rows if row.kind == "standing"]
    assert sorted(stands) == stands
    assert ["standing", "in flight", "frozen"] == list(dict.fromkeys(row.kind for row in rows))


def test_a_path_is_told_once() -> None:
    """What the first pair differs in is only counted for the next one."""
    names = ("staging", "qa")
    again = [msgspec.structs.replace(row, right="qa") for row in samples.JUDGED]
    both = samples.scan(
        divergences=[*again, *samples.JUDGED],
        pairs=[samples.pair(*names), samples.pair()],
        focus=("staging", "production"),
    )
    (first, rows, none), (_, new, shared) = told_once(both)

    assert "production" == first.right
    assert (8, 0, 0, 8) == (len(rows), none, len(new), shared)


def test_every_row_is_there_when_it_is_wanted() -> None:
    """Nothing is cut away, however many stand."""
    rows = [
        samples.judged(samples.divergence(f"r{at}", "/x", 1, 2), "standing", "late")
        for at in range(90)
    ]
    told = msgspec.structs.replace(SCAN, divergences=tuple(rows))

    assert 90 == sum(
        " /x " in to_text([line], color=False)
        for line in status_lines(told, Page(), every_row=True)
    )
    assert len(status_lines(told, Page())) <= 40
