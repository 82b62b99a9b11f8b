"""How changes travel between environments, and which facts move most."""

from collections.abc import Sequence

from driftline.model.answers.promotions import Promotion
from driftline.model.answers.scan import Changed, Scan
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import Markup, joined, note, path_code, quiet, role_text, tag
from driftline.render.values import ABSENT, age_text, count, counted, duration_text

PROMOTIONS_MAX = 40
# Once or twice is not a way.
STEPS_MIN = 3
_PROMOTION_COLUMNS = (
    Column("Service and path"),
    Column("From, to", kind="way"),
    Column("Arrived", is_number=True),
    Column("Overtaken", is_number=True),
    Column("Withdrawn", is_number=True),
    Column("Open", is_number=True),
    Column("Backwards", is_number=True),
    Column("Half within", is_number=True),
    Column("9 of 10 within", is_number=True),
    Column("Late after", kind="late"),
)
_CHANGED_COLUMNS = (
    Column("Service and path"),
    Column("Changes", is_number=True),
    Column("Last", is_number=True),
    Column("Environments"),
)


def promotion_section(scan: Scan) -> Markup:
    """Every path that travels, the busiest first."""
    ordered = sorted(scan.promotions, key=lambda one: (-_steps(one), one.role, one.path, one.to))
    busy = [one for one in ordered if _steps(one) >= STEPS_MIN]
    if not ordered:
        body: object = note("No change is known to travel from one environment to another.")
    else:
        body = [
            note(
                "How long a change needs from one environment to the next. Changes that have not "
                "arrived count too, so a quantile stays empty where the data cannot say."
            ),
            _promotions(busy) if busy else None,
            _rare(ordered[len(busy) :]),
        ]
    return tag("section", tag("h2", "Promotions"), body, id="promotions")


def _rare(promotions: Sequence[Promotion]) -> Markup | None:
    """What hardly ever travelled, behind one line: it says little about how changes travel."""
    if not promotions:
        return None
    told = f"{counted(len(promotions), 'path')} that travelled once or twice"
    return tag("details", tag("summary", told), _promotions(promotions))


def _promotions(promotions: Sequence[Promotion]) -> Markup:
    shown = promotions[:PROMOTIONS_MAX]
    more = f" (the {len(shown)} busiest of {count(len(promotions))})"
    caption = "Promotions by path" + (more if len(shown) < len(promotions) else "")
    return table(caption, _PROMOTION_COLUMNS, map(_promotion, shown), class_="promotions")


def changed_section(scan: Scan) -> Markup:
    """The facts that moved most often."""
    if not scan.most_changed:
        body: object = note("Nothing has changed yet.")
    else:
        rows = (_changed(one, scan.asked_at) for one in scan.most_changed)
        body = table("Over the whole history, in all environments", _CHANGED_COLUMNS, rows)
    return tag("section", tag("h2", "Most moved"), body, _classes(scan), id="changed")


def _classes(scan: Scan) -> Markup | None:
    """Changes by class of actor; no name stands beside a total."""
    totals: dict[str, int] = {}
    for actor in scan.actors:
        totals[actor.class_] = totals.get(actor.class_, 0) + actor.changes
    if not totals:
        return None
    ordered = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
    assisted = sum(actor.assisted for actor in scan.actors)
    told = ", ".join(f"{name} {count(number)}" for name, number in ordered)
    extra = f"; {count(assisted)} with AI assistance" if assisted else ""
    return tag("p", f"Changes of facts by kind of actor: {told}{extra}.")


def _promotion(one: Promotion) -> Row:
    late = [duration_text(one.threshold_seconds), " ", quiet(_level(one))]
    return Row(
        (
            Cell(_what(one.role, one.path), f"{one.role} {one.path}"),
            joined([f"{one.from_} → {one.to}", None if one.is_learnt else quiet(" (not sure)")]),
            *(
                Cell(count(number) if number else ABSENT, number)
                for number in (one.count, one.superseded, one.withdrawn, one.open, one.backwards)
            ),
            _lag(one.lag_seconds.p50),
            _lag(one.lag_seconds.p90),
            Cell(joined(late), one.threshold_seconds),
        )
    )


def _level(one: Promotion) -> str:
    if one.level == "default":
        return "(default)"
    return f"({counted(one.steps, 'step')} of the {one.level})"


def _lag(seconds: int | None) -> Cell:
    return Cell(ABSENT, -1) if seconds is None else Cell(duration_text(seconds), seconds)


def _steps(one: Promotion) -> int:
    return one.count + one.superseded + one.withdrawn + one.open + one.backwards


def _changed(one: Changed, now: str) -> Row:
    return Row(
        (
            Cell(_what(one.role, one.path), f"{one.role} {one.path}"),
            Cell(count(one.changes), one.changes),
            Cell(f"{age_text(one.last, now)} ago", one.last),
            _names(one.environments),
        )
    )


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)


def _what(role: str, path: str) -> Markup:
    return joined([role_text(role), " ", path_code(path)])
