"""Versions are shared out whole, in order, and evenly."""

from hypothesis import given
from hypothesis import strategies as st

from driftline.engine.reading.crew import parts
from driftline.engine.reading.file_histories import Version
from driftline.engine.reading.shares import by_file, shared_out, weights
from driftline.sources.git.chain import FileStep


def _versions(lengths: dict[str, int]) -> list[Version]:
    found = [
        Version(number, FileStep(path, f"{path}{number}", "100644", 0))
        for path, length in lengths.items()
        for number in range(length)
    ]
    return sorted(found, key=lambda version: version.position)


lengths = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(min_value=1, max_value=200), max_size=8
)
sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(min_value=0, max_value=9_000))


@given(lengths, sizes, st.integers(min_value=1, max_value=4))
def test_nothing_is_lost_and_nothing_twice(
    of_file: dict[str, int], size: dict[str, int], processes: int
) -> None:
    """Each version is in one share, shares are in order, and cuts are contiguous."""
    versions = _versions(of_file)
    files = by_file(versions)

    shares = shared_out(files, weights(files, size), parts(processes))

    assert processes == len(shares)
    assert sorted(versions, key=str) == sorted((v for s in shares for v in s.versions), key=str)
    for share in shares:
        positions = [version.position for version in share.versions]
        assert sorted(positions) == positions
        for path, mine in by_file(share.versions).items():
            before = share.earlier.get(path, ())
            start = len(before)
            assert files[path][:start] == list(before)
            assert files[path][start : start + len(mine)] == mine
        assert share.earlier.keys() <= by_file(share.versions).keys()


def test_one_big_file_is_cut() -> None:
    """A file that outweighs all others is cut where the shares come out as asked for."""
    files = by_file(_versions({"big": 1_000, "small": 10}))

    shares = shared_out(files, weights(files, {"big": 10_000}), parts(2))

    share = len(shares[0].versions) / 1_010
    assert abs(parts(2)[0] - share) < 0.02


def test_small_files_are_not_cut() -> None:
    """A short history stays in one piece."""
    files = by_file(_versions({"a": 20, "b": 20, "c": 20}))

    shares = shared_out(files, weights(files, {}), parts(2))

    assert all(not share.earlier for share in shares)
