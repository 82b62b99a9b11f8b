"""What only one plane has: objects that run undeclared or are declared in vain, and coverage."""

from collections.abc import Sequence

import msgspec

from driftline.model.answers.observed import ObservedCluster
from driftline.model.answers.parity import Comparison
from driftline.model.answers.planes import ActorRef, Ghost, KindCoverage, QuietNote, Unmanaged
from driftline.render.coverage_lines import labelled
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.lines import Line, Style, cells, left, right, span
from driftline.render.markdown_table import table
from driftline.render.page import Page
from driftline.render.values import age_text, count, counted, path_text, value_text

UNMANAGED = "Runs, and is declared nowhere"
GHOSTS = "Is declared, and does not run"
_NAME_SHARE = 3
_AGE_CELLS = 6
_KINDS_MAX = 8


def named_by_plane(comparison: Comparison) -> Comparison:
    """The comparison with its sides named by what tells them apart: planes of one environment."""
    pair = comparison.pair
    if pair.left != pair.right or pair.left_plane == pair.right_plane:
        return comparison
    names = {"left": pair.left_plane, "right": pair.right_plane}
    return msgspec.structs.replace(
        comparison,
        pair=msgspec.structs.replace(pair, **names),
        divergences=tuple(msgspec.structs.replace(row, **names) for row in comparison.divergences),
    )


def plane_lines(comparison: Comparison, page: Page, now: str | None) -> list[Line]:
    """The objects of one side alone, then coverage and what was left out; nothing for siblings."""
    rows: list[tuple[Unmanaged | Ghost, str]] = []
    lines: list[Line] = []
    for title, objects in ((UNMANAGED, comparison.unmanaged), (GHOSTS, comparison.ghosts)):
        if objects:
            rows = [(one, _rest(one)) for one in objects]
            lines += [[], [span(f"{title} ({count(len(objects))})", Style.HEADING)]]
            lines += _objects(rows, page, now)
    if comparison.coverage:
        lines += [[], *labelled("Managed", _coverage(comparison.coverage), page)]
    if comparison.pair.noise or comparison.informational:
        lines += [*([] if comparison.coverage else [[]]), *_left_out(comparison, page)]
    for one in comparison.noise:
        lines.append(_noise(one, page))
    return lines


