"""Theatre plan and roster as each other's facts: the cover that a plan asks for, the teams of a roster.

`problem` has the cover of its open sessions. What a plan and a roster cost together is the score of
both in the facts that follow from both.
"""

from dataclasses import replace

from planner.plan import Plan
from planner.plan_demand import asked
from planner.problem import Problem
from planner.teams_on_duty import as_cover, teams_on_duty


def with_cover(problem: Problem, plan: Plan) -> Problem:
    """Give the problem with the cover that a theatre plan asks for; its order stays."""
    moved = {each.need.id: each.need for each in asked(problem, plan)}
    if not moved:
        return problem
    kept = [moved.pop(need.id, need) for need in problem.cover]
    return replace(problem, cover=(*kept, *moved.values()))


def with_teams(problem: Problem, plan: Plan) -> Problem:
    """Give the problem with the teams that a roster has on duty; an empty one has none."""
    teams = as_cover(problem, teams_on_duty(problem, plan))
    return problem if teams == problem.teams else replace(problem, teams=teams)


def linked(problem: Problem, plan: Plan) -> Problem:
    """Give the problem with the cover of a theatre plan and the teams of its roster."""
    return replace(with_cover(problem, plan), teams=with_teams(problem, plan).teams)
