"""The ledger is read as it is or was, and written whole or not at all."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from driftline.engine.deciding.ledger_file import extend, ledger_at, ledger_now
from driftline.errors import UsageError
from driftline.model.ledger import Decision, Entry
from tests.sources.git.building import START, Building

NEW = Entry(Decision.IGNORE, "web", "/log", reason="noise", made_on="2026-06-01")


def ledger(*roles: str) -> str:
    """A ledger that ignores these roles."""
    items = (f"  - {{decision: ignore, role: {role}, reason: r}}\n" for role in roles)
    return "decisions:\n" + "".join(items)


def roles(found: object) -> list[str]:
    """The roles that a ledger is about, in its order."""
    return [entry["role"] for entry in msgspec.to_builtins(found)["entries"]]


def test_nothing_decided(tmp_path: Path) -> None:
    """A ledger that is not there holds no decisions and is no mistake."""
    for path in (None, tmp_path / "ledger.yaml", tmp_path / "gone" / "ledger.yaml"):
        found = ledger_now(path)

        assert ((), ()) == (found.entries, found.problems)


def test_short_lines_come_first(tmp_path: Path) -> None:
    """A .driftignore beside the ledger is read too, and the ledger has the last word."""
    (tmp_path / "ledger.yaml").write_text(ledger("a"), encoding="utf-8")
    (tmp_path / ".driftignore").write_text("b.image # noise\n.oops\n", encoding="utf-8")

    found = ledger_now(tmp_path / "ledger.yaml")

    assert ["b", "a"] == roles(found)
    assert 1 == len(found.problems)
    assert found.problems[0].startswith(".driftignore:2: ")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A ledger that is no text, or no file, is told and stops nobody."""
    (tmp_path / "ledger.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.yaml").mkdir()

    assert (
        "ledger.yaml: not UTF-8 text; nothing in it counts"
        in ledger_now(tmp_path / "ledger.yaml").problems
    )
    assert 1 == len(ledger_now(tmp_path / "folder.yaml").problems)


def test_the_past_is_what_was_committed(tmp_path: Path) -> None:
    """At an instant counts what the repository held then, in its ledger as in its short lines."""
    built = Building(tmp_path / "infra")
    built.commit({"a.yaml": "a: 1\n"})
    built.commit({"ops/ledger.yaml": ledger("a")})
    built.commit({"ops/ledger.yaml": ledger("a", "b"), "ops/.driftignore": "c\n"})
    log = subprocess.run(
        ["git", "-C", str(built.folder), "log", "--reverse", "--format=%ct"],
        check=True,
        capture_output=True,
        text=True,
    )
    first, second, third = (int(line) for line in log.stdout.split())
    path = built.folder / "ops" / "ledger.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(ledger("today"), encoding="utf-8")

    assert [] == roles(ledger_at(path, START - 1))
    assert [] == roles(ledger_at(path, first))
    assert ["a"] == roles(ledger_at(path, second))
    assert ["a"] == roles(ledger_at(path, third - 1))
    assert ["c", "a", "b"] == roles(ledger_at(path, third))
    assert ["today"] == roles(ledger_now(path))


def test_no_repository_no_past(tmp_path: Path) -> None:
    """Outside of git the present ledger is all that is known."""
    (tmp_path / "ledger.yaml").write_text(ledger("a"), encoding="utf-8")

    assert ["a"] == roles(ledger_at(tmp_path / "ledger.yaml", 0))
    assert [] == roles(ledger_at(None, 0))


def test_a_bare_repository(tmp_path: Path) -> None:
    """A repository without a work tree has the ledger of its last commit, and is not written."""
    built = Building(tmp_path / "infra.git", bare=True)
    built.commit({"ledger.yaml": ledger("a")})
    path = built.folder / "ledger.yaml"

    assert ["a"] == roles(ledger_now(path))
    with pytest.raises(UsageError, match="a bare repository"):
        extend(path, [NEW], is_kept=True)


def test_a_patch_is_the_change(tmp_path: Path) -> None:
    """What is only printed is a patch that git applies to the same end."""
    built = Building(tmp_path / "infra")
    built.commit({"a.yaml": "a: 1\n"})
    path = built.folder / "ops" / "ledger.yaml"
    path.parent.mkdir()
    for before in (None, ledger("a"), ledger("a").rstrip("\n")):
        if before is not None:
            path.write_text(before, encoding="utf-8")
        printed = extend(path, [NEW], is_kept=False)

        assert (before is not None) == path.exists()
        command = ["git", "-C", str(built.folder), "apply", "-"]
        subprocess.run(command, check=True, input=printed.patch.encode())
        applied = path.read_text(encoding="utf-8")
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")
        extend(path, [NEW], is_kept=True)
        assert applied == path.read_text(encoding="utf-8")


def test_writing_keeps_what_the_file_is(tmp_path: Path) -> None:
    """A link stays a link, the mode stays the mode, and nothing is left behind."""
    real = tmp_path / "real.yaml"
    real.write_text(ledger("a"), encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "ledger.yaml"
    link.symlink_to(real)

    extend(link, [NEW], is_kept=True)

    assert link.is_symlink()
    assert 0o640 == real.stat().st_mode & 0o777
    assert ["a", "web"] == roles(ledger_now(link))
    assert {"real.yaml", "ledger.yaml"} == {path.name for path in tmp_path.iterdir()}


def test_refusals(tmp_path: Path) -> None:
    """What cannot be read is not written over, and a missing folder is told."""
    (tmp_path / "ledger.yaml").write_bytes(b"\xff")

    with pytest.raises(UsageError, match="not UTF-8 text"):
        extend(tmp_path / "ledger.yaml", [NEW], is_kept=True)
    with pytest.raises(UsageError, match="cannot be written"):
        extend(tmp_path / "gone" / "ledger.yaml", [NEW], is_kept=True)
    assert b"\xff" == (tmp_path / "ledger.yaml").read_bytes()