def _objects(
    rows: Sequence[tuple[Unmanaged | Ghost, str]], page: Page, now: str | None
) -> list[Line]:
    names = [f"{one.kind}/{one.name}" for one, _ in rows]
    width = min(max(cells(span(name).text) for name in names), page.width // _NAME_SHARE)
    places = [one.namespace or "-" for one, _ in rows]
    place = min(max(cells(span(text).text) for text in places), page.width // _NAME_SHARE)
    return [
        [
            span("  "),
            left(name, width, Style.NAME),
            span("  "),
            left(where, place, Style.QUIET),
            right(age_text(one.since, now), _AGE_CELLS),
            span(f"  {rest}"),
        ]
        for name, where, (one, rest) in zip(names, places, rows, strict=True)
    ]


def _rest(one: Unmanaged | Ghost) -> str:
    """What else is worth knowing of an object, in the order of asking."""
    told = [_who(one.actor), one.owner]
    if isinstance(one, Unmanaged):
        told.insert(0, counted(one.facts, "fact"))
    elif one.file:
        told.insert(0, one.file)
    if one.judged == "unknown":
        told.append(one.reason)
    return " · ".join(text for text in told if text)


def _who(actor: ActorRef | None) -> str:
    return f"{actor.class_} {actor.name}" if actor is not None else ""


def _coverage(rows: Sequence[KindCoverage]) -> list[Line]:
    """The kinds that are not wholly declared, worst first, then how many are."""
    known = [row for row in rows if row.percent is not None]
    short = sorted((row for row in known if row.percent != 100), key=lambda row: row.percent or 0)
    pieces: list[Line] = [
        [
            span(f"{row.kind} "),
            span(f"{count(row.managed)} of {count(row.running)}", Style.DOUBTFUL),
            span(f" ({row.percent:g} %)", Style.QUIET),
        ]
        for row in short[:_KINDS_MAX]
    ]
    if len(short) > _KINDS_MAX:
        pieces.append([span(f"{count(len(short) - _KINDS_MAX)} other kinds in part", Style.QUIET)])
    whole = [row for row in known if row.percent == 100]
    if whole:
        objects = sum(row.running for row in whole)
        pieces.append([span(f"{counted(len(whole), 'kind')} wholly, {counted(objects, 'object')}")])
    unlisted = [row.kind for row in rows if row.unlisted]
    if unlisted:
        pieces.append([span(f"not listed: {', '.join(unlisted)}", Style.DOUBTFUL)])
    return pieces


def _left_out(comparison: Comparison, page: Page) -> list[Line]:
    pieces: list[Line] = []
    if comparison.pair.noise:
        hint = "" if comparison.noise else "; --show-noise lists them"
        noise = counted(comparison.pair.noise, "difference")
        pieces.append([span(f"{noise} that mean nothing{hint}", Style.QUIET)])
    shown = [
        [span(f"{row.role} {row.path} {value_text(row.right_value)}: {row.reason}", Style.QUIET)]
        for row in comparison.informational
    ]
    return labelled("Left out", [*pieces, *shown], page)


def _noise(one: QuietNote, page: Page) -> Line:
    where = f"{one.role} {path_text(one.path, page.width // 2)}".rstrip()
    return [span(f"  {where}  ", Style.QUIET), span(f"{one.rule}: {one.reason}", Style.QUIET)]


def plane_blocks(comparison: Comparison) -> list[str]:
    """The same as tables in Markdown."""
    blocks = []
    if comparison.unmanaged:
        blocks.append(f"### {UNMANAGED}")
        heads = ["Object", "Namespace", "Since", "Facts:", "By", "Owner"]
        blocks.append(table(heads, (_unmanaged_cells(one) for one in comparison.unmanaged)))
    if comparison.ghosts:
        blocks.append(f"### {GHOSTS}")
        heads = ["Object", "Namespace", "Since", "Declared in", "Owner"]
        blocks.append(table(heads, (_ghost_cells(one) for one in comparison.ghosts)))
    if comparison.coverage:
        heads = ["Kind", "Running:", "Declared:", "Managed:", "Share:"]
        blocks.append(table(heads, (_coverage_cells(one) for one in comparison.coverage)))
    if comparison.pair.noise:
        noise = counted(comparison.pair.noise, "difference")
        blocks.append(f"{noise} that mean nothing were left out.")
    return blocks


def _unmanaged_cells(one: Unmanaged) -> tuple[str, ...]:
    return (
        markdown_code(f"{one.kind}/{one.name}"),
        markdown_text(one.namespace or "-"),
        (one.since or "?")[:10],
        count(one.facts),
        markdown_text(_who(one.actor)),
        markdown_text(one.owner),
    )


def _ghost_cells(one: Ghost) -> tuple[str, ...]:
    return (
        markdown_code(f"{one.kind}/{one.name}"),
        markdown_text(one.namespace or "-"),
        (one.since or "?")[:10],
        markdown_code(one.file) if one.file else "",
        markdown_text(one.owner),
    )


def _coverage_cells(one: KindCoverage) -> tuple[str, ...]:
    share = "not listed" if one.percent is None else f"{one.percent:g} %"
    return (
        markdown_text(one.kind),
        count(one.running),
        count(one.declared),
        count(one.managed),
        share,
    )


def clusters_seen(clusters: Sequence[ObservedCluster]) -> list[str]:
    """The clusters that were looked at, as a table in Markdown."""
    if not clusters:
        return []
    rows = (
        (
            markdown_code(one.cluster),
            markdown_text(one.error or (one.at or "")[:16].replace("T", " ")),
            count(one.objects),
            count(one.moved),
            count(one.facts_added),
            count(len(one.gaps)),
        )
        for one in clusters
    )
    return [table(["Cluster", "At", "Objects:", "Moved:", "Changes of facts:", "Gaps:"], rows)]
