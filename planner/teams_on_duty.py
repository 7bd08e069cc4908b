"""How many theatres a roster can staff at once, half-day by half-day: for all, and by specialty.

A hospital that staffs its theatres by the formula of `demand.py` has one requirement a post and day.
A roster has as many teams as the scarcest of these posts allows; floats and assistants close no
theatre. Source: domain reference 5.10; that no theatre opens without these posts is expert
knowledge.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from planner.demand import (
    ANAESTHETIC_NURSES,
    IBODE,
    NURSES,
    SPECIALTY,
    counted_by_suite,
    demand,
    post_of,
    posts,
)
from planner.facts import Facts, facts
from planner.hospital import OWN_TEAM, SpecialtyId, TeamCover, Theatre
from planner.plan import Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement
from planner.rules.contract import EVERYONE

CLOSING: Final = (NURSES, IBODE, ANAESTHETIC_NURSES)
"""The posts without which no theatre opens."""

HOURS: Final[Mapping[str, int]] = {"am": 600, "pm": 840}
"""Who is on duty at 10:00 is there for the morning, at 14:00 for the afternoon."""


class Pool(NamedTuple):
    """Whose teams: those of a suite ("": all), or for the sessions of a specialty ("": all)."""

    suite: str
    specialty: str


class Teams(NamedTuple):
    """The theatres that can be staffed in a half-day of a pool, of those with an open session.

    `post` is the scarcest, with the people `there` are for it.
    """

    pool: Pool
    day: int
    part: str
    teams: int
    theatres: int
    post: str
    there: int


def teams_on_duty(problem: Problem, plan: Plan) -> Iterator[Teams]:
    """Give the teams of a roster on each day that has requirements and open theatres.

    `problem` has the cover of its open sessions, not that of a plan: what is above it is fixed.
    """
    known, at_work = facts(problem), _at_work(plan)
    needs = {(post_of(problem, need), need.day): need for need in problem.cover}
    formula = demand(problem.theatres, problem.sessions, counted_by_suite(problem))
    for (pool, day), rooms in sorted(_open(problem).items()):
        wanted = _posts(pool)
        here = [(post, needs[post, day]) for post in wanted if (post, day) in needs]
        for part in HOURS if here else ():
            found = []
            for post, need in here:
                fixed = max(0, need.least - formula.get((post, day), 0))
                there = len(_present(known, need, at_work, part)) - fixed
                found.append((_most(pool, post, there, rooms, day), post, max(0, there)))
            teams, post, there = min(found)
            yield Teams(pool, day, part, teams, len(rooms), post, there)


def _posts(pool: Pool) -> tuple[str, ...]:
    if pool.specialty:
        return (f"{SPECIALTY}-{pool.specialty}",)
    return tuple(f"{post}-{pool.suite}" if pool.suite else post for post in CLOSING)


def _open(problem: Problem) -> Mapping[tuple[Pool, int], list[Theatre]]:
    """Give the theatres with an open session that asks for a team, plain ones first."""
    by_suite = counted_by_suite(problem)
    rooms = {room.id: room for room in problem.theatres}
    found: dict[tuple[Pool, int], dict[str, Theatre]] = defaultdict(dict)
    for session in problem.sessions:
        room = rooms[session.theatre]
        if not session.closed and not (session.emergency and OWN_TEAM in room.features):
            whole = Pool(room.suite if by_suite else "", "")
            for pool in (whole, *(Pool("", owner) for owner in session.owners)):
                found[pool, session.day][room.id] = room
    return {
        key: sorted(here.values(), key=lambda room: (posts([room])[NURSES], room.id))
        for key, here in found.items()
    }


def _most(pool: Pool, post: str, there: int, rooms: list[Theatre], day: int) -> int:
    """Give how many of these theatres so many people of a post can open."""
    if pool.specialty:
        return min(max(0, there), len(rooms))
    name = post.removesuffix(f"-{pool.suite}") if pool.suite else post
    return max(
        number
        for number in range(len(rooms) + 1)
        if posts(rooms[:number], day).get(name, 0) <= max(0, there)
    )


def _at_work(plan: Plan) -> Mapping[tuple[int, str], set[str]]:
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for duty in plan.duties:
        found[duty.day, duty.shift].add(duty.person)
    return found


def _present(
    known: Facts, need: CoverRequirement, at_work: Mapping[tuple[int, str], set[str]], part: str
) -> set[str]:
    """Give who counts for a requirement and is on duty at the hour of a half-day."""
    hour = HOURS[part]
    able = known.able(EVERYONE, need.skill)
    shifts = (known.shifts[id] for id in need.shifts if id in known.shifts)
    return {
        person
        for shift in shifts
        if shift.start <= hour < shift.end
        for person in at_work.get((need.day, shift.id), ())
        if person in able
    }


def as_cover(problem: Problem, found: Iterator[Teams]) -> tuple[TeamCover, ...]:
    """Give the teams as records: those that a problem has, split at noon where halves differ, and more."""
    there = {record.id: record for record in problem.teams}
    held: dict[tuple[Pool | None, int], list[TeamCover]] = defaultdict(list)
    for record in problem.teams:
        held[_pool_of(record), record.day].append(record)
    by_day: dict[tuple[Pool, int], dict[str, int]] = defaultdict(dict)
    for each in found:
        by_day[each.pool, each.day][each.part] = each.teams
    for (pool, day), halves in by_day.items():
        for record in held.get((pool, day)) or [_fresh(problem, pool, day)]:
            for made in _split(problem, record, halves):
                there[made.id] = made
    return tuple(there.values())


def _pool_of(record: TeamCover) -> Pool | None:
    if len(record.suites) > 1 or len(record.specialties) > 1:
        return None
    return Pool("".join(record.suites), "".join(record.specialties))


def _fresh(problem: Problem, pool: Pool, day: int) -> TeamCover:
    """Give a record of teams for all sessions of a day."""
    sessions = [session for session in problem.sessions if session.day == day]
    name = "-".join(("TEAM", *filter(None, pool), problem.horizon.date(day).isoformat()))
    return TeamCover(
        id=name[:57],
        day=day,
        start=min(session.start for session in sessions),
        end=max(session.end + session.overtime for session in sessions),
        suites=frozenset({pool.suite} - {""}),
        specialties=frozenset({SpecialtyId(pool.specialty)} - {SpecialtyId("")}),
    )


def _split(problem: Problem, record: TeamCover, halves: Mapping[str, int]) -> Iterator[TeamCover]:
    morning, afternoon = halves["am"], halves["pm"]
    if record.start >= problem.noon:
        yield replace(record, teams=afternoon)
    elif record.end <= problem.noon or morning == afternoon:
        yield replace(record, teams=morning)
    else:
        yield replace(record, teams=morning, end=problem.noon)
        yield replace(record, id=f"{record.id}-pm", teams=afternoon, start=problem.noon)
