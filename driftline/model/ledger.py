"""Decisions people made about differences: the words of the ledger.

The ledger is one commented YAML file in the user's repository. Its past is
that file's history in git, so a question about an instant uses what was valid
then. Entries match by environment, role and path patterns.
"""

import enum

import msgspec

ABSENT = "absent"  # stands for a value that is not there; no JSON text, so no fact is spelled so
DIGEST = "sha256:"  # before the digest that stands for a value too long to be written down
NOT = "!"  # before a role, in an ignore: takes ignoring back
ENVIRONMENTAL = "environmental"  # the class that a correction gives to a difference by design
DRIFT = "drift"  # and the one for a difference that is none


class Decision(enum.StrEnum):
    """What was decided."""

    IGNORE = "ignore"  # no news, ever: left out of verdicts, still counted
    ACCEPT = "accept"  # known and bounded: left out until it expires
    FREEZE = "freeze"  # deliberately held back: stops the clock
    CLASSIFY = "classify"  # the rules took it for something else than it is


class Entry(msgspec.Struct, frozen=True):
    """One decision.

    `role` and `path` are patterns (`*` within a token, `**` across tokens); a
    path covers what is below it, too. `environments` empty means every pair,
    one means every pair that has it, several the pairs among them. `until` is
    the day it expires (YYYY-MM-DD, exclusive, UTC; empty: never, which only
    ignore and classify may say). `values` bind an acceptance to the values it
    was made for, spelled as facts are, or as
    ABSENT or a DIGEST: muting never hides a new
    value. `bound` says of each environment which value it is. `class_` is a
    kind or path class for CLASSIFY. `line` is where it stands in its `file`.
    """

    decision: Decision
    role: str
    path: str
    environments: tuple[str, ...] = ()
    until: str = ""
    reason: str = ""
    owner: str = ""
    values: tuple[str, ...] = ()
    class_: str = ""
    made_on: str = ""
    bound: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0


class Ledger(msgspec.Struct, frozen=True):
    """All decisions, in the order of the file, and what in it could not be understood."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
