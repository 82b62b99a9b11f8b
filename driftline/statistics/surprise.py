"""How surprising a count of hits is, given how many would come by chance: the binomial tail."""

from math import comb


def binomial_at_least(hits: int, trials: int, share: float) -> float:
    """The chance of at least so many hits in so many trials, each a hit with this share.

    Raises ValueError for a share outside of 0 to 1.

    >>> binomial_at_least(0, 5, 0.2), round(binomial_at_least(6, 6, 0.5), 4)
    (1.0, 0.0156)
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share is between 0 and 1, not {share}")
    tail = sum(
        comb(trials, number) * share**number * (1 - share) ** (trials - number)
        for number in range(max(hits, 0), trials + 1)
    )
    # Sums of many small figures may end a little beyond what is possible.
    return min(1.0, tail)
