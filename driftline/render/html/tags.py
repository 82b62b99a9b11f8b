"""Elements of HTML whose text is always escaped, because it comes from anybody.

Whatever is not markup made here is foreign: it is made harmless, then escaped.
Markup is a type of its own, so the two cannot be confused.
"""

import html
from collections.abc import Iterable
from typing import Final

from driftline.render.harmless import harmless


class Markup(str):
    """HTML made by `tag`; it is not escaped again."""

    __slots__ = ()


# Elements of HTML that have no end; those of SVG say so themselves.
_PLAIN: Final = frozenset({"meta", "input", "br", "col", "wbr"})
_VOID: Final = _PLAIN | {"rect", "line", "path"}


def escaped(text: str) -> Markup:
    """Foreign text as HTML that shows it literally, in an attribute too.

    >>> escaped('<script>"')
    '&lt;script&gt;&quot;'
    """
    return Markup(html.escape(harmless(text), quote=True))


def joined(children: object) -> Markup:
    """Children one after the other; texts are escaped, nothing stands for None."""
    if children is None or children is False:
        return Markup()
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return escaped(children)
    if isinstance(children, Iterable):
        return Markup("".join(map(joined, children)))
    return escaped(str(children))


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element with escaped attributes; those that are None or False are left out.

    A trailing underscore is dropped and inner ones become hyphens, so that
    `class_` and `data_role` can be written.

    >>> tag("a", "x < y", href="#d-1", class_="quiet", hidden=False)
    '<a href="#d-1" class="quiet">x &lt; y</a>'
    """
    pieces = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        spelled = key.rstrip("_").replace("_", "-")
        pieces.append(f" {spelled}" if value is True else f' {spelled}="{escaped(str(value))}"')
    begun = "".join(pieces)
    if name in _VOID:
        return Markup(begun + ">") if name in _PLAIN else Markup(begun + "/>")
    return Markup(f"{begun}>{joined(children)}</{name}>")


def quiet(*children: object) -> Markup:
    """What accompanies something else."""
    return tag("span", *children, class_="quiet")


def code(text: str) -> Markup:
    """A path or a value, to be read letter by letter."""
    return tag("code", text)


def note(*children: object) -> Markup:
    """A calm sentence where a section has nothing to show, or something to add."""
    return tag("p", *children, class_="note")


def breaking(text: str) -> Markup:
    """A text that breaks at its slashes if it must break."""
    pieces = text.split("/")
    return joined([[tag("wbr"), "/", piece] if at else piece for at, piece in enumerate(pieces)])


def path_code(path: str) -> Markup:
    """A path on a line of its own, which breaks at its slashes if it must break."""
    return tag("code", breaking(path), class_="path")


def role_text(role: str) -> Markup:
    """The name of a service, which breaks at its slashes if it must break."""
    return tag("span", breaking(role), class_="role")
