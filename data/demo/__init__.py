"""Seeded generators of demo hospitals; every person and case in them is made up.

`generate(profile, seed)` gives the same problem on every machine, whatever its hash seed.
"""

from collections.abc import Callable
from typing import Final

from planner.problem import Problem


def _small(seed: int) -> Problem:
    from data.demo.small import theatre_side

    return theatre_side(seed)


def _mid(seed: int) -> Problem:
    from data.demo.mid import theatre_side

    return theatre_side(seed)


_MAKERS: Final[dict[str, Callable[[int], Problem]]] = {"small": _small, "mid": _mid}

PROFILES: Final = tuple(_MAKERS)


def generate(profile: str, seed: int = 1) -> Problem:
    """Make a demo hospital: `small`, `mid`, `chu` (theatres first) or `ward` (rosters only).

    Raises:
        KeyError: there is no such profile.
    """
    return _MAKERS[profile](seed)
