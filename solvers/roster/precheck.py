"""What counting alone tells before any search: needs that too few can meet, pins that clash."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from planner.plan import Plan
from planner.rules.blocks import About
from planner.rules.space import RosterSpace
from planner.runs import Remark, SolveRequest
from planner.score import judge
from solvers.roster.layout import pinned
from solvers.rows.arrays import Compiled
from solvers.rows.weights import Weights


def precheck(
    space: RosterSpace, compiled: Compiled, weights: Weights, request: SolveRequest
) -> Iterator[Remark]:
    """Give remarks about what no roster can meet."""
    yield from _short_cover(space, compiled, weights)
    yield from _clashing_pins(space, request)


def _short_cover(space: RosterSpace, compiled: Compiled, weights: Weights) -> Iterator[Remark]:
    """Needs of a day that fewer people can meet than are needed at least."""
    skills = {person.id: person.abilities for person in space.problem.staff}
    for need in space.problem.cover:
        if not 0 <= need.day <= space.last:
            continue
        able = [
            person
            for person, known in skills.items()
            if (need.skill is None or need.skill in known)
            and _can(space, compiled, weights, person, need.day, need.shifts)
        ]
        if len(able) < need.least:
            skilled = f" ({need.skill})" if need.skill else ""
            facts: dict[str, str | int] = {
                "need": need.id,
                "date": space.problem.horizon.date(need.day).isoformat(),
                "shifts": ", ".join(sorted(need.shifts)) + skilled,
                "skill": need.skill or "",
                "needed": need.least,
                "able": len(able),
                "n": len(able),
            }
            yield Remark(what="cover_out_of_reach", facts=facts)


def _can(
    space: RosterSpace,
    compiled: Compiled,
    weights: Weights,
    person: str,
    day: int,
    shifts: frozenset[str],
) -> bool:
    for shift in sorted(shifts):
        code = space.code_of.get(shift)  # type: ignore[call-overload]
        known = None if code is None else space.shift_of[code]
        if known is None:
            continue
        cell = space.cell(person, known.track, day)
        if cell is not None:
            slot = int(compiled.slot_of_shared[cell * compiled.shared + code])
            if slot >= 0 and not weights.closed[slot]:
                return True
    return False


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
