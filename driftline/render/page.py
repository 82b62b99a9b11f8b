"""The page that a screen is laid out on: its size, and what it knows besides the answer."""

import msgspec


class Page(msgspec.Struct, frozen=True):
    """Size in cells, and how to speak of the run.

    `height` is what a report tries to fit; `took_seconds` is how long the
    answer took, or None where that says nothing; `command` is how the user
    calls us again, and `before` what to run first, so that it means the same
    question. `now` is the present in ISO 8601, for answers that do not say when they were asked.
    """

    width: int = 100
    height: int = 40
    took_seconds: float | None = None
    command: str = "driftline"
    before: str = ""
    now: str | None = None
