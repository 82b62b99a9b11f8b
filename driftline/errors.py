"""Every error we raise on purpose, by whose fault it is, with its exit code.

A message says what, where, and what to do next. Anything else that escapes is
a defect of ours and keeps its traceback.
"""


class DriftlineError(Exception):
    """The root of every error we raise on purpose."""

    exit_code = 2


class UsageError(DriftlineError):
    """The caller can mend this by asking differently."""


class SourceError(DriftlineError):
    """The world did not answer; what was already stored is safe."""


class IntegrityError(DriftlineError):
    """The store does not say what was written to it, or was written by a newer driftline."""
