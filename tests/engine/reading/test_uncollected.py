"""Garbage collection is off inside, and afterwards as it was."""

import gc

import pytest

from driftline.engine.reading.uncollected import uncollected


def test_collection_comes_back_after_an_error() -> None:
    """However the work ends, collection is on again where it was on."""
    seen = []

    def failing() -> None:
        seen.append(gc.isenabled())
        raise KeyError

    with pytest.raises(KeyError), uncollected():
        failing()

    assert [False, True] == [*seen, gc.isenabled()]


def test_nested_work_does_not_switch_it_on() -> None:
    """Inside of other such work it stays off."""
    with uncollected():
        with uncollected():
            pass

        assert not gc.isenabled()
