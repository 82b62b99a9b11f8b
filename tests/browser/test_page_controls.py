import pytest

from tests.browser.conftest import Open
from tests.browser.opened_page import OpenedPage

pytestmark = pytest.mark.browser
CONTROLS = "a[href], button, input, summary, [tabindex='0']"
# Where the keyboard is: which control, and whether a person could see that it is there.
FOCUSED = """(controls) => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  window.controls ??= [...document.querySelectorAll(controls)]
    .filter((one) => one.checkVisibility());
  return {
    at: window.controls.indexOf(element),
    of: window.controls.length,
    told: element.tagName + " " + (element.textContent || element.placeholder).slice(0, 40),
    seen: box.width > 2 && box.height > 2 && box.right > 0 && box.left < innerWidth
      && box.bottom > 0 && box.top < innerHeight
      && (style.outlineStyle !== "none" || element.className === "skip"),
  };
}"""
ROWS_MAX = 400


def visible_rows(opened: OpenedPage) -> int:
    """The rows that can be filtered and are shown."""
    number: int = opened.page.locator("tr[data-words]:not([hidden])").count()
    return number


@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_reaches_every_control(controlled: str, open_page: Open, width: int) -> None:
    """Tab goes through all controls in the order of the page, and each shows that it has focus."""
    opened = open_page(controlled, width=width, reduced_motion="reduce")
    unseen: list[str] = []
    order: list[int] = []
    for _ in range(ROWS_MAX):
        opened.page.keyboard.press("Tab")
        focused = opened.ask(FOCUSED, CONTROLS)
        if order and focused["at"] <= order[-1]:
            break
        order.append(focused["at"])
        unseen += [] if focused["seen"] else [focused["told"]]

    assert [] == unseen
    assert list(range(order[-1] + 1)) == order
    assert order[-1] + 1 == opened.ask(FOCUSED, CONTROLS)["of"] > 15


def test_enter_opens_what_is_folded(controlled: str, open_page: Open) -> None:
    """Each line that hides more is opened, and closed again, with the keyboard."""
    opened = open_page(controlled)
    folded = opened.page.locator("details")
    for at in range(folded.count()):
        folded.nth(at).locator("summary").first.press("Enter")

        assert folded.nth(at).get_attribute("open") is not None
        assert folded.nth(at).locator("table, p, li, dl").first.is_visible()
    assert folded.count() > 0


def test_a_cell_of_the_map_leads_to_its_row(controlled: str, open_page: Open) -> None:
    """Every cell that counts differences leads to a row of its service, folded or not."""
    opened = open_page(controlled, reduced_motion="reduce")
    cells = opened.page.locator(".map a.cell:visible")
    assert cells.count() > 1
    for at in range(min(cells.count(), 12)):
        cell = cells.nth(at)
        role = (cell.get_attribute("aria-label") or "").split(",")[0]
        target = (cell.get_attribute("href") or "").removeprefix("#")
        cell.press("Enter")
        opened.page.wait_for_function("(id) => location.hash === '#' + id", arg=target)
        row = opened.page.locator(f"id={target}")
        row.wait_for(state="visible")

        assert role in row.inner_text()


def test_the_filter_shows_only_what_was_asked_for(controlled: str, open_page: Open) -> None:
    """Typing hides the rows without these words and says how many are left; nothing else."""
    opened = open_page(controlled)
    everything = visible_rows(opened)
    box = opened.page.get_by_label("Show only rows with")
    box.fill("staging")
    some = visible_rows(opened)
    told = opened.page.locator("output").inner_text()
    box.fill("no-such-service-anywhere")

    assert 0 == visible_rows(opened)
    assert 0 < some <= everything
    assert told.startswith(f"{some} row")
    box.fill("")

    assert everything == visible_rows(opened)


def test_a_head_sorts_its_column(controlled: str, open_page: Open) -> None:
    """Pressing a head orders its rows up, then down, says so, and loses none."""
    opened = open_page(controlled)
    table = opened.page.locator("#pairs table, #changed table").first
    before = table.locator("tbody tr").all_inner_texts()
    head = table.locator("thead th").nth(1)
    sorted_by = (
        "(table) => [...table.tBodies[0].rows].map((row) => Number(row.cells[1].dataset.sort))"
    )
    head.locator("button").press("Enter")
    up = table.evaluate(sorted_by)
    said = head.get_attribute("aria-sort")
    head.locator("button").press("Enter")

    assert (sorted(up), "ascending") == (up, said)
    assert up[::-1] == table.evaluate(sorted_by)
    assert "descending" == head.get_attribute("aria-sort")
    assert sorted(before) == sorted(table.locator("tbody tr").all_inner_texts())
