"""Demo hospitals, each made once for all tests of a process: they are frozen, and cost seconds to make."""

import hashlib
from functools import cache

from data import demo
from data.demo.names import MADE_IN
from planner.problem import Problem


def generate(profile: str, seed: int = 1, lang: str = MADE_IN) -> Problem:
    """Give a demo hospital as the product makes it; the same value each time."""
    return _made(profile, seed, lang)


@cache
def _made(profile: str, seed: int, lang: str) -> Problem:
    return demo.generate(profile, seed, lang)


def digest(seed: int) -> str:
    """Give a digest of facts of two hospitals that are drawn at random, the same in every process."""
    made = (generate(profile, seed) for profile in ("small", "ward"))
    kinds = ("absence", "request", "history", "session")
    told = (repr(sorted(map(str, each.records(kind)))) for each in made for kind in kinds)
    return hashlib.sha256("".join(told).encode()).hexdigest()
