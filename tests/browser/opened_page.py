"""A page in a browser, with all that it asked for and complained about."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

# Violations of the page's policy are kept where no script of the page sees them.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (one) =>
  window.violations.push(one.violatedDirective + " " + one.blockedURI));
"""
_OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => (one.open = true))"


class OpenedPage:
    """A file in a page of its own; `asked` are the addresses that it asked for besides itself."""

    def __init__(self, context: "BrowserContext", file: Path) -> None:
        self.page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.add_init_script(_WATCH)
        self.page.goto(file.as_uri())
        self.asked.remove(file.as_uri())

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def ask(self, script: str, argument: Any = None) -> Any:
        """What a function of JavaScript returns in the page."""
        return self.page.evaluate(script, argument)

    def open_all(self) -> "OpenedPage":
        """Open everything that can be opened."""
        self.page.evaluate(_OPEN_ALL)
        return self

    @property
    def violations(self) -> list[str]:
        """What the policy of the page has refused."""
        found: list[str] = self.page.evaluate("() => window.violations")
        return found
