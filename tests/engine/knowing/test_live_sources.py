"""Declarations and what runs are kept apart by what they were read from."""

from driftline.engine.knowing.live_sources import declared_among, live_among
from driftline.history.protocol import Source

GIT, FOLDER, CLUSTER, RENDERED = (
    Source(number, kind, "x", "")
    for number, kind in enumerate(("git", "folder", "kubernetes", "rendered"))
)


def test_declarations() -> None:
    """Repositories and folders declare; clusters and what was rendered do not."""
    assert [GIT, FOLDER] == declared_among([GIT, CLUSTER, FOLDER, RENDERED])


def test_what_runs() -> None:
    """What was rendered is of use only beside a cluster."""
    assert [CLUSTER, RENDERED] == live_among([GIT, CLUSTER, FOLDER, RENDERED])
    assert [] == live_among([GIT, RENDERED])
