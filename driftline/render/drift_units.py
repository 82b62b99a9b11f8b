"""Distances, path lengths and exposures as people read them: in resources and in resource-days."""

MICRO = 1_000_000


def units_text(micro_units: int) -> str:
    """A distance in resources' worth; what is not nothing never looks like it.

    >>> units_text(2_217_319), units_text(120), units_text(0), units_text(-1_500_000)
    ('2.217', '<0.001', '0', '-1.500')
    """
    if not micro_units:
        return "0"
    if abs(micro_units) < 500:
        return "<0.001" if micro_units > 0 else ">-0.001"
    if abs(micro_units) >= 100 * MICRO:
        return f"{micro_units / MICRO:,.1f}"
    return f"{micro_units / MICRO:.3f}"


def signed_text(micro_units: int) -> str:
    """A change of a distance, with its sign.

    >>> signed_text(25_000), signed_text(-25_000), signed_text(0)
    ('+0.025', '-0.025', '0')
    """
    text = units_text(micro_units)
    return f"+{text}" if micro_units > 0 and text[0] != "<" else text


def days_text(micro_unit_days: int) -> str:
    """An exposure in resource-days.

    >>> days_text(1_857_096_412), days_text(3_250_000)
    ('1,857', '3.2')
    """
    days = micro_unit_days / MICRO
    if not micro_unit_days:
        return "0"
    return f"{days:,.0f}" if days >= 100 else f"{days:,.1f}"
