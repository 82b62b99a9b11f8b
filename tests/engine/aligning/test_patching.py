"""A diff that git takes, whatever is in the file and in its name."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.engine.aligning.patching import patch_of
from tests.sources.git.building import git

# Why -> path, before, after.
FILES: dict[str, tuple[str, bytes, bytes]] = {
    "a line in the middle": ("a.yaml", b"a\nb\nc\nd\ne\nf\n", b"a\nb\nX\nd\ne\nf\n"),
    "no line end at the end": ("a.yaml", b"a\nb", b"a\nX"),
    "a line end that comes": ("a.yaml", b"a\nb", b"a\nb\nc"),
    "line ends of another system": ("a.yaml", b"a\r\nb\r\n", b"a\r\nX\r\n"),
    "a separator that is no line end here": ("a.yaml", b"a\x0cb\x1cc\nd\n", b"a\x0cb\x1cc\nX\n"),
    "bytes that are no UTF-8": ("a.env", b"a=\xff\nb=1\n", b"a=\xff\nb=2\n"),
    "a path with blanks": ("my values/a b.yaml", b"a\n", b"b\n"),
    "a path with quotes and letters": ('d/é"\\x.yaml', b"a\n", b"b\n"),
}


def applied(folder: Path, path: str, before: bytes, patch: str) -> bytes:
    """The file after git has applied the patch."""
    git(folder, "init", "--quiet")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    data = patch.encode(errors="surrogateescape")
    subprocess.run(["git", "apply", "-"], cwd=folder, input=data, check=True)
    return file.read_bytes()


@pytest.mark.parametrize("why", FILES)
def test_git_applies_it(tmp_path: Path, why: str) -> None:
    """Git makes the new file of the old one, byte for byte."""
    path, before, after = FILES[why]

    actual = applied(tmp_path, path, before, patch_of(path, before, after))

    assert after == actual


def test_nothing_changed() -> None:
    """A file that stays has no diff."""
    assert "" == patch_of("a.yaml", b"a\n", b"a\n")


@settings(max_examples=15, deadline=None)
@given(
    before=st.lists(st.sampled_from([b"a", b"b", b"", b"c: 1\r"]), min_size=1, max_size=12),
    after=st.lists(st.sampled_from([b"a", b"b", b"", b"c: 2\r"]), min_size=1, max_size=12),
)
def test_any_two_files(
    tmp_path_factory: pytest.TempPathFactory, before: list[bytes], after: list[bytes]
) -> None:
    """Whatever changes between two texts with content, the diff says all of it."""
    old, new = b"\n".join([b"x", *before]), b"\n".join([b"x", *after])
    if old != new:
        folder = tmp_path_factory.mktemp("applied")

        assert new == applied(folder, "f", old, patch_of("f", old, new))
