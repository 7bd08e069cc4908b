"""What a session's cases cost at least by the clock: the items that its cheapest sets are made of.

An item is an option that is open. Its length is turnover and minutes, in units of the grid. What is
added to the rows here is true of every plan without a hard breach, whatever else is in force: a
session is over by its hard limit, and its last case starts before its end; cases follow each other,
so that one that should come early pays for those before it, in the order in which that costs least
(Smith's rule); what surgeons wait is in `bound_idle.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from planner.facts import GRID
from planner.hospital import Session
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from solvers.rows.arrays import Compiled, Short, Whole
from solvers.rows.knapsack import LENGTH, TURNOVER, Reals
from solvers.rows.weights import SHIFT, Weights

BITS: Final = 4
"""Surgeons of a session that are told apart: those with most options; the others count as one."""
CLOCKED: Final = frozenset({"room_overlap", "in_session", "needs_start"})
"""Without these in force, nothing is known of the clock."""


Glance: TypeAlias = Callable[[], None]
"""Looks whether somebody waits for the end, and raises something if so."""


def nothing() -> None:
    """Look at nothing."""


def sure_types(rules: Sequence[Rule[Any, Any]], broken: frozenset[str]) -> frozenset[str]:
    """Name the rule types that every legal plan keeps; `broken` are ids of waived rules."""
    return frozenset(
        rule.type
        for rule in rules
        if rule.hard and rule.enabled and not rule.scope.tags and rule.id not in broken
    )


@dataclass(frozen=True, slots=True)
class Items:
    """Items side by side, session by session, in the order in which they would best be operated.

    A group is a surgeon in a session. All lengths are in units of the grid, 0 without a clock.
    """

    clocked: bool
    slot: Short
    cell: Short
    session: Short
    group: Short
    known: Whole  # item × (bit, length, turnover)
    price: Reals  # what the rows' prices say
    slope: Reals  # what a unit of time before it costs
    start: Whole  # session → its first item
    masks: Whole  # session → sets of surgeons
    cap: Whole  # session → units until its last end
    late: Reals  # session × unit: what an end there costs
    group_session: Short
    group_surgeon: tuple[str | None, ...]
    alone: Short  # group → 1 if no other has its bit

    @property
    def sessions(self) -> int:
        """The number of sessions."""
        return len(self.cap)


def items_of(
    space: TheatreSpace,
    compiled: Compiled,
    weights: Weights,
    rules: Sequence[Rule[Any, Any]],
    broken: frozenset[str],
    glance: Glance = nothing,
) -> Items:
    """List the open options of a space, with what the clock is known to cost."""
    clocked = sure_types(rules, broken) >= CLOCKED
    codes = compiled.slot_code
    slots = np.flatnonzero((codes > 0) & (weights.closed == 0))
    options = [space.options[code - 1] for code in codes[slots].tolist()]
    number = {session.id: k for k, session in enumerate(space.problem.sessions)}
    session = np.array([number[option.session.id] for option in options], np.int32)
    turnover = np.array([option.turnover for option in options], np.int64) // GRID
    length = np.array([option.minutes for option in options], np.int64) // GRID + turnover
    cell = compiled.slot_cell[slots]
    glance()
    slope = _slopes(space, rules, cell, session) * clocked
    with np.errstate(divide="ignore"):
        turn = np.where(slope > 0, length / slope, np.inf)  # Smith: short ones first
    order = np.lexsort((length, cell, turn, session))
    surgeons = [options[k].surgeon for k in order.tolist()]
    glance()
    group, group_session, group_surgeon, bit, alone = _groups(session[order], surgeons)
    glance()
    if not clocked:
        length, turnover = np.zeros_like(length), np.zeros_like(turnover)
    known = np.stack((bit, length[order], turnover[order]), axis=1)
    start = np.searchsorted(session[order], np.arange(len(number) + 1)).astype(np.int64)
    cap, late = _ends(space, rules, broken, known, start) if clocked else _no_ends(len(number))
    masks = np.ones(len(number), np.int64)
    np.maximum.at(masks, session[order], 2 * bit)
    return Items(
        clocked,
        slots[order].astype(np.int32),
        cell[order],
        session[order],
        group,
        np.ascontiguousarray(known),
        (weights.price[slots[order]] & ((1 << SHIFT) - 1)).astype(float),
        slope[order],
        start,
        masks,
        cap,
        late,
        group_session,
        group_surgeon,
        alone,
    )


def _slopes(
    space: TheatreSpace, rules: Sequence[Rule[Any, Any]], cell: Short, session: Short
) -> Reals:
    """Give what a unit of time costs an item that should come early, from its session's start on."""
    found = np.zeros(len(cell))
    facts, sessions = space.facts, space.problem.sessions
    opens = np.array([facts.opens(each) for each in sessions])
    for rule in rules:
        if rule.type == "early_day_cases" and not rule.hard:
            meant = np.zeros(space.cells, bool)
            day = [c for c in space.cases_in(rule.scope) if c.mode == "day"]
            meant[[space.cell_of[case.id] for case in day]] = True
            since = np.array([facts.passed(s.day, getattr(rule, "since", 0)) for s in sessions])
            found += rule.price * GRID * (meant[cell] & (opens >= since)[session])
    return found


