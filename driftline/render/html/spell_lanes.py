"""Spells as lanes of time: when a path was apart, and from when nobody was bringing it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from driftline.model.answers.scan import Scan
from driftline.model.answers.spells import SpellNote
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import Markup, joined, note, path_code, quiet, role_text, tag
from driftline.render.values import ABSENT, count, counted, duration_text, instant

LANES_MAX = 24
SPAN_DAYS_MAX = 366
_LEAST_PERCENT = 0.35
_COLUMNS = (
    Column("Service and path"),
    Column("Time", kind="time"),
    Column("Spells", is_number=True),
    Column("In flight", is_number=True),
    Column("Standing", is_number=True),
)
Lane = tuple[tuple[str, str, str, str], list[SpellNote]]


def spell_section(scan: Scan) -> Markup:
    """Lanes of the paths that were apart most recently and longest."""
    lanes = _lanes(scan.spells)
    body: object
    if not lanes:
        body = note("No difference on its way or standing is recorded, so there are no spells.")
    else:
        shown, end = lanes[:LANES_MAX], _required(scan.asked_at)
        begin = _begin([one for _, several in shown for one in several], end)
        more = f" The {len(shown)} of {count(len(lanes))} paths that stood longest are drawn."
        body = [
            note(
                "A bar is a stretch of difference: pale while it was in flight, full from when it "
                "stood.",
                more if len(lanes) > len(shown) else "",
            ),
            table(
                f"{begin:%Y-%m-%d} to {end:%Y-%m-%d}",
                _COLUMNS,
                (_row(lane, begin, end) for lane in shown),
                class_="lanes",
            ),
        ]
    return tag("section", tag("h2", "Spells"), body, id="spells")


def _lanes(spells: Sequence[SpellNote]) -> list[Lane]:
    """Spells by pair and path; what still lasts first, then by the time that it stood."""
    found: dict[tuple[str, str, str, str], list[SpellNote]] = {}
    for one in spells:
        found.setdefault((one.role, one.path, one.left, one.right), []).append(one)
    return sorted(
        found.items(),
        key=lambda lane: (
            all(one.ended for one in lane[1]),
            -sum(one.seconds_standing for one in lane[1]),
            -sum(one.seconds_in_flight for one in lane[1]),
            lane[0],
        ),
    )


def _begin(spells: Sequence[SpellNote], end: datetime) -> datetime:
    """The first onset, at most so far back that a week can still be seen."""
    first = min(_required(one.started) for one in spells)
    return min(max(first, end - timedelta(days=SPAN_DAYS_MAX)), end - timedelta(days=1))


def _row(lane: Lane, begin: datetime, end: datetime) -> Row:
    (role, path, left, right), spells = lane
    flight = sum(one.seconds_in_flight for one in spells)
    stood = sum(one.seconds_standing for one in spells)
    what = [
        role_text(role),
        " ",
        path_code(path) if path else quiet("the service as a whole"),
        tag("span", f"{left}, {right}", class_="names"),
    ]
    lasting = "lasts" if any(one.ended is None for one in spells) else "over"
    told = (
        f"{role} {path}, {left} and {right}: {counted(len(spells), 'spell')}, {lasting}; "
        f"{duration_text(flight)} in flight, {duration_text(stood)} standing"
    )
    return Row(
        (
            Cell(joined(what), f"{role} {path}"),
            Cell(_bars(spells, begin, end, told), min(one.started for one in spells)),
            count(len(spells)),
            Cell(duration_text(flight) if flight else ABSENT, flight),
            Cell(duration_text(stood) if stood else ABSENT, stood),
        )
    )


def _bars(spells: Sequence[SpellNote], begin: datetime, end: datetime, told: str) -> Markup:
    bars: list[Markup | None] = [
        tag("rect", class_="ground", x="0", y="40%", width="100%", height="20%")
    ]
    for one in sorted(spells, key=lambda spell: spell.started):
        started = _required(one.started)
        ended = instant(one.ended) or end
        stands = instant(one.stands_from)
        turned = min(stands, ended) if stands else ended
        bars.append(_bar("flight", started, turned, begin, end))
        bars.append(_bar("stood", turned, ended, begin, end))
    return tag("svg", tag("title", told), bars, class_="lane", role="img", aria_label=told)


def _bar(
    name: str, started: datetime, ended: datetime, begin: datetime, end: datetime
) -> Markup | None:
    """A stretch in percent of the lane; a short one stays visible."""
    if ended <= started or ended <= begin:
        return None
    whole = (end - begin).total_seconds()
    x = 100 * max((started - begin).total_seconds(), 0) / whole
    width = max(100 * (ended - begin).total_seconds() / whole - x, _LEAST_PERCENT)
    x = min(x, 100 - _LEAST_PERCENT)
    return tag("rect", class_=name, x=f"{x:.2f}%", y="10%", width=f"{width:.2f}%", height="80%")


def _required(text: str) -> datetime:
    return instant(text) or datetime.fromisoformat(text)
