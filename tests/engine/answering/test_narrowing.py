import pytest

from driftline.engine.answering.narrowing import (
    Wanted,
    kinds_named,
    narrowed_comparison,
    narrowed_promotions,
    narrowed_scan,
    narrowed_spells,
)
from driftline.errors import UsageError
from tests.render import samples

SCAN = samples.scan(divergences=samples.JUDGED, focus=("staging", "production"))
CASES: list[tuple[Wanted, int]] = [
    (Wanted(), len(samples.JUDGED)),
    (Wanted(kinds=("standing",)), 6),
    (Wanted(kinds=("standing,In-Flight",)), 7),
    (Wanted(kinds=("standing", "frozen")), 7),
    (Wanted(roles=("checkout",)), 3),
    (Wanted(roles=("check*", "web")), 4),
    (Wanted(roles=("checkout",), kinds=("standing",)), 2),
    (Wanted(owners=("team-a",)), 0),
    (Wanted(environments=("prod",)), len(samples.JUDGED)),
    (Wanted(environments=("demo",)), 0),
    (Wanted(environments=("staging", "production")), len(samples.JUDGED)),
    (Wanted(environments=("staging", "demo")), 0),
]


@pytest.mark.parametrize(("wanted", "rows"), CASES)
def test_rows_are_those_that_are_asked_for(wanted: Wanted, rows: int) -> None:
    """Kinds, roles, owners and environments narrow together."""
    assert rows == len(narrowed_scan(SCAN, wanted).divergences)


def test_counts_stay_those_of_the_whole() -> None:
    """A narrow view never looks like a clean one."""
    narrow = narrowed_scan(SCAN, Wanted(kinds=("frozen",)))

    assert SCAN.pairs == narrow.pairs
    assert SCAN.coverage == narrow.coverage
    assert SCAN.focus == narrow.focus
    assert None is narrowed_scan(SCAN, Wanted(environments=("demo",))).focus


@pytest.mark.parametrize(
    ("text", "why"),
    [("standng", "did you mean standing?"), ("zzz", "they are environmental, in-flight")],
)
def test_a_word_that_is_no_kind_is_answered(text: str, why: str) -> None:
    """With the nearest kind, or all of them."""
    with pytest.raises(UsageError, match=why.replace("?", r"\?")):
        kinds_named([text])


def test_an_environment_that_is_not_there_is_an_error() -> None:
    """Nothing would look like good news."""
    with pytest.raises(UsageError, match="no environment is called 'qa'"):
        narrowed_scan(SCAN, Wanted(environments=("qa",)))


def test_a_comparison_is_narrowed_like_a_scan() -> None:
    """Its environments were named by its refs."""
    whole = samples.comparison(samples.JUDGED)

    assert whole == narrowed_comparison(whole, Wanted())
    assert 1 == len(narrowed_comparison(whole, Wanted(kinds=("frozen",))).divergences)


def test_spells_and_promotions_of_one_environment() -> None:
    """One name asks for whatever concerns it."""
    spells, promotions = samples.spells(), samples.promotions()

    assert 1 == len(narrowed_spells(spells, ["local"], only_standing=False).spells)
    assert 1 == len(narrowed_spells(spells, [], only_standing=True).spells)
    assert promotions == narrowed_promotions(promotions, ["production"])
