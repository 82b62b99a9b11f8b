"""What lies between two commits becomes one look, with its gaps and its author."""

from pathlib import Path

from driftline.engine.checking.draft import NOBODY, DraftReader, Unread, draft
from driftline.engine.reading.readers import make_reader
from driftline.model.document import Reading
from driftline.sources.git import collect
from tests.sources.git.building import Building, Link, Submodule


def test_a_draft_holds_configuration_only(tmp_path: Path) -> None:
    """Files of configuration with their text, None where they are gone; nothing else."""
    built = Building(tmp_path / "r")
    before = built.commit({"a.yaml": "a: 1\n", "gone.yaml": "b: 1\n", "README.md": "hello"})
    after = built.commit(
        {"a.yaml": "a: 2\n", "gone.yaml": None, "README.md": "bye", "main.py": "print()"},
        "tune it",
        author="Grace Hopper",
    )
    made = draft(collect.open_repository(built.folder), before, after, 7, at=5)

    assert {"a.yaml": b"a: 2\n", "gone.yaml": None} == dict(made.files)
    assert (7, 5, after, "Grace Hopper", "tune it") == (
        made.source,
        made.at,
        made.ref,
        made.by.name,
        made.subject,
    )


def test_several_authors_are_nobody(tmp_path: Path) -> None:
    """One look of several people names none of them."""
    built = Building(tmp_path / "r")
    before = built.commit({"a.yaml": "a: 1\n"})
    built.commit({"a.yaml": "a: 2\n"}, author="Grace Hopper")
    after = built.commit({"a.yaml": "a: 3\n"}, author="Ada Lovelace")
    made = draft(collect.open_repository(built.folder), before, after, 1, at=5)

    assert NOBODY == made.by


def test_what_cannot_be_had_is_a_gap(tmp_path: Path) -> None:
    """Links to configuration and submodules have a reason for a text; other links have nothing."""
    built = Building(tmp_path / "r")
    before = built.commit({"a.yaml": "a: 1\n"})
    after = built.commit(
        {"b.yaml": Link("a.yaml"), "sub": Submodule("1" * 40), "tool": Link("bin/x")}
    )
    made = draft(collect.open_repository(built.folder), before, after, 1, at=5)
    reader = DraftReader(make_reader(b"k" * 32, "k"))
    read = {path: reader.read(path, data) for path, data in made.files.items() if data is not None}

    assert {"b.yaml", "sub"} == read.keys()
    assert "a symbolic link to a.yaml, which is not followed" == read["b.yaml"].gap
    assert "submodule" in (read["sub"].gap or "")
    assert made.files["tool"] is None


def test_the_reader_reads_what_there_is() -> None:
    """Only what could not be had is answered without reading."""
    reader = DraftReader(make_reader(b"k" * 32, "k"))

    assert Reading((), "too large") == reader.read("a.yaml", Unread.because("too large"))
    assert {"/a": "1"} == dict(reader.read("a.yaml", b"a: 1\n").documents[0].leaves())
