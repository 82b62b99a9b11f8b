"""What a change does to parity, as JUnit XML: a suite for each pair, a case for each role.

What the change opens and leaves standing fails its role; what could not be read
skips a case of its own, so that a pipeline which only counts failures still
shows that something is missing.
"""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from driftline.model.answers.check import CheckAnswer, CheckedPair, CheckedRow
from driftline.model.verdict import Kind
from driftline.render.check_rows import (
    Act,
    against_text,
    forgotten_text,
    kind_text,
    move_texts,
    place_text,
)
from driftline.render.harmless import harmless

# XML 1.0 cannot hold these at all, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_text(answer: CheckAnswer) -> str:
    """The report as XML that ends in a line feed."""
    suites = [*(_pair(pair, answer) for pair in answer.pairs)]
    if answer.forgotten:
        suites.append(_Suite("forgotten", [*_forgotten(answer)]))
    if answer.gaps:
        cases = [
            _Case("gaps", gap.path, "", skipped=f"not read: {gap.reason}") for gap in answer.gaps
        ]
        suites.append(_Suite("gaps", cases))
    total = sum(len(suite.cases) for suite in suites)
    failures = sum(suite.failures for suite in suites)
    skipped = sum(suite.skipped for suite in suites)
    head = (
        f'<testsuites name="driftline check" tests="{total}" failures="{failures}"'
        f' skipped="{skipped}" errors="0">'
    )
    body = [line for suite in suites for line in suite.lines()]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]
    return "\n".join(lines) + "\n"


class _Case:
    """One test case: it passes, fails with a text, or was skipped with a reason."""

    def __init__(self, group: str, name: str, failure: str, *, skipped: str = "") -> None:
        self.group, self.name, self.failure, self.skipped = group, name, failure, skipped

    def lines(self) -> Iterator[str]:
        """The case as XML."""
        head = f"    <testcase classname={_attribute(self.group)} name={_attribute(self.name)}"
        if self.failure:
            first = self.failure.partition("\n")[0]
            yield head + ">"
            yield f"      <failure message={_attribute(first)}>{_text(self.failure)}</failure>"
            yield "    </testcase>"
        elif self.skipped:
            yield head + ">"
            yield f"      <skipped message={_attribute(self.skipped)}/>"
            yield "    </testcase>"
        else:
            yield head + "/>"


class _Suite:
    """Cases under one name."""

    def __init__(self, name: str, cases: Sequence[_Case]) -> None:
        self.name, self.cases = name, cases

    @property
    def failures(self) -> int:
        """How many cases fail."""
        return sum(bool(case.failure) for case in self.cases)

    @property
    def skipped(self) -> int:
        """How many cases were skipped."""
        return sum(bool(case.skipped) for case in self.cases)

    def lines(self) -> Iterator[str]:
        """The suite as XML."""
        yield (
            f"  <testsuite name={_attribute(self.name)}"
            f' tests="{len(self.cases)}" failures="{self.failures}" skipped="{self.skipped}"'
            ' errors="0">'
        )
        for case in self.cases:
            yield from case.lines()
        yield "  </testsuite>"


def _pair(pair: CheckedPair, answer: CheckAnswer) -> _Suite:
    name = f"{pair.left} ↔ {pair.right}"
    failing = [
        row
        for row in (*answer.opened, *answer.changed)
        if (row.left, row.right) == (pair.left, pair.right) and _fails(row, answer)
    ]
    if "standing" in answer.fail_on:
        failing += [
            row for row in answer.standing if (row.left, row.right) == (pair.left, pair.right)
        ]
    unread = {
        row.role
        for row in (*answer.opened, *answer.changed)
        if (row.left, row.right) == (pair.left, pair.right) and row.kind == Kind.UNKNOWN
    }
    cases = []
    for role in pair.roles:
        told = "\n".join(_told(row) for row in failing if row.role == role)
        why = "a layer that could not be read may set a value" if role in unread else ""
        cases.append(_Case(name, role, told, skipped=why))
    return _Suite(name, cases)


def _fails(row: CheckedRow, answer: CheckAnswer) -> bool:
    """Whether the row is what the conditions were asked about."""
    if row.kind != Kind.STANDING:
        return False
    if "standing" in answer.fail_on:
        return True
    return row.is_unsettled and "opened" in answer.fail_on


def _told(row: CheckedRow) -> str:
    act = Act(_movers(row), (row,))
    place = place_text(row)
    where = f" ({place})" if place else ""
    if row.effect == "standing":
        return f"stands: {row.path or 'all of it'}, {against_text(act)}{where}"
    who, before, after = move_texts(act)
    return (
        f"{row.effect}: {row.path or 'all of it'}: {who} from {before} to {after}, "
        f"differs from {against_text(act)}; {kind_text(act)}{where}"
    )


def _movers(row: CheckedRow) -> tuple[str, ...]:
    sides = {"left": (row.left,), "right": (row.right,), "both": (row.left, row.right)}
    return sides.get(row.moved_by_change, ())


def _forgotten(answer: CheckAnswer) -> Iterator[_Case]:
    for one in answer.forgotten:
        text = forgotten_text(one)
        where = f"{one.missing_environment} {one.missing_role} {one.missing_path}"
        if "forgotten" in answer.fail_on:
            yield _Case("forgotten", where, text)
        else:
            yield _Case("forgotten", where, "", skipped=text)


def _attribute(text: str) -> str:
    return quoteattr(_possible(harmless(text)))


def _text(text: str) -> str:
    return escape("\n".join(_possible(harmless(line)) for line in text.split("\n")))


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", text)
