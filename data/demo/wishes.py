"""What people wish and wait for in a demo hospital: teachers, trainees, half-days, suites, deliveries.

Streams of its own, so that all other facts are the same with and without them.
"""

from dataclasses import replace
from typing import Final, NamedTuple

from data.demo.period import HORIZON, TODAY, stamp
from data.demo.streams import Stream
from planner import demand
from planner.cases import Case, Surgeon
from planner.hospital import SpecialtyId, TeamCover
from planner.problem import Problem

HALVES: Final = ("morning", "afternoon")
DELIVERED: Final = 0.08
"""Share of the cases with trays of implants for which something more is ordered."""


class Wishes(NamedTuple):
    """Shares: cases of trainees, patients and surgeons who prefer a half-day, patients a suite."""

    trainees: float = 0.05
    patients: float = 0.03
    surgeons: float = 0.10
    suites: float = 0.0


def with_wishes(profile: str, seed: int, problem: Problem, wishes: Wishes) -> Problem:
    """Give surgeons and cases of a hospital what they wish and wait for."""
    taught = Stream(profile, seed, "surgeon wishes")
    surgeons = _surgeons(taught, problem, wishes)
    problem = replace(problem, surgeons=surgeons)
    stream = Stream(profile, seed, "case wishes")
    house = _House(problem)
    return replace(
        problem, cases=tuple(_case(stream, case, house, wishes) for case in problem.cases)
    )


class _House:
    """What is asked about many cases: the suites of a specialty, implants, teachers."""

    def __init__(self, problem: Problem) -> None:
        suite_of = {theatre.id: theatre.suite for theatre in problem.theatres}
        suites: dict[SpecialtyId, set[str]] = {}
        for session in problem.sessions:
            for owner in session.owners:
                suites.setdefault(owner, set()).add(suite_of[session.theatre])
        self.suites = {specialty: sorted(found) for specialty, found in suites.items()}
        self.implants = {
            procedure.id
            for procedure in problem.procedures
            if any(id.startswith("BOITE") for id in procedure.equipment)
        }
        self.teachers = [surgeon for surgeon in problem.surgeons if surgeon.teaches]

    def may_teach(self, case: Case) -> bool:
        """Tell whether somebody who may operate the case teaches."""
        return any(
            (surgeon.id in case.surgeons if case.surgeons else surgeon.specialty == case.specialty)
            and (not surgeon.procedures or case.procedure in surgeon.procedures)
            for surgeon in self.teachers
        )


def _surgeons(stream: Stream, problem: Problem, wishes: Wishes) -> tuple[Surgeon, ...]:
    """Let the first third of each specialty teach: they do what is rare."""
    seen: dict[SpecialtyId, int] = {}
    teams = [surgeon.specialty for surgeon in problem.surgeons]
    found = []
    for surgeon in problem.surgeons:
        rank = seen[surgeon.specialty] = seen.get(surgeon.specialty, 0) + 1
        prefers = stream.happens(wishes.surgeons)
        half = stream.one(HALVES)
        teaches = rank <= -(-teams.count(surgeon.specialty) // 3)
        found.append(replace(surgeon, teaches=teaches, prefers=half if prefers else ""))
    return tuple(found)


def _case(stream: Stream, case: Case, house: _House, wishes: Wishes) -> Case:
    """Draw what a case waits for and wishes; the same number of draws for each."""
    trained, prefers, half = stream.share(), stream.happens(wishes.patients), stream.one(HALVES)
    suite, delivered = stream.happens(wishes.suites), stream.happens(DELIVERED)
    day, place = TODAY + stream.whole(7, 18), stream.share()
    usual = house.suites.get(case.specialty, [])
    wished = {usual[int(place * len(usual))]} if suite and len(usual) > 1 else set()
    return replace(
        case,
        trainee=trained < wishes.trainees and house.may_teach(case),
        prefers=half if prefers else "",
        suites=frozenset(wished),
        delivery=day if delivered and case.procedure in house.implants else None,
    )


def teams(problem: Problem, by_suite: bool = False) -> tuple[TeamCover, ...]:
    """Give the teams on duty, from the staffing needs: a scrub nurse for each theatre that is open."""
    asked = demand.demand(problem.theatres, problem.sessions, by_suite)
    suites = sorted({theatre.suite for theatre in problem.theatres}) if by_suite else [""]
    ends = [session.end + session.overtime for session in problem.sessions]
    starts = [session.start for session in problem.sessions]
    return tuple(
        TeamCover(
            id=f"EQUIPES-{suite}-{stamp(day)}" if suite else f"EQUIPES-{stamp(day)}",
            day=day,
            start=min(starts),
            end=max(ends),
            teams=asked[post, day],
            suites=frozenset({suite}) if suite else frozenset(),
        )
        for suite in suites
        for post in (f"{demand.IBODE}-{suite}" if suite else demand.IBODE,)
        for day in range(HORIZON.days)
        if (post, day) in asked
    )
