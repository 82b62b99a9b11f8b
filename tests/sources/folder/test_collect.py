"""What is listed and read of a folder on disk, and what is told instead."""

import os
import socket
from pathlib import Path

import pytest

from driftline.errors import SourceError, UsageError
from driftline.sources.folder import collect


def written(folder: Path, **files: str) -> Path:
    """The folder with these files; `__` in a name is a slash, and each is a YAML file."""
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def listed(folder: Path) -> dict[str, str]:
    """Path to content, or to the reason in angle brackets, of every YAML file."""
    told = {}
    for one in collect.listing(folder, lambda path: path.endswith((".yaml", ".sock"))).files:
        read = collect.content(one, bytes_max=1 << 20)
        told[one.path] = f"<{read.reason}>" if read.data is None else read.data.decode()
    return told


def test_files_are_listed_by_path(tmp_path: Path) -> None:
    """Wanted files come with their paths below the folder; what tools keep there does not."""
    written(tmp_path, b="1", a__c="2", **{".git__config": "3", "a__.driftline__x": "4"})
    (tmp_path / "README").touch()
    found = collect.listing(tmp_path, lambda path: path.endswith(".yaml"))

    assert ["a/c.yaml", "b.yaml"] == [one.path for one in found.files]
    assert 1 == found.not_wanted
    assert {"a/c.yaml": "2", "b.yaml": "1"} == listed(tmp_path)


def test_one_file_is_a_listing_of_its_own(tmp_path: Path) -> None:
    """A path that names a file lists that file alone, whatever it is called."""
    file = tmp_path / "anything"
    file.write_text("x", encoding="utf-8")

    assert ["anything"] == [one.path for one in collect.listing(file, lambda _: False).files]


def test_links_stay_inside(tmp_path: Path) -> None:
    """A link is followed inside of the folder, and told where it leads out or nowhere."""
    inside = written(tmp_path / "in", base__web="x: 1")
    written(tmp_path / "out", secret="y: 2")
    (inside / "same.yaml").symlink_to("base/web.yaml")
    (inside / "folder").symlink_to("base")
    (inside / "away.yaml").symlink_to("../out/secret.yaml")
    (inside / "far").symlink_to("../out")
    (inside / "gone.yaml").symlink_to("nothing.yaml")
    (inside / "base" / "up").symlink_to("..")

    assert {
        "away.yaml": "<a symbolic link to ../out/secret.yaml, which leads out of the folder>",
        "base/up/": "<a symbolic link to .., a folder that holds it>",
        "base/web.yaml": "x: 1",
        "far/": "<a symbolic link to ../out, which leads out of the folder>",
        "folder/up/": "<a symbolic link to .., a folder that holds it>",
        "folder/web.yaml": "x: 1",
        "gone.yaml": "<a symbolic link to nothing.yaml: no such file or directory>",
        "same.yaml": "x: 1",
    } == listed(inside)


def test_links_that_lead_to_each_other_end(tmp_path: Path) -> None:
    """Two folders with links to each other are listed once each way, and the circle is told."""
    written(tmp_path, a__x="1", b__y="2")
    (tmp_path / "a" / "b").symlink_to("../b")
    (tmp_path / "b" / "a").symlink_to("../a")
    found = listed(tmp_path)

    assert {"a/x.yaml", "a/b/y.yaml", "b/y.yaml", "b/a/x.yaml"} < found.keys()
    assert all("a folder that holds it" in found[path] for path in ("a/b/a/", "b/a/b/"))
    assert 6 == len(found)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe or a socket under a wanted name is a reason, and nobody waits for it."""
    os.mkfifo(tmp_path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        # The path of a socket is short by law.
        here = Path.cwd()
        os.chdir(tmp_path)
        listening.bind("x.sock")
        os.chdir(here)

    assert {
        "pipe.yaml": "<a named pipe, which is not read>",
        "x.sock": "<a socket, which is not read>",
    } == listed(tmp_path)


def test_large_files_are_told(tmp_path: Path) -> None:
    """A file over the limit is never loaded."""
    written(tmp_path, big="x" * (2 << 20))

    assert {"big.yaml": "<too large to be read: 2.0 MiB, over 1 MiB>"} == listed(tmp_path)


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed folder stands for all that is in it, a closed file for itself."""
    written(tmp_path, closed__x="1", open="2")
    real, opening = os.scandir, os.open

    def scandir(place: str) -> object:
        if place.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(place)

    def opened(place: str, flags: int) -> int:
        if place.endswith("open.yaml"):
            raise PermissionError(13, "Permission denied")
        return opening(place, flags)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "open", opened)

    assert {"closed/": "<permission denied>", "open.yaml": "<permission denied>"} == listed(
        tmp_path
    )


def test_a_folder_that_cannot_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing at all can be said of a folder that is closed, absent or endless."""
    written(tmp_path, a="1", b="2")
    with pytest.raises(UsageError, match="nowhere: no such file or directory; name a folder"):
        listed(tmp_path / "nowhere")
    monkeypatch.setattr(collect, "ENTRIES_MAX", 1)
    with pytest.raises(SourceError, match="more than 1 files; name the folder that holds"):
        listed(tmp_path)

    def closed(_: str) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(SourceError, match="permission denied; make it readable"):
        listed(tmp_path)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A name with bytes that are no UTF-8 is shown with them escaped, and read all the same."""
    (tmp_path / os.fsdecode(b"caf\xe9.yaml")).write_text("x", encoding="utf-8")

    assert {"caf\\xe9.yaml": "x"} == listed(tmp_path)


def test_a_mounted_config_map_is_read_once(tmp_path: Path) -> None:
    """Kubernetes mounts through `..data`, which is no folder that people keep."""
    written(tmp_path, **{"..2026__app": "x"})
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "app.yaml").symlink_to("..data/app.yaml")

    assert {"app.yaml": "x"} == listed(tmp_path)
