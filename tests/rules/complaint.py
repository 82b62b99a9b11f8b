"""How a rule names everything that breaks it, not only the first."""

from collections.abc import Iterable


def listed(breaches: Iterable[str]) -> str:
    """One breach a line, for the message of a failed assertion."""
    return "\n" + "\n".join(breaches)
