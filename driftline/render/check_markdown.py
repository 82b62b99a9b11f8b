"""What a change does to parity, as Markdown for a pull request or the summary of a job."""

from collections.abc import Sequence

from driftline.model.answers.check import CheckAnswer, CheckedRow
from driftline.render.check_rows import (
    BY_DESIGN,
    acts,
    against_text,
    follower_text,
    forgotten_text,
    kind_text,
    move_texts,
    place_text,
    verdict_text,
)
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.lines import cut
from driftline.render.markdown_table import table
from driftline.render.values import count, counted, date_text

_ACTS_MAX = 50
_STANDING_MAX = 20
_VALUE_CELLS = 60
_HEADS = ("Role", "Path", "Environment", "Before", "After", "Siblings", "Kind", "Where")
_SECTIONS = (
    ("Opens", "Siblings differ from it after the change."),
    ("Changes", "They differed before and differ still."),
    ("Closes", "They differed before and agree now."),
)


def check_blocks(answer: CheckAnswer) -> list[str]:
    """The verdict first, then what the change does, what it forgot, and what could not be read."""
    sign = "❌" if answer.failed else "⚠️" if answer.gaps else "✅"
    names = markdown_code(f"{answer.base}…{answer.head}")
    blocks = [
        f"## {sign} driftline: what {names} does to parity",
        f"**{verdict_text(answer).capitalize()}.** {_counts(answer)}",
    ]
    for (title, why), rows in zip(
        _SECTIONS, (answer.opened, answer.changed, answer.closed), strict=True
    ):
        blocks.extend(_section(title, why, rows))
    if answer.forgotten:
        told = [
            f"- {markdown_text(one.role)}: {markdown_text(forgotten_text(one))}"
            + (f" ({markdown_code(place_text(one))})" if one.file else "")
            for one in answer.forgotten
        ]
        blocks += ["### Forgot?", "\n".join(told)]
    if answer.followers:
        told = [
            f"- {markdown_text(one.role)} {markdown_code(one.path)}: "
            f"{markdown_text(follower_text(one))}"
            for one in answer.followers
        ]
        blocks += ["### Usually follows", "\n".join(told)]
    return [*blocks, _standing(answer.standing), _gaps(answer), _notes(answer)]


def _counts(answer: CheckAnswer) -> str:
    numbers = (
        (len(acts(answer.opened)), "opened"),
        (len(acts(answer.changed)), "changed"),
        (len(acts(answer.closed)), "closed"),
        (len(answer.forgotten), "forgotten"),
        (len({(row.role, row.path) for row in answer.standing}), "still standing"),
    )
    return ", ".join(f"{count(number)} {word}" for number, word in numbers) + "."


def _section(title: str, why: str, rows: Sequence[CheckedRow]) -> list[str]:
    if not rows:
        return []
    found = acts(rows)
    told = [act for act in found if act.lead.kind not in BY_DESIGN]
    lines = []
    for act in told[:_ACTS_MAX]:
        who, before, after = move_texts(act)
        lines.append(
            (
                markdown_text(act.lead.role),
                markdown_code(act.lead.path) if act.lead.path else "all of it",
                markdown_text(who),
                markdown_code(cut(before, _VALUE_CELLS)),
                markdown_code(cut(after, _VALUE_CELLS)),
                markdown_text(against_text(act)),
                markdown_text(kind_text(act)),
                markdown_code(place_text(act.lead)) if act.lead.file else "",
            )
        )
    blocks = [f"### {title} {count(len(found))}", why]
    if lines:
        blocks.append(table(_HEADS, lines))
    rest = []
    if len(told) > len(lines):
        rest.append(f"{count(len(told) - len(lines))} more")
    if len(found) > len(told):
        rest.append(f"{count(len(found) - len(told))} by design or accepted")
    if rest:
        blocks.append(f"And {', and '.join(rest)}.")
    return blocks


def _standing(rows: Sequence[CheckedRow]) -> str:
    if not rows:
        return ""
    paths: dict[tuple[str, str], list[CheckedRow]] = {}
    for row in sorted(rows, key=lambda row: (row.since or "9999", row.role, row.path)):
        paths.setdefault((row.role, row.path), []).append(row)
    told = [
        f"- {markdown_text(role)} {markdown_code(path) if path else ''} "
        f"since {date_text(several[0].since)}, between "
        + (
            counted(len(several), "pair")
            if len(several) > 1
            else markdown_text(f"{several[0].left} and {several[0].right}")
        )
        for (role, path), several in list(paths.items())[:_STANDING_MAX]
    ]
    if len(paths) > _STANDING_MAX:
        told.append(f"- and {count(len(paths) - _STANDING_MAX)} more")
    body = "\n".join(told)
    return (
        f"<details><summary>{counted(len(paths), 'path')} of the same roles still stand"
        f"{'s' if len(paths) == 1 else ''}</summary>\n\n{body}\n\n</details>"
    )


def _gaps(answer: CheckAnswer) -> str:
    told = [f"- {markdown_code(gap.path)}: {markdown_text(gap.reason)}" for gap in answer.gaps]
    return "\n".join(["### Not read", "", *told]) if told else ""


def _notes(answer: CheckAnswer) -> str:
    return "\n".join(f"- {markdown_text(note)}" for note in answer.notes)
