"""How far pairs drifted over time, as Markdown tables for a page or a ticket."""

from collections.abc import Sequence

from driftline.model.answers.trend import TrendAnswer, TrendPoint
from driftline.render.drift_units import days_text, signed_text, units_text
from driftline.render.harmless import markdown_text
from driftline.render.markdown_table import table
from driftline.render.trend_chart import pairs_of, sum_text
from driftline.render.values import count, date_text


def trend_blocks(answer: TrendAnswer) -> list[str]:
    """The blocks of the page; `table` makes one of heads and rows."""
    pairs = pairs_of(answer)
    blocks = ["## Drift over time", _pairs(pairs)]
    if len(pairs) == 1:
        said = sum_text(pairs[0][-1], asked_at=answer.asked_at)
        blocks += [markdown_text(said), *_one_pair(answer, pairs[0])]
    blocks += [f"- {markdown_text(note)}" for note in answer.notes]
    return blocks


def _pairs(pairs: Sequence[Sequence[TrendPoint]]) -> str:
    heads = ["Pair", "From", "To", "Distance:", "Change:", "Paths:", "One-sided:", "Moved:"]
    rows = []
    for points in pairs:
        first, last = points[0], points[-1]
        rows.append(
            [
                f"{markdown_text(last.left)} ↔ {markdown_text(last.right)}",
                date_text(first.at),
                date_text(last.at),
                units_text(last.distance),
                signed_text(last.distance - first.distance),
                count(last.paths),
                count(last.roles_missing),
                units_text(last.path_length - first.path_length),
            ]
        )
    return table(heads, rows)


def _one_pair(answer: TrendAnswer, points: Sequence[TrendPoint]) -> list[str]:
    names = {"left": points[0].left, "right": points[0].right, "both": "both at once"}
    parts = [
        [
            markdown_text(row.actor_class),
            markdown_text(names.get(row.side, row.side)),
            signed_text(row.added),
            signed_text(-row.removed),
            count(row.changes),
        ]
        for row in answer.parts
    ]
    roles = [
        [
            markdown_text(row.role),
            units_text(row.distance),
            count(row.paths),
            units_text(row.path_length),
            days_text(row.exposure),
        ]
        for row in answer.services
        if row.distance or row.distance_max
    ]
    heads = ["Who moved", "Which side", "Apart:", "Together:", "Changes:"]
    blocks = [table(heads, parts)] if parts else []
    heads = ["Role", "Distance:", "Paths:", "Moved:", "Exposure:"]
    return [*blocks, table(heads, roles)] if roles else blocks
