from driftline.model.answers.observed import Observed, ObservedRepository
from driftline.render.lines import to_text
from driftline.render.observed_lines import observed_lines
from driftline.render.page import Page
from tests.render import samples
from tests.render.screen_files import check_screen


def test_observing_says_what_was_new() -> None:
    """New looks, changed facts, gaps and notes of each repository."""
    check_screen("observe", observed_lines(samples.observed(), Page()), width=100)


def test_nothing_new_is_said() -> None:
    """A repository without news is one line."""
    answer = Observed(
        "driftline.observe/1",
        samples.NOW,
        (ObservedRepository("/shop", "0b0bdc8c1f0e", looks=871, looks_added=0, facts_added=0),),
    )

    assert "/shop  nothing new · 871 looks · at 0b0bdc8c1f\n" == to_text(
        observed_lines(answer, Page()), color=False
    )
