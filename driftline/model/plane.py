"""Whose account of reality a statement belongs to."""

import enum


class Plane(enum.StrEnum):
    """Declared, recorded and observed; two-plane tools cannot say which of them moved."""

    DECLARED = "declared"  # somebody wrote that it should be so
    RECORDED = "recorded"  # a tool remembers having made it so
    OBSERVED = "observed"  # we looked, and it was so
