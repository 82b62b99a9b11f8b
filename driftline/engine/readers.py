"""The reader of every format; other processes import this and little else."""

from driftline.sources.formats.contract import FormatReader
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor


def make_reader(key: bytes, key_id: str) -> FormatReader:
    """A reader that redacts with this key; it can be made in any process."""
    return Reader(Redactor(key, key_id))
