import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
LEAST_CONTRAST = 4.5
WIDTHS = (390, 1440)

# The ratio of every text to the ground it stands on, as WCAG 2 measures it. Grounds
# that let others through are laid over them, and so is the opacity of an ancestor.
CONTRAST = """(least) => {
  const parsed = (text) => {
    const numbers = text.match(/[\\d.]+/g).map(Number);
    return numbers.length < 4 ? [...numbers, 1] : numbers;
  };
  const over = (top, below) =>
    [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = parsed(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const parts = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const found = { seen: 0, faint: [], grounds: [] };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const below = ground(element);
    const style = getComputedStyle(element);
    const ink = parsed(style.color);
    ink[3] *= Number(style.opacity);
    const pair = [light(over(ink, below)), light(below)].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    found.seen += 1;
    if (ratio < least)
      found.faint.push(`${ratio.toFixed(2)} ${element.className}: ${walker.currentNode.data}`);
  }
  found.ground = light(ground(document.body));
  return found;
}"""
# Everything that reaches beyond the window and stands in no frame that scrolls by itself.
WIDE = """() => {
  const found = [document.documentElement.scrollWidth > innerWidth ? "the page scrolls" : ""];
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > innerWidth + 1 && !element.closest(".scroll"))
      found.push(element.tagName + "." + element.className);
  }
  return found.filter(Boolean);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(report: str, open_page: Open, scheme: str) -> None:
    """By day and by night, each text has a contrast of 4.5 to 1 at least."""
    found = open_page(report, color_scheme=scheme).open_all().ask(CONTRAST, LEAST_CONTRAST)

    assert [] == found["faint"]
    assert found["seen"] > 100
    assert (scheme == "light") == (found["ground"] > 0.5)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(report: str, open_page: Open, width: int) -> None:
    """On a telephone and on a desk, nobody scrolls sideways, with everything opened too."""
    opened = open_page(report, width=width)

    assert [] == opened.ask(WIDE)
    assert [] == opened.open_all().ask(WIDE)


@pytest.mark.parametrize("width", [*WIDTHS, 820])
def test_no_text_is_tiny_or_squeezed(report: str, open_page: Open, width: int) -> None:
    """No text is smaller than 11 pixels, and no column is narrower than a short word."""
    squeezed = (
        open_page(report, width=width)
        .open_all()
        .ask(
            """() => [...document.querySelectorAll("td, th, dd, p, li, code")]
          .filter((one) => one.checkVisibility() && !(one.closest("thead") && innerWidth < 800))
          .filter((one) => one.innerText.trim().length > 3)
          .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 11
            || one.getBoundingClientRect().width
               < Math.min(one.closest("thead") ? 40 : 60, 6 * one.innerText.trim().length))
          .map((one) => one.className + ": " + one.textContent.slice(0, 40))"""
        )
    )

    assert [] == squeezed


def test_the_measures_can_fail(open_page: Open) -> None:
    """A faint text and a box that is too wide are found, so that finding none says something."""
    bad = (
        "<body style='background: #fff'><p style='color: #888'>faint</p>"
        "<p style='color: #000; opacity: .4'>pale</p><p style='width: 5000px'>wide</p>"
    )
    opened = open_page(bad)

    assert ["3.54 : faint", "2.85 : pale"] == opened.ask(CONTRAST, LEAST_CONTRAST)["faint"]
    assert ["the page scrolls", "P."] == opened.ask(WIDE)
