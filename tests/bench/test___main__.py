from types import ModuleType

from bench.__main__ import benchmarks, needs_repository


def test_benchmarks_are_found() -> None:
    """Every module of the folder with a `run` is a benchmark, and no other."""
    names = [module.__name__ for module in benchmarks()]

    assert "bench.scan" in names
    assert "bench.pairs" not in names


def test_only_those_that_need_a_repository_get_one() -> None:
    """A benchmark whose parameters all have defaults runs once, by itself."""
    own, given = ModuleType("own"), ModuleType("given")
    own.run = lambda looks=5: looks  # type: ignore[attr-defined]
    given.run = lambda repository: repository  # type: ignore[attr-defined]

    assert (False, True) == (needs_repository(own), needs_repository(given))
