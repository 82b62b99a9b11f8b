"""The present, and the exit code that an answer deserves."""

import time
from typing import TYPE_CHECKING

from driftline.surfaces.cli.options import Choices

if TYPE_CHECKING:
    from driftline.model.answers.parity import Comparison
    from driftline.model.answers.scan import Scan


def judged(answer: "Scan | Comparison", choices: Choices) -> int:
    """The exit code that an answer deserves; incomplete is never 0 where it is asked for."""
    if not choices.exit_code:
        return 0
    if answer.divergences:
        return 1
    return 3 if answer.gaps else 0


def present() -> int:
    """The second in which the question is asked."""
    return int(time.time())
