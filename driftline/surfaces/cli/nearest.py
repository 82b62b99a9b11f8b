"""Commands and options that nobody knows, answered with the nearest that exists."""

import difflib
import importlib
from collections.abc import Iterable, Mapping
from typing import Any

import click


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one, or nothing.

    >>> nearest("comapre", ["compare", "scan"])
    'compare'
    """
    close = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.5)
    return close[0] if close else ""


class HelpfulCommand(click.Command):
    """A command that names the nearest option, and refuses those that mean nothing to it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click, with our words for an unknown option."""
        try:
            rest = super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise unknown_option(error, self, ctx) from None
        own = {parameter.name for parameter in self.params}
        for name, spelled in ctx.ensure_object(dict).get("given", {}).items():
            if name not in own:
                raise click.UsageError(f"{ctx.info_name} takes no {spelled}", ctx)
        return rest


class HelpfulGroup(click.Group):
    """A group that names the nearest command, and imports a command when it is called.

    `elsewhere` gives the module of each command, in the order of the help.
    """

    command_class = HelpfulCommand

    def __init__(
        self, *arguments: Any, elsewhere: Mapping[str, str] | None = None, **attributes: Any
    ) -> None:
        super().__init__(*arguments, **attributes)
        self._elsewhere = dict(elsewhere or {})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click, with our words for an unknown option."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise unknown_option(error, self, ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click, with our words for an unknown command."""
        word = args[0]
        known = self.list_commands(ctx)
        if word not in known:
            close = nearest(word, known)
            hint = f"did you mean {close!r}?" if close else f"they are {', '.join(known)}"
            raise click.UsageError(f"there is no command {word!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which people need them."""
        return [*self._elsewhere, *(name for name in self.commands if name not in self._elsewhere)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported if it was not used before."""
        if cmd_name in self._elsewhere and cmd_name not in self.commands:
            module = importlib.import_module(self._elsewhere[cmd_name])
            self.add_command(getattr(module, cmd_name.replace("-", "_")), cmd_name)
        return super().get_command(ctx, cmd_name)


def unknown_option(
    error: click.NoSuchOption, command: click.Command, ctx: click.Context
) -> click.UsageError:
    """An error that names the nearest option of this command, else who has that option."""
    word = error.option_name
    close = nearest(word, _spellings(command))
    if close and difflib.SequenceMatcher(None, word, close).ratio() > 0.6:
        return click.UsageError(f"there is no option {word}; did you mean {close}?", ctx)
    root = ctx.find_root().command
    names = root.list_commands(ctx) if isinstance(root, click.Group) else []
    owners = [
        name
        for name in names
        if isinstance(root, click.Group)
        for other in [root.get_command(ctx, name)]
        if other is not None and other is not command and word in _spellings(other)
    ]
    if owners:
        return click.UsageError(f"{word} belongs to {', '.join(owners)}", ctx)
    return click.UsageError(f"there is no option {word}", ctx)


def _spellings(command: click.Command) -> list[str]:
    return [
        spelling
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for spelling in (*parameter.opts, *parameter.secondary_opts)
    ]
