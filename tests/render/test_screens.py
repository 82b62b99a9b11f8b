import pytest

from driftline.render.lines import line_cells
from driftline.render.page import Page
from driftline.render.screens import Answer, screen
from tests.render import samples

ANSWERS: list[Answer] = [
    samples.scan(),
    samples.comparison(),
    samples.history(),
    samples.layout(),
    samples.observed(),
    samples.spells(),
    samples.promotions(),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("every_row", [False, True])
def test_every_answer_has_a_screen(answer: Answer, width: int, *, every_row: bool) -> None:
    """Whatever is asked is answered within the page."""
    lines = screen(answer, Page(width=width), every_row=every_row)

    assert lines
    assert not [line for line in lines if line_cells(line) > width]
