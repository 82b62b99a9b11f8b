"""Checks format, lint, types and layers, then runs the tests: all that CI runs.

The checks run beside each other and print only what they complain about. Their
verdict does not keep the tests from running, but it does decide the outcome.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

# mypy is by far the slowest when its cache is cold, so it starts first.
CHECKS = (
    ("types", ("mypy",)),
    ("layers", ("lint-imports", "--no-logo", "--cache-dir", ".import_linter_cache")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
)


def check(name: str, command: tuple[str, ...]) -> bool:
    """Run one check; print its own output only if it fails."""
    started = time.monotonic()
    program = (str(BIN / command[0]), *command[1:])
    result = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    took = time.monotonic() - started
    if result.returncode == 0:
        print(f"{name:<8}ok  {took:4.1f} s", flush=True)
        return True
    output = (result.stdout + result.stderr).rstrip()
    print(f"{output}\n{name:<8}FAILED: {' '.join(command)}", flush=True)
    return False


def checks() -> list[str]:
    """The names of the checks that failed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = pool.map(lambda row: check(*row), CHECKS)
    return [name for (name, _), passed in zip(CHECKS, outcomes, strict=True) if not passed]


def tests(*, everything: bool) -> int:
    """Run the tests on every core; the exit code of pytest."""
    selection = () if everything else ("-m", "not slow")
    command = (str(BIN / "python"), "-m", "pytest", "-n", str(os.cpu_count() or 1), *selection)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    """What `make test`, `make test-all` and `make lint` run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="with the long campaigns")
    parser.add_argument("--lint", action="store_true", help="without the tests")
    options = parser.parse_args()
    failed = checks()
    outcome = 0 if options.lint else tests(everything=options.all)
    if failed:
        print(f"failed before the tests: {', '.join(failed)}; see above")
    return 1 if failed else outcome


if __name__ == "__main__":
    sys.exit(main())
