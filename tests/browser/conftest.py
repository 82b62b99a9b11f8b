"""Pages opened in a real browser, without any network.

Where no browser is, these tests are skipped with the reason, and with
DRIFTLINE_CI=1 that is a failure.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from driftline.render.html.document import html_of
from driftline.render.masking import masked
from tests.browser.opened_page import OpenedPage
from tests.render.html.sample_page import TREND, full_scan
from tools import chromium
from tools.example_answers import example_answers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

Open = Callable[..., OpenedPage]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser for all tests of a process."""
    reason = chromium.missing()
    if reason:
        pytest.skip(reason)
    with chromium.opened() as opened:
        yield opened


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens HTML as a file; keywords are those of a browser's context, such as `color_scheme`."""
    contexts: list[BrowserContext] = []

    def opened(text: str, *, width: int = 1440, **settings: Any) -> OpenedPage:
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **settings
        )
        contexts.append(context)
        return OpenedPage(context, file)

    yield opened
    for context in contexts:
        context.close()


def _pages() -> dict[str, Callable[[], str]]:
    return {
        "everything": lambda: html_of(full_scan(), TREND),
        "example": lambda: html_of(*example_answers()),
        "shared": lambda: html_of(*masked(*example_answers()), is_shared=True),
    }


@pytest.fixture(params=list(_pages()))
def report(request: pytest.FixtureRequest) -> str:
    """A page with all that there may be, that of the example fleet, and the same to be shared."""
    return _pages()[request.param]()


@pytest.fixture(params=["everything", "example"])
def controlled(request: pytest.FixtureRequest) -> str:
    """The first two of these: what is shared has no other controls."""
    return _pages()[request.param]()
