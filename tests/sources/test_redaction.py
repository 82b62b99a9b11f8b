"""Secrets are masked, everything else is kept."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.errors import UsageError
from driftline.sources.redaction import Redactor

REPEATED = re.compile(r"\{(\w)\*(\d+)\}")
MASK = re.compile(r'\{"secret":"k1:[0-9a-f]{16}"\}')
PART = re.compile(r"<secret:k1:[0-9a-f]{16}>")


class Case(msgspec.Struct, frozen=True):
    """One fact and what becomes of it."""

    verdict: str
    address: str
    value: str


def cases() -> list[Case]:
    """The table of cases; there are many."""
    text = (Path(__file__).parent / "cases" / "redaction.txt").read_text(encoding="utf-8")
    rows = [line.split(" ", 2) for line in text.splitlines() if line and not line.startswith("#")]
    found = [
        Case(verdict, address, REPEATED.sub(lambda match: match[1] * int(match[2]), value))
        for verdict, address, value in rows
    ]
    assert len(found) >= 120, "no cases found"
    return found


def redacted(facts: dict[str, str], secret_below: tuple[str, ...] = ()) -> dict[str, str]:
    """The facts after redaction under a fixed key."""
    masked = dict(facts)
    Redactor(b"0123456789abcdef", "k1").redact(masked, secret_below)
    return masked


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.address} {case.value}"[:60])
def test_cases(case: Case) -> None:
    """Each fact of the table is masked, masked in part or kept, as it says."""
    ((_, value),) = redacted({case.address: case.value}).items()

    if case.verdict == "keep":
        assert case.value == value
    elif case.verdict == "mask":
        assert MASK.fullmatch(value)
    else:
        assert PART.search(json.loads(value))
        assert "hunter2" not in value


def test_the_rest_of_a_text_stays_readable() -> None:
    """Only the secret inside a text is masked, and equal secrets equally."""
    facts = redacted(
        {
            "/a": '"postgres://app:hunter2@db/shop"',
            "/b": '"x=1\\npassword: hunter2\\ny=2\\n"',
            "/password": '"hunter2"',
        }
    )
    digest = json.loads(facts["/password"])["secret"]

    assert f'"postgres://app:<secret:{digest}>@db/shop"' == facts["/a"]
    assert f'"x=1\\npassword: <secret:{digest}>\\ny=2\\n"' == facts["/b"]


def test_a_value_beside_its_name() -> None:
    """In a list without unique names, the name beside a value still says what it is."""
    facts = {
        "/env/0/name": '"DB_PASSWORD"',
        "/env/0/value": '"hunter2"',
        "/env/1/name": '"COLOUR"',
        "/env/1/value": '"red"',
    }

    assert MASK.fullmatch(redacted(facts)["/env/0/value"])
    assert '"red"' == redacted(facts)["/env/1/value"]


def test_addresses_carry_no_secret() -> None:
    """A secret that is a key of a mapping is masked in the address."""
    token = "ghp_" + "a" * 36
    (address,) = redacted({f"/tokens/{token}/owner": '"alice"'})

    assert token not in address
    assert PART.search(address)


def test_everything_below() -> None:
    """What a caller knows to be secret is masked whatever it is called; nothing stays nothing."""
    given = {"/data/colour": '"red"', "/data/n": "1", "/data/x": "null", "/data/empty": '""'}
    facts = redacted(given, ("/data/",))

    assert MASK.fullmatch(facts["/data/colour"])
    assert MASK.fullmatch(facts["/data/n"])
    assert "null" == facts["/data/x"]
    assert '""' == facts["/data/empty"]


def test_digests_depend_on_the_key() -> None:
    """Without the key a digest says nothing; equal values have equal digests under one key."""
    one, other = Redactor(b"one", "k1"), Redactor(b"other", "k2")

    assert one.mask('"x"') == one.mask('"x"')
    assert one.digest('"x"') != other.digest('"x"')
    assert one.digest('"x"') != one.digest('"y"')
    assert other.mask('"x"').startswith('{"secret":"k2:')
    assert Redactor(b"k" * 100, "k1").digest("1") != Redactor(b"k" * 101, "k1").digest("1")


@pytest.mark.parametrize(
    ("key", "key_id"), [(b"", "k1"), (b"k", ""), (b"k", 'a"b'), (b"k", "x" * 99)]
)
def test_unusable_keys(key: bytes, key_id: str) -> None:
    """A missing key or a name that cannot stand in a value is refused."""
    with pytest.raises(UsageError, match="redaction"):
        Redactor(key, key_id)


@given(st.dictionaries(st.text(), st.text()))
def test_values_stay_json(texts: dict[str, str]) -> None:
    """Whatever the facts are, what is kept of them is JSON, and nothing appears or is lost."""
    facts = {f"/x/{position}": json.dumps(text) for position, text in enumerate(texts.values())}

    kept = redacted(facts)

    assert set(facts) == set(kept)
    for value in kept.values():
        json.loads(value)


@given(st.text("abcdefghijklmnop0123456789", min_size=6, max_size=20))
def test_a_secret_is_gone(secret: str) -> None:
    """A secret that was masked once is nowhere in what is kept."""
    facts = {
        "/password": json.dumps(secret),
        "/url": json.dumps(f"amqp://app:{secret}@mq/x"),
        "/args/0": json.dumps(f"--token={secret}"),
        "/env/[name=API_KEY]/value": json.dumps(secret),
    }
    words = {"true", "false", "null", "enabled", "disabled", "required", "optional"}

    assert secret in words or not any(f"{secret}" in value for value in redacted(facts).values())
