"""Lines of a .driftignore become ignores, each with its reason."""

from driftline.model.ledger import Decision
from driftline.sources.ledger.ignore_lines import read_ignore_lines

LINES = r"""
# nothing to see here
web                        # the whole role
api.image.tag              # tags move by themselves
*.metadata.annotations
!api.metadata.annotations  # but these matter
HelmRelease/podinfo.spec.interval
cert-manager.io /spec/acme
shop\.example.replicas
db /replicas/
"""


def test_lines() -> None:
    """A line is a role and a path, dotted or with slashes."""
    found = read_ignore_lines(LINES, origin=".driftignore")

    assert (
        ("web", ""),
        ("api", "image.tag"),
        ("*", "metadata.annotations"),
        ("!api", "metadata.annotations"),
        ("HelmRelease/podinfo", "spec.interval"),
        ("cert-manager.io", "/spec/acme"),
        ("shop.example", "replicas"),
        ("db", "/replicas"),
    ) == tuple((one.role, one.path) for one in found.entries)
    assert {Decision.IGNORE} == {one.decision for one in found.entries}
    assert ("the whole role", 3) == (found.entries[0].reason, found.entries[0].line)
    assert () == found.problems


def test_lines_that_mean_nothing() -> None:
    """A line without a role is told with its number, and the others count."""
    found = read_ignore_lines(".image\n!\nweb oops\nweb\n", origin="x/.driftignore")

    assert ["web"] == [one.role for one in found.entries]
    assert ["x/.driftignore:1", "x/.driftignore:2", "x/.driftignore:3"] == [
        problem.partition(": ")[0] for problem in found.problems
    ]


def test_windows_lines() -> None:
    """Carriage returns and a byte order mark are no part of a name."""
    (one,) = read_ignore_lines("\ufeffweb.a\r\n", origin="x").entries

    assert ("web", "a") == (one.role, one.path)
