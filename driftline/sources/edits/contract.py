"""What is asked of a text, and how it says that this cannot be done exactly."""

import msgspec


class Edit(msgspec.Struct, frozen=True):
    """One fact as it should be: JSON text as `driftline.model.document` has it, or None.

    `key` names the document inside the file. None takes the fact away.
    """

    key: str
    address: str
    value: str | None


class Inexact(Exception):  # noqa: N818 - a refusal, which the caller tells as one
    """The text cannot be changed to say just this; the message says why, after "because"."""
