"""Blobs come in the order asked, the bad ones told."""

from pathlib import Path

from driftline.sources.git.blobs.collect import blobs, sizes
from driftline.sources.git.collect import open_repository
from tests.sources.git.building import Building, git


def test_blobs_in_order(tmp_path: Path) -> None:
    """Each name is answered in its turn, also one that is asked twice, missing or too large."""
    building = Building(tmp_path / "r")
    contents: dict[str, str | bytes] = {
        "a": "one\n",
        "b": "",
        "c": b"\0\xff\n" * 50_000,
        "d": "four",
    }
    building.commit(contents)
    name = {path: git(building.folder, "rev-parse", f"main:{path}") for path in contents}
    missing = "1" * 40
    repository = open_repository(building.folder)
    asked = [name["a"], missing, name["c"], name["b"], name["a"], name["d"]]

    found = list(blobs(repository, asked, bytes_max=1_000))

    assert asked == [blob.name for blob in found]
    assert [b"one\n", None, None, b"", b"one\n", b"four"] == [blob.data for blob in found]
    assert ["missing from", "too large to"] == [blob.reason[:12] for blob in found[1:3]]
    assert [150_000] == [len(b.data or b"") for b in blobs(repository, [name["c"]])]
    assert {name["a"]: 4, name["c"]: 150_000} == sizes(repository, [name["a"], missing, name["c"]])


def test_nothing_asked(tmp_path: Path) -> None:
    """Asking for nothing is answered by nothing."""
    building = Building(tmp_path / "r")
    building.commit({"a": "one\n"})
    repository = open_repository(building.folder)

    assert ([], {}) == (list(blobs(repository, [])), sizes(repository, []))
