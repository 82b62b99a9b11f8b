"""The command line; `table.py` says which module holds which command, and how to add one."""

import sys


def main() -> int:
    """Run the command line of this process; what it returns is the exit code."""
    if sys.argv[1:] == ["--version"]:
        # Asked by every script that checks its tools, so it loads nothing else.
        from driftline import __version__

        sys.stdout.write(f"driftline {__version__}\n")
        return 0
    from driftline.surfaces.cli.entry import run

    return run(sys.argv[1:])
