"""The present, and what an answer deserves: its exit code, and how much of it is listed."""

import time
from typing import TYPE_CHECKING

from driftline.surfaces.cli.options import Choices

if TYPE_CHECKING:
    from driftline.model.answers.parity import Comparison, Divergence
    from driftline.model.answers.scan import Scan


def judged(answer: "Scan | Comparison", choices: Choices) -> int:
    """The exit code that an answer deserves; incomplete is never 0 where it is asked for.

    What nobody judged counts as if it stood: between an environment and its own
    past, every difference is one that was asked for.
    """
    if not choices.exit_code:
        return 0
    if any(row.kind == "standing" or _is_unjudged(row) for row in answer.divergences):
        return 1
    return 3 if answer.gaps else 0


def lists_all(choices: Choices) -> bool:
    """Whether rows are listed that are else only counted: who names kinds wants to see them."""
    return choices.every_row or bool(choices.kinds)


def _is_unjudged(row: "Divergence") -> bool:
    return row.kind == "unknown" and not row.reason


def present() -> int:
    """The second in which the question is asked."""
    return int(time.time())
