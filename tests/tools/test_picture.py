from xml.etree import ElementTree as ET

from tools.picture import picture, stretches

SVG = "{http://www.w3.org/2000/svg}"


def test_columns_are_placed_by_themselves() -> None:
    """Text on both sides of a gap keeps its column, whatever the font."""
    found = [
        (one.column, one.text) for one in stretches("web    staging 3  \x1b[31mdiffers\x1b[0m")
    ]

    assert [(0, "web"), (7, "staging 3"), (18, "differs")] == found


def test_wide_characters_take_two_cells() -> None:
    """A column after wide characters begins where the terminal puts it."""
    assert [0, 6] == [one.column for one in stretches("東京  x")]


def test_the_picture_is_well_formed() -> None:
    """Text with angle brackets and ampersands gives an SVG that can be read, with all its text."""
    drawn = ET.fromstring(  # noqa: S314 - we drew it ourselves
        picture("a < b & c\n\x1b[1mbold\x1b[0m\n", title="driftline <x>")
    )
    texts = [text.text for text in drawn.findall(f"{SVG}text")]

    assert ["a < b & c", "bold"] == texts[1:]
    assert "driftline <x>" == drawn.findtext(f"{SVG}title")
