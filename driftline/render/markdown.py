"""Answers as Markdown, for pull requests, tickets and step summaries.

Everything foreign is escaped or stands in a code span: a name can neither
break a table nor mention anybody.
"""

from collections.abc import Sequence
from typing import Any

from driftline.model.answers.check import CheckAnswer
from driftline.model.answers.decisions import DecisionsAnswer
from driftline.model.answers.history import History, SeriesStep
from driftline.model.answers.layout import LayoutAnswer
from driftline.model.answers.observed import Observed
from driftline.model.answers.parity import Comparison, Divergence, GapNote, Pair, Side
from driftline.model.answers.promotions import PromotionsAnswer
from driftline.model.answers.scan import QuestionNote, Scan
from driftline.model.answers.sources import SourcesAnswer
from driftline.model.answers.spells import SpellsAnswer
from driftline.model.answers.trend import TrendAnswer
from driftline.render.burned_lines import burned_blocks
from driftline.render.comparison_table import told_from
from driftline.render.divergence_table import for_text, is_told
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.kinds import in_order, is_judged
from driftline.render.layout_table import folds
from driftline.render.lines import cut
from driftline.render.live_places_table import live_blocks
from driftline.render.markdown_table import table
from driftline.render.match_table import (
    equal_facts,
    kind_counts,
    known_facts,
    left_facts,
    right_facts,
)
from driftline.render.match_table import is_judged as pair_is_judged
from driftline.render.planes_table import clusters_seen, named_by_plane, plane_blocks
from driftline.render.promotions_table import end_counts, lag_texts, late_text
from driftline.render.promotions_table import in_order as in_promotion_order
from driftline.render.screens import Answer
from driftline.render.spells_table import ended_text, flight_text, stood_text
from driftline.render.values import (
    ABSENT,
    UNKNOWN,
    count,
    counted,
    date_text,
    pair_texts,
    percentage,
    value_text,
)

_VALUE_CELLS = 60
_MOVED = {"left": "◂", "right": "▸", "both": "◆"}


def markdown_of(answer: Answer, *, now: str | None = None) -> str:
    """The answer as Markdown that ends in a line feed; `now` is the present in ISO 8601."""
    match answer:
        case Scan():
            blocks = _scan(answer)
        case Comparison() if answer.files is not None:
            from driftline.render.side_by_side_table import side_by_side_blocks

            blocks = side_by_side_blocks(answer)
        case Comparison():
            blocks = _comparison(answer, told_from(answer, now))
        case History():
            blocks = _history(answer)
        case LayoutAnswer():
            blocks = _layout(answer)
        case Observed():
            blocks = _observed(answer)
        case TrendAnswer():
            from driftline.render.trend_markdown import trend_blocks

            blocks = trend_blocks(answer)
        case DecisionsAnswer():
            from driftline.render.decisions_markdown import decisions_blocks

            blocks = decisions_blocks(answer)
        case CheckAnswer():
            from driftline.render.check_markdown import check_blocks

            blocks = check_blocks(answer)
        case SourcesAnswer():
            from driftline.render.sources_screen import sources_blocks

            blocks = sources_blocks(answer)
        case SpellsAnswer():
            blocks = _spells(answer)
        case PromotionsAnswer():
            blocks = _promotions(answer)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _scan(scan: Scan) -> list[str]:
    blocks = ["## Drift report", *burned_blocks(scan.burned_down, scan.asked_at)]
    blocks.append(
        table(
            ["Repository", "Commits:", "From", "To", "At"],
            (
                (
                    markdown_code(repository.path),
                    count(repository.commits),
                    date_text(repository.first),
                    date_text(repository.last),
                    markdown_code(repository.head[:10]),
                )
                for repository in scan.repositories
            ),
        )
    )
    blocks += ["### How well environments match", _pairs(scan.pairs)]
    for pair in scan.pairs:
        rows = [row for row in scan.divergences if (row.left, row.right) == (pair.left, pair.right)]
        if rows:
            names = f"{markdown_text(pair.left)} and {markdown_text(pair.right)}"
            blocks += [f"### Between {names}", _divergences(rows, scan.asked_at)]
    if scan.most_changed:
        blocks += [
            "### Most moved",
            table(
                ["Role", "Path", "Changes:", "Last", "Environments"],
                (
                    (
                        markdown_text(row.role),
                        markdown_code(row.path),
                        count(row.changes),
                        date_text(row.last),
                        markdown_text(", ".join(row.environments)),
                    )
                    for row in scan.most_changed
                ),
            ),
        ]
    coverage = scan.coverage
    read = coverage.files - coverage.unreadable
    blocks.append(
        f"Coverage: {count(read)} of {counted(coverage.files, 'configuration file')} read "
        f"({percentage(read, coverage.files)}), {count(coverage.unplaced)} in no environment."
    )
    return [*blocks, _gaps(scan.gaps), _questions(scan.questions), _notes(scan.notes)]


