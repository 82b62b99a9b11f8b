"""A ledger is read strictly, and every mistake is told where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.ledger import ABSENT, Decision, Entry
from driftline.sources.ledger.reading import read_ledger

GOOD = """\
# Decisions, reviewed like code.
decisions:
  - decision: accept
    role: api
    path: /image/tag
    values:
      staging: "1.2"
      production: (absent)
    until: 2026-12-31
    reason: waits for
      the window
    owner: team-shop
    made_on: 2026-06-01

  # Nobody cares about these.
  - {decision: ignore, role: "*", path: metadata.labels, reason: generated, values: [1.10, on]}
  - decision: freeze
    role: "*"
    environments: production
    until: 2027-01-07
    reason: Christmas
    owner: team-ops
  - {decision: classify, role: api, path: /host, as: environmental, reason: a name}
"""

ACCEPT_ALL = """decision: accept
    role: a
    path: b
    until: 2027-01-01
    reason: r
    owner: o"""

# one item of the list -> what is said about it, after the line
MISTAKES = (
    (
        "decision: ignor\n    role: a\n    reason: r",
        "3: unknown decision 'ignor', did you mean 'ig",
    ),
    ("decision: ignore\n    rol: a\n    reason: r", "4: unknown key 'rol', did you mean 'role'"),
    ("desision: ignore\n    role: a", "3: unknown key 'desision', did you mean 'decision'"),
    ("role: a", "3: it does not say which decision it is"),
    ("decision: ignore\n    reason: r", "3: an ignore needs 'role'"),
    ("decision: ignore\n    role: a", "3: an ignore needs 'reason'"),
    ("decision: classify\n    role: a\n    path: /a\n    reason: r", "3: a classify needs 'as'"),
    (
        "decision: classify\n    role: a\n    path: /a\n    reason: r\n    as: environmentl",
        "7: unknown class 'environmentl', did you mean 'environmental'",
    ),
    ("decision: freeze\n    role: a\n    reason: r", "3: a freeze needs 'until'"),
    (
        "decision: freeze\n    role: a\n    reason: r\n    owner: o\n    until: 2026-02-30",
        "7: until '2026-02-30' is no day",
    ),
    (
        ACCEPT_ALL,
        "3: an accept needs 'values'",
    ),
    ("decision: ignore\n    role: a\n    reason: r\n    as: drift", "6: 'as' belongs to classify"),
    ("decision: ignore\n    role: a\n    role: b\n    reason: r", "5: 'role' stands there twice"),
    ("decision: ignore\n    role: !a\n    reason: r", "4: 'role' needs quotes"),
    ("decision: ignore\n    role: [a]\n    reason: r", "4: 'role' is one text"),
    ("decision: ignore\n    role: *\n    reason: r", "4: not valid YAML"),
    ("just words", "3: a decision has keys"),
    (
        "decision: ignore\n    role: a\n    reason: r\n    environments: [b]\n    values: {c: 1}",
        "6: 'values' names c, 'environments' does not",
    ),
)
AFTER = "\n  - {decision: ignore, role: last, reason: r}\n"


def test_a_ledger() -> None:
    """Each decision has its fields, its line, and its values as facts are spelled."""
    found = read_ledger(GOOD, origin="ledger.yaml")

    assert () == found.problems
    assert (
        Entry(
            Decision.ACCEPT,
            "api",
            "/image/tag",
            environments=("staging", "production"),
            until="2026-12-31",
            reason="waits for the window",
            owner="team-shop",
            made_on="2026-06-01",
            bound=(("staging", '"1.2"'), ("production", ABSENT)),
            file="ledger.yaml",
            line=3,
        )
        == found.entries[0]
    )
    assert ("1.10", "true") == found.entries[1].values
    assert ("production",) == found.entries[2].environments
    assert "environmental" == found.entries[3].class_


@pytest.mark.parametrize(("item", "expected"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_mistakes(item: str, expected: str) -> None:
    """A mistake names file, line and the right word, and hides no other decision."""
    text = f"decisions:\n  # a comment\n  - {item}{AFTER}"

    found = read_ledger(text, origin="ledger.yaml")

    assert ["last"] == [one.role for one in found.entries]
    assert 1 == len(found.problems)
    assert found.problems[0].startswith(f"ledger.yaml:{expected}"), found.problems[0]
    assert found.problems[0].endswith("does not count until it is mended")


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "decisions:\n", "decisions: []\n", "---\n"]
)
def test_an_empty_ledger(text: str) -> None:
    """A ledger without decisions is no mistake."""
    found = read_ledger(text, origin="x")

    assert ((), ()) == (found.entries, found.problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- decision: ignore\n", "x:1: a ledger begins with `decisions:`"),
        ("decisions: {}\n", "x:1: 'decisions' is a list"),
        ("decisons: []\n", "x:1: unknown key 'decisons', did you mean 'decisions'?"),
        ("a: [\n", "x:2: not valid YAML"),
        ("decisions: " + "[" * 500, "x:1: nested deeper than any decision"),
    ],
)
def test_no_ledger(text: str, expected: str) -> None:
    """A text that is no ledger at all says so, and nothing in it counts."""
    found = read_ledger(text, origin="x")

    assert () == found.entries
    assert found.problems[0].startswith(expected), found.problems


def test_lines_after_broken_text() -> None:
    """Where one item is no YAML, the lines of the others are still their own."""
    text = "decisions:\n  - role: : :\n  - {decision: ignore, role: b, reason: r}\n"

    found = read_ledger(text, origin="x")

    assert [3] == [one.line for one in found.entries]
    assert found.problems[0].startswith("x:2: ")


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """No text raises, neither alone nor inside a decision."""
    read_ledger(text, origin="x")
    read_ledger(f"decisions:\n  - decision: ignore\n    role: {text}\n", origin="x")
