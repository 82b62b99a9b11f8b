"""How a text becomes a column and comes back unchanged.

Names that were not UTF-8 arrive with lone surrogates, which SQLite's text
cannot hold: they are kept as bytes, everything else as text. A hash in
hexadecimal is kept as its bytes, which halves it.
"""

import re
import zlib
from hashlib import blake2b

from driftline.errors import UsageError

_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

# From here on, zlib pays for its own header and for the time it takes.
COMPRESSED_FROM_CHARACTERS = 1024

Column = str | bytes


def spelled(text: str) -> Column:
    """The text as SQLite can hold it."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def read(column: Column) -> str:
    """The reverse of `spelled`."""
    if isinstance(column, str):
        return column
    return column.decode("utf-8", "surrogatepass")


def spelled_ref(ref: str) -> Column:
    """A ref as SQLite holds it: bytes for a hash, text for any other name."""
    if _HASH.fullmatch(ref):
        return bytes.fromhex(ref)
    if isinstance(spelled(ref), bytes):
        raise UsageError(f"the ref {ref!r} of a look is not valid Unicode; give it another name")
    return ref


def read_ref(column: Column) -> str:
    """The reverse of `spelled_ref`."""
    return column if isinstance(column, str) else column.hex()


def packed(text: str) -> Column:
    """A long text as the dictionary keeps it: compressed bytes, or text where that is shorter."""
    if len(text) < COMPRESSED_FROM_CHARACTERS and not isinstance(spelled(text), bytes):
        return text
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpacked(column: Column) -> str:
    """The reverse of `packed`."""
    if isinstance(column, str):
        return column
    return zlib.decompress(column).decode("utf-8", "surrogatepass")


def fingerprint(text: str) -> int:
    """A 64-bit signed number to look a text up by; equality is decided by the text."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
