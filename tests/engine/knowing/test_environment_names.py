"""Refs find environments by their names and aliases, and instants by every form."""

import pytest

from driftline.engine.knowing.environment_names import environment_named
from driftline.errors import UsageError

NAMES = ("dev", "staging", "prod/eu", "prod/us", "QA")

FOUND = (
    ("staging", "staging", "as spelled"),
    ("stg", "staging", "by its alias"),
    ("development", "dev", "the alias works the other way round"),
    ("qa", "QA", "in another case"),
    ("prod/eu", "prod/eu", "a composed name in full"),
    ("production/us", "prod/us", "an alias inside a composed name"),
)


@pytest.mark.parametrize(("text", "expected", "why"), FOUND, ids=[row[2] for row in FOUND])
def test_environment_named(text: str, expected: str, why: str) -> None:
    """An environment is found by its name, in any case, and by the usual aliases."""
    assert expected == environment_named(text, NAMES), why


REFUSED = (
    ("prod", "prod/eu, prod/us", "a name that may mean several lists them"),
    ("stagin", "did you mean staging", "a slip of the pen is named"),
    ("moon", "there are dev, staging", "an unknown name lists what there is"),
)


@pytest.mark.parametrize(("text", "message", "why"), REFUSED, ids=[row[2] for row in REFUSED])
def test_environment_refused(text: str, message: str, why: str) -> None:
    """A name that is no environment is refused, with what would be right."""
    with pytest.raises(UsageError) as raised:
        environment_named(text, NAMES)

    assert message in str(raised.value), why


def test_no_environments_at_all() -> None:
    """Where there are no environments, the error says how to see what was looked at."""
    with pytest.raises(UsageError, match="driftline layout"):
        environment_named("staging", ())
