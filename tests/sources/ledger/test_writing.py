"""A decision is appended, and every other character of the ledger stays."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.errors import UsageError
from driftline.model.ledger import ABSENT, Decision, Entry
from driftline.sources.ledger.reading import read_ledger
from driftline.sources.ledger.writing import HEADER, with_entries

ACCEPT = Entry(
    Decision.ACCEPT,
    "api",
    "/image/tag",
    environments=("staging", "production"),
    until="2026-12-31",
    reason="waits for the window",
    owner="team-shop",
    made_on="2026-06-01",
    bound=(("staging", '"1.2"'), ("production", ABSENT)),
)
IGNORE = Entry(Decision.IGNORE, "!*", "/spec/[name=*]", ("a", "b"), reason="x # y: z")
NEW = """\
decisions:
  - decision: accept
    role: api
    path: /image/tag
    values:
      staging: "1.2"
      production: (absent)
    until: 2026-12-31
    reason: waits for the window
    owner: team-shop
    made_on: 2026-06-01

  - decision: ignore
    role: "!*"
    path: "/spec/[name=*]"
    environments: [a, b]
    reason: "x # y: z"
"""
OLD = (
    "# a comment\n",
    "decisions:\n",
    "decisions: [] # none yet\n",
    "decisions:   # why\n- decision: ignore\n  role: a\n  reason: |\n    one\n    two\n\n# end\n",
    "decisions:\n  - {decision: ignore, role: a, reason: b}  # why\n  # and this\n",
    "decisions:\r\n  - decision: ignore\r\n    role: a\r\n    reason: b\r\n",
    "decisions:\n    - decision: ignore\n      role: a\n      reason: b\n       c # d",
    "decisions:\n  - decision: ignore\n    reason: a\n    role: 'x'\n    environments:\n    - a\n",
    "decisions:\n  - decision: oops\n    role: a\n",
)


def bare(entry: Entry) -> Entry:
    """A decision without the place at which it stands."""
    return msgspec.structs.replace(entry, file="", line=0)


def test_a_new_ledger() -> None:
    """The first decision begins a file that says what it is for."""
    assert HEADER + NEW == with_entries("", [ACCEPT, IGNORE], origin="x")


@pytest.mark.parametrize("old", OLD)
def test_appending(old: str) -> None:
    """The new decision is the last, and what was there is there, in its order."""
    made = with_entries(old, [ACCEPT], origin="x")

    assert [*map(bare, read_ledger(old, origin="x").entries), ACCEPT] == [
        bare(one) for one in read_ledger(made, origin="x").entries
    ]
    rest = made.split("\n")
    for line in old.replace("decisions: []", "decisions:").rstrip("\n").split("\n"):
        assert line in rest
        rest = rest[rest.index(line) + 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "decisions: [{decision: ignore, role: a, reason: b}]\n",
        "decisions:\n  - a: [\n",
        "- a\n",
        "decisions: 3\n",
    ],
)
def test_refusals(text: str) -> None:
    """Where the place is not sure, nothing is written, and the message says what to do."""
    with pytest.raises(UsageError, match="nothing was written"):
        with_entries(text, [ACCEPT], origin="x")


words = st.text(min_size=1, max_size=20).filter(lambda text: text == text.strip() and text)


@given(words, words, words, words.filter(lambda text: text != "!"))
def test_any_words(reason: str, owner: str, name: str, role: str) -> None:
    """Whatever a decision says is read back as it was said."""
    entry = Entry(
        Decision.IGNORE, role, "/a b", (name, "x"), reason=reason, owner=owner, values=('"1"',)
    )

    made = with_entries(with_entries("", [ACCEPT], origin="x"), [entry], origin="x")

    assert entry == bare(read_ledger(made, origin="x").entries[1])
