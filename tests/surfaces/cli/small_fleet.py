"""A git repository of two environments, small enough to be made for one test."""

import os
import subprocess
from pathlib import Path

_COMMITS = [
    (
        "2026-01-01T09:00:00Z",
        "Ana Lopes <ana@example.com>",
        {"staging": "1.0", "production": "1.0"},
    ),
    ("2026-02-01T09:00:00Z", "Ana Lopes <ana@example.com>", {"staging": "1.1"}),
    ("2026-02-03T09:00:00Z", "shipit[bot] <shipit@example.com>", {"production": "1.1"}),
    ("2026-03-01T09:00:00Z", "Ana Lopes <ana@example.com>", {"staging": "1.2"}),
]


def write_fleet(folder: Path) -> Path:
    """Write the repository into a new folder and give it back."""
    folder.mkdir(parents=True)
    _git(folder, "init", "--quiet", "--initial-branch=main")
    for at, author, tags in _COMMITS:
        for environment, tag in tags.items():
            for role in ("web", "api"):
                file = folder / "environments" / environment / f"{role}.yaml"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(
                    f"image:\n  repository: example/{role}\n  tag: '{tag}'\nreplicas: 2\n",
                    encoding="utf-8",
                )
        _git(folder, "add", ".")
        name, _, rest = author.partition(" <")
        _git(
            folder,
            "-c",
            f"user.name={name}",
            "-c",
            f"user.email={rest.rstrip('>')}",
            "commit",
            "--quiet",
            "--message=a change",
            f"--date={at}",
            at=at,
        )
    return folder


def _git(folder: Path, *arguments: str, at: str = "") -> None:
    environ = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_COMMITTER_DATE": at,
    }
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env=environ)
