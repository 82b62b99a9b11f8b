import re
from pathlib import Path

from tests.sources.git.building import git
from tests.surfaces.cli.conftest import Run
from tests.surfaces.cli.small_fleet import write_fleet


def test_the_report_says_what_differs(run: Run, fleet: Path) -> None:
    """Both values, the side that moved, and who moved it."""
    done = run("scan", str(fleet), "--width", "140")

    assert re.search(r"/image/tag +1\.[12] +[◂▸] 1\.[12] .*human Ana Lopes", done.stdout)
    assert f"cd {fleet}" in done.stdout or "cd ../" in done.stdout


def test_a_scanned_repository_is_not_written_to(run: Run, fleet: Path) -> None:
    """A scan leaves no file behind."""
    before = sorted(path.name for path in fleet.iterdir())
    run("scan", str(fleet))

    assert before == sorted(path.name for path in fleet.iterdir())


def test_several_repositories_are_compared_together(run: Run, fleet: Path, tmp_path: Path) -> None:
    """What is read together is one question, and init is what keeps it."""
    other = write_fleet(tmp_path / "other")
    done = run("scan", str(fleet), str(other), "--width", "200")

    assert re.search(r"(?m)^Next +driftline init \S+/shop \S+/other", done.stdout)


def test_a_folder_without_git_is_scanned_as_it_is(run: Run, tmp_path: Path) -> None:
    """A folder that is no repository has environments like any other, and no past."""
    for environment, tag in (("staging", "1.3"), ("production", "1.2")):
        file = tmp_path / "plain" / environment / "api.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(f"image: {{tag: '{tag}'}}\nreplicas: 2\n", encoding="utf-8")
    store = ("--store", str(tmp_path / "history.db"))
    first = run("scan", str(tmp_path / "plain"), *store)
    (tmp_path / "plain" / "staging" / "api.yaml").unlink()
    second = run("observe", str(tmp_path / "plain"), *store)

    assert (0, 0) == (first.returncode, second.returncode), first.stderr + second.stderr
    assert "1 look" in first.stdout
    assert "api /image/tag" in first.stdout
    assert "has no past" in " ".join(first.stdout.split())
    assert "1 new look" in second.stdout


def test_a_bundle_is_scanned_as_its_repository(run: Run, fleet: Path, tmp_path: Path) -> None:
    """A bundle file gives what its repository gives, and says how to go on from a file."""
    bundle = tmp_path / "shop.bundle"
    git(fleet, "bundle", "create", str(bundle), "--all")
    done = run("scan", str(bundle), XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert 0 == done.returncode, done.stderr
    assert "production" in done.stdout
    assert "init" in done.stdout
