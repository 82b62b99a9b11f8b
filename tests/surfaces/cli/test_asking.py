import json
import subprocess
import sys
from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_asking_before_reading_says_what_to_do(run: Run, tmp_path: Path) -> None:
    """A question about nothing names the command that reads."""
    (tmp_path / ".git").mkdir()
    done = run("-C", str(tmp_path), "status")

    assert 2 == done.returncode
    assert "driftline scan" in done.stderr


def test_status_says_what_is_new(run: Run, fleet: Path, tmp_path: Path) -> None:
    """The second look compares with the first; programs and parts are not looks."""
    store = ("--store", str(tmp_path / "history.db"))
    run("scan", str(fleet), *store)
    program = run("status", *store, "--format", "json")
    part = run("status", *store, "--role", "web")
    first = run("status", *store)
    second = run("status", *store)

    assert json.loads(program.stdout)["since_last_look"]["looked_at"] is None
    assert "for the first time" in part.stdout
    assert "for the first time" in first.stdout
    assert "Since you last looked (" in second.stdout
    assert "nothing new" in second.stdout


def test_files_are_compared_without_a_home(run: Run, tmp_path: Path) -> None:
    """Two paths need no settings, no history and no place for one; the exit code is as asked."""
    for name, text in (("a", "x: 1\n"), ("b", "x: 2\n")):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    asked = ("-C", str(tmp_path), "compare", "./a.yaml")
    differs = run(*asked, "./b.yaml", "--exit-code", HOME="")
    same = run(*asked, "./a.yaml", "--exit-code", HOME="")
    wrong = run(*asked, "./c.yaml", HOME="")

    assert (1, 0, 2) == (differs.returncode, same.returncode, wrong.returncode)
    assert "1 difference" in differs.stdout
    assert "./c.yaml: there is no such file or folder" in wrong.stderr
    assert ["a.yaml", "b.yaml"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_path_stands_beside_an_environment(run: Run, fleet: Path, tmp_path: Path) -> None:
    """A folder is meant from where the command runs, an environment from the history."""
    store = ("--store", str(tmp_path / "history.db"))
    run("scan", str(fleet), *store)
    (tmp_path / "values.yaml").write_text("x: 1\n", encoding="utf-8")
    done = run("-C", str(tmp_path), "compare", "./values.yaml", "production", *store)

    assert 0 == done.returncode, done.stderr
    assert "./values.yaml ↔ production" in done.stdout


def test_environments_are_compared_without_what_reads_files(fleet: Path, tmp_path: Path) -> None:
    """A question about environments never loads the readers of files, nor the reverse."""
    script = (
        "import sys\nfrom driftline.surfaces.cli import entry\n"
        "code = entry.run(sys.argv[1:])\n"
        "print(code, sorted(name for name in sys.modules if name.startswith('driftline.')))"
    )

    def modules(*arguments: str) -> str:
        command = [
            sys.executable,
            "-c",
            script,
            "--store",
            str(tmp_path / "history.db"),
            *arguments,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        return done.stdout.splitlines()[-1]

    modules("scan", str(fleet))
    (tmp_path / "a.yaml").write_text("x: 1\n", encoding="utf-8")
    stored = modules("compare", "staging", "production")
    files = modules("compare", "./a.yaml", "./a.yaml")

    assert stored.startswith("0 ")
    assert "driftline.sources.formats" not in stored
    assert "engine.side_by_side" not in stored
    assert files.startswith("0 ")
    assert "driftline.history.sqlite" not in files


def test_a_path_without_its_dot_is_told(run: Run, fleet: Path, tmp_path: Path) -> None:
    """Who names a folder as if it were an environment is told how folders are named."""
    store = ("--store", str(tmp_path / "history.db"))
    run("scan", str(fleet), *store)
    (tmp_path / "rendered").mkdir()
    done = run("-C", str(tmp_path), "compare", "rendered", "production", *store)
    other = run("-C", str(tmp_path), "compare", "nowhere", "production", *store)

    assert (2, 2) == (done.returncode, other.returncode)
    assert "for what lies in this folder write ./rendered" in done.stderr
    assert "lies in this folder" not in other.stderr
