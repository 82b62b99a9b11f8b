"""The key with which secrets are hashed before anything is kept.

It is made once, at random, beside the store, and never leaves the machine.
Equal secrets have equal digests under one key, so that drift of a secret shows
without the secret. Machines that should agree share DRIFTLINE_SECRET_KEY.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec

from driftline.errors import IntegrityError, UsageError

VARIABLE = "DRIFTLINE_SECRET_KEY"
FILE = "secret.key"
_KEY_BYTES = 32
_TEXT_LENGTH_MIN = 16


class SecretKey(msgspec.Struct, frozen=True):
    """A key of 32 bytes, and the short name by which digests say which key made them."""

    key: bytes
    key_id: str

    def __repr__(self) -> str:
        return f"SecretKey({self.key_id})"


def secret_key(
    store_path: Path, environ: Mapping[str, str], *, key_file: Path | None = None
) -> SecretKey:
    """The key from the environment, else from its file, which is made if need be.

    The file is `secret.key` beside the store unless the settings name another.
    Raises UsageError when it cannot be read or made, IntegrityError when it
    holds no key.
    """
    text = environ.get(VARIABLE)
    if text is not None:
        if len(text) < _TEXT_LENGTH_MIN:
            raise UsageError(
                f"{VARIABLE}: {len(text)} characters are too few to protect secrets; "
                f"use at least {_TEXT_LENGTH_MIN}, for example from `openssl rand -hex 32`"
            )
        return _named(
            hashlib.blake2b(text.encode(errors="surrogateescape"), digest_size=32).digest()
        )
    path = key_file or store_path.parent / FILE
    try:
        return _named(_from_file(path))
    except FileNotFoundError:
        return _named(_made(path))
    except OSError as error:
        raise UsageError(
            f"{path}: the key for secrets cannot be read ({error.strerror}); "
            f"make it readable or set {VARIABLE}"
        ) from error


def _named(key: bytes) -> SecretKey:
    return SecretKey(key, hashlib.sha256(b"driftline key id\0" + key).hexdigest()[:8])


def _from_file(path: Path) -> bytes:
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise IntegrityError(
            f"{path}: this file holds no key of {_KEY_BYTES} bytes in hexadecimal digits; "
            "restore it, or remove it and have every secret counted as changed once"
        )
    return key


def _made(path: Path) -> bytes:
    """A new key; of two processes that make it at once, both use the first one's."""
    key = secrets.token_bytes(_KEY_BYTES)
    # The key is written aside and linked into place, so that nobody ever reads
    # half of it, and so that the second of two makers finds the first one's.
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
        try:
            os.link(aside, path)
        except FileExistsError:
            key = _from_file(path)
        finally:
            aside.unlink()
    except OSError as error:
        raise UsageError(
            f"{path}: the key for secrets cannot be made ({error.strerror}); "
            f"name a place that can be written with --store FILE, or set {VARIABLE}"
        ) from error
    return key
