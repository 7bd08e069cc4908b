"""The plan that went out, as a side of a comparison: what people were told stands beside the plan at hand.

Nothing is changed by looking. Window and command line set it beside a scenario by what is said here.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from planner.cases import Appointment
from planner.clock import Horizon, written
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.publishing import Publishing, publishing
from planner.study import Study
from planner.words import say


class WentOut(NamedTuple):
    """A published plan, and the scenario that published it."""

    scenario: str
    plan: Plan


def went_out(study: Study, name: str) -> WentOut | None:
    """Give what a scenario has published, else the nearest that it stands on; None: nobody has.

    Raises:
        UnknownScenarioError: there is no scenario of that name.
    """
    for each in reversed(study.line(name)):
        if each.published is not None:
            return WentOut(each.name, each.published)
    return None


def published_outcome(study: Study, name: str) -> Outcome | None:
    """Give what went out in the facts that a scenario has now: what differs is what was planned anew.

    None: neither it nor one that it stands on has published anything.
    """
    found = went_out(study, name)
    if found is None:
        return None
    forecast = study.scenario(found.scenario).forecast
    return Outcome(study.problem(name), found.plan, study.waivers(name), forecast=forecast)


def published_sides(study: Study, opened: str) -> dict[str, str]:
    """Give the scenarios beside which a published plan stands, by the name of that side.

    They are those that have published one, and the opened one where one that it stands on has.
    """
    return {
        _side_name(study, each.name): each.name
        for each in study.scenarios
        if each.published is not None or (each.name == opened and went_out(study, opened))
    }


def published_side(study: Study, name: str) -> str | None:
    """Give the name of the side on which what went out stands beside a scenario; None: nothing went out."""
    return None if went_out(study, name) is None else _side_name(study, name)


def _side_name(study: Study, name: str) -> str:
    """Give a name that no scenario has."""
    called = f"{name}@published"
    while any(each.name == called for each in study.scenarios):
        called += "@"
    return called


def as_published(study: Study, name: str) -> Study:
    """Give the study in which the plan of a scenario is what went out, in the facts that it has now.

    Raises:
        UnknownScenarioError: there is no scenario of that name.
    """
    found, scenario = went_out(study, name), study.scenario(name)
    plan = Plan() if found is None else found.plan
    stands = replace(scenario, plan=plan, published=plan, made_for=None, signatures=())
    return study.replace(stands)


def published_title(scenario: str, lang: str) -> str:
    """Say what the published plan of a scenario is called beside others."""
    return say("compare.published", lang, scenario=scenario)


def to_tell(study: Study, name: str, lang: str) -> Publishing | None:
    """Say whom publishing the plan at hand now would tell what; None: there is no plan."""
    plan = study.scenario(name).plan
    if not any(plan.placements) and not any(plan.duties):
        return None
    return publishing(study, name, say("appointments.told", lang))


def telling_plain(found: Publishing | None) -> dict[str, Any]:
    """Give whom to tell as plain values: days as dates, times as HH:MM, rosters as words of a promise."""
    if found is None:
        return {"patients": [], "staff": [], "notice": []}
    horizon = found.problem.horizon
    return {
        "patients": [
            {
                "case": each.case,
                "from": _appointment(each.before, horizon),
                "to": _appointment(each.after, horizon),
            }
            for each in found.patients
        ],
        "staff": [
            {
                "person": each.person,
                "first": each.first,
                "days": [
                    {"day": _date(day.day, horizon), "from": day.before, "to": day.after}
                    for day in each.days
                ],
            }
            for each in found.staff
        ],
        "notice": [
            {
                "rule": each.rule.id,
                "hard": each.rule.hard,
                "subjects": [*each.breach.about.subjects],
            }
            for each in found.notice
        ],
    }


def _appointment(found: Appointment | None, horizon: Horizon) -> dict[str, str | None] | None:
    if found is None:
        return None
    start = None if found.start is None else written(found.start)
    return {"day": _date(found.day, horizon), "session": found.session, "start": start}


def _date(day: int, horizon: Horizon) -> str:
    return horizon.date(day).isoformat()
