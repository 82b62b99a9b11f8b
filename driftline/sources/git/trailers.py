"""Who else a commit's text names: co-authors, agents, and whoever approved.

Squash merges hide all but one author, and the last word on who wrote a commit
with an assistant stands in a line that people rarely read.
"""

import re

import msgspec

from driftline.model.look import Person


class Trailers(msgspec.Struct, frozen=True, gc=False):
    """People named in the text: who wrote it too, and who let it in."""

    authors: tuple[Person, ...]
    approvers: tuple[Person, ...]


_LINE = re.compile(
    r"^[ \t]*(?P<key>co-?authored-by|assisted-by|generated-by|ai-assistant|"
    r"approved-by|merged-by|reviewed-by|acked-by)[ \t]*:[ \t]*(?P<who>\S.*?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)

_APPROVING = frozenset({"approved-by", "merged-by", "reviewed-by", "acked-by"})

# What assistants write instead of a trailer: "Generated with [Claude Code](...)".
_GENERATED = re.compile(
    r"^\W*generated (?:with|by) "
    r"(?:\[(?P<linked>[^\]\n]{1,60})\]|(?P<plain>[^\s(\[][^\n(\[]{0,59}))",
    re.IGNORECASE | re.MULTILINE,
)

_PERSON = re.compile(r"^(?P<name>.*?)[ \t]*<(?P<email>[^<>]*)>")


def person(text: str) -> Person:
    """A person as a trailer spells one.

    >>> person("Ada L. <ada@example.com>"), person("Claude")
    (Person(name='Ada L.', email='ada@example.com'), Person(name='Claude', email=''))
    """
    found = _PERSON.match(text)
    if found is None:
        return Person(text, "")
    return Person(found["name"].strip('"'), found["email"].strip())


def read_trailers(body: str) -> Trailers:
    """The people that the body of a commit message names, each once, in order.

    Trailers are found anywhere in the body: hosting sites put rules and quoted
    messages between them, where git's own idea of a trailer block ends.
    """
    authors: dict[Person, None] = {}
    approvers: dict[Person, None] = {}
    for line in _LINE.finditer(body):
        group = approvers if line["key"].lower() in _APPROVING else authors
        group[person(line["who"])] = None
    for line in _GENERATED.finditer(body):
        name = (line["linked"] or line["plain"]).strip(" .!")
        if not any(name.lower().startswith(known.name.lower()) for known in authors if known.name):
            authors[Person(name, "")] = None
    return Trailers(tuple(authors), tuple(approvers))
