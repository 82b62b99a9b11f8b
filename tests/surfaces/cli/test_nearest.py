import pytest

from driftline.surfaces.cli.nearest import nearest

COMMANDS = ["scan", "observe", "status", "compare", "history", "layout", "init"]


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("scna", "scan"),
        ("Compare", "compare"),
        ("hist", "history"),
        ("stats", "status"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word(word: str, close: str) -> None:
    """A word that looks like one of ours is answered with it, another one with nothing."""
    assert close == nearest(word, COMMANDS)
