"""A tree is laid out whole, and nothing in it leads out of it."""

from pathlib import Path

import pytest

from driftline.sources.rendered.tree import collect
from driftline.sources.rendered.tree.collect import Item, lay_out


def test_files_and_links(tmp_path: Path) -> None:
    """Files and links among them are as in the repository, links to links too."""
    laid = lay_out(
        [
            Item("first", b"second", is_link=True),
            Item("second", b"deep/down/file.yaml", is_link=True),
            Item("folder", b"deep/down", is_link=True),
            Item("deep/down/file.yaml", b"a: 1"),
        ],
        tmp_path,
    )

    assert (4, ()) == (laid.files, laid.left_out)
    assert "a: 1" == (tmp_path / "first").read_text() == (tmp_path / "folder/file.yaml").read_text()


ESCAPES = [
    b"/etc/passwd",
    b"../outside",
    b"a/../../outside",
    b"missing",
    b"",
    b"x\0y",
    b".",
    b"a/..",
]


@pytest.mark.parametrize("target", ESCAPES)
def test_links_that_lead_out_are_left_out(tmp_path: Path, target: bytes) -> None:
    """A link out of the tree, to nothing or to a folder around it is told and not laid."""
    (tmp_path / "outside").write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    laid = lay_out([Item("a/file", b"x"), Item("link", target, is_link=True)], root)

    assert ("link: a link that leads out of the tree",) == laid.left_out
    assert not (root / "link").is_symlink()


def test_a_link_through_a_link_cannot_lead_out(tmp_path: Path) -> None:
    """What looks like a path inside is followed as the disk would follow it."""
    (tmp_path / "outside").write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    items = [
        Item("a/b/file", b"x"),
        Item("short", b"a/b", is_link=True),
        Item("sly", b"short/../../../outside", is_link=True),
    ]

    assert ("sly: a link that leads out of the tree",) == lay_out(items, root).left_out


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "a/../b", ""])
def test_paths_that_are_none(tmp_path: Path, path: str) -> None:
    """A path that is not plainly inside is left out."""
    assert (f"{path}: no path inside of a tree",) == lay_out([Item(path, b"x")], tmp_path).left_out


def test_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree that nobody means is not written to the end."""
    monkeypatch.setattr(collect, "BYTES_MAX", 10)
    laid = lay_out([Item("a", b"12345678"), Item("b", b"12345678"), Item("c", b"1")], tmp_path)

    assert 1 == laid.files
    assert laid.left_out
