"""Publishing a roster to the staff: each person's days become a promise.

From then on rules know what was published (`roster_kept`) and how long before (`publication`).
"""

from collections.abc import Iterator, Mapping

from planner.changes import Add, Change, Set
from planner.facts import facts
from planner.fields import specs
from planner.people import Promise, StaffId
from planner.plain import plain, to_plain
from planner.plan import Plan
from planner.problem import Problem


def promises(problem: Problem, plan: Plan) -> Iterator[Change]:
    """Give the changes after which the published roster of the horizon is that of a plan.

    Who had none is told on the day `as_of`; who had one keeps the day on which she was told first. A
    plan without duties promises nothing.
    """
    rosters = _rosters(problem, plan) if any(plan.duties) else {}
    known, horizon = facts(problem), problem.horizon
    for person, days in rosters.items():
        before = known.promises.get(person)
        if before is None:
            after = Promise(id=person, days=days, told=horizon.day(problem.as_of))
            yield Add(kind="promise", id=person, record=tuple(to_plain(after, horizon).items()))
        elif before.days != days:
            spec = next(spec for spec in specs(Promise) if spec.name == "days")
            yield Set(
                kind="promise",
                id=person,
                field="days",
                expected=plain(spec, before.days, horizon),
                value=plain(spec, days, horizon),
            )


def _rosters(problem: Problem, plan: Plan) -> Mapping[StaffId, tuple[str, ...]]:
    found: dict[StaffId, list[list[str]]] = {
        person.id: [[] for _ in range(problem.horizon.days)] for person in problem.staff
    }
    for duty in plan.duties:
        if duty.person in found and 0 <= duty.day < problem.horizon.days:
            found[StaffId(duty.person)][duty.day].append(str(duty.shift))
    return {
        person: tuple("+".join(sorted(shifts)) or "-" for shifts in days)
        for person, days in found.items()
    }
