from driftline.render.html.script import SCRIPT


def test_the_script_asks_nobody() -> None:
    """It neither fetches nor stores anything, and writes no markup from text."""
    banned = ("fetch", "XMLHttp", "localStorage", "innerHTML", "eval", "document.write", "import(")

    assert [] == [word for word in banned if word in SCRIPT]


def test_the_script_cannot_end_early() -> None:
    """Nothing in it closes the element that it stands in."""
    assert "</" not in SCRIPT
