from driftline.render.kinds import (
    Fold,
    abridged,
    folded_lines,
    groups,
    heading,
    in_order,
    is_drift,
    is_judged,
    told,
)
from driftline.render.lines import to_text
from driftline.render.page import Page
from tests.render import samples


def test_what_stands_comes_first_and_by_rank() -> None:
    """Then what is in flight, then what is frozen, then what is only counted."""
    rows = in_order(samples.JUDGED)

    assert [1, 2, 3, 4, 5, 6] == [row.rank for row in rows[:6]]
    assert ["Standing", "In flight", "Frozen", "Accepted", "Environmental", "Unknown"] == list(
        dict.fromkeys(map(heading, rows))
    )


def test_what_nobody_judged_is_told_by_whether_it_drifted() -> None:
    """What once agreed comes before what never did, the oldest first, roles together."""
    rows = in_order(samples.DIVERGENCES)

    assert not any(map(is_judged, rows))
    assert [True] * 5 + [False] * 3 == list(map(is_drift, rows))
    assert ["checkout", "checkout", "checkout", "payments"] == [row.role for row in rows[:4]]
    assert ["What differs now", "Different from the start"] == list(
        dict.fromkeys(map(heading, rows))
    )


def test_the_order_of_rows_does_not_depend_on_how_they_came() -> None:
    """The same divergences are always shown in the same order."""
    for rows in (samples.DIVERGENCES, samples.JUDGED):
        assert in_order(rows) == in_order(rows[::-1])


def test_rows_of_one_cause_are_one_group() -> None:
    """A group stands where its first row stands."""
    last = samples.judged(samples.DIVERGENCES[1], "standing", "late", rank=9, cause="one act")
    first = samples.judged(samples.DIVERGENCES[2], "standing", "late", rank=1, cause="one act")
    other = samples.judged(samples.DIVERGENCES[0], "standing", "late", rank=5)

    assert [[1, 9], [5]] == [[row.rank for row in group] for group in groups([last, other, first])]


def test_many_rows_of_one_cause_are_one_row_and_a_count() -> None:
    """A group takes two lines however many rows it has, and nothing is lost."""
    stands = [row for row in samples.JUDGED if row.kind == "standing"]
    shown = abridged(stands, 4)

    assert Fold(3, stands[-1].cause) == shown[-1]
    assert 4 == len(shown)
    assert len(stands) == told(shown)
    assert [1, 2] == [row.rank for row in abridged(stands, 3) if not isinstance(row, Fold)]
    assert [] == abridged(stands, 0)


def test_what_is_no_drift_is_counted_with_its_reasons() -> None:
    """Two lines at most for each kind; reasons that do not fit are counted."""
    rows = [
        samples.judged(samples.divergence("web", f"/{at}", 1, 2), "environmental", f"reason {at}")
        for at in range(30)
    ]
    lines = folded_lines(rows, Page(width=80), label_cells=12)
    text = to_text(lines, color=False)

    assert 2 == len(lines)
    assert text.startswith("The rest    30 environmental: 1 x reason 0 · 1 x reason 1 · ")
    assert text.endswith(" more reasons\n")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_every_folded_kind_has_its_line() -> None:
    """Accepted, environmental and unknown; what is listed has none."""
    text = to_text(folded_lines(samples.JUDGED, Page(), label_cells=12), color=False)

    assert ["1 accepted:", "3 environmental:", "1 unknown:"] == [
        " ".join(line[12:].split()[:2]) for line in text.splitlines() if line[12] != " "
    ]
