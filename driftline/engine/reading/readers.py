"""The reader of every format; other processes import this and little else."""

from driftline.sources.formats.contract import FormatReader


def make_reader(key: bytes, key_id: str, *, in_pieces: bool = True) -> FormatReader:
    """A reader that redacts with this key; it can be made in any process.

    Without `in_pieces` a file costs less that is met in one version only.
    """
    # Parsers are imported when something is to be parsed: a scan with nothing
    # new has no use for them.
    from driftline.sources.formats.reader import Reader
    from driftline.sources.redaction import Redactor

    return Reader(Redactor(key, key_id), in_pieces=in_pieces)


def make_state_reader(key: bytes, key_id: str) -> FormatReader:
    """A reader that redacts with this key and reads states and bills of materials, too."""
    from driftline.sources.redaction import Redactor
    from driftline.sources.states.reader import StateReader

    return StateReader(Redactor(key, key_id))
