"""What counting alone tells before any search: needs that too few can meet, pins that clash."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from planner.plan import Plan
from planner.rostering import CoverRequirement
from planner.rules.blocks import About
from planner.rules.space import RosterSpace
from planner.runs import Remark, SolveRequest
from planner.score import judge
from solvers.roster.layout import pinned
from solvers.rows.arrays import Bools, Compiled
from solvers.rows.weights import Weights


def precheck(
    space: RosterSpace, compiled: Compiled, weights: Weights, request: SolveRequest
) -> Iterator[Remark]:
    """Give remarks about what no roster can meet."""
    yield from _short_cover(space, compiled, weights)
    yield from _clashing_pins(space, request)


def _short_cover(space: RosterSpace, compiled: Compiled, weights: Weights) -> Iterator[Remark]:
    """Needs of a day that fewer people can meet than are needed at least."""
    skilled: dict[str | None, list[str]] = defaultdict(list)
    for person in space.problem.staff:
        for skill in (None, *person.abilities):
            skilled[skill].append(person.id)
    slot = compiled.slot_of_shared.reshape(compiled.cells, compiled.shared)
    open_ = (slot >= 0) & (weights.closed[slot] == 0)
    for need in space.problem.cover:
        if not 0 <= need.day <= space.last:
            continue
        able = _able(space, open_, skilled[need.skill], need)
        if able < need.least:
            words = f" ({need.skill})" if need.skill else ""
            facts: dict[str, str | int] = {
                "need": need.id,
                "date": space.problem.horizon.date(need.day).isoformat(),
                "shifts": ", ".join(sorted(need.shifts)) + words,
                "skill": need.skill or "",
                "needed": need.least,
                "able": able,
                "n": able,
            }
            yield Remark(what="cover_out_of_reach", facts=facts)


def _able(space: RosterSpace, open_: Bools, people: list[str], need: CoverRequirement) -> int:
    """Count the people who may work any of the shifts of a need on its day (cell × code: open)."""
    there = np.zeros(len(people), bool)
    known = frozenset(shift for shift in need.shifts if shift in space.code_of)
    for track in space.tracks_of(known):
        codes = np.array(sorted(space.code_set(known, track).members), np.int64)
        cells = np.array([space.cell(person, track, need.day) for person in people], np.int64)
        there |= open_[np.ix_(cells, codes)].any(axis=1)
    return int(there.sum())


def _clashing_pins(space: RosterSpace, request: SolveRequest) -> Iterator[Remark]:
    """Hard rules that the pinned duties break among themselves: both are kept, both are named.

    What is over cannot be freed, and is not asked about.
    """
    places = (space.places[cell] for cell in pinned(space, request.pins))
    held = {place for place in places if place[2] >= space.facts.as_of}
    shifts = space.facts.shifts
    kept = [
        duty
        for duty in request.plan.duties
        if duty.shift in shifts and (duty.person, shifts[duty.shift].track, duty.day) in held
    ]
    if not kept:
        return
    hard = tuple(r for r in request.problem.rules if r.hard and r.reach == "person")
    problem = replace(request.problem, rules=hard)
    days = {(person, day) for person, _, day in held}
    for each in judge(problem, Plan.build((), kept), request.waivers, parts=("roster",)).judged:
        about = each.breach.about
        within = [
            d for d in kept if d.person in about.subjects and about.first <= d.day <= about.last
        ]
        if each.cost and within and _settled(about, days):
            names = ", ".join(
                f"{d.person} {d.shift} {problem.horizon.date(d.day).isoformat()}" for d in within
            )
            yield Remark(what="pins_clash", facts={"pins": names, "rule": each.rule.id})


_TOO_MUCH: Final = ("rest_short", "duties_overlap", "days_many", "hours_many", "weekends_many")
"""Messages of breaches that no further duty, or rest, of hers can mend."""


def _settled(about: About, days: set[tuple[str, int]]) -> bool:
    """Tell whether what is still free cannot mend a breach."""
    if about.what.startswith(_TOO_MUCH):
        return True
    span = range(max(0, about.first), about.last + 1)
    return all((person, day) in days for person in about.subjects for day in span)
