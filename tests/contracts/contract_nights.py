"""Drawn theatre weeks turned to night over a change of the clock, as samples for the contract.

What lies from 08:00 to 17:00 lies from 20:00 to 05:00; every rule type is drawn anew for it.
"""

import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from contract_drawing import Sample, draw_rule
from contract_theatre import draw_placements, draw_theatre

from planner.clock import Horizon
from planner.problem import Problem
from planner.rules import catalogue

CHANGES: Final = (date(2026, 3, 29), date(2026, 10, 25))
LATER: Final = 720


def draw_night(type: str, number: int) -> Sample:
    """Draw a sample of a theatre rule whose nights are over a change of the clock, in turns."""
    seed = zlib.crc32(type.encode()) % 1_000_000 * 1000 + number
    rng = Random(seed)
    problem = overnight(draw_theatre(rng), CHANGES[number % 2])
    rule = draw_rule(rng, catalogue()[type], problem)
    problem = replace(problem, rules=(rule,))
    starts = rng.choice(("none", "tidy", "tidy", "wild", "wild", "some"))
    plan = draw_placements(rng, problem, starts)
    return Sample(seed=seed, problem=problem, rule=rule, plan=plan, starts=starts)


def overnight(drawn: Problem, change: date) -> Problem:
    """Turn the days of a drawn problem to nights, one of them over the change."""
    horizon = Horizon(start=change - timedelta(days=1), days=drawn.horizon.days)
    return replace(
        drawn,
        horizon=horizon,
        as_of=horizon.start,
        clock=True,
        noon=drawn.noon + LATER,
        sessions=_later(drawn.sessions),
        recoveries=_later(drawn.recoveries),
        wards=_later(drawn.wards),
        anaesthesia=_later(drawn.anaesthesia),
        teams=_later(drawn.teams),
        absences=_later(each for each in drawn.absences if each.start is not None),
    )


def _later(records: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(replace(r, start=r.start + LATER, end=r.end + LATER) for r in records)
