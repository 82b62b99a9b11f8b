"""How sure a share is, given how few cases are behind it: Wilson's interval.

Three of three is no certainty. The interval never leaves 0 to 1, and stays
honest at shares near the ends, where the usual formula promises too much.
"""

from math import sqrt

# Two-sided 95 %.
Z = 1.959963984540054


def wilson(successes: int, trials: int, *, z: float = Z) -> tuple[float, float]:
    """The lower and upper bound of a share; (0, 1) when nothing was tried.

    >>> tuple(round(bound, 2) for bound in wilson(3, 3))
    (0.44, 1.0)
    """
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    square = z * z / trials
    centre = share + square / 2
    spread = z * sqrt(share * (1 - share) / trials + square / (4 * trials))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    # Rounding may not exclude what was seen.
    return max(0.0, min(low, share)), min(1.0, max(high, share))
