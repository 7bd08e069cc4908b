"""A day unit, its patients and the ages of all, laid over a drawn week.

Drawn apart from all else, so that the week itself is the same with and without them.
"""

from dataclasses import replace
from random import Random

from planner.cases import Case, Procedure
from planner.hospital import Census, Ward
from planner.problem import Problem

AGES = ("", "3", "3", "5", "8-9", "40-59", "70+", "unknown")


def with_day_units(rng: Random, problem: Problem) -> Problem:
    """Give a week a day unit, which most day cases go to, and patients their ages."""
    own = Random()
    own.setstate(rng.getstate())
    days = problem.horizon.days
    unit = Ward(
        id="U",
        kind="day",
        beds=own.choice((0, 1, 1, 1, 2)),
        open=frozenset(range(5)) if own.random() < 0.2 else frozenset(range(7)),
        start=own.choice((360, 420, 480, 540)),
        end=own.choice((780, 900, 1020, 1200)),
    )
    taken = (Census(id=f"CU{day}", ward=unit.id, day=day, taken=1) for day in range(days))
    return replace(
        problem,
        wards=(*problem.wards, unit),
        census=(*problem.census, *(each for each in taken if own.random() < 0.15)),
        procedures=tuple(_procedure(own, each) for each in problem.procedures),
        cases=tuple(_case(own, each, unit) for each in problem.cases),
    )


def all_asleep(problem: Problem) -> Problem:
    """Have all cases under general anaesthesia, in one suite, with somebody there for them."""
    return replace(
        problem,
        theatres=tuple(replace(each, suite="north") for each in problem.theatres),
        procedures=tuple(replace(each, anaesthesia="general") for each in problem.procedures),
        anaesthesia=tuple(
            replace(each, anaesthetists=max(1, each.anaesthetists)) for each in problem.anaesthesia
        ),
    )


def _procedure(own: Random, procedure: Procedure) -> Procedure:
    return replace(procedure, stay=own.choice((0, 33, 60, 120, 240)))


def _case(own: Random, case: Case, unit: Ward) -> Case:
    case = replace(case, age=own.choice(AGES))
    goes = case.mode == "day" and own.random() < 0.85
    return replace(case, ward=unit.id) if goes else case
