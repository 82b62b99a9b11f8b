"""Bytes as text, or the reason why they are not text.

Encrypted files, large-file pointers and binary data are recognised before any
parser sees them, so that each gap names its real reason.
"""

import codecs
import re

from driftline.sources.formats.limits import FILE_BYTES_MAX, NotText, Unreadable

_MARKS = (
    (b"\x00GITCRYPT\x00", "encrypted with git-crypt"),
    (b"$ANSIBLE_VAULT;", "encrypted with Ansible Vault"),
    (b"version https://git-lfs.github.com/spec/", "kept in Git LFS, so its content is not in git"),
    (b"age-encryption.org/", "encrypted with age"),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", "encrypted with age"),
    (b"-----BEGIN PGP MESSAGE-----", "encrypted with PGP"),
)
# The longer mark first: that of UTF-32 begins with that of UTF-16.
_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_ENDS = re.compile(r"\r\n?")


def text_of(data: bytes, *, file_bytes_max: int = FILE_BYTES_MAX) -> str:
    """The text of a file with plain line ends; raises Unreadable with the reason."""
    if len(data) > file_bytes_max:
        raise NotText(
            f"larger than {file_bytes_max / 1_048_576:g} MiB ({len(data) / 1_048_576:.1f} MiB)"
        )
    for mark, reason in _MARKS:
        if data.startswith(mark):
            raise Unreadable(reason)
    encoding = "utf-8"
    for mark, its_encoding in _ORDER_MARKS:
        if data.startswith(mark):
            encoding = its_encoding
            data = data[len(mark) :] if encoding == "utf-8" else data
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        is_binary = encoding == "utf-8" and b"\x00" in data
        reason = "binary data" if is_binary else f"not valid {encoding.upper()} text"
        raise NotText(reason) from None
    if "\x00" in text:
        raise NotText("binary data")
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text
