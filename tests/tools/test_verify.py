import pytest

from tools import verify


def test_a_passed_check_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A check that passes says so and nothing else."""
    passed = verify.check("types", ("python", "-c", "print('noise')"))

    assert passed
    assert capsys.readouterr().out.startswith("types   ok")


def test_a_failed_check_shows_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    """A check that fails shows what it complained about, then its name and command."""
    passed = verify.check("lint", ("python", "-c", "print('E501'); raise SystemExit(1)"))
    lines = capsys.readouterr().out.splitlines()

    assert not passed
    assert ("E501", True) == (lines[0], lines[1].startswith("lint    FAILED: python -c"))
