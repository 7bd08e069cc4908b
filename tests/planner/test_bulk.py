"""Garbage collection is held while many objects are made, and comes back."""

import gc

import pytest

from planner.bulk import many_objects


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
