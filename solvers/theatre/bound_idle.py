"""What surgeons wait between their cases, as far as a session by itself can tell.

A surgeon who stays in one theatre waits at least the turnovers before her second case and later
ones. If she works in two at once she may not wait at all; then she changes rooms, and of that price
as much is taken away as her waiting is counted with, whatever the plan.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np

from planner.facts import GRID
from planner.hospital import Session
from planner.rules.contract import Rule
from planner.rules.theatre_space import TheatreSpace
from solvers.rows.arrays import Compiled, Whole
from solvers.rows.knapsack import LENGTH, TURNOVER, Reals
from solvers.rows.weights import SHIFT, Weights
from solvers.theatre.bound_sessions import Glance, Items, nothing, sure_types
from solvers.theatre.bound_slack import most_of

_MASK: Final = (1 << SHIFT) - 1


class Idle(NamedTuple):
    """What items cost more as not the first of their surgeon, and what rows of room changes lose."""

    again: Reals  # item → cost
    taken: Mapping[int, float]  # row → what to take off its price


def idle_of(
    space: TheatreSpace,
    compiled: Compiled,
    weights: Weights,
    rules: Sequence[Rule[Any, Any]],
    items: Items,
    broken: frozenset[str],
    glance: Glance = nothing,
) -> Idle:
    """Price the turnovers between cases of a surgeon; nothing where no rule is about that."""
    again, taken = np.zeros(len(items.slot)), dict[int, float]()
    waits = _shortest_turnovers(items)
    prices = _prices(space, rules) if items.clocked else {}
    one_case = "surgeon_overlap" in sure_types(rules, broken)
    changes = _changes(compiled, weights)
    sessions = space.problem.sessions
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for group, surgeon in enumerate(items.group_surgeon):
        if surgeon is not None and surgeon in prices and items.alone[group]:
            groups[surgeon, sessions[items.group_session[group]].day].append(group)
    by_group = np.argsort(items.group, kind="stable")
    first = np.searchsorted(items.group[by_group], np.arange(len(items.group_session) + 1))
    for (surgeon, day), found in groups.items():
        glance()
        inside = [by_group[first[group] : first[group + 1]] for group in found]
        mine = np.concatenate(inside)
        rate: float = prices[surgeon] * GRID
        at = [items.group_session[group] for group in found]
        opens = [space.facts.opens(sessions[k]) for k in at]
        if _at_once([sessions[k] for k in at], opens, [int(items.cap[k]) * GRID for k in at]):
            row, price = changes.get((surgeon, day), (-1, 0))
            most = _most_waits(items, waits, mine, at, opens, one_case=one_case)
            rate = min(rate, price / most) if row >= 0 and most > 0 else 0.0
            if rate:
                taken[row] = rate * most
        again[mine] = rate * waits[mine]
    return Idle(again, taken)


def _prices(space: TheatreSpace, rules: Sequence[Rule[Any, Any]]) -> dict[str, int]:
    """Give what a minute of waiting costs each surgeon of one theatre."""
    found: dict[str, int] = defaultdict(int)
    for rule in rules:
        if rule.type == "surgeon_idle" and not rule.hard:
            for surgeon in space.problem.surgeons:
                tags = space.facts.surgeon_tags[surgeon.id]
                if surgeon.rooms < 2 and rule.scope.holds(tags):
                    found[surgeon.id] += rule.price
    return found


def _changes(compiled: Compiled, weights: Weights) -> dict[tuple[str, int], tuple[int, int]]:
    """Give the row about room changes of each surgeon and day, and its price; none if there are two."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    numbers = [k for k, rule in enumerate(compiled.rules) if rule.type == "room_change"]
    if len(numbers) != 1 or compiled.rules[numbers[0]].hard:
        return found
    for row in np.flatnonzero(compiled.rows.rule == numbers[0]).tolist():
        about = compiled.rows.about[row]
        found[about.subjects[0], about.first] = (row, int(weights.row[row]) & _MASK)
    return found


def _shortest_turnovers(items: Items) -> Whole:
    """Give the least that a surgeon waits for an item and for one before it of hers, in units."""
    found = np.zeros(len(items.slot), np.int64)
    least: dict[int, int] = {}
    turnovers = items.known[:, TURNOVER].tolist()
    for k, (group, turnover) in enumerate(zip(items.group.tolist(), turnovers, strict=True)):
        found[k] = least[group] = min(turnover, least.get(group, turnover))
    return found


def _at_once(sessions: list[Session], opens: list[int], caps: list[int]) -> bool:
    """Tell whether two of some sessions are in different theatres at the same time."""
    both = zip(sessions, opens, caps, strict=True)
    return any(
        one.theatre != other.theatre and start < begin + until and begin < start + cap
        for (one, start, cap), (other, begin, until) in combinations(both, 2)
    )


def _most_waits(
    items: Items,
    waits: Whole,
    mine: Whole,
    at: list[int],
    opens: Sequence[int],
    *,
    one_case: bool,
) -> float:
    """Give no fewer units than she can be counted to wait on a day, operating all the time."""
    room = float(sum(items.cap[k] for k in at))
    if one_case:  # at a time
        end = max(each / GRID + items.cap[k] for each, k in zip(opens, at, strict=True))
        room = min(room, end - min(opens) / GRID)
    minutes = items.known[mine, LENGTH] - items.known[mine, TURNOVER]
    return most_of(waits[mine], minutes, items.cell[mine], room)
