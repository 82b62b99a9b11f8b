"""What differs, kind by kind: both values, since when, who moved, and why it is judged so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from driftline.model.answers.parity import Divergence, Side
from driftline.model.answers.scan import Scan
from driftline.model.verdict import Kind
from driftline.render.html.by_path import MISSING, by_path, path_table
from driftline.render.html.folding import Story, stories
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import (
    Markup,
    breaking,
    code,
    joined,
    note,
    path_code,
    quiet,
    role_text,
    tag,
)
from driftline.render.kinds import heading, is_judged
from driftline.render.values import age_text, count, counted, date_text, instant, pair_texts

# A value is cut where a line of it would no longer be read, around what differs.
VALUE_CELLS = 160
_COLUMNS = (
    Column("Service and path"),
    Column("One side", kind="value"),
    Column("Other side", kind="value"),
    Column("Since", kind="age"),
    Column("Who moved it", kind="who"),
    Column("Why", kind="why"),
)
Key = tuple[str, str, str, str]
OPEN = (Kind.STANDING, Kind.IN_FLIGHT, Kind.FROZEN)
FOLDED = (Kind.UNKNOWN, Kind.ACCEPTED, Kind.ENVIRONMENTAL)
# Nobody moved these apart in a way that could be asked about: their values say it all.
_BY_PATH = (Kind.UNKNOWN, Kind.ENVIRONMENTAL)
_SAID = {
    Kind.STANDING: "Nobody is bringing these together. What is most worth asking about is first.",
    Kind.IN_FLIGHT: "On their way from one environment to the next, and not late yet.",
    Kind.FROZEN: "A declared freeze holds these apart.",
    Kind.UNKNOWN: "A layer or file that could not be read decides these.",
    Kind.ACCEPTED: "Decided by people and written into the ledger, until they expire.",
    Kind.ENVIRONMENTAL: "Different by design: names, sizes, domains, secrets.",
}
# On the page, kinds are called what the map calls them.
CALLED = {Kind.ENVIRONMENTAL.value: "by design"}
_NOTHING = {
    Kind.STANDING: "Nothing stands, as far as was read.",
    Kind.IN_FLIGHT: "Nothing is on its way.",
}


def anchors(scan: Scan) -> dict[Key, str]:
    """Where each difference stands in the page: pair, role and path → the id of its row."""
    found: dict[Key, str] = {}
    calm = [row for row in scan.divergences if _is_calm(row)]
    told = [story.rows for story in stories(r for r in scan.divergences if not _is_calm(r))]
    for kind in _BY_PATH:
        told += [one.rows for one in by_path(row for row in calm if row.kind == kind)]
    for number, rows in enumerate(told, 1):
        for row in rows:
            found[key_of(row)] = f"d-{number}"
    return found


def _is_calm(row: Divergence) -> bool:
    return row.kind in _BY_PATH and is_judged(row)


def key_of(row: Divergence) -> Key:
    """What tells a row from all others of a scan."""
    return (row.left, row.right, row.role, row.path)


def open_sections(scan: Scan, places: Mapping[Key, str]) -> Markup:
    """What stands, what is in flight and what is frozen, each under its own heading."""
    shown = []
    for kind in OPEN:
        rows = [row for row in scan.divergences if row.kind == kind]
        if not rows and kind not in _NOTHING:
            continue
        shown.append(
            tag(
                "section",
                tag("h2", _title(kind.value, rows)),
                tag("div", id="filter-place") if kind is Kind.STANDING and rows else None,
                _kind(kind, rows, scan, places),
                id=kind.value.replace(" ", "-"),
            )
        )
    return joined(shown)


def folded_section(scan: Scan, places: Mapping[Key, str]) -> Markup:
    """What differs and is no drift, behind one line each; and rows that nobody judged."""
    unjudged = [row for row in scan.divergences if not is_judged(row)]
    parts = []
    for kind in FOLDED:
        rows = [row for row in scan.divergences if row.kind == kind and is_judged(row)]
        if rows:
            reasons = Counter(row.reason for row in rows if row.reason)
            parts.append(
                _details(
                    _title(kind.value, rows), _reasons(reasons), _kind(kind, rows, scan, places)
                )
            )
    for name, group in groupby(sorted(unjudged, key=heading), key=heading):
        rows = list(group)
        parts.append(_details(_title(name, rows), None, _table(name, rows, scan, places)))
    return tag(
        "section",
        tag("h2", "Different, and not drift"),
        parts or note("Nothing differs by design, by decision or for want of knowledge."),
        id="rest",
    )


def _details(title: str, reasons: object, body: Markup) -> Markup:
    return tag("details", tag("summary", title), reasons, body)


def _reasons(reasons: Counter[str]) -> Markup | None:
    """Why, most frequent first."""
    if not reasons:
        return None
    ordered = sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [f"{count(number)} x {reason}" for reason, number in ordered[:8]]
    more = f"; and {counted(len(ordered) - 8, 'more reason')}" if len(ordered) > 8 else ""
    return note("; ".join(told) + more)


def _title(name: str, rows: Sequence[Divergence]) -> str:
    name = CALLED.get(name, name)
    return f"{name[:1].upper()}{name[1:]}: {count(len(rows))}"


def _kind(kind: Kind, rows: Sequence[Divergence], scan: Scan, places: Mapping[Key, str]) -> Markup:
    if not rows:
        return note(_NOTHING.get(kind, "None."))
    if kind in _BY_PATH:
        paths = by_path(rows)
        ids = [places.get(key_of(one.rows[0])) for one in paths]
        return joined([note(_SAID[kind]), path_table(paths, scan.asked_at, ids)])
    groups = _groups(rows)
    told = [note(_SAID[kind], _folding(rows, groups))]
    told += [_table(cause, group, scan, places) for cause, group in groups]
    return joined(told)


def _folding(rows: Sequence[Divergence], groups: Sequence[tuple[str, list[Divergence]]]) -> str:
    shown = sum(len(stories(group)) for _, group in groups)
    if shown == len(rows):
        return ""
    return (
        f" {count(len(rows))} differences between pairs are {counted(shown, 'row')} here: "
        "the same move is told once for all environments."
    )


def _groups(rows: Sequence[Divergence]) -> list[tuple[str, list[Divergence]]]:
    """Rows by what is behind them; what is alone with its cause stands with the rest."""
    # A cause that is one row to its readers needs no heading: the row tells it.
    sizes = Counter(story.lead.cause for story in stories(rows) if story.lead.cause)
    found: dict[str, list[Divergence]] = {}
    for row in rows:
        cause = row.cause if sizes[row.cause] > 1 else ""
        found.setdefault(cause, []).append(row)
    return sorted(found.items(), key=lambda entry: min(_place(row) for row in entry[1]))


def _place(row: Divergence) -> tuple[int, str]:
    return (row.rank or 1_000_000, row.since or "9999")


def _table(cause: str, rows: Sequence[Divergence], scan: Scan, places: Mapping[Key, str]) -> Markup:
    told = stories(rows)
    caption = f"{cause or 'Each for itself'} ({counted(len(told), 'row')})"
    # Where no row says why, as in a masked report, there is no column for it.
    columns = _COLUMNS if any(row.reason or row.owner for row in rows) else _COLUMNS[:-1]
    shown = (_row(story, scan, places, cells=len(columns), cause=cause) for story in told)
    return table(caption, columns, shown, class_="differences")


def _row(story: Story, scan: Scan, places: Mapping[Key, str], *, cells: int, cause: str) -> Row:
    row = story.lead
    texts = pair_texts(
        (row.left_state, row.left_value),
        (row.right_state, row.right_value),
        (VALUE_CELLS, VALUE_CELLS),
    )
    sides = [
        _side(names, state, text, file, moved=story.moved in {side, "both"})
        for side, names, state, text, file in (
            ("left", story.left, row.left_state, texts[0], row.left_file),
            ("right", story.right, row.right_state, texts[1], row.right_file),
        )
    ]
    told = (
        Cell(_what(row), f"{row.role} {row.path}"),
        *sides,
        Cell(_since(row, scan.asked_at), row.since or ""),
        _who(row, cause),
        joined([row.reason, _owner(row)]),
    )
    return Row(told[:cells], places.get(key_of(row)), _words(story))


def _what(row: Divergence) -> Markup:
    path = path_code(row.path) if row.path else quiet("the service as a whole")
    return joined([role_text(row.role), " ", path])


def _side(names: Iterable[str], state: Side, text: str, file: str | None, *, moved: bool) -> Markup:
    label = tag("span", ", ".join(names), " ", tag("b", "moved", class_="moved") if moved else None)
    value = code(text) if state is Side.PRESENT else quiet(MISSING[state])
    return tag(
        "span", Markup(label.replace("<span>", '<span class="names">', 1)), value, title=file
    )


def _since(row: Divergence, now: str) -> Markup:
    if not row.since:
        return quiet("not known")
    known = [tag("span", age_text(row.since, now)), " ", quiet(date_text(row.since))]
    if row.onset == "born":
        known.append(quiet(tag("br"), "from the start"))
    elif row.kind == Kind.STANDING and row.stands_from and row.stands_from != row.since:
        known.append(quiet(tag("br"), f"stands {_stands(row, now)}"))
    return joined(known)


def _stands(row: Divergence, now: str) -> str:
    stands, asked = instant(row.stands_from), instant(now)
    if stands and asked and stands > asked:
        return f"from {date_text(row.stands_from)}"
    return age_text(row.stands_from, now)


def _who(row: Divergence, cause: str) -> Markup:
    if row.actor is None:
        return quiet("not known")
    told: list[object] = [row.actor.class_, " ", quiet(row.actor.name)]
    if row.approved_by and row.approved_by != row.actor.name:
        told.append(quiet(", approved by ", row.approved_by))
    # Above rows of one commit its message is said once, as their cause.
    if row.subject and row.subject not in cause:
        look = f" ({row.look[:7]})" if row.look else ""
        told.append(tag("span", f"“{row.subject}”{look}", class_="file quiet"))
    return joined(told)


def _owner(row: Divergence) -> Markup | None:
    return tag("span", "owner: ", breaking(row.owner), class_="file quiet") if row.owner else None


def _words(story: Story) -> str:
    row = story.lead
    said = [row.role, row.path, *story.left, *story.right, row.kind, row.owner]
    said += [row.actor.class_] if row.actor else []
    return " ".join(dict.fromkeys(" ".join(said).lower().split()))
