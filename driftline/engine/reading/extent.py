"""How much a repository holds, besides what the history keeps of it."""

import msgspec

from driftline.history.protocol import Store


class Extent(msgspec.Struct, frozen=True):
    """How much a repository holds besides what history keeps of it."""

    commits: int = 0
    is_shallow: bool = False
    not_configuration: int = 0


def extent_of(store: Store, source: int) -> Extent:
    """The extent of a source at the last reading."""
    kept = store.derived(f"extent/{source}", "last reading")
    return msgspec.json.decode(kept, type=Extent) if kept else Extent()
