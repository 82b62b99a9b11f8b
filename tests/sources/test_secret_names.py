"""Keys by their words."""

import pytest

from driftline.sources.secret_names import (
    REFERENCE_ENDINGS,
    SECRET_CONTAINERS,
    SECRET_ENDINGS,
    describes,
    holds_secret,
    holds_secrets,
    is_numeric_secret,
    words,
)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("dbPassword", "db password"),
        ("DB_PASSWORD_2", "db password"),
        ("HTTPServerKey", "http server key"),
        ("mysql-root-password", "mysql root password"),
        ("APIKey", "api key"),
        ("awssecretkey", "aws secret key"),
        ("authToken", "auth token"),
        ("", ""),
        ("//", ""),
    ],
)
def test_words(key: str, expected: str) -> None:
    """A key in any style is the same words."""
    assert expected == " ".join(words(key))


@pytest.mark.parametrize("ending", SECRET_ENDINGS)
def test_each_ending_holds_a_secret(ending: str) -> None:
    """Every row of the table of secrets works, in each style of writing."""
    title = ending.title().replace(" ", "")

    assert holds_secret(f"my_{ending.replace(' ', '_')}")
    assert holds_secret(f"my{title}")
    assert not holds_secret(f"my{title}File")
    assert not holds_secret(f"my{title}Name")


@pytest.mark.parametrize("ending", REFERENCE_ENDINGS)
def test_each_reference_holds_none(ending: str) -> None:
    """Every row of the table of references works."""
    assert not holds_secret(ending.replace(" ", "-"))


@pytest.mark.parametrize("container", SECRET_CONTAINERS)
def test_each_container_holds_secrets(container: str) -> None:
    """Every row of the table of containers works."""
    assert holds_secrets(container.title().replace(" ", ""))


def test_rows_are_read_as_they_are_written() -> None:
    """No row holds a word that is never found because keys are taken apart further."""
    rows = {*SECRET_ENDINGS, *REFERENCE_ENDINGS, *SECRET_CONTAINERS}
    strange = {row for row in rows if " ".join(words(row)) != row}

    assert set() == strange


def test_descriptions() -> None:
    """Below a mapping of secrets, some keys speak of them."""
    assert describes("storePath")
    assert not describes("stripe")


def test_numbers() -> None:
    """A number under a password is one; a number of tokens is a number."""
    assert is_numeric_secret("db_password")
    assert not is_numeric_secret("maxTokens")
