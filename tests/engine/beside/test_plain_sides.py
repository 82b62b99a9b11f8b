"""The files of two sides: where they come from, and which of them differ at all."""

from pathlib import Path

import pytest

from driftline.engine.beside.plain_sides import PlainSide, plain_side, unequal
from driftline.errors import UsageError
from driftline.model.ref import parse_ref


def tree(folder: Path, **files: str) -> Path:
    """A folder with these YAML files; `__` is a slash."""
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def side(folder: Path, text: str, other: str = "./other") -> PlainSide:
    """The side that a ref means in a folder."""
    environ = {"XDG_CACHE_HOME": str(folder / "cache")}
    return plain_side(parse_ref(text), parse_ref(other), folder, environ)


def texts(one: PlainSide) -> dict[str, str]:
    """Path to text, or to the reason why there is none."""
    return {path: (read.data or b"").decode() or read.reason for path, read in one.contents()}


def test_folders_and_files_on_disk(tmp_path: Path) -> None:
    """A folder has its configuration files, a file itself, whatever it is called."""
    tree(tmp_path / "a", x="1", deep__y="2")
    (tmp_path / "a" / "README.md").write_text("hello", encoding="utf-8")
    folder, file = side(tmp_path, "./a"), side(tmp_path, "./a/README.md")

    assert {"deep/y.yaml": "2", "x.yaml": "1"} == texts(folder)
    assert (False, 1) == (folder.is_one_file, folder.not_wanted)
    assert ({"README.md": "hello"}, True) == (texts(file), file.is_one_file)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """Nothing at a path is told in the words of the ref."""
    with pytest.raises(UsageError, match=r"\./nowhere: there is no such file or folder"):
        side(tmp_path, "./nowhere")


def test_equal_bytes_are_set_aside(tmp_path: Path) -> None:
    """What is equal under one path counts first, then what was only moved."""
    tree(tmp_path / "a", same="1", old__moved="2", edited="3", gone="4", twin="5")
    tree(tmp_path / "b", same="1", new__moved="2", edited="6", twin="5", other="5")
    ours, theirs, equal = unequal(side(tmp_path, "./a"), side(tmp_path, "./b"))

    assert {"edited.yaml", "gone.yaml"} == ours.keys()
    assert {"edited.yaml", "other.yaml"} == theirs.keys()
    assert 3 == equal


def test_what_cannot_be_read_is_never_equal(tmp_path: Path) -> None:
    """Two files that cannot be read are not known to be the same."""
    for name in "ab":
        tree(tmp_path / name, x="1")
        (tmp_path / name / "y.yaml").symlink_to("/nowhere/at/all")
    ours, theirs, equal = unequal(side(tmp_path, "./a"), side(tmp_path, "./b"))

    assert (["y.yaml"], ["y.yaml"], 1) == (list(ours), list(theirs), equal)
