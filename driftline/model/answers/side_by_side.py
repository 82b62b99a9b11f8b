"""How many files were compared as they came: a part of what `compare` answers."""

import msgspec


class FileCounts(msgspec.Struct, frozen=True):
    """Files of both sides, in plain counts.

    `equal` were the same on both sides byte for byte, under the same path or
    another one, and were not read any further: what is in them is in none of
    the other counts. `left` and `right` are all files of each side, `compared`
    those that were read to compare what is in them.
    """

    left: int
    right: int
    equal: int
    compared: int
