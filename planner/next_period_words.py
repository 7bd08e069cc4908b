"""What the next period begins with, in sentences."""

from typing import Final

from planner.live import difference
from planner.next_period import Following
from planner.study import Scenario
from planner.words import day, say

_NAMED: Final = 8
"""Codes that a sentence names; it counts the others."""


def apart(scenario: Scenario) -> dict[str, str | int] | None:
    """Give the facts of `next_period.apart`: what the plan says otherwise than published; None: nothing.

    It is what was done instead, or a draft that nobody meant to be the past: whoever reads it knows.
    """
    if scenario.published is None:
        return None
    found = difference(scenario.published, scenario.plan)
    cases = sorted({str(each.case) for each in found.placements})
    people = sorted({str(each.person) for each in found.duties})
    if not cases and not people:
        return None
    codes = [*cases, *people]
    listed = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    return {"cases": len(cases), "people": len(people), "codes": listed}


def period_lines(found: Following, lang: str) -> list[str]:
    """Say what the next period begins with, a sentence a kind of facts, and nothing of what is not.

    Public holidays are told even where there is none: the list may end too early.
    """
    horizon = found.problem.horizon
    dates = {"first": day(horizon.date(0), lang), "last": day(horizon.date(horizon.last), lang)}
    told = (
        say(f"next_period.{what}", lang, n=n)
        for what, n in found.told.items()
        if n or what == "holidays"
    )
    return [say("next_period.dates", lang, **dates), *told]
