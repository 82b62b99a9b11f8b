import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from driftline.surfaces.cli import entry
from tests.surfaces.cli.conftest import Run


def waiting(number: int) -> "subprocess.CompletedProcess[str]":
    """A run that is signalled while its command is busy."""
    code = (
        "import sys, time\n"
        "from driftline.surfaces.cli import entry\n"
        "def busy(arguments):\n"
        "    print('busy', flush=True)\n"
        "    time.sleep(30)\n"
        "entry._run = busy\n"
        "sys.exit(entry.run([]))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(number)
    out, error = process.communicate(timeout=10)
    return subprocess.CompletedProcess([], process.returncode, out, error)


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_signals_end_with_their_exit_code(number: int, code: int, word: str) -> None:
    """A stopped question is never taken for an answer, and says that nothing is lost."""
    done = waiting(number)

    assert code == done.returncode
    assert f"driftline: {word}; what was stored until now is safe" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    """Printing into `head` says nothing on stderr, and never looks like a difference."""
    process = subprocess.Popen(
        [sys.executable, "-m", "driftline.surfaces.cli", "schema", "scan"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()

    assert (141, "") == (process.wait(timeout=20), said)


def test_a_closed_pipe_has_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """141 is what a shell calls a writer whose reader went away."""

    def closed(_arguments: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(entry, "_run", closed)
    monkeypatch.setattr(entry, "_silence_stdout", lambda: None)

    assert 141 == entry.run([])


def test_a_defect_is_called_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What we did not foresee is said to be our fault, on one line, without a traceback."""

    def broken(_arguments: object) -> int:
        raise ZeroDivisionError("\x1b[31mboom")

    monkeypatch.setattr(entry, "_run", broken)
    monkeypatch.delenv("DRIFTLINE_DEBUG", raising=False)
    code = entry.run([])
    shown = capsys.readouterr().err

    assert 2 == code
    assert "this is a defect of driftline" in shown
    assert "ZeroDivisionError: \\x1b[31mboom" in shown
    assert 1 == shown.count("\n")


def test_a_defect_shows_its_traceback_to_those_who_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """DRIFTLINE_DEBUG=1 prints what is needed for a report."""

    def broken(_arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(entry, "_run", broken)
    monkeypatch.setenv("DRIFTLINE_DEBUG", "1")
    entry.run([])

    assert "Traceback" in capsys.readouterr().err


def test_a_full_disk_is_no_defect(run: Run) -> None:
    """An answer that cannot be written is an error that says so."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w", encoding="ascii") as full:
        done = subprocess.run(
            [sys.executable, "-m", "driftline.surfaces.cli", "schema", "scan"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=20,
        )

    assert 2 == done.returncode
    assert "writing the answer: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert 0 == run("schema").returncode


def test_no_arguments_show_the_help(run: Run) -> None:
    """Whoever asks nothing is told what could be asked."""
    done = run()

    assert "Commands:" in done.stderr + done.stdout


def test_the_version_is_quick() -> None:
    """The version loads neither click nor the engine."""
    code = (
        "import sys; sys.argv = ['driftline', '--version']\n"
        "from driftline.surfaces.cli import main; main()\n"
        "assert not {'click', 'msgspec', 'rich'} & set(sys.modules), sys.modules\n"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("driftline ")
    assert time.perf_counter() - started < 5
