"""JSON text as nodes: where each value stands. Comments and spare commas are passed over."""

import json
import re

from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Entry, Node, Style
from driftline.sources.formats.limits import DEPTH_MAX
from driftline.sources.formats.scalars import text_value

_BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"')
_WORD = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")


def json_node(text: str) -> Node:
    """The root of a JSON text; raises Inexact where it is none."""
    scanner = _Scanner(text)
    scanner.skip()
    node = scanner.value(0)
    scanner.skip()
    if scanner.at != len(text):
        raise Inexact("its file is not valid JSON as a whole")
    return node


class _Scanner:
    """Reads one text from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self) -> None:
        """Go past blanks and comments."""
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at

    def value(self, depth: int) -> Node:
        """The value that begins here."""
        if depth > DEPTH_MAX:
            raise Inexact("it is nested too deeply")
        start, opening = self.at, self.text[self.at : self.at + 1]
        if opening == "{":
            return self.mapping(start, depth)
        if opening == "[":
            return self.list(start, depth)
        if opening == '"':
            return Node(start, self.string()[1], Style.DOUBLE, text_value(self.read))
        word = _WORD.match(self.text, start)
        if word is None:
            raise Inexact("its file is not valid JSON as a whole")
        self.at = word.end()
        return Node(start, self.at, Style.PLAIN, word[0])

    def string(self) -> tuple[int, int]:
        """Go past a string; where it stands, with what it says in `read`."""
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise Inexact("its file is not valid JSON as a whole")
        self.at = found.end()
        self.read: str = json.loads(found[0])
        return found.span()

    def mapping(self, start: int, depth: int) -> Node:
        """A mapping with its entries."""
        entries: list[Entry] = []
        while self.goes_on("}", bool(entries)):
            begin, end = self.string()
            key = self.read
            self.skip()
            if self.text[self.at : self.at + 1] != ":":
                raise Inexact("its file is not valid JSON as a whole")
            self.at += 1
            self.skip()
            entries.append(Entry(key, begin, end, self.value(depth + 1)))
        return Node(start, self.at, Style.FLOW, entries=entries)

    def list(self, start: int, depth: int) -> Node:
        """A list with its items."""
        items: list[Node] = []
        while self.goes_on("]", bool(items)):
            items.append(self.value(depth + 1))
        return Node(start, self.at, Style.FLOW, items=items)

    def goes_on(self, closing: str, has_some: bool) -> bool:  # noqa: FBT001 - of one place, twice
        """Whether another child begins here; goes past the comma or the closing bracket."""
        if not has_some:
            self.at += 1
        self.skip()
        following = self.text[self.at : self.at + 1]
        if has_some and following == ",":
            self.at += 1
            self.skip()
            following = self.text[self.at : self.at + 1]
        elif has_some and following != closing:
            raise Inexact("its file is not valid JSON as a whole")
        if following == closing:
            self.at += 1
            return False
        return True
