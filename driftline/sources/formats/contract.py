"""What a format reader promises."""

from typing import Protocol

from driftline.model.document import Reading


class FormatReader(Protocol):
    """Reads one version of one file into documents of flat facts.

    A reader is pure but for its memory: it may keep what it learnt about text
    it has seen, so that an unchanged stretch is not parsed twice. It never
    raises on bad input: what cannot be read is a gap with a reason that a
    person understands.
    """

    def read(self, path: str, data: bytes) -> Reading:
        """The documents of this version, redacted."""
