"""Where one environment says something else than most, in fleets that are big enough for most."""

from driftline.model.answers.majority import Majority, OddOne
from driftline.model.answers.parity import Side
from driftline.model.answers.scan import Scan
from driftline.render.html.by_path import MISSING, ROLE_TEXTS, VALUE_CELLS
from driftline.render.html.differences import CALLED
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import Markup, code, joined, note, path_code, quiet, role_text, tag
from driftline.render.lines import cut
from driftline.render.values import age_text, count, date_text, value_text

ROWS_MAX = 60
_COLUMNS = (
    Column("Service and path"),
    Column("Most have", kind="values"),
    Column("But", kind="values"),
    Column("Kind"),
    Column("Since", kind="age"),
)
_SAID = (
    "A value is usual where enough environments share it that more than half surely do: "
    "seven of eight are enough, six of seven are not."
)


def usual_section(scan: Scan) -> Markup | None:
    """The paths with a usual value and who has another; None where none can be called usual."""
    if not scan.majorities:
        return None
    shown = scan.majorities[:ROWS_MAX]
    more = f" The first {len(shown)} of {count(len(scan.majorities))} are listed."
    return tag(
        "section",
        tag("h2", "Against the majority"),
        note(_SAID, more if len(shown) < len(scan.majorities) else ""),
        table(
            "Environments that differ from most",
            _COLUMNS,
            (_row(one, scan.asked_at) for one in shown),
            class_="paths",
        ),
        id="usual",
    )


def _row(one: Majority, now: str) -> Row:
    path = path_code(one.path) if one.path else quiet("the service as a whole")
    since = min((odd.since for odd in one.odd if odd.since), default="")
    share = f"{one.sharing} of {one.environments}"
    usual = [tag("span", share, class_="names"), _text(one.path, one.state, one.value)]
    age = [age_text(since, now), " ", quiet(date_text(since))] if since else quiet("not known")
    names = " ".join([one.role, one.path, *(odd.environment for odd in one.odd)])
    return Row(
        (
            Cell(joined([role_text(one.role), " ", path])),
            Cell(tag("span", usual, class_="held"), one.share_least),
            joined([_odd(one.path, odd) for odd in one.odd]),
            ", ".join(dict.fromkeys(CALLED.get(odd.kind, odd.kind) for odd in one.odd)),
            Cell(joined(age), since),
        ),
        words=names.lower(),
    )


def _odd(path: str, odd: OddOne) -> Markup:
    moved = tag("b", "moved", class_="moved") if odd.moved in {"it", "both"} else None
    names = tag("span", odd.environment, " ", moved, class_="names")
    return tag("span", names, _text(path, odd.state, odd.value), class_="held", title=odd.reason)


def _text(path: str, state: Side, value: object) -> Markup:
    if not path:
        return joined(ROLE_TEXTS[state])
    if state is Side.PRESENT:
        return code(cut(value_text(value), VALUE_CELLS))
    return quiet(MISSING[state])
