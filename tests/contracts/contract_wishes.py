"""What patients, surgeons and the house want of a drawn theatre week: wishes, promises, reserves."""

from dataclasses import replace
from random import Random

from planner.cases import Appointment, Case, Surgeon
from planner.facts import facts
from planner.hospital import Session, SpecialtyId, TeamCover, Theatre
from planner.problem import Problem

HALVES = ("", "", "morning", "afternoon")


def wishing(rng: Random, problem: Problem) -> Problem:
    """Give a week deliveries, trainees, wishes, appointments, teams and sessions for emergencies."""
    days = problem.horizon.days
    problem = replace(
        problem,
        sessions=tuple(_session(rng, session) for session in problem.sessions),
        surgeons=tuple(_surgeon(rng, surgeon) for surgeon in problem.surgeons),
        cases=tuple(_case(rng, case, days) for case in problem.cases),
        teams=tuple(_teams(rng, days, [each.id for each in problem.specialties])),
        theatres=_suites(problem.theatres),
    )
    return replace(problem, appointments=tuple(_appointments(rng, problem)))


def _suites(theatres: tuple[Theatre, ...]) -> tuple[Theatre, ...]:
    """Have two suites at least."""
    *others, last = theatres
    if len({theatre.suite for theatre in theatres}) > 1:
        return theatres
    return (*others, replace(last, suite="south" if last.suite == "north" else "north"))


def _session(rng: Random, session: Session) -> Session:
    return replace(session, emergency=rng.random() < 0.12)


def _surgeon(rng: Random, surgeon: Surgeon) -> Surgeon:
    return replace(surgeon, teaches=rng.random() < 0.5, prefers=rng.choice(HALVES))


def _case(rng: Random, case: Case, days: int) -> Case:
    suites = frozenset({rng.choice(("north", "south"))}) if rng.random() < 0.4 else frozenset()
    return replace(
        case,
        delivery=rng.randint(0, days) if rng.random() < 0.25 else None,
        trainee=rng.random() < 0.25,
        prefers=rng.choice(HALVES),
        suites=suites,
    )


def _teams(rng: Random, days: int, specialties: list[SpecialtyId]) -> list[TeamCover]:
    found = []
    for day in range(days):
        for part, (start, end) in enumerate(((480, 740), (760, 1080))):
            if rng.random() < 0.75:
                suites = frozenset({"north"}) if rng.random() < 0.3 else frozenset()
                teams, id = rng.choice((0, 1, 1, 2)), f"T{day}{part}"
                one = TeamCover(id=id, day=day, start=start, end=end, teams=teams, suites=suites)
                found.append(one)
                other = Random(repr((one, len(found))))  # what else is drawn stays as it was
                if specialties and other.random() < 0.3:
                    of = frozenset({other.choice(specialties)})
                    found.append(replace(one, id=f"{id}S", teams=1, specialties=of))
    return found


def _appointments(rng: Random, problem: Problem) -> list[Appointment]:
    """Promise days round the study's `as_of` and in the horizon, some with a session and a start."""
    known, found, share = facts(problem), [], rng.choice((0.5, 1.0))
    for case in problem.cases:
        if rng.random() < share:
            own = [s for s in problem.sessions if known.open_to(s, case.specialty)]
            session = rng.choice(own) if own and rng.random() < 0.9 else None
            start = rng.randrange(session.start, session.end, 5) if session else None
            anywhen = rng.randint(known.as_of - 1, problem.horizon.days + 1)
            found.append(
                Appointment(
                    id=case.id,
                    day=session.day if session else anywhen,
                    session=session.id if session and rng.random() < 0.85 else None,
                    start=start if rng.random() < 0.9 else None,
                )
            )
    return found
