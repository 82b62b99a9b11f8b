"""The data of a Secret as it was meant: base64 under `data` undone, before it is hashed.

A Secret can be declared as base64 under `data` or plainly under `stringData`,
and the server always gives it back as base64. Only what it stands for can be
compared. Base64 spells no value uniquely (line breaks, padding), either.
"""

import base64
import binascii

import msgspec

from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree

_decode = msgspec.json.Decoder(str).decode


def undo_base64(tree: Tree) -> None:
    """Replace the values under a Secret's `data` by the texts they stand for, in place.

    What is no base64, or stands for no text, stays as it is but for line breaks.

    >>> secret = {"data": {"password": '"aHVudGVyMg=="'}}
    >>> undo_base64(secret); secret
    {'data': {'password': '"hunter2"'}}
    """
    data = tree.get("data") if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not isinstance(data, dict):
        return
    # The mapping may be shared with another place (a YAML alias): it is not changed itself.
    tree["data"] = {key: _meant(value) for key, value in data.items()}


def _meant(value: Tree) -> Tree:
    if not isinstance(value, str) or not value.startswith('"'):
        return value
    text = "".join(_decode(value).split())
    try:
        return text_value(base64.b64decode(text, validate=True).decode())
    except (binascii.Error, ValueError):
        return text_value(text)
