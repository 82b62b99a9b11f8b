import pytest

from driftline.render.drift_units import days_text, signed_text, units_text

CASES = (
    (0, "0", "0"),
    (1, "<0.001", "<0.001"),
    (-1, ">-0.001", ">-0.001"),
    (500, "0.001", "+0.001"),
    (-2_500, "-0.003", "-0.003"),
    (2_217_319, "2.217", "+2.217"),
    (1_234_567_890, "1,234.6", "+1,234.6"),
)


@pytest.mark.parametrize(("micro_units", "plain", "signed"), CASES, ids=[row[1] for row in CASES])
def test_what_is_not_nothing_never_looks_like_it(micro_units: int, plain: str, signed: str) -> None:
    """However little a distance is, it is told apart from none."""
    assert plain == units_text(micro_units)
    assert signed == signed_text(micro_units)


def test_days() -> None:
    """Exposure has decimals only where they say something."""
    assert ["0", "0.5", "1,857"] == [days_text(one) for one in (0, 500_000, 1_857_096_412)]
