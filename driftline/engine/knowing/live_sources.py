"""Which sources of a store are declarations, and which say what runs."""

from collections.abc import Iterable

from driftline.history.protocol import Source

CLUSTER = "kubernetes"
RENDERED = "rendered"
# Under which name it is remembered what somebody gave us as rendered.
GIVEN = "given rendered"


def declared_among(sources: Iterable[Source]) -> list[Source]:
    """The sources that people write."""
    return [source for source in sources if source.kind not in (CLUSTER, RENDERED)]


def live_among(sources: Iterable[Source]) -> list[Source]:
    """The clusters, with what was rendered to be compared with them; nothing without a cluster."""
    live = [source for source in sources if source.kind in (CLUSTER, RENDERED)]
    return live if any(source.kind == CLUSTER for source in live) else []
