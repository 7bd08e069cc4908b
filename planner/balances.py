"""What a period leaves of its burdens: who bore more points than her fair share, and who fewer."""

from collections.abc import Iterator

from planner.people import Carried
from planner.plan import Plan
from planner.problem import Problem
from planner.rules.roster.equity import Equity
from planner.rules.windowed import Windowed
from planner.view import RosterView


def balances(problem: Problem, plan: Plan) -> Iterator[Carried]:
    """Give what the days of the horizon add to the measures that rules of fair shares remember.

    Nobody is given two amounts of a measure: the first rule in force that means her decides. A measure
    by which windows count as well is left alone, since a balance is no count.
    """
    enabled = [rule for rule in problem.rules if rule.enabled]
    counted = {rule.measured for rule in enabled if isinstance(rule, Windowed)}
    view, seen = RosterView(problem, plan), set[tuple[str, str]]()
    taken = {each.id for each in problem.carried}
    for rule in enabled:
        if isinstance(rule, Equity) and rule.carried and rule.carried not in counted:
            for person, points in rule.left(view).items():
                if (rule.carried, person) in seen:
                    continue
                seen.add((rule.carried, person))
                if points:
                    id = f"{rule.carried}-{person}-{problem.horizon.date(0).isoformat()}"
                    while id in taken:
                        id += "-2"
                    taken.add(id)
                    yield Carried(
                        id=id,
                        person=person,
                        measure=rule.carried,
                        since=0,
                        until=problem.horizon.last,
                        amount=points,
                    )
