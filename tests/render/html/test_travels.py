import msgspec

from driftline.render.html.travels import changed_section, promotion_section
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import PROMOTION, full_scan
from tests.render.samples import scan


def test_promotions_have_their_lags_and_threshold() -> None:
    """A quantile that the data cannot say stays empty."""
    text = PageReader(promotion_section(full_scan())).text

    assert "staging → production" in text
    assert "9 of 10 within —" in text
    assert "(50 steps of the path)" in text


def test_what_hardly_travelled_is_folded() -> None:
    """A path that travelled once or twice stands behind a line that counts such paths."""
    one = full_scan()
    rare = tuple(
        msgspec.structs.replace(
            PROMOTION, role=f"role-{number}", count=number, superseded=0, steps=number
        )
        for number in (1, 2, 3)
    )
    section = promotion_section(msgspec.structs.replace(one, promotions=(*one.promotions, *rare)))
    plain, folded = section.split("<details>")

    assert "2 paths that travelled once or twice" in PageReader(folded).text
    assert ("role-3" in plain, "role-2" in plain) == (True, False)
    assert "role-1" in folded


def test_nothing_travels() -> None:
    """Without promotions there is a sentence."""
    assert "No change is known to travel" in PageReader(promotion_section(scan())).text


def test_people_are_never_ranked() -> None:
    """Totals are by class of actor; no name stands beside one."""
    text = PageReader(changed_section(full_scan())).text

    assert "human 1,201" in text
    assert "Ana Lopes" not in text
