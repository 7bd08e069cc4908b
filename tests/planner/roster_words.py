"""Rosters written as words, judged by both voices of a rule: what the tables of situations use.

A word a day: a shift, several joined by +, `-` off, `?` unknown; what stands before `|` is the past.
Day 0 is the first day after it, on the date given.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from contract_drawing import assignment
from contract_voices import Items, audited, price_items, row_amount, total

from planner.clock import Horizon, read_time
from planner.packs.example import SHIFTS
from planner.people import Contract, History, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import ShiftType
from planner.rules.contract import Rule, audit
from planner.rules.roster.min_gap import MinGap
from planner.rules.space import RosterSpace
from planner.sentences import breach_sentence
from planner.view import RosterView

MONDAY = dt.date(2026, 6, 1)
"""The Monday of a week without a clock change, first of a fortnight."""


class Found(NamedTuple):
    """An item that is broken: message, first and last day, amount."""

    what: str
    first: int
    last: int
    amount: int


def situation(
    rosters: Mapping[str, str], start: dt.date = MONDAY, **records: Any
) -> tuple[Problem, Plan]:
    """Make a problem and a plan from a roster a person."""
    split = {id: words.rpartition("|") for id, words in rosters.items()}
    ahead = {id: parts[2].split() for id, parts in split.items()}
    values: dict[str, Any] = {
        "contracts": (Contract(id="FPH"),),
        "staff": tuple(StaffMember(id=id, contract="FPH") for id in rosters),
        "shifts": SHIFTS,
        "histories": tuple(
            History(id=id, past=tuple(parts[0].split())) for id, parts in split.items() if parts[1]
        ),
    }
    horizon = Horizon(start=start, days=max(map(len, ahead.values())))
    problem = Problem(horizon=horizon, as_of=start, **(values | records))
    duties = (
        Duty(id, day, shift)
        for id, words in ahead.items()
        for day, word in enumerate(words)
        if word != "-"
        for shift in word.split("+")
    )
    return problem, Plan.build(duties=duties)


def rows_say(rule: Rule[Any, Any], problem: Problem, plan: Plan) -> Items:
    """Give what rows and prices cost, by item."""
    space = RosterSpace(problem)
    codes = assignment(space, plan)
    rows = [(row.about, row_amount(row, codes)) for row in rule.rows(space)]
    return total([*rows, *price_items(rule.prices(space), space, codes)])


def broken(rule: Rule[Any, Any], problem: Problem, plan: Plan) -> list[Found]:
    """Give what is broken, in which the audit and the rows have to agree."""
    breaches = audit(rule, RosterView(problem, plan))
    assert audited(breaches) == rows_say(rule, problem, plan)
    return [Found(b.about.what, b.about.first, b.about.last, b.amount) for b in breaches]


def judged(
    rule: Rule[Any, Any], roster: str, start: dt.date = MONDAY, **records: Any
) -> list[Found]:
    """Give what a rule says of the roster of one person."""
    return broken(rule, *situation({"A": roster}, start, **records))


def facts(rule: Rule[Any, Any], problem: Problem, plan: Plan) -> list[Mapping[str, int | str]]:
    """Give the facts of each breach."""
    return [breach.facts for breach in audit(rule, RosterView(problem, plan))]


def shift(id: str, start: str, end: str, pause: int = 0, *tags: str) -> ShiftType:
    """Make a shift from clock times; an end above 24:00 is on the next day."""
    return ShiftType(
        id=id,
        start=read_time(start),
        end=read_time(end),
        pause=pause,
        tags=frozenset({"work", *tags}),
    )


def sentences(rule: Rule[Any, Any], problem: Problem, plan: Any, lang: str = "en") -> list[str]:
    """Say the breaches of a rule, with plain spaces."""
    said = [
        breach_sentence(problem, rule, breach, lang)
        for breach in audit(rule, RosterView(problem, plan))
    ]
    return [words.replace("\u00a0", " ").replace("\u202f", " ") for words in said]


REST = MinGap(id="rest", minutes=660)
WARD = (
    shift("F", "06:00", "14:10", 30),
    shift("T", "08:00", "16:10", 30),
    shift("Z", "08:00", "14:00", 0),
    shift("S", "12:50", "21:00", 30),
    shift("N", "20:20", "30:30", 45),
)
