import click
import pytest

from driftline.surfaces.cli.nearest import HelpfulGroup, nearest

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


def test_a_command_is_imported_when_it_is_called() -> None:
    """A row of the table names the module; the module is not asked before its command is."""
    group = HelpfulGroup(elsewhere={"layout": "driftline.surfaces.cli.asking", "gone": "no.where"})
    context = click.Context(group)

    assert ["layout", "gone"] == group.list_commands(context)
    assert group.get_command(context, "layout") is group.get_command(context, "layout") is not None
    assert group.get_command(context, "other") is None
    with pytest.raises(ModuleNotFoundError):
        group.get_command(context, "gone")
