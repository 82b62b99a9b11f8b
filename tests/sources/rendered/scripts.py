"""Programs that stand in for the tools, made of what a shell can do by itself."""

from pathlib import Path


def script(folder: Path, name: str, body: str) -> Path:
    """An executable script of this name."""
    place = folder / name
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)
    return place
