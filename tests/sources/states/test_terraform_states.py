"""States of every format as documents: addresses, attributes, and what is kept secret."""

import json
from typing import Any

import pytest

from driftline.sources.formats.limits import Unreadable
from driftline.sources.redaction import Redactor
from driftline.sources.states.terraform_states import is_state, state_documents

KEEPING = Redactor(b"0123456789abcdef", "test")

FORMAT_4 = {
    "version": 4,
    "terraform_version": "1.5.0",
    "serial": 7,
    "lineage": "b1c2",
    "outputs": {
        "url": {"value": "https://example.com", "type": "string"},
        "token": {"value": "abcdef", "type": "string", "sensitive": True},
    },
    "resources": [
        {
            "mode": "managed",
            "type": "aws_instance",
            "name": "web",
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [
                {"index_key": 0, "schema_version": 1, "attributes": {"ami": "ami-1", "n": 2}},
                {"index_key": "b", "attributes": {"ami": "ami-2"}, "status": "tainted"},
                {"deposed": "00aa", "attributes": {"ami": "ami-0"}},
            ],
        },
        {
            "module": "module.data.module.inner[0]",
            "mode": "data",
            "type": "aws_iam_policy_document",
            "name": "p",
            "instances": [
                {
                    "attributes": {
                        "json": '{"Statement": [{"Effect": "Allow"}], "Version": "2012"}',
                        "rules": [{"name": "a", "key": "k1"}, {"name": "b", "key": "k2"}],
                        "words": "hush",
                    },
                    "sensitive_attributes": [
                        [{"type": "get_attr", "value": "words"}],
                        [
                            {"type": "get_attr", "value": "rules"},
                            {"type": "index", "value": {"value": 1, "type": "number"}},
                            {"type": "get_attr", "value": "key"},
                        ],
                    ],
                }
            ],
        },
    ],
}

FORMAT_3 = {
    "version": 3,
    "terraform_version": "0.11.14",
    "serial": 1,
    "modules": [
        {
            "path": ["root"],
            "outputs": {"secret": {"sensitive": True, "type": "string", "value": "abc"}},
            "resources": {
                "aws_instance.web.1": {
                    "type": "aws_instance",
                    "primary": {
                        "id": "i-1",
                        "attributes": {
                            "ami": "ami-1",
                            "tags.%": "1",
                            "tags.app.name": "web",
                            "disks.#": "1",
                            "disks.0.size": "10",
                        },
                        "tainted": True,
                    },
                }
            },
        },
        {
            "path": ["root", "net"],
            "resources": {"data.aws_vpc.main": {"primary": {"attributes": {}}}},
        },
    ],
}

SHOWN = {
    "format_version": "1.0",
    "terraform_version": "1.5.0",
    "values": {
        "outputs": {"n": {"value": 1, "sensitive": False}},
        "root_module": {
            "resources": [
                {
                    "address": "aws_db.main",
                    "values": {"size": 1, "login": {"user": "a", "words": "hush"}, "l": ["x", "y"]},
                    "sensitive_values": {"login": {"words": True}, "l": [False, True]},
                }
            ],
            "child_modules": [
                {"resources": [{"address": "module.x.aws_s3.b", "values": {"bucket": "b"}}]}
            ],
        },
    },
}


def documents(value: Any) -> dict[str, dict[str, Any]]:
    """Key to facts, secrets as `***`."""
    return {
        one.key: {
            address: "***" if leaf.startswith('{"secret"') else json.loads(leaf)
            for part in one.parts
            for address, leaf in part.items()
        }
        for one in state_documents(value, KEEPING)
    }


def test_format_4() -> None:
    """Each instance has the address that `terraform state list` prints, and its attributes."""
    assert {
        "": {"/outputs/url": "https://example.com", "/outputs/token": "***"},
        "aws_instance.web[0]": {"/ami": "ami-1", "/n": 2},
        'aws_instance.web["b"]': {"/ami": "ami-2", "/tainted": True},
        "aws_instance.web (deposed 00aa)": {"/ami": "ami-0"},
        "module.data.module.inner[0].data.aws_iam_policy_document.p": {
            "/json/Statement/0/Effect": "Allow",
            "/json/Version": "2012",
            "/rules/[name=a]/key": "k1",
            "/rules/[name=a]/name": "a",
            "/rules/[name=b]/key": "***",
            "/rules/[name=b]/name": "b",
            "/words": "***",
        },
    } == documents(FORMAT_4)


def test_format_3() -> None:
    """Flat attributes become nested, and modules are addressed by their path."""
    assert {
        "": {"/outputs/secret": "***"},
        "aws_instance.web[1]": {
            "/ami": "ami-1",
            "/tags/app.name": "web",
            "/disks/0/size": "10",
            "/tainted": True,
        },
        "module.net.data.aws_vpc.main": {"": {}},
    } == documents(FORMAT_3)


def test_what_terraform_shows() -> None:
    """`terraform show -json` has addresses of its own, and marks secrets in their form."""
    assert {
        "": {"/outputs/n": 1},
        "aws_db.main": {
            "/size": 1,
            "/login/user": "a",
            "/login/words": "***",
            "/l/0": "x",
            "/l/1": "***",
        },
        "module.x.aws_s3.b": {"/bucket": "b"},
    } == documents(SHOWN)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"version": 2, "terraform_version": "0.6", "serial": 1}, "a Terraform state of format 2"),
        ({"version": 9, "terraform_version": "9", "serial": 1}, "a Terraform state of format 9"),
        ({"encrypted_data": "x", "encryption_version": "v0"}, "a state that OpenTofu encrypted"),
        (
            {"format_version": "1.2", "terraform_version": "1", "planned_values": {}},
            "the JSON of a plan, which is no state",
        ),
    ],
)
def test_states_that_cannot_be_read(value: Any, reason: str) -> None:
    """A state of a format that we do not read says which one it is."""
    assert is_state(value)
    with pytest.raises(Unreadable) as caught:
        state_documents(value, KEEPING)

    assert reason == str(caught.value)


@pytest.mark.parametrize("value", [{}, [], {"version": 4}, {"version": 3, "resources": []}, "x"])
def test_other_json_is_no_state(value: Any) -> None:
    """What merely has a version is no state."""
    assert not is_state(value)


def test_odd_states_are_read_as_far_as_they_go() -> None:
    """Members of unknown form are passed over, and a secret path that leads nowhere masks more."""
    odd = {
        "version": 4,
        "terraform_version": "1",
        "resources": [
            None,
            {"instances": [None, {"attributes": ["x"], "sensitive_attributes": [[]]}]},
        ],
        "outputs": [],
    }

    assert {"": {"/outputs": {}}, ".": {"/0": "***"}} == documents(odd)
