"""Foreign text made harmless before it reaches a terminal, Markdown or a JSON reader.

Names and values come from repositories that anybody may have written. A
control character can repaint the screen, a direction override can make one
name look like another, and Markdown can smuggle links. Whatever cannot be seen
is shown as an escape; nothing is dropped.
"""

import re
import unicodedata

# Printable ASCII needs no second look; nearly all text of configuration is that.
_PLAIN = re.compile(r"[ -~]*")
# Control and format characters (which hold the direction overrides), halves of
# surrogate pairs (undecodable bytes), private and unassigned code points, and
# separators of lines and paragraphs: none of them can be seen.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks by their category, that all the same show nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_MARKS_MAX = 2
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~>-])")
_AUTOLINK = re.compile(r"@|://|www\.|\bmailto:", re.IGNORECASE)


def harmless(text: str) -> str:
    r"""The text on one line, with everything unseen escaped; applying it twice changes nothing.

    >>> harmless("red \x1b[31m alert\n")
    'red \\x1b[31m alert\\n'
    """
    if _PLAIN.fullmatch(text):
        return text
    pieces = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        # A tower of accents paints over the lines above; no language needs three.
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in _UNSEEN or character in _BLANK or marks > _MARKS_MAX:
            pieces.append(_escape(character))
        else:
            # Any space but the plain one can fake an alignment or a name.
            pieces.append(" " if category == "Zs" else character)
    return "".join(pieces)


def harmless_lines(text: str) -> str:
    """As `harmless`, but line feeds stay: for a whole page that is already laid out."""
    return "\n".join(map(harmless, text.split("\n")))


def markdown_text(text: str) -> str:
    """Foreign text as Markdown that shows it literally, inside a table cell too.

    What GitHub would turn into a link or a mention is put into a code span,
    because no escape keeps it from doing so.
    """
    shown = harmless(text)
    if _AUTOLINK.search(shown):
        return markdown_code(shown)
    shown = shown.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKDOWN.sub(r"\\\1", shown)


def markdown_code(text: str) -> str:
    """Foreign text as a code span that can stand in a table cell."""
    shown = harmless(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if not shown.strip() or "`" in (shown[:1], shown[-1:]) else ""
    # Inside a table even a code span ends at a bare bar.
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def json_harmless(text: str) -> str:
    r"""JSON text with everything unseen as `\u` escapes, so that it means the same.

    Line feeds stay: they are the layout of the document, since inside its
    texts JSON has escaped them already.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(
        character if character == "\n" or _is_seen(character) else _json_escape(character)
        for character in text
    )


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN and character not in _BLANK


def _escape(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        # A byte that was not UTF-8, smuggled through as half a surrogate pair.
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _json_escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