def _comparison(comparison: Comparison, now: str | None) -> list[str]:
    sides = f"{markdown_text(comparison.left_ref)} ↔ {markdown_text(comparison.right_ref)}"
    comparison = named_by_plane(comparison)
    rows = comparison.divergences
    instants = dict.fromkeys(filter(None, (comparison.left_at, comparison.right_at)))
    dates = [f"{at[:16].replace('T', ' ')} UTC" for at in instants]
    return [
        f"## {sides}",
        f"{comparison.pair.plane}, {comparison.layer} values"
        + (f", {' and '.join(dates)}" if dates else ""),
        _pairs([comparison.pair]),
        _divergences(rows, now) if rows else "Nothing differs, as far as was read.",
        *plane_blocks(comparison),
        _gaps(comparison.gaps),
        _notes(comparison.notes),
    ]


def _history(history: History) -> list[str]:
    blocks = [f"## History of {markdown_text(history.role)}"]
    for series in history.series:
        blocks += [
            f"### {markdown_code(series.path)} in {markdown_text(series.environment)}",
            table(
                ["When", "Value", "Layer", "Who", "Why"],
                (
                    (
                        step.at.replace("T", " ").removesuffix("Z"),
                        _step_value(step),
                        markdown_text(step.layer or ""),
                        markdown_text(
                            f"{step.actor.class_} {step.actor.name}" if step.actor else ""
                        ),
                        markdown_text(cut(step.subject, _VALUE_CELLS)),
                    )
                    for step in series.steps
                ),
            ),
        ]
    if history.paths:
        blocks.append("Other paths: " + ", ".join(map(markdown_code, history.paths)))
    return [*blocks, _notes(history.notes)]


def _layout(answer: LayoutAnswer) -> list[str]:
    return [
        "## Layout",
        table(
            ["Environment", "Resources:", "Facts:", "Sure:", "Evidence"],
            (
                (
                    markdown_text(row.name),
                    count(row.resources),
                    count(row.facts),
                    f"{row.confidence:.0%}",
                    markdown_text("; ".join(row.evidence)),
                )
                for row in answer.environments
            ),
        ),
        table(
            ["Files", "Count:", "Role", "Layer", "Sure:", "Evidence"],
            (
                (
                    markdown_code(row.pattern),
                    count(row.files),
                    markdown_text(row.role),
                    row.layer or ABSENT,
                    f"{row.confidence:.0%}",
                    markdown_text("; ".join(row.evidence)),
                )
                for row in folds(answer.placements)
            ),
        ),
        *live_blocks(answer.live),
        _questions(answer.questions),
    ]


def _observed(observed: Observed) -> list[str]:
    blocks = [
        "## Observed",
        table(
            ["Repository", "At", "Looks:", "New looks:", "Changes of facts:", "Gaps:"],
            (
                (
                    markdown_code(row.path),
                    markdown_code(row.head[:10]),
                    count(row.looks),
                    count(row.looks_added),
                    count(row.facts_added),
                    count(len(row.gaps)),
                )
                for row in observed.repositories
            ),
        ),
    ]
    blocks += [_notes(row.notes) for row in observed.repositories]
    blocks += clusters_seen(observed.clusters)
    return [*blocks, _notes(observed.notes)]


def _spells(answer: SpellsAnswer) -> list[str]:
    heads = ["Since", "Pair", "Role", "Path", "Opened by", "In flight:", "Standing:", "Until"]
    rows = (
        (
            date_text(row.started),
            markdown_text(f"{row.left} ↔ {row.right}"),
            markdown_text(row.role),
            markdown_code(row.path) if row.path else "",
            row.opened_by,
            flight_text(row),
            stood_text(row),
            ended_text(row),
            markdown_text(row.reason),
        )
        for row in answer.spells
    )
    return ["## Spells", table([*heads, "Why"], rows), _notes(answer.notes)]


