"""How much one file may cost before reading it is given up as a gap.

Text can be small and its meaning huge: a few aliases of aliases name a billion
leaves. Every reader counts what it makes against these limits and raises
`Unreadable` when one is crossed; the entry point turns that into a gap.
"""

FILE_BYTES_MAX = 5 * 1024 * 1024
# Parsers that are slower than those of YAML and JSON get less, so that no file
# takes more than a second or two whatever is in it.
SLOW_PARSER_CHARACTERS_MAX = 1024 * 1024
SLOWEST_PARSER_CHARACTERS_MAX = 512 * 1024
LEAVES_MAX = 200_000
DEPTH_MAX = 200
# The addresses of all facts of one document together. Long keys nested under
# aliases could otherwise fill the memory with few leaves.
ADDRESS_CHARACTERS_MAX = 48 * 1024 * 1024
DOCUMENTS_MAX = 20_000


class Unreadable(Exception):  # noqa: N818 - the reason is the point, and it becomes a gap, not an error.
    """This text cannot be read; the message is the gap's reason, a plain sentence."""


class Malformed(Unreadable):
    """The text breaks the grammar of its format, as a template of such text does.

    `line` counts from 1 in the text that was parsed; 0 is unknown.
    """

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(f"{problem} (line {line})" if line else problem)
        self.problem = problem
        self.line = line

    def after(self, lines: int) -> "Malformed":
        """The same reason for text that so many lines stand before."""
        return Malformed(self.problem, self.line + lines if self.line else 0)


class NotText(Unreadable):
    """The bytes are no text, or more of it than anybody writes."""


def too_long(characters_max: int) -> Unreadable:
    """The reason for text that its parser would take too long to read."""
    return NotText(f"more than {characters_max / 1_048_576:g} MiB of its format")


def too_deep() -> Unreadable:
    """The reason for text that is nested beyond all use."""
    return Unreadable(f"nested more than {DEPTH_MAX} levels deep")


def too_many() -> Unreadable:
    """The reason for text that would expand into more facts than are of use."""
    return Unreadable(f"expands to more than {LEAVES_MAX} facts")
