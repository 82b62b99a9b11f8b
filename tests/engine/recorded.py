"""The recorded GitOps histories, unpacked and read once for all tests."""

import subprocess
from functools import lru_cache
from pathlib import Path

from driftline.engine import ask
from driftline.engine.settings import Settings, load_settings
from driftline.model.progress import Unwatched

NOW = 1_790_000_000


@lru_cache
def read(data: Path, name: str, folder: Path) -> Settings:
    """Settings whose store holds the whole history of a recorded repository."""
    clone = folder / name
    command = ["git", "clone", "--quiet", "--no-checkout", str(data / "gitops" / f"{name}.bundle")]
    subprocess.run([*command, str(clone)], check=True)
    settings = load_settings(folder, {}, store=folder / f"{name}.db", scanned=[clone])
    ask.observe([clone], settings, now=NOW, progress=Unwatched())
    return settings
