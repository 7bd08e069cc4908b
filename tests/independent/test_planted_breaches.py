"""Breaches of known amounts, planted by hand in random rosters: both judges find each, and no other.

What is planted is known from the definition of a rule and the days written; all items, those of the
drawn people too, are compared between the product's audit and the brute-force checker.
"""

import zlib
from collections import Counter
from pathlib import Path
from random import Random

import planted_days
import planted_rest
import planted_sums
import planted_teams
import pytest
from checker import check
from planted_diary import PLANTS, Diary, Items, Planted, draw_ward

from data.exporting import catalogue as exporters
from planner.plan import Plan
from planner.problem import Problem, faults, refuses
from planner.rules import catalogue
from planner.rules.contract import audit
from planner.view import RosterView

HANDS = (planted_days, planted_rest, planted_sums, planted_teams)
TYPES = sorted(type for type, rule in catalogue().items() if rule.part == "roster")
ROSTERS = -(-10_000 // len(TYPES))
"""Of each rule type: 10 000 of all."""
A_WARD = 16
"""So many rosters are drawn of one ward: the checker walks through its minutes once."""


def audited(problem: Problem, plan: Plan) -> Items:
    """Give what the product's audit finds."""
    found: Items = Counter()
    for breach in audit(problem.rules[0], RosterView(problem, plan)):
        assert breach.amount > 0
        for who in breach.about.subjects:
            found[who, problem.horizon.date(breach.about.last)] += breach.amount
    return found


def checked(problem: Problem, plan: Plan, folder: Path) -> Items:
    """Give what the brute-force checker finds in the exported folder."""
    exporters()["csv"].write(problem, plan, folder)
    verdict = check(folder)
    assert verdict.unjudged == []
    found: Items = Counter()
    for wrong in (*verdict.wrong, *verdict.soft):
        assert wrong.day is not None
        for who in wrong.who:
            found[who, wrong.day] += wrong.amount
    return found


def by_hand(planted: Planted, diary: Diary, items: Items) -> Items:
    """Give those of the items that are about what was written by hand."""
    own = {*diary.staff, *(need.id for need in diary.more["cover"])}
    return Counter({item: n for item, n in items.items() if planted.alone or item[0] in own})


def plant(type: str, number: int, folder: Path | None) -> bool:
    """Plant breaches in one roster, compare, and tell whether there were any.

    Without a folder it is not exported, and the checker not asked.
    """
    seed = zlib.crc32(type.encode()) % 1_000_000
    ward = draw_ward(Random(f"{seed} {number // A_WARD}"))
    diary = Diary(Random(f"{seed} {number} planted"), ward)
    planted = PLANTS[type](diary)
    problem, plan = diary.problem(planted.rule), diary.plan()
    assert not [fault for fault in faults(problem) if refuses(fault)], number
    found = audited(problem, plan)
    assert by_hand(planted, diary, found) == planted.items, (number, planted.rule)
    if folder is not None:
        assert checked(problem, plan, folder) == found, (number, planted.rule)
    return bool(planted.items)


def test_there_is_a_hand_that_plants_for_every_rule_type() -> None:
    assert sorted(PLANTS) == TYPES


@pytest.mark.parametrize("type", TYPES)
def test_planted_breaches_are_found_with_their_amounts(type: str, tmp_path: Path) -> None:
    some = sum(plant(type, n, tmp_path if n % 6 == 0 else None) for n in range(12))
    assert some >= 2


@pytest.mark.long
@pytest.mark.parametrize("type", TYPES)
def test_planted_breaches_of_many_rosters_are_found(type: str, tmp_path: Path) -> None:
    assert sum(plant(type, n, tmp_path) for n in range(ROSTERS)) >= ROSTERS // 4
