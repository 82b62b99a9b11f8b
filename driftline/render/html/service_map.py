"""Environments and services on one grid: where it stands, where it is on its way."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from driftline.model.answers.parity import Divergence, Pair
from driftline.model.answers.scan import Scan
from driftline.model.answers.trend import TrendAnswer
from driftline.model.verdict import Kind
from driftline.render.html.differences import Key, key_of
from driftline.render.html.tags import Markup, breaking, note, quiet, tag
from driftline.render.kinds import is_judged
from driftline.render.values import ABSENT, counted

COLUMNS_MAX = 16
_MARKS = {
    Kind.STANDING: ("●", "standing"),
    Kind.IN_FLIGHT: ("◐", "in flight"),
    Kind.FROZEN: ("*", "frozen"),
    Kind.UNKNOWN: ("?", "unknown"),
    Kind.ACCEPTED: ("✓", "accepted"),
    Kind.ENVIRONMENTAL: (ABSENT, "by design"),
}
_WIDE_FROM = 6
_SAID = (
    "Each column is an environment beside the one named above it. "
    "A number counts differences of the gravest kind, and leads to them."
)
# The first kinds of the marks are news; so many services without any are shown beside them.
_NEWS = 3
_CALM_MAX = 10


class Against(msgspec.Struct, frozen=True):
    """Environments that are compared with one other, as neighbouring columns of the map."""

    reference: str
    pairs: tuple[Pair, ...]


def service_map(scan: Scan, places: Mapping[Key, str], trend: TrendAnswer | None = None) -> Markup:
    """The section with the grid, its legend, and what it leaves out."""
    groups = columns(scan)
    shown = [pair for group in groups for pair in group.pairs]
    news, calm = _roles(scan, trend, shown)
    if not shown or not (news or calm):
        body: object = note("No two environments share a service, so there is nothing to lay out.")
    else:
        drawn = _Drawn(scan, groups, places, trend)
        if news and len(calm) > _CALM_MAX:
            rest = f"{counted(len(calm), 'service')} where nothing stands, is frozen or in flight"
            grids = [drawn.grid(news), tag("details", tag("summary", rest), drawn.grid(calm))]
        else:
            grids = [drawn.grid([*news, *calm])]
        body = [note(_SAID), _legend(), grids, _left_out(scan, shown)]
    return tag("section", tag("h2", "Environments and services"), body, id="map")


def columns(scan: Scan) -> list[Against]:
    """Pairs by the environment that most are compared with; as many as can be read."""
    focus = scan.focus[1] if scan.focus else ""
    left = list(scan.pairs)
    groups: list[Against] = []
    room = COLUMNS_MAX
    while left and room > 0:
        names = Counter(name for pair in left for name in (pair.left, pair.right))
        reference = max(names, key=lambda name: (name == focus, names[name], name))
        here = [pair for pair in left if reference in (pair.left, pair.right)][:room]
        groups.append(Against(reference, tuple(here)))
        room -= len(here)
        left = [pair for pair in left if reference not in (pair.left, pair.right)]
    return groups


def _roles(
    scan: Scan, trend: TrendAnswer | None, shown: Sequence[Pair]
) -> tuple[list[str], list[str]]:
    """Roles of the pairs shown: those with news, most of what stands first; then the others."""
    pairs = {(pair.left, pair.right) for pair in shown}
    weights: dict[str, list[int]] = {}
    for row in scan.divergences:
        if (row.left, row.right) in pairs:
            counts = weights.setdefault(row.role, [0] * len(_MARKS))
            counts[list(_MARKS).index(Kind(row.kind))] += 1
    for service in trend.services if trend else ():
        if (service.left, service.right) in pairs and service.missing != "both":
            weights.setdefault(service.role, [0] * len(_MARKS))
    ordered = sorted(
        weights, key=lambda role: ([-number for number in weights[role][:_NEWS]], role)
    )
    news = [role for role in ordered if any(weights[role][:_NEWS])]
    return news, ordered[len(news) :]


class _Drawn:
    """What the cells of a map are drawn from."""

    def __init__(
        self,
        scan: Scan,
        groups: Sequence[Against],
        places: Mapping[Key, str],
        trend: TrendAnswer | None,
    ) -> None:
        self._groups = groups
        self._places = places
        self._rows: dict[tuple[str, str, str], list[Divergence]] = {}
        for row in scan.divergences:
            self._rows.setdefault((row.role, row.left, row.right), []).append(row)
        self._both = {
            (one.role, one.left, one.right)
            for one in (trend.services if trend else ())
            if not one.missing
        }

    def grid(self, roles: Sequence[str]) -> Markup:
        """A table of these roles, in a frame of its own that scrolls where it must."""
        shown = [(group.reference, pair) for group in self._groups for pair in group.pairs]
        above = [
            tag("th", f"against {one.reference}", scope="colgroup", colspan=len(one.pairs))
            for one in self._groups
        ]
        heads = [
            tag("th", pair.right if pair.left == reference else pair.left, scope="col")
            for reference, pair in shown
        ]
        body = [
            tag(
                "tr",
                tag("th", breaking(role), scope="row"),
                [self._cell(role, pair) for _, pair in shown],
            )
            for role in roles
        ]
        table = tag(
            "table",
            tag(
                "caption",
                "What differs, by service and environment",
            ),
            tag(
                "thead", tag("tr", tag("td"), above, class_="against"), tag("tr", tag("td"), heads)
            ),
            tag("tbody", body),
            class_="map wide" if len(shown) >= _WIDE_FROM else "map",
        )
        name = "Map of environments and services"
        return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=name)

    def _cell(self, role: str, pair: Pair) -> Markup:
        rows = self._rows.get((role, pair.left, pair.right), [])
        return _cell(
            role, pair, rows, self._places, is_shared=(role, pair.left, pair.right) in self._both
        )


def _cell(
    role: str,
    pair: Pair,
    rows: Sequence[Divergence],
    places: Mapping[Key, str],
    *,
    is_shared: bool,
) -> Markup:
    if not rows:
        if is_shared:
            return tag("td", tag("span", "= equal", class_="cell equal"))
        return tag("td", tag("span", "·", class_="cell quiet", title="nothing differs"))
    counts = Counter(Kind(row.kind) for row in rows)
    kind = next(kind for kind in _MARKS if counts[kind])
    mark, name = _MARKS[kind]
    if kind is Kind.UNKNOWN and not any(is_judged(row) for row in rows):
        mark, name = "≠", "not judged"
    # The best row to begin with is the first by rank, as in the list itself.
    worst = min(
        (row for row in rows if row.kind == kind), key=lambda row: (row.rank or 10**6, row.path)
    )
    told = ", ".join(f"{counts[one]} {_MARKS[one][1]}" for one in _MARKS if counts[one])
    return tag(
        "td",
        tag(
            "a",
            f"{mark} {counts[kind]}",
            href=f"#{places[key_of(worst)]}",
            class_=f"cell {kind.value.replace(' ', '-')}",
            title=told,
            aria_label=f"{role}, {pair.left} and {pair.right}: {told}",
        ),
        data_kind=name,
    )


def _legend() -> Markup:
    keys = [
        tag("li", tag("span", mark, class_=f"key {kind.value.replace(' ', '-')}"), name)
        for kind, (mark, name) in _MARKS.items()
    ]
    keys.append(tag("li", tag("span", "=", class_="key equal"), "equal"))
    keys.append(
        tag("li", tag("span", "·", class_="key quiet"), "nothing differs, or neither has it")
    )
    return tag("ul", keys, class_="legend", aria_label="What the marks mean")


def _left_out(scan: Scan, shown: Sequence[Pair]) -> Markup | None:
    told = []
    if len(shown) < len(scan.pairs):
        told.append(f"{counted(len(scan.pairs) - len(shown), 'more pair')} not drawn here")
    ended = [one.name for one in scan.environments if not one.alive]
    if ended:
        told.append("ended: " + ", ".join(ended))
    return (
        tag("p", quiet("; ".join(told)[:1].upper() + "; ".join(told)[1:] + ".")) if told else None
    )
