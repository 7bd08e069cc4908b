"""Rows with keys, and the order that they stand in, merged from two sides and what they began as."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from planner.merging.conflicts import canonical

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def merged_rows(
    three: tuple[Mapping[K, V], Mapping[K, V], Mapping[K, V]],
    settle: Callable[[K, tuple[V | None, V | None, V | None]], V | None],
) -> dict[K, V]:
    """Merge rows key by key, in an order that both sides' orders come to; None is no row."""
    base, ours, theirs = three
    found: dict[K, V] = {}
    for key in dict.fromkeys((*base, *ours, *theirs)):
        was, mine, other = base.get(key), ours.get(key), theirs.get(key)
        if mine == other or other == was:
            kept = mine
        elif mine == was:
            kept = other
        else:
            kept = settle(key, (was, mine, other))
        if kept is not None:
            found[key] = kept
    ordered = sequence(tuple(base), tuple(ours), tuple(theirs), found)
    return {key: found[key] for key in ordered}


def sequence(
    base: Sequence[K],
    ours: Sequence[K],
    theirs: Sequence[K],
    kept: Iterable[K],
    last: str = "",
) -> tuple[K, ...]:
    """Give the order of what is kept: that of the side that has changed it.

    Where both have added something, what was there comes first, then the additions of one side, then
    those of the other: each side's stand in the order that it gave them. `last` names the side whose
    additions come last, ours or theirs; else their content decides, not the side.
    """
    wanted = dict.fromkeys(kept)
    lead = _lead(base, ours, theirs, last)
    ordered = [key for key in dict.fromkeys(lead) if key in wanted]
    return tuple(dict.fromkeys((*ordered, *(k for k in (*base, *wanted) if k in wanted))))


def _lead(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], last: str) -> Sequence[K]:
    known = set(base)
    if ours == theirs:
        return ours
    changed = [bool(moved(base, side) or set(side) - known) for side in (ours, theirs)]
    if changed != [True, True]:
        return ours if changed[0] else theirs if changed[1] else base
    fresh = [tuple(key for key in side if key not in known) for side in (ours, theirs)]
    fresh.sort(key=canonical)
    if last:
        mine = tuple(key for key in (ours if last == "ours" else theirs) if key not in known)
        fresh.sort(key=lambda added: added == mine)
    return (*_of_base(base, ours, theirs), *fresh[0], *fresh[1])


def _of_base(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K]) -> Sequence[K]:
    """Give the order of what was there before: of the side that has changed it, if only one has."""
    mine, other = moved(base, ours), moved(base, theirs)
    known = set(base)
    if mine == other:
        same = [k for k in ours if k in known] == [k for k in theirs if k in known]
        return ours if mine and same else base
    return [key for key in (ours if mine else theirs) if key in known]


def moved(base: Sequence[K], side: Sequence[K]) -> bool:
    """Tell whether a side has what was there before in another order."""
    known, there = set(base), set(side)
    return [k for k in base if k in there] != [k for k in side if k in known]
