"""What is remembered of text."""

from driftline.sources.formats.part_cache import PartCache


def test_what_is_used_stays() -> None:
    """An entry that is asked for again and again survives any number of others."""
    cache: PartCache[int] = PartCache(budget_bytes=1_000)
    cache.keep("used", -1, 10)
    for number in range(1_000):
        cache.keep(number, number, 10)

        assert -1 == cache.get("used")


def test_what_is_not_used_goes() -> None:
    """The cache never holds much more than its budget."""
    cache: PartCache[int] = PartCache(budget_bytes=1_000)
    for number in range(1_000):
        cache.keep(number, number, 10)

    assert cache.get(0) is None
    assert 999 == cache.get(999)
    assert sum(cache.get(number) is not None for number in range(1_000)) <= 102


def test_one_entry_larger_than_the_budget() -> None:
    """An entry that is too large to keep is forgotten soon and breaks nothing."""
    cache: PartCache[int] = PartCache(budget_bytes=10)
    cache.keep("large", 1, 1_000)
    cache.keep("other", 2, 1_000)
    cache.keep("third", 3, 1_000)

    assert cache.get("large") is None
