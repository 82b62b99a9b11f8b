"""What the report rests on: environments, pairs, coverage, gaps, questions; how to read it."""

from itertools import groupby

from driftline.model.answers.parity import GapNote, Pair
from driftline.model.answers.scan import EnvironmentSummary, Scan
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import Markup, code, note, quiet, tag
from driftline.render.values import ABSENT, count, counted, date_text, percentage

_ENVIRONMENTS = (
    Column("Environment"),
    Column("Services", is_number=True),
    Column("Facts", is_number=True),
    Column("Seen", is_number=True),
    Column("Sure", is_number=True),
    Column("Evidence"),
)
_PAIRS = (
    Column("Pair"),
    Column("Equal", is_number=True),
    Column("Standing", is_number=True),
    Column("In flight", is_number=True),
    Column("Frozen", is_number=True),
    Column("Accepted", is_number=True),
    Column("By design", is_number=True),
    Column("Unknown", is_number=True),
    Column("Only left", is_number=True),
    Column("Only right", is_number=True),
)
_GAPS = (Column("File"), Column("Why it was not read"), Column("Repository"))
_QUESTIONS = (Column("What is unclear"), Column("The line that decides it"))
WORDS = (
    ("standing", "Nobody is bringing the two values together: ask the owner about it."),
    (
        "in flight",
        ("Made in one environment, it usually follows in the other, and is not late yet."),
    ),
    ("by design", "Names, sizes, domains and secrets that are meant to differ."),
    ("frozen", "A declared freeze stops the change; it is always listed."),
    ("accepted", "A person decided so, with a reason and a date on which it ends."),
    ("unknown", "A layer or a file could not be read. Unknown is never taken for absent."),
    ("since", "The instant from which the two values differ without a break."),
    ("moved", "The environment whose value changed at that instant."),
)


def pair_section(scan: Scan) -> Markup:
    """How well each pair matches, in plain counts of facts."""
    if not scan.pairs:
        body: object = note("There are not two environments to compare.")
    else:
        body = table("Counts are of facts: single values", _PAIRS, map(_pair, scan.pairs))
    return tag("section", tag("h2", "How well environments match"), body, id="pairs")


def basis_section(scan: Scan) -> Markup:
    """Layout, coverage, gaps, questions and notes."""
    coverage = scan.coverage
    read = coverage.files - coverage.unreadable
    told = (
        f"{count(read)} of {counted(coverage.files, 'configuration file')} read "
        f"({percentage(read, coverage.files)}); {count(coverage.placed)} belong to an environment, "
        f"{count(coverage.shared)} to a layer that several share, "
        f"{count(coverage.unplaced)} to none. "
        f"{counted(coverage.facts, 'fact')} now, {counted(coverage.fact_changes, 'change')} "
        "of facts in the history."
    )
    return tag(
        "section",
        tag("h2", "Layout and coverage"),
        tag("p", told),
        table(
            "Environments, and why we believe in them",
            _ENVIRONMENTS,
            map(_place, scan.environments),
        ),
        _gaps(scan.gaps),
        _questions(scan),
        [note(text) for text in scan.notes],
        id="coverage",
    )


def reading_section(*, is_shared: bool) -> Markup:
    """How to read the page."""
    shared = (
        note(
            "Made to be shared: people, hosts and values are replaced by numbered names. The same "
            "thing has the same name throughout this page; reasons and messages are left out."
        )
        if is_shared
        else None
    )
    terms = [(tag("dt", word), tag("dd", meaning)) for word, meaning in WORDS]
    return tag(
        "section",
        tag("h2", "How to read this"),
        shared,
        tag("dl", terms, class_="words"),
        id="words",
    )


def equal_facts(pair: Pair) -> int:
    """Facts on which both sides agree."""
    return pair.facts_common - pair.facts_differ


def _pair(pair: Pair) -> Row:
    known = pair.facts_common + pair.facts_left_only + pair.facts_right_only
    equal = f"{count(equal_facts(pair))} "
    numbers = (
        pair.standing,
        pair.in_flight,
        pair.frozen,
        pair.accepted,
        pair.environmental,
        pair.unknown,
        pair.facts_left_only,
        pair.facts_right_only,
    )
    return Row(
        (
            f"{pair.left} and {pair.right}",
            Cell([equal, quiet(percentage(equal_facts(pair), known))], equal_facts(pair)),
            *(Cell(count(number) if number else ABSENT, number) for number in numbers),
        )
    )


def _place(one: EnvironmentSummary) -> Row:
    seen = f"{date_text(one.first_seen)} to {'now' if one.alive else date_text(one.last_seen)}"
    return Row(
        (
            one.name,
            Cell(count(one.resources), one.resources),
            Cell(count(one.facts), one.facts),
            Cell(seen, one.first_seen or ""),
            Cell(f"{one.confidence:.0%}", one.confidence),
            "; ".join(one.evidence),
        )
    )


def _gaps(gaps: tuple[GapNote, ...]) -> Markup:
    if not gaps:
        return note("Every configuration file could be read: there are no gaps.")
    ordered = sorted(gaps, key=lambda gap: (gap.reason, gap.repository, gap.path))
    sums = [f"{count(len(list(group)))} x {reason}" for reason, group in groupby(ordered, _reason)]
    rows = (Row((code(gap.path), gap.reason, code(gap.repository))) for gap in ordered)
    summary = tag("summary", counted(len(gaps), "gap"), ": ", quiet("; ".join(sums)))
    body = table("Files that could not be read, or not whole", _GAPS, rows)
    return tag("details", summary, body)


def _reason(gap: GapNote) -> str:
    return gap.reason or "could not be read"


def _questions(scan: Scan) -> Markup | None:
    if not scan.questions:
        return None
    rows = (Row((one.text, code(one.answer) if one.answer else "")) for one in scan.questions)
    return table("Questions that the layout leaves open", _QUESTIONS, rows)
