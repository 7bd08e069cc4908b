"""Seeded generators of demo hospitals; every person and case in them is made up.

`generate(profile, seed)` gives the same problem on every machine, whatever its hash seed.
"""

from collections.abc import Callable
from typing import Final

from data.demo import chu, mid, small, ward
from data.demo.names import MADE_IN, named
from data.demo.rules import NOTHING, WARD_TOO, with_rules
from planner.problem import Problem

_MAKERS: Final[dict[str, Callable[[int], Problem]]] = {
    "small": small.hospital,
    "mid": mid.hospital,
    "chu": chu.hospital,
    "ward": ward.hospital,
}

PROFILES: Final = tuple(_MAKERS)


def generate(profile: str, seed: int = 1, lang: str = MADE_IN) -> Problem:
    """Make a demo hospital: `small`, `mid`, `chu` or `ward` (rosters only), named in a language.

    Raises:
        KeyError: there is no such profile.
    """
    too = WARD_TOO if profile == ward.PROFILE else NOTHING
    return named(with_rules(_MAKERS[profile](seed), too), lang)
