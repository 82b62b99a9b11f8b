"""Keeping what was derived, where the store may be written and only where it is news.

A question that only reads must not fail, nor wait for another process, because
it could have saved the next one some work. Writing what is already there would
cost a question with no news its speed.
"""

from driftline.history.protocol import Store


def remember(store: Store, name: str, stamp: str, body: bytes) -> None:
    """Keep a derived answer under its stamp, unless the store is open for reading only."""
    if not store.is_read_only and store.derived(name, stamp) != body:
        store.keep_derived(name, stamp, body)