def _promotions(answer: PromotionsAnswer) -> list[str]:
    heads = ["From", "To", "Role", "Path", "Promoted:", "p10:", "p50:", "p90:", "Max:"]
    ends = ["Superseded:", "Withdrawn:", "Co-moved:", "Backwards:", "Open:", "Late"]
    rows = (
        (
            markdown_text(row.from_),
            markdown_text(row.to),
            markdown_text(row.role),
            markdown_code(row.path) if row.path else "",
            count(row.count),
            *lag_texts(row),
            *map(count, (*end_counts(row), row.open)),
            late_text(row),
        )
        for row in in_promotion_order(answer.promotions)
    )
    return ["## Promotions", table([*heads, *ends], rows), _notes(answer.notes)]


def _pairs(pairs: Sequence[Pair]) -> str:
    heads = ["Left", "Right", "Equal:", "Differ:", "Only left:", "Only right:", "Inherited:"]
    judged = any(map(pair_is_judged, pairs))
    kinds = ["Standing:", "In flight:", "Frozen:", "Accepted:", "Environmental:"] if judged else []
    return table(
        [*heads, "Unknown:", "Roles only left:", "Roles only right:", "Match:", *kinds],
        (
            (
                markdown_text(pair.left),
                markdown_text(pair.right),
                count(equal_facts(pair)),
                count(pair.facts_differ),
                count(left_facts(pair)),
                count(right_facts(pair)),
                count(pair.inherited),
                count(pair.unknown),
                count(pair.roles_left_only),
                count(pair.roles_right_only),
                percentage(equal_facts(pair), known_facts(pair)),
                *(map(count, kind_counts(pair)) if judged else ()),
            )
            for pair in pairs
        ),
    )


def _divergences(rows: Sequence[Divergence], now: str | None) -> str:
    """All rows are of one pair, whose names head the values."""
    first = rows[0]
    heads = ["Role", "Path", markdown_text(first.left), "Moved", markdown_text(first.right)]
    heads += ["For:", "By"]
    if any(map(is_judged, rows)):
        heads += ["Kind", "Why"]
    owned = any(row.owner for row in rows)
    # Rows that nobody judged end before the columns that only judged ones have.
    told = (
        [*cells, *[""] * (len(heads) - len(cells)), *([markdown_text(row.owner)] if owned else [])]
        for row, cells in ((row, _divergence(row, now)) for row in in_order(rows))
    )
    return table([*heads, "Owner"] if owned else heads, told)


def _divergence(row: Divergence, now: str | None) -> Sequence[str]:
    left, right = pair_texts(
        (row.left_state, row.left_value),
        (row.right_state, row.right_value),
        (_VALUE_CELLS, _VALUE_CELLS),
    )
    # As on the screen: nobody moved what was different from the start.
    moved = _MOVED.get(row.moved, "") if is_told(row) else ""
    actor = row.actor if is_told(row) else None
    return (
        markdown_text(row.role),
        markdown_code(row.path) if row.path else "",
        _side(row.left_state, left),
        moved,
        _side(row.right_state, right),
        for_text(row, now),
        markdown_text(f"{actor.class_} {actor.name}" if actor else ""),
        *((row.kind, markdown_text(row.reason)) if is_judged(row) else ()),
    )


def _side(state: Side, shown: str) -> str:
    return markdown_code(shown) if state is Side.PRESENT else f"*{shown}*"


def _step_value(step: SeriesStep) -> str:
    if step.state == "present":
        return markdown_code(cut(_shown(step.value), _VALUE_CELLS))
    return f"*{UNKNOWN if step.state == 'unknown' else ABSENT}*"


def _shown(value: Any) -> str:
    return value_text(value)


def _gaps(gaps: Sequence[GapNote]) -> str:
    if not gaps:
        return ""
    rows = ((markdown_code(gap.path), markdown_text(gap.reason)) for gap in gaps)
    return f"### {counted(len(gaps), 'gap')}\n\n" + table(["File", "Why it was not read"], rows)


def _questions(questions: Sequence[QuestionNote]) -> str:
    if not questions:
        return ""
    rows = (
        (markdown_text(question.text), markdown_code(question.answer)) for question in questions
    )
    return "### Questions\n\n" + table(["What is unclear", "The line that decides it"], rows)


def _notes(notes: Sequence[str]) -> str:
    return "\n".join(f"- {markdown_text(note)}" for note in notes)
