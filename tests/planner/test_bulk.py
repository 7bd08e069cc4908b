"""Garbage collection is held while many objects are made, and comes back."""

import gc
from collections.abc import Iterator

import pytest

from planner.bulk import many_objects


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Collection is on, whatever a window that was shown before has done to it."""
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


def test_collection_is_held_and_comes_back_even_after_a_fault() -> None:
    assert gc.isenabled()
    with many_objects():
        assert not gc.isenabled()
        with many_objects():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="fault"), many_objects():
        raise ValueError("fault")
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with many_objects():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
