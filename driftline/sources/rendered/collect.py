"""The user's own `kubectl`, `kustomize` and `helm`, run so that they can only read a folder.

They get an environment without credentials, without a home and without other
programs, and a proxy that leads nowhere: what is not in the folder is not
fetched, and a tool that would need it says so instead.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

OUTPUT_BYTES_MAX = 64 << 20
_WORDS_MAX = 300
_WAIT_SECONDS = 0.1
# A port that nothing listens on; whoever asks there is refused at once.
_NOWHERE = "http://127.0.0.1:9"
_VERSION_SECONDS = 20.0


class Tools(msgspec.Struct, frozen=True):
    """The programs that were found: the commands that render, and what they say they are.

    An empty command is a program that is not there.
    """

    kustomize: tuple[str, ...] = ()
    helm: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class Output(msgspec.Struct, frozen=True):
    """What a tool wrote, or the reason why it did not."""

    data: bytes | None
    reason: str = ""


def find_tools(environ: Mapping[str, str]) -> Tools:
    """The tools on the PATH; `kustomize` itself comes before the one inside kubectl."""
    path = environ.get("PATH", "")
    kustomize: tuple[str, ...] = ()
    versions: list[str] = []
    alone, kubectl = shutil.which("kustomize", path=path), shutil.which("kubectl", path=path)
    if alone:
        kustomize = (alone, "build")
        versions.append(f"kustomize {_version([alone, 'version'])}")
    elif kubectl:
        kustomize = (kubectl, "kustomize")
        versions.append(f"kubectl {_version([kubectl, 'version', '--client'])}")
    helm = shutil.which("helm", path=path)
    if helm:
        versions.append(f"helm {_version([helm, 'version', '--short'])}")
    return Tools(kustomize, (helm, "template") if helm else (), tuple(versions))


def run(command: Sequence[str], folder: Path, *, seconds: float) -> Output:
    """What a command writes, run in a folder for at most so many seconds."""
    name = Path(command[0]).name
    with (
        tempfile.TemporaryDirectory(prefix="driftline-home-") as home,
        tempfile.TemporaryFile() as written,
        tempfile.TemporaryFile() as said,
    ):
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=_environment(Path(home)),
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=said,
                start_new_session=True,
            )
        except OSError as error:
            return Output(None, f"{name} cannot be run ({error.strerror})")
        reason = _wait(process, written.fileno(), seconds)
        if reason:
            return Output(None, f"{name} {reason}")
        if process.returncode != 0:
            said.seek(0)
            return Output(None, f"{name}: {_last_words(said.read(1 << 16), folder)}")
        written.seek(0)
        return Output(written.read())


def _wait(process: subprocess.Popen[bytes], output: int, seconds: float) -> str:
    """Wait for a process; why it was ended instead, if it was."""
    until = time.monotonic() + seconds
    while True:
        try:
            process.wait(_WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        else:
            reason = ""
            break
        if time.monotonic() > until:
            reason = f"took more than {seconds:g} seconds"
            break
        if os.fstat(output).st_size > OUTPUT_BYTES_MAX:
            break
    if os.fstat(output).st_size > OUTPUT_BYTES_MAX:
        reason = f"wrote more than {OUTPUT_BYTES_MAX >> 20} MiB"
    # Whatever it started ends with it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return reason


def _environment(home: Path) -> dict[str, str]:
    nothing = home / "bin"
    nothing.mkdir()
    own = {name: str(home / name.lower()) for name in _PLACES}
    proxies = {name: _NOWHERE for one in _PROXIES for name in (one, one.lower())}
    return {
        "PATH": str(nothing),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LC_ALL": "C.UTF-8",
        "KUBECONFIG": os.devnull,
        "NO_PROXY": "",
        **own,
        **proxies,
    }


_PLACES = ("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME", "XDG_CACHE_HOME",
           "XDG_CONFIG_HOME", "XDG_DATA_HOME")  # fmt: skip
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def _last_words(said: bytes, folder: Path) -> str:
    """The last thing a tool said, in one line, without the folder it was run in."""
    text = said.decode(errors="backslashreplace")
    for place in (str(folder), os.path.realpath(folder)):
        text = text.replace(f"{place}/", "").replace(place, ".")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if line.lower().startswith("error")] or lines
    words = (
        told[-1].removeprefix("Error: ").removeprefix("error: ") if told else "it gave no reason"
    )
    return words if len(words) <= _WORDS_MAX else words[: _WORDS_MAX - 3] + "..."


def _version(command: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory(prefix="driftline-version-") as folder:
        output = run(command, Path(folder), seconds=_VERSION_SECONDS)
    lines = (output.data or b"").decode(errors="replace").split("\n")
    return " ".join(line.strip() for line in lines if line.strip())[:100] or "unknown"
