"""Memory that building has used up and nobody needs any more, given back to the system."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any


def give_back() -> None:
    """Let the system have what was freed; the C library keeps most of it by itself.

    Building the arrays of four thousand cases frees 250 MB, which a long search would go on holding.
    """
    _trim()(0)


@cache
def _trim() -> Callable[[int], Any]:
    """Find the function of the C library that does it; others than glibc have none."""
    try:
        trim: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return int
    return trim
