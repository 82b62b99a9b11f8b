from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_exit_codes_tell_differences_only_where_asked(run: Run, fleet: Path) -> None:
    """Reading is 0; judging is 1 where something differs and 0 where nothing does."""
    run("-C", str(fleet), "observe")
    pair = ("-C", str(fleet), "compare", "staging", "production")
    same = ("-C", str(fleet), "compare", "staging", "staging")

    assert 0 == run(*pair).returncode
    assert 1 == run(*pair, "--exit-code").returncode
    assert 0 == run(*same, "--exit-code").returncode
    assert 1 == run("scan", str(fleet), "--exit-code").returncode
