"""Runs every benchmark that exists on each repository named, or on the example fleet.

Each module beside this one with a `run` is a benchmark. One that takes a
repository gets each repository in turn; one that takes nothing runs once.
"""

import importlib
import inspect
import os
import pkgutil
import sys
import tempfile
import traceback
from pathlib import Path
from types import ModuleType

import bench


def benchmarks() -> list[ModuleType]:
    """The modules with a `run`, by name."""
    found = []
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name != "__main__":
            loaded = importlib.import_module(f"bench.{module.name}")
            if callable(getattr(loaded, "run", None)):
                found.append(loaded)
    return found


def needs_repository(module: ModuleType) -> bool:
    """Whether its `run` has a parameter that must be given."""
    parameters = inspect.signature(module.run).parameters.values()
    return any(parameter.default is parameter.empty for parameter in parameters)


def repositories(named: list[str], folder: Path) -> list[Path]:
    """The repositories to measure on: those named, in arguments or $REPO, or the example."""
    named = named or os.environ.get("REPO", "").split()
    if named:
        return [Path(name).expanduser().resolve() for name in named]
    from driftline.lab.example import write_example

    return [write_example(folder / "example")]


def main() -> int:
    """Run them; the number that failed is the exit code."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        on = repositories(sys.argv[1:], Path(folder))
        for module in benchmarks():
            wanted = needs_repository(module)
            arguments: list[tuple[Path, ...]] = [(path,) for path in on] if wanted else [()]
            for given in arguments:
                place = f" on {given[0].name}" if given else ""
                print(f"\n{module.__name__.removeprefix('bench.')}{place}", flush=True)
                try:
                    module.run(*given)
                except Exception:  # noqa: BLE001 - one broken benchmark must not hide the others
                    traceback.print_exc()
                    failed += 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
