import msgspec

from driftline.render.html.differences import anchors, folded_section, key_of, open_sections
from driftline.render.masking import masked
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import full_scan
from tests.render.samples import DIVERGENCES, scan


def test_every_difference_has_one_place() -> None:
    """Each row of the scan stands in the page under the id that it is linked by."""
    one = full_scan()
    places = anchors(one)
    page = PageReader(open_sections(one, places) + folded_section(one, places))

    assert {key_of(row) for row in one.divergences} == set(places)
    assert set(places.values()) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_rows_of_one_cause_stand_under_it() -> None:
    """What has one commit behind it is a table of its own, with the commit as its caption."""
    one = full_scan()
    page = PageReader(open_sections(one, anchors(one)))

    assert 'one commit, 4c1d2e3 "tune timeouts after the incident" (4 rows)' in page.text
    assert "Standing: 6" in page.text
    assert "production moved" in page.text


def test_absent_is_not_unknown() -> None:
    """A side that does not set a value and one that could not be read say different things."""
    one = full_scan()
    places = anchors(one)

    assert "not set" in PageReader(open_sections(one, places)).text
    assert "could not be read" in PageReader(folded_section(one, places)).text


def test_rows_that_nobody_judged_are_told_by_their_onset() -> None:
    """Without a judgement, rows are those that drifted and those that never agreed."""
    one = scan(divergences=DIVERGENCES)
    text = PageReader(folded_section(one, anchors(one))).text

    assert "What differs now: 5" in text
    assert "Different from the start: 3" in text or "Different from the start: 2" in text


def test_nothing_stands() -> None:
    """An empty list is a calm sentence."""
    text = PageReader(open_sections(scan(divergences=()), {})).text

    assert "Nothing stands, as far as was read." in text


def test_a_column_without_reasons_is_left_out() -> None:
    """A masked report has no reasons, and so no column for them."""
    one = masked(full_scan())[0]
    page = PageReader(open_sections(one, anchors(one)))

    assert "Why" not in page.text
    assert "Who moved it" in page.text


def test_a_message_is_said_once() -> None:
    """Rows of one commit do not repeat the message that stands above them."""
    one = full_scan()
    message = "tune timeouts after the incident"
    rows = tuple(
        msgspec.structs.replace(row, subject=message) if message in row.cause else row
        for row in one.divergences
    )
    one = msgspec.structs.replace(one, divergences=rows)
    text = PageReader(open_sections(one, anchors(one))).text

    assert sum(message in row.cause for row in rows) > 1
    assert 1 == text.count(message)


def test_what_is_by_design_is_a_row_a_path() -> None:
    """Rows without a question to anybody are told by path, under the name that the map has."""
    one = full_scan()
    text = PageReader(folded_section(one, anchors(one))).text

    assert "By design: " in text
    assert "Every value and who has it" in text
