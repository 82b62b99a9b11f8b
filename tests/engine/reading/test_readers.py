"""A reader can be made anywhere, and reads alike everywhere."""

import pickle
from functools import partial

from driftline.engine.reading.readers import make_reader


def test_the_recipe_of_a_reader_travels() -> None:
    """What makes a reader can be handed to another process, and masks the same way there."""
    recipe = partial(make_reader, bytes(32), "k")
    text = b"password: hunter2\nx: 1\n"

    reading = pickle.loads(pickle.dumps(recipe))().read("a.yaml", text)  # noqa: S301 - our own

    assert recipe().read("a.yaml", text) == reading
    assert b"hunter2" not in repr(reading).encode()
