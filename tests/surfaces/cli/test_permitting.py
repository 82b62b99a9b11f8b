"""The command that prints permissions."""

import json

import yaml
from click.testing import CliRunner

from driftline.surfaces.cli.permitting import permissions


def test_yaml() -> None:
    """A role that can be applied is printed, without Secrets unless they are wanted."""
    plain = CliRunner().invoke(permissions, ["kubernetes"])
    more = CliRunner().invoke(permissions, ["kubernetes", "--secrets", "--format", "yaml"])

    assert (0, 0) == (plain.exit_code, more.exit_code)
    assert "ClusterRole" == yaml.safe_load(plain.output)["kind"]
    assert ("secrets" in plain.output.split("rules:")[1], "- secrets" in more.output) == (
        False,
        True,
    )


def test_json() -> None:
    """Programs get JSON."""
    done = CliRunner().invoke(
        permissions, ["kubernetes", "--format", "json", "--namespace", "shop"]
    )

    assert {"name": "driftline-reader", "namespace": "shop"} == json.loads(done.output)["metadata"]


def test_other_sources() -> None:
    """A source that needs no permissions is told with those that do."""
    done = CliRunner().invoke(permissions, ["git"])

    assert 0 != done.exit_code
    assert "kubernetes" in done.output
