"""Roles and paths are found by what people write."""

import pytest

from driftline.engine.answering.tracing import path_named, role_named
from driftline.errors import UsageError

ROLES = ("Deployment/web", "Service/web", "api", "Deployment/worker")
PATHS = ("/image/tag", "/image/repository", "/env/[name=A]/value", "/sidecar/image/tag")

ROLE_CASES = (
    ("api", "api", "as spelled"),
    ("API", "api", "in another case"),
    ("worker", "Deployment/worker", "by its last part"),
    ("Deployment/web", "Deployment/web", "in full where the last part is not enough"),
)


@pytest.mark.parametrize(
    ("text", "expected", "why"), ROLE_CASES, ids=[row[2] for row in ROLE_CASES]
)
def test_role_named(text: str, expected: str, why: str) -> None:
    """A role is found in full or by its last part."""
    assert expected == role_named(text, ROLES), why


PATH_CASES = (
    ("/image/tag", "/image/tag", "as spelled, even where another path ends so"),
    ("image.tag", "/image/tag", "dotted"),
    ("repository", "/image/repository", "by its last key"),
    ("env[A].value", "/env/[name=A]/value", "dotted, with an element's name"),
    ("sidecar.image.tag", "/sidecar/image/tag", "dotted, deeper"),
)


@pytest.mark.parametrize(
    ("text", "expected", "why"), PATH_CASES, ids=[row[2] for row in PATH_CASES]
)
def test_path_named(text: str, expected: str, why: str) -> None:
    """A path is found as a pointer, dotted, or by its last keys."""
    assert expected == path_named(text, PATHS, "api"), why


@pytest.mark.parametrize(
    ("text", "message"),
    [("web", "may mean several roles"), ("wrker", "did you mean Deployment/worker")],
)
def test_role_refused(text: str, message: str) -> None:
    """A role that is unclear or unknown is refused with what would be right."""
    with pytest.raises(UsageError) as raised:
        role_named(text, ROLES)

    assert message in str(raised.value)
