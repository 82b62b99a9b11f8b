"""Commands and options that nobody knows, answered with the nearest that exists."""

import difflib
from collections.abc import Iterable
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
    """A group that names the nearest command."""

    command_class = HelpfulCommand

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
        if word not in self.commands:
            close = nearest(word, self.commands)
            hint = f"did you mean {close!r}?" if close else f"they are {', '.join(self.commands)}"
            raise click.UsageError(f"there is no command {word!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which people need them."""
        return list(self.commands)


def unknown_option(
    error: click.NoSuchOption, command: click.Command, ctx: click.Context
) -> click.UsageError:
    """An error that names the nearest option of this command, else who has that option."""
    word = error.option_name
    close = nearest(word, _spellings(command))
    if close and difflib.SequenceMatcher(None, word, close).ratio() > 0.6:
        return click.UsageError(f"there is no option {word}; did you mean {close}?", ctx)
    root: Any = ctx.find_root().command
    owners = [
        name
        for name, other in getattr(root, "commands", {}).items()
        if word in _spellings(other) and other is not command
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
