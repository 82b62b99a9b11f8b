import subprocess
from pathlib import Path

from bench import floor

GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.com")


def commit(repository: Path, **files: str) -> None:
    """Commit these files, whose names stand without the suffix `.yaml`."""
    for name, text in files.items():
        (repository / f"{name}.yaml").write_text(text)
    for command in (("add", "."), ("commit", "-q", "--allow-empty", "-m", "x")):
        subprocess.run((*GIT, *command), cwd=repository, check=True, capture_output=True)


def test_the_floor_reads_each_distinct_file_once(tmp_path: Path) -> None:
    """Every distinct configuration blob of the history is parsed once, and failures are counted."""
    subprocess.run(("git", "init", "-q", str(tmp_path)), check=True)
    (tmp_path / "README.md").write_text("no configuration")
    commit(tmp_path, a="x: 1\n", b="x: 1\n")
    commit(tmp_path, a="x: 2\n", c="{{ broken: [\n")
    commit(tmp_path, a="x: 1\n")

    assert floor.Parsed(blobs=3, bytes=5 + 5 + 13, failed=1) == floor.parse(tmp_path)
