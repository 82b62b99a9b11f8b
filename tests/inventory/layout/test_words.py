"""Names are read into stems, formats and environment words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.layout.words import Reader, only_carriers, split_extension, tokens_of

FOUND = [
    ("staging.yaml", [("{}", "staging")]),
    ("values-prod.yaml", [("values-{}", "production")]),
    ("api.prod.values.yaml", [("api.{}.values", "production")]),
    ("web-staging-config.json", [("web-{}-config", "staging")]),
    ("prod-eu-1.yaml", [("{}", "production-eu-1")]),
    ("eu-west-1-prod.tfvars", [("{}", "eu-west-1-production")]),
    ("staging-gke2.yaml", [("{}", "staging-gke2")]),
    ("prod2.yaml", [("{}", "production-2")]),
    (".env.production", [("env.{}", "production")]),
    ("production-api", [("{}-api", "production")]),
    ("turing-staging.yaml", [("turing-{}", "staging")]),
    ("appsettings.Production.json", [("appsettings.{}", "production")]),
    ("contest.yaml", []),
    ("latest", []),
    ("product.yaml", []),
    ("devices.yaml", []),
    ("storage.yaml", []),
]
EXTENSIONS = [
    ("a.yaml", ("a", "yaml")),
    ("a.yml", ("a", "yaml")),
    ("a.values.yaml.gotmpl", ("a.values", "yaml")),
    ("prod.auto.tfvars", ("prod.auto", "tfvars")),
    ("x.tfvars.json", ("x", "tfvars")),
    (".env", ("env", "env")),
    (".env.local", ("env.local", "env")),
    ("api", ("api", "")),
    ("Makefile", ("Makefile", "")),
    ("v1.2", ("v1.2", "")),
    (".yaml", (".yaml", "")),
]


@pytest.mark.parametrize(("name", "expected"), FOUND)
def test_found(name: str, expected: list[tuple[str, str]]) -> None:
    """An environment word counts only as a whole word, with what belongs to it."""
    read = Reader().read(name, is_file=True)

    assert expected == [(read.pattern(found)[0], found.name) for found in read.found]


@pytest.mark.parametrize(("name", "expected"), EXTENSIONS)
def test_extension(name: str, expected: tuple[str, str]) -> None:
    """Formats are classes, and wrappers such as .gotmpl are none."""
    assert expected == split_extension(name)


def test_vocabulary_of_the_user() -> None:
    """The user's words are read like ours, and words the user denies are not."""
    reader = Reader(frozenset({"hetzner-2i2c"}), frozenset({"demo"}))

    assert ["hetzner-2i2c"] == [
        found.name for found in reader.read("hetzner-2i2c.yaml", is_file=True).found
    ]
    assert () == reader.read("demo.yaml", is_file=True).found


def test_tokens() -> None:
    """Words are split at every separator and folded."""
    assert ("web", "staging", "config") == tokens_of("web-Staging_config")


def test_carriers() -> None:
    """A name that only says what it carries names nothing."""
    assert only_carriers("{}.values")
    assert not only_carriers("api.{}")


@given(st.text(max_size=40))
def test_any_name(name: str) -> None:
    """Any name is read, and what is found lies inside it."""
    read = Reader().read(name, is_file=True)

    assert all(0 <= found.start < found.end <= len(read.stem) for found in read.found)
