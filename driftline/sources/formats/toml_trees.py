"""TOML text as a tree; numbers keep their spelling, dates are text."""

import re
import tomllib

from driftline.sources.formats.json_trees import Spelled, tree_of_value
from driftline.sources.formats.limits import Malformed, too_deep
from driftline.sources.formats.scalars import number_value
from driftline.sources.formats.tree import Tree

# The standard library's parser takes time that grows with the square of the
# parts of a key.
_LONG_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){200}")


def toml_tree(text: str) -> Tree:
    r"""The tree of a TOML text; raises Unreadable.

    >>> toml_tree('[server]\nport = 8_080\nratio = 1.10\nsince = 2026-01-02')
    {'server': {'port': '8080', 'ratio': '1.10', 'since': '"2026-01-02"'}}
    """
    if _LONG_KEY.search(text):
        raise too_deep()
    try:
        return tree_of_value(tomllib.loads(text, parse_float=_spelled))
    except RecursionError:
        raise too_deep() from None
    except ValueError as error:
        # A TOMLDecodeError is one, and so is a number with too many digits.
        raise Malformed(f"not valid TOML: {_place(error)}") from None


def _spelled(text: str) -> object:
    number = number_value(text)
    # Infinity and not-a-number are words to JSON.
    return Spelled(number) if number is not None else text


def _place(error: ValueError) -> str:
    """The problem and its place, without what the file says there."""
    message = str(error)
    head, _, place = message.rpartition(" (at ")
    return f"{place.rstrip(')')}" if head else "its end"
