"""From arguments to an exit code: signals, pipes and errors are settled here.

0 is an answer. With `--exit-code`, 1 says that something differs and 3 that
nothing does but something could not be read. 2 is an error, 130 and 143 are
signals, 141 is a reader of our output that went away.
"""

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING

from driftline.errors import DriftlineError
from driftline.render.harmless import harmless

if TYPE_CHECKING:
    import click

DEBUG_VARIABLE = "DRIFTLINE_DEBUG"
_ERROR = 2
_INTERRUPTED = 130
_PIPE_CLOSED = 141
_TERMINATED = 143


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing escapes."""
    with contextlib.suppress(ValueError):
        # Only the main thread may set handlers; elsewhere nobody signals us.
        signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _stopped("interrupted", _INTERRUPTED)
    except _TerminatedError:
        return _stopped("terminated", _TERMINATED)
    except BrokenPipeError:
        _silence_stdout()
        return _PIPE_CLOSED
    except DriftlineError as error:
        return _failed(str(error), error.exit_code)
    except OSError as error:
        if error.filename is None and error.errno is not None:
            _silence_stdout()
        return _failed(_os_error_text(error), _ERROR)
    except Exception as error:  # noqa: BLE001 - the last line of defence says whose fault it is
        return _defect(error)
    return code


class _TerminatedError(BaseException):
    """SIGTERM; not an Exception, so that nobody on the way takes it for a failure."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _TerminatedError


def _run(arguments: Sequence[str]) -> int:
    import click

    from driftline.surfaces.cli.commands import driftline

    # Not `main`: it would turn a closed pipe into exit code 1, which means that
    # something differs.
    try:
        with driftline.make_context("driftline", list(arguments)) as context:
            result = driftline.invoke(context)
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stderr.write(error.format_message() + "\n")
        return _ERROR
    except click.UsageError as error:
        return _failed(_click_text(error), error.exit_code)
    except click.ClickException as error:
        return _failed(_click_text(error), _ERROR)
    return result if isinstance(result, int) else 0


def _click_text(error: "click.ClickException") -> str:
    """Click's message in our form, with the command that has the help."""
    import click

    text = error.format_message().rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{text}; see `{error.ctx.command_path} --help`"
    return text


def _failed(text: str, code: int) -> int:
    _complain(harmless(text))
    return code


def _stopped(word: str, code: int) -> int:
    _complain(f"{word}; what was stored until now is safe, and the same command goes on from there")
    return code


def _defect(error: Exception) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exc()
    kind = type(error).__name__
    _complain(
        f"this is a defect of driftline, not of your repository: {kind}: {harmless(str(error))}; "
        f"run again with {DEBUG_VARIABLE}=1 for the traceback, and report it"
    )
    return _ERROR


def _os_error_text(error: OSError) -> str:
    what = f"{error.filename}: " if error.filename else "writing the answer: "
    return f"{what}{error.strerror or error}; make room or permission there and try again"


def _complain(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"driftline: {text}\n")
        sys.stderr.flush()


def _silence_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's own last flush cannot fail."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
