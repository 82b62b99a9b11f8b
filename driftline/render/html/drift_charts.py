"""Drift over time: how far apart pairs were week by week, and which kinds of actors moved them."""

from collections.abc import Sequence
from datetime import datetime

from driftline.model.answers.trend import TrendAnswer, TrendPart, TrendPoint
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import Markup, note, quiet, tag
from driftline.render.values import count, counted, date_text, instant

PAIRS_MAX = 6
MICRO_UNITS = 1_000_000
_WIDTH, _HEIGHT = 1000.0, 100.0
_PART_COLUMNS = (
    Column("Kind of actor"),
    Column("Away and together", kind="time"),
    Column("Steps", is_number=True),
    Column("Moved apart", is_number=True),
    Column("Brought together", is_number=True),
)


def drift_section(points: Sequence[TrendPoint], answer: TrendAnswer | None) -> Markup:
    """A curve for each of the pairs that matter most, then what each actor class did."""
    pairs: dict[tuple[str, str], list[TrendPoint]] = {}
    for point in points:
        pairs.setdefault((point.left, point.right), []).append(point)
    drawn = {pair: several for pair, several in pairs.items() if len(several) > 1}
    if not drawn:
        body: object = note("There is not enough history to draw how drift grew.")
    else:
        focus = answer.focus if answer else None
        ordered = sorted(drawn, key=lambda pair: (pair != focus, -drawn[pair][-1].distance, pair))
        shown = ordered[:PAIRS_MAX]
        more = (
            f" {len(shown)} of {count(len(drawn))} pairs are drawn."
            if len(ordered) > PAIRS_MAX
            else ""
        )
        body = [
            note(
                "Distance counts services: one that only one side has is 1, one whose paths differ "
                "in part is a part of 1. It includes what differs by design.",
                more,
            ),
            tag("div", [_chart(drawn[pair]) for pair in shown], class_="charts"),
            _parts(answer.parts, set(shown)) if answer else None,
        ]
    return tag("section", tag("h2", "Drift over time"), body, id="drift")


def units(distance: int) -> str:
    """A distance in services.

    >>> units(1_250_000), units(400), units(0)
    ('1.25', '0.0004', '0')
    """
    if not distance:
        return "0"
    number = distance / MICRO_UNITS
    return f"{number:.2f}" if abs(number) >= 0.01 else f"{number:.4f}"


def _chart(points: Sequence[TrendPoint]) -> Markup:
    first, last = points[0], points[-1]
    top = max(1, *(point.distance_max for point in points))
    told = (
        f"{first.left} and {first.right}: from {units(first.distance)} on {date_text(first.at)} "
        f"to {units(last.distance)} on {date_text(last.at)}, at most {units(top)}"
    )
    lower = _steps(points, [point.distance for point in points], top)
    upper = _steps(points, [point.distance_max for point in points], top)
    doubt = [*upper, *reversed(lower)] if upper != lower else []
    shapes = [
        tag("title", told),
        tag("path", class_="area", d=_path([(0, _HEIGHT), *lower, (_WIDTH, _HEIGHT)]) + " Z"),
        tag("path", class_="doubt", d=_path(doubt) + " Z") if doubt else None,
        tag("path", class_="edge", d=_path(lower)),
    ]
    distance = units(last.distance)
    if last.distance_max > last.distance:
        distance += f" to {units(last.distance_max)}"
    counts = f"{counted(last.paths, 'path')} in {counted(last.roles, 'service')}"
    if last.roles_missing:
        counts += f", {counted(last.roles_missing, 'service')} on one side only"
    return tag(
        "figure",
        tag(
            "figcaption",
            tag("b", f"{first.left} and {first.right}"),
            " ",
            f"{distance} now",
            tag("br"),
            quiet(counts),
        ),
        tag(
            "svg",
            shapes,
            class_="curve",
            viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
            preserveAspectRatio="none",
            role="img",
            aria_label=told,
        ),
        tag(
            "div",
            tag("span", date_text(first.at)),
            tag("span", f"0 to {units(top)}"),
            tag("span", date_text(last.at)),
            class_="ends",
        ),
    )


def _steps(
    points: Sequence[TrendPoint], heights: Sequence[int], top: int
) -> list[tuple[float, float]]:
    """Where the curve goes: a value holds until the next one."""
    moments = [instant(point.at) or datetime.fromisoformat(point.at) for point in points]
    whole = max((moments[-1] - moments[0]).total_seconds(), 1)
    found: list[tuple[float, float]] = []
    for moment, height in zip(moments, heights, strict=True):
        x = _WIDTH * (moment - moments[0]).total_seconds() / whole
        if found:
            found.append((x, found[-1][1]))
        found.append((x, _HEIGHT * (1 - height / top)))
    return found


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _parts(parts: Sequence[TrendPart], pairs: set[tuple[str, str]]) -> Markup | None:
    """What each actor class did to the pairs drawn, over the same time."""
    totals: dict[str, list[int]] = {}
    for part in parts:
        if (part.left, part.right) in pairs:
            sums = totals.setdefault(part.actor_class, [0, 0, 0])
            sums[0] += part.added
            sums[1] += part.removed
            sums[2] += part.changes
    if not totals:
        return None
    most = max(max(added, removed) for added, removed, _ in totals.values()) or 1
    rows = [
        Row(
            (
                name,
                Cell(_bar(name, added, removed, most), added + removed),
                Cell(count(changes), changes),
                Cell(units(added), added),
                Cell(units(removed), removed),
            )
        )
        for name, (added, removed, changes) in sorted(
            totals.items(), key=lambda entry: -sum(entry[1][:2])
        )
    ]
    return table(
        "Who moved environments apart, and who brought them together, in services; "
        "the pairs above, over the same time.",
        _PART_COLUMNS,
        rows,
        class_="lanes",
    )


def _bar(name: str, added: int, removed: int, most: int) -> Markup:
    told = f"{name}: {units(added)} apart, {units(removed)} together"
    left, right = 50 * added / most, 50 * removed / most
    return tag(
        "svg",
        tag("title", told),
        tag(
            "rect",
            class_="added",
            x=f"{50 - left:.2f}%",
            y="12%",
            width=f"{left:.2f}%",
            height="76%",
        ),
        tag("rect", class_="removed", x="50%", y="12%", width=f"{right:.2f}%", height="76%"),
        tag("line", class_="axis", x1="50%", x2="50%", y1="0", y2="100%"),
        class_="bar",
        role="img",
        aria_label=told,
    )
