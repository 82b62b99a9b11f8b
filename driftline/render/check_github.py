"""What a change does to parity, as annotations that GitHub shows beside the changed lines.

A workflow command is one line. Whatever would end it or its properties is
escaped as GitHub asks, and whatever cannot be seen is made visible before.
"""

from collections.abc import Iterator

from driftline.model.answers.check import CheckAnswer
from driftline.model.verdict import Kind
from driftline.render.check_rows import (
    BY_DESIGN,
    Act,
    acts,
    against_text,
    forgotten_text,
    kind_text,
    move_texts,
    verdict_text,
)
from driftline.render.harmless import harmless

# GitHub shows ten annotations of a level and step; the summary has them all.
ANNOTATIONS_MAX = 10
_TEXT_MAX = 1000


def github_text(answer: CheckAnswer) -> str:
    """The workflow commands, one a line: errors and warnings first, then a notice that sums up."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: CheckAnswer) -> Iterator[str]:
    for act in _told(answer):
        level = "notice"
        if act.lead.kind == Kind.STANDING:
            fails = act.is_unsettled and "opened" in answer.failed
            level = "error" if fails or "standing" in answer.failed else "warning"
        elif act.lead.kind == Kind.UNKNOWN:
            level = "warning"
        yield _command(level, act.lead.file, act.lead.line, _title(act), _message(act))
    for one in answer.forgotten[:ANNOTATIONS_MAX]:
        level = "error" if "forgotten" in answer.failed else "warning"
        text = f"{one.role}: {forgotten_text(one)}"
        if one.missing_file:
            text += f". It stands in {one.missing_file}"
            text += f":{one.missing_line}" if one.missing_line else ""
        yield _command(level, one.file, one.line, "driftline: forgotten?", text)
    for gap in answer.gaps[:ANNOTATIONS_MAX]:
        level = "error" if "gaps" in answer.failed else "warning"
        yield _command(level, gap.path, None, "driftline: not read", gap.reason)
    counts = f"{len(answer.opened)} opened, {len(answer.changed)} changed, "
    counts += f"{len(answer.closed)} closed, {len(answer.forgotten)} forgotten"
    yield _command("notice", None, None, "driftline", f"{verdict_text(answer)} ({counts})")


def _told(answer: CheckAnswer) -> Iterator[Act]:
    """What is opened or changed and neither by design nor accepted, the gravest first."""
    found = [
        act for act in acts([*answer.opened, *answer.changed]) if act.lead.kind not in BY_DESIGN
    ]
    return iter(found[:ANNOTATIONS_MAX])


def _title(act: Act) -> str:
    verb = "opens" if act.lead.effect == "opened" else "changes"
    return f"driftline: {verb} a difference ({act.lead.kind})"


def _message(act: Act) -> str:
    who, before, after = move_texts(act)
    what = f"{act.lead.role} {act.lead.path}".strip()
    return (
        f"{what}: {who} from {before} to {after}, differs from {against_text(act)}; "
        f"{kind_text(act)}"
    )


def _command(level: str, file: str | None, line: int | None, title: str, text: str) -> str:
    properties = [("file", file), ("line", None if line is None else str(line)), ("title", title)]
    told = ",".join(f"{name}={_property(value)}" for name, value in properties if value)
    return f"::{level} {told}::{_data(harmless(text)[:_TEXT_MAX])}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")
