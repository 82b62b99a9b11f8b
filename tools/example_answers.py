"""What driftline says about the example fleet, the same on every machine and on every day.

It is asked an hour after the fleet's last commit and with a fixed key, because
ages and the digests of secrets would be other ones in every run.
"""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from driftline.engine import ask
from driftline.engine.settings import load_settings
from driftline.lab.example import write_example
from driftline.model.answers.scan import Scan
from driftline.model.answers.trend import TrendAnswer
from driftline.model.progress import Unwatched

HOUR_SECONDS = 3600
KEY = bytes(32)


def last_commit(repository: Path) -> int:
    """The instant of the last commit, in seconds since 1970 UTC."""
    command = ("git", "-C", str(repository), "log", "-1", "--format=%ct")
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


@cache
def example_answers() -> tuple[Scan, TrendAnswer]:
    """The report of the example fleet, and how it drifted over time."""
    with tempfile.TemporaryDirectory() as folder:
        repository = write_example(Path(folder) / "example-fleet")
        (Path(folder) / "key").write_text(KEY.hex())
        settings = msgspec.structs.replace(
            load_settings(Path(folder), {}, store=Path(folder) / "history.db"),
            key_file=Path(folder) / "key",
        )
        now = last_commit(repository) + HOUR_SECONDS
        scan = ask.scan([repository], settings, now=now, progress=Unwatched())
        return scan, ask.trend(settings, now=now)
