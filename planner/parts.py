"""What the rules of one part never read: where only that differs, a plan is judged as it was.

A contract test holds every rule to it. Whatever is not named here is taken to be read by both parts, and so
are all rules: some of them are facts for others.
"""

import dataclasses
from collections.abc import Mapping
from typing import Final

from planner.problem import ATTRIBUTES, Problem

UNREAD: Final[Mapping[str, frozenset[str]]] = {
    "roster": frozenset({
        "theatre", "session", "equipment", "recovery", "census", "team", "priority", "procedure", "template",
        "case", "appointment",
    }),
    "theatre": frozenset({
        "request", "history", "carried", "promise", "cover", "rotation", "line", "turn", "weekly",
    }),
}  # fmt: skip
"""Kinds of records that no audit of a part reads."""
_READ: Final[Mapping[str, tuple[str, ...]]] = {
    part: tuple(
        each.name
        for each in dataclasses.fields(Problem)
        if each.name not in {ATTRIBUTES[kind] for kind in kinds}
    )
    for part, kinds in UNREAD.items()
}


def same_facts_of(part: str, one: Problem, other: Problem) -> bool:
    """Tell whether a part of any plan is judged alike in two problems, for all that can be told."""
    return all(getattr(one, name) == getattr(other, name) for name in _READ[part])
