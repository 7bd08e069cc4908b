"""The words in which a rule speaks to the engines: prices, forbidden conjunctions and linear rows.

Blocks are plain tuples, because a ward makes forty thousand of them. They know cells and codes as
integers and nothing of people, sessions or solvers; a space gives the integers, `solvers/rows`
turns the blocks into arrays, models and price lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

FAR: Final = 1_000_000
"""A day that no study reaches: the edge of an area without limits."""

OFF: Final = 0
"""The code of a cell without a duty, or of a case that is left out."""

Cells: TypeAlias = tuple[int, ...]
Table: TypeAlias = Mapping[int, int]
"""Code → integer; codes that are not named count 0."""
Kind: TypeAlias = Literal["exact", "relaxation", "guide"]


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of codes, or all codes but those; never the void code of a cell under repair."""

    members: frozenset[int]
    negated: bool = False

    def __contains__(self, code: object) -> bool:
        return (code in self.members) != self.negated

    def __invert__(self) -> "Codes":
        return Codes(self.members, not self.negated)


Test: TypeAlias = tuple[Cells, Codes]
"""Each of these cells takes one of these codes."""
Feature: TypeAlias = tuple[Test, ...]
"""All of its tests hold. Asked from the space, which keeps one object a feature."""


class About(NamedTuple):
    """What a row or breach is about: a message id, the subjects, and all the days looked at."""

    what: str
    subjects: tuple[str, ...]
    first: int
    last: int


class Price(NamedTuple):
    """Codes that cost `amount` by themselves in each of the cells."""

    what: str
    cells: Cells
    codes: Codes
    amount: int = 1


class Never(NamedTuple):
    """A conjunction that costs `amount` when all of its tests hold."""

    about: About
    tests: Feature
    amount: int = 1
    kind: Kind = "exact"
    given: tuple[str, ...] = ()


class Linear(NamedTuple):
    """A sum over codes (`parts`) and features (`features`) that has to stay within bounds.

    With v the sum, the amount is `each · max(0, lo − v, v − hi) + beyond · max(0, v − knee)`.
    `given` names rule types that must be kept for a relaxation to be true.
    """

    about: About
    parts: tuple[tuple[Cells, Table], ...] = ()
    features: tuple[tuple[Feature, int], ...] = ()
    lo: int | None = None
    hi: int | None = None
    each: int = 1
    knee: int | None = None
    beyond: int = 0
    kind: Kind = "exact"
    given: tuple[str, ...] = ()


Row: TypeAlias = Never | Linear


class Area(NamedTuple):
    """Part of a plan to look at again: some subjects (None: all) and some days."""

    subjects: frozenset[str] | None = None
    first: int = -FAR
    last: int = FAR

    def meets(self, about: About) -> bool:
        """Tell whether a breach about this may change when the plan changes inside the area."""
        if about.last < self.first or about.first > self.last:
            return False
        return self.subjects is None or not self.subjects.isdisjoint(about.subjects)
