import re

import pytest

from driftline.render.html.style import STYLE
from driftline.render.html.style_parts import DARK, LIGHT

ON = {
    "ground": ("ink", "quiet", "link", "equal", "standing"),
    "plain-ground": ("quiet",),
    "standing-ground": ("standing",),
    "flight-ground": ("flight",),
    "frozen-ground": ("frozen",),
    "marked": ("ink", "quiet", "standing"),
}


def luminance(color: str) -> float:
    """Relative luminance of a colour, as WCAG defines it."""
    digits = color.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(colors: str) -> None:
    """Each colour of a text has at least 4.5 to 1 against each ground that it stands on."""
    values = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", colors))
    for ground, texts in ON.items():
        for text in texts:
            pale, deep = sorted((luminance(values[ground]), luminance(values[text])), reverse=True)

            assert 4.5 <= (pale + 0.05) / (deep + 0.05), f"{text} on {ground}"


def test_nothing_is_fetched() -> None:
    """The style sheet names no file and no host."""
    assert not re.search(r"url\(|@import|https?:", STYLE)


def test_paper_and_telephones_are_thought_of() -> None:
    """There are rules for print, for narrow screens and for the night."""
    for rule in ("@media print", "max-width: 800px", "prefers-color-scheme: dark"):
        found = rule in STYLE

        assert found, rule
