"""Texts by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.secret_texts import (
    FORMS,
    is_reference,
    masked,
    may_hold_secret,
    suspects,
)

EXAMPLES = {
    "private key": "-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----",
    "Ansible Vault text": "$ANSIBLE_VAULT;1.1;AES256\n616263",
    "AWS access key": "AKIA" + "A" * 16,
    "GitHub token": "ghs_" + "a" * 36,
    "GitLab token": "glpat-" + "a" * 20,
    "Slack token": "xoxp-" + "1" * 20,
    "JSON web token": "eyJ" + "a" * 10 + ".eyJ" + "b" * 10 + ".c",
    "Google API key": "AIza" + "a" * 35,
    "Stripe key": "rk_test_" + "a" * 20,
    "model provider key": "sk-ant-" + "a" * 40,
    "SendGrid key": "SG." + "a" * 22 + "." + "b" * 43,
    "npm token": "npm_" + "a" * 36,
    "PyPI token": "pypi-" + "a" * 40,
    "Vault token": "hvb." + "a" * 24,
    "DigitalOcean token": "dop_v1_" + "a" * 64,
    "age key": "AGE-SECRET-KEY-1" + "Q" * 58,
    "Slack webhook": "https://hooks.slack.com/services/T0/B0/" + "a" * 20,
    "Discord webhook": "https://discordapp.com/api/webhooks/1/" + "a" * 20,
    "Teams webhook": "https://x.webhook.office.com/webhookb2/" + "a" * 20,
    "password in a URL": "amqps://user:word@host:5671",
    "authorization header": "Basic " + "a" * 20 + "==",
}


def test_each_form_has_an_example() -> None:
    """No row of the table is untested."""
    assert {name for name, _, _ in FORMS} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_form_is_masked_anywhere(name: str) -> None:
    """A form is found alone and inside other text, and is never taken for clean before."""
    for text in (EXAMPLES[name], f"before {EXAMPLES[name]}", f'"{EXAMPLES[name]}"'):
        hidden: list[str] = []

        def keep(secret: str, kept: list[str] = hidden) -> str:
            kept.append(secret)
            return "***"

        assert may_hold_secret(text)
        assert "***" in masked(text, keep)
        assert all(len(secret) >= 3 for secret in hidden)


@pytest.mark.parametrize("name", EXAMPLES)
def test_masks_are_no_secrets(name: str) -> None:
    """Masking twice changes nothing more."""
    once = masked(EXAMPLES[name], lambda _: "<secret:k1:0123456789abcdef>")

    assert once == masked(once, lambda _: "<secret:k1:ffffffffffffffff>")


@given(st.lists(st.text(max_size=20) | st.sampled_from(sorted(EXAMPLES.values())), max_size=30))
def test_suspects_are_those_that_are_suspect_alone(values: list[str]) -> None:
    """Searching many texts at once finds every text that would be found alone."""
    found = set(suspects(values))

    assert {value for value in values if may_hold_secret(value)} <= found


@pytest.mark.parametrize(
    "text",
    ["${X}", "$(X)", "$X", "{{ x }}", "<x>", "ENC[x]", "op://a/b", "true", "", "/etc/x", "~/x"],
)
def test_references(text: str) -> None:
    """What names or fetches a secret is none."""
    assert is_reference(text)


@pytest.mark.parametrize("text", ["hunter2", "${X:-y}", "a${X}", "$2a$10$x", "/x", "<a>b"])
def test_no_references(text: str) -> None:
    """What merely resembles a reference may be a secret."""
    assert not is_reference(text)
