"""The system's Chromium, started for a moment and cut off from every network.

playwright drives it, which `sh tools/setup.sh browser` installs without any
browser of its own; Chromium is a package of the system.
"""

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

VARIABLE = "DRIFTLINE_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser that looks for updates and hosts of its maker would be slow, and
# would ask somebody where the tests say that nobody is asked.
SWITCHES = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def program() -> str | None:
    """The browser's program: the one named by DRIFTLINE_CHROMIUM, else one on the PATH."""
    named = os.environ.get(VARIABLE)
    candidates = (named,) if named else NAMES
    return next(filter(None, map(shutil.which, candidates)), None)


def missing() -> str:
    """What has to be installed before pages can be opened, in one line; empty for nothing."""
    wanted = []
    if find_spec("playwright") is None:
        wanted.append("playwright (sh tools/setup.sh browser)")
    if program() is None:
        wanted.append(f"the system's Chromium (the package chromium, or name it in {VARIABLE})")
    return f"pages are opened in a browser, which needs {' and '.join(wanted)}" if wanted else ""


@contextmanager
def opened() -> "Iterator[Browser]":
    """A browser without a network; `missing` must be empty."""
    from playwright.sync_api import sync_playwright

    # Chromium's sandbox cannot start as root, which is who runs in a container.
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program(), args=[*SWITCHES, *as_root])
        try:
            yield browser
        finally:
            browser.close()