def _groups(
    session: Short, surgeons: list[str | None]
) -> tuple[Short, Short, tuple[str | None, ...], Whole, Short]:
    """Number the surgeons of each session; give group, session and surgeon of it, bit, alone."""
    count: dict[tuple[int, str | None], int] = {}
    pairs = list(zip(session.tolist(), surgeons, strict=True))
    for pair in pairs:
        count[pair] = count.get(pair, 0) + 1
    ordered = sorted(count, key=lambda pair: (pair[0], -count[pair], pair[1] or ""))
    number = {pair: k for k, pair in enumerate(ordered)}
    place: list[int] = []
    for k, (at, _) in enumerate(ordered):
        place.append(place[-1] + 1 if k and ordered[k - 1][0] == at else 0)
    shared = {at for (at, _), p in zip(ordered, place, strict=True) if p >= BITS}
    alone = [p < BITS - 1 or at not in shared for (at, _), p in zip(ordered, place, strict=True)]
    group = np.array([number[pair] for pair in pairs], np.int32)
    bit = np.array([1 << min(p, BITS - 1) for p in place], np.int64)
    return (
        group,
        np.array([at for at, _ in ordered], np.int32),
        tuple(surgeon for _, surgeon in ordered),
        bit[group] if len(group) else np.zeros(0, np.int64),
        np.array(alone, np.int32),
    )


def _ends(
    space: TheatreSpace,
    rules: Sequence[Rule[Any, Any]],
    broken: frozenset[str],
    known: Whole,
    start: Whole,
) -> tuple[Whole, Reals]:
    """Give the last possible end of each session, and what an end in each unit costs."""
    sessions = space.problem.sessions
    number = {session.id: k for k, session in enumerate(sessions)}
    cap = np.zeros(len(sessions), np.int64)
    for k, session in enumerate(sessions):
        inside = known[start[k] : start[k + 1]]
        longest = int((inside[:, LENGTH] - inside[:, TURNOVER]).max(initial=0))
        cap[k] = max(0, space.facts.length(session) - 1) // GRID + longest
    overtime = [rule for rule in rules if rule.type == "session_overtime"]
    for rule in overtime:
        if rule.hard and rule.id not in broken:
            for session in space.sessions(rule.scope):
                k = number[session.id]
                cap[k] = min(cap[k], max(0, _limit(rule, space, session)) // GRID)
    late = np.zeros((len(sessions), int(cap.max(initial=0)) + 1))
    minute = GRID * np.arange(late.shape[1])
    for rule in overtime:
        if not rule.hard:
            for session in space.sessions(rule.scope):
                limit = _limit(rule, space, session)
                late[number[session.id]] += rule.price * np.maximum(0, minute - limit)
    return cap, late


def _limit(rule: Rule[Any, Any], space: TheatreSpace, session: Session) -> int:
    limit: int = rule.limit(space.facts, session)  # type: ignore[attr-defined]  # found by its type
    return limit


def _no_ends(sessions: int) -> tuple[Whole, Reals]:
    return np.zeros(sessions, np.int64), np.zeros((sessions, 1))
