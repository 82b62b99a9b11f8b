"""Secrets replaced by keyed digests before anything is compared, hashed or stored.

An append-only history cannot unlearn a secret, so none may enter it. What
remains is a digest under a key that never leaves the user's machine: equal
secrets stay equal, a change stays a change, and the secret is gone. The rules
are two tables: `secret_names` by the words of a key, `secret_texts` by the
form of a value.
"""

import hashlib
import re

import msgspec

from driftline.errors import UsageError
from driftline.model.address import element_name, is_position, unescape
from driftline.sources.secret_names import (
    VALUE_FIELDS,
    describes,
    holds_secret,
    holds_secrets,
    is_numeric_secret,
)
from driftline.sources.secret_texts import (
    forms_masked,
    is_reference,
    masked,
    may_hold_form,
    suspects,
)

_DIGEST_BYTES = 8
_KEY_BYTES_MAX = 64
_KEY_ID = re.compile(r"[\w.-]{1,32}", re.ASCII)
_DECISIONS_MAX = 100_000
# The shortest value in which a form of secret fits, as JSON text.
_FORM_CHARACTERS_MIN = 10
# A longer text with a suspicious word in it is masked as a whole: to search it
# takes seconds, and nobody reads it.
_FORM_CHARACTERS_MAX = 500_000

_decode = msgspec.json.Decoder(str).decode
_encode = msgspec.json.encode

# What hides nothing, so that an empty value compares as one.
_NOTHING = frozenset({"{}", "[]", "null", '""'})

# How an address is judged.
_KEEP, _MASK, _MASK_NUMBERS_TOO, _SUSPICIOUS_ADDRESS = 0, 1, 2, 4
# `literals: [password=…]` of a secret generator: all of them, whatever their names.
_SECRET_LITERAL = re.compile(r"/secretGenerator/[^/]+/literals/\d+")
_ENCRYPTED = re.compile(r"/spec/encryptedData/.*")


class Redactor:
    """Masks secrets among facts.

    `key` is the secret key of the digests and `key_id` its public name, kept
    with every digest, so that digests under different keys are never compared.
    """

    def __init__(self, key: bytes, key_id: str) -> None:
        if not key:
            raise UsageError("redaction: the key is empty; give at least 16 random bytes")
        if _KEY_ID.fullmatch(key_id) is None:
            raise UsageError(
                f"redaction: {key_id!r} is no name for a key; use up to 32 letters, digits or -_."
            )
        # The hash takes at most 64 bytes of key; a longer one is condensed first.
        self._key = key if len(key) <= _KEY_BYTES_MAX else hashlib.blake2b(key).digest()
        self._key_id = key_id
        self._decisions: dict[str, int] = {}

    def redact(self, facts: dict[str, str], secret_below: tuple[str, ...] = ()) -> None:
        """Mask the secrets among facts, in place.

        Values at addresses that begin with one of `secret_below` are secret
        whatever they are called.
        """
        masks: dict[str, str] = {}
        texts: list[str] = []
        decisions = self._decided(facts)
        for address, value in facts.items():
            decision = decisions[address]
            if decision and _is_maskable(value, decision):
                masks[address] = self.mask(value)
            elif value[0] == '"' and len(value) >= _FORM_CHARACTERS_MIN:
                texts.append(value)
        suspicious = set(suspects(texts))
        if suspicious:
            for address, value in facts.items():
                if value in suspicious and address not in masks:
                    masks[address] = self._without_forms(value)
        if secret_below:
            for address, value in facts.items():
                if address.startswith(secret_below) and value not in _NOTHING:
                    masks[address] = self.mask(value)
        self._mask_unnamed(facts, masks)
        facts.update(masks)
        for address in [one for one in facts if decisions[one] >= _SUSPICIOUS_ADDRESS]:
            facts[forms_masked(address, self._mask_within)] = facts.pop(address)

    def mask(self, value: str) -> str:
        """What is kept of a secret, from and as JSON text."""
        return f'{{"secret":"{self._key_id}:{self.digest(value)}"}}'

    def digest(self, value: str) -> str:
        """The keyed digest of a value's JSON text, 16 hexadecimal digits."""
        return hashlib.blake2b(value.encode(), digest_size=_DIGEST_BYTES, key=self._key).hexdigest()

    def _mask_within(self, secret: str) -> str:
        return f"<secret:{self._key_id}:{self.digest(_encode(secret).decode())}>"

    def _without_forms(self, value: str) -> str:
        text = _decode(value)
        if len(text) > _FORM_CHARACTERS_MAX:
            return self.mask(value)
        clean = masked(text, self._mask_within)
        return value if clean == text else _encode(clean).decode()

    def _mask_unnamed(self, facts: dict[str, str], masks: dict[str, str]) -> None:
        """Mask `value` beside a `name` that says secret, in lists addressed by position."""
        for address, value in facts.items():
            if not address.endswith("/value") or address in masks:
                continue
            element = address[: -len("/value")]
            for field in ("/name", "/key"):
                name = facts.get(element + field)
                if name is not None and name[0] == '"' and holds_secret(_decode(name)):
                    if _is_maskable(value, _MASK):
                        masks[address] = self.mask(value)
                    break

    def _decided(self, facts: dict[str, str]) -> dict[str, int]:
        """The decisions by address, with one for each of these facts."""
        decisions = self._decisions
        if len(decisions) > _DECISIONS_MAX:
            decisions.clear()
        new = [address for address in facts if address not in decisions]
        for address in new:
            decisions[address] = _judge(address)
        for address in suspects(new, may_hold_form):
            if forms_masked(address, lambda _: "") != address:
                decisions[address] |= _SUSPICIOUS_ADDRESS
        return decisions


def _is_maskable(value: str, decision: int) -> bool:
    """Whether a value at a secret's address is a secret: text, and not a reference."""
    if decision == _SUSPICIOUS_ADDRESS:
        return False
    if value[0] == '"':
        return not is_reference(_decode(value))
    if decision & _MASK_NUMBERS_TOO:
        return value[0] in "-0123456789"
    return False


def _judge(address: str) -> int:
    """Whether the words of an address say that its value is a secret."""
    if _SECRET_LITERAL.fullmatch(address) or _ENCRYPTED.fullmatch(address):
        return _MASK
    tokens = address.split("/")[1:]
    in_list = False
    while tokens and (is_position(tokens[-1]) or element_name(tokens[-1]) is not None):
        tokens.pop()
        in_list = True
    if not tokens:
        return _KEEP
    key = unescape(tokens[-1])
    if in_list:
        # Strings in a list called `secrets` are names; in `passwords` they are not.
        return _MASK if holds_secret(key) and not key.lower().endswith("secrets") else _KEEP
    if len(tokens) > 1:
        named = element_name(tokens[-2])
        owner = named[1] if named is not None else unescape(tokens[-2])
        if key in VALUE_FIELDS and holds_secret(owner):
            return _level(owner)
        if named is None and holds_secrets(owner) and not describes(key):
            return _MASK
        if key == "secretKey" and len(tokens) > 2 and tokens[-3] == "data":
            return _KEEP  # an ExternalSecret names the key of a secret here
    return _level(key) if holds_secret(key) else _KEEP


def _level(key: str) -> int:
    return _MASK_NUMBERS_TOO if is_numeric_secret(key) else _MASK
