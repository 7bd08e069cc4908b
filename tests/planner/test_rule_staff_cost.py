"""What hired people and hours beyond the contract cost, in money."""

import pytest
from roster_words import Found, judged, situation

from planner.kpis import catalogue
from planner.kpis.contract import Outcome
from planner.packs.example import OTHERS, SHIFTS
from planner.people import Absence, Contract, StaffMember
from planner.rules.contract import Scope
from planner.rules.roster.staff_cost import StaffCost


@pytest.mark.parametrize(
    ("hour", "roster", "cost"),
    [
        (35, "M - -", 266),  # 7 h 36
        (35, "M M -", 532),
        (35, "M | - - -", 0),  # the past is paid
        (1, "M - -", 8),  # 7.6, rounded half up, duty by duty
        (1, "M M -", 16),
        (5, "M J10 -", 88),  # 38 and 50
        (55, "- - -", 0),
    ],
)
def test_each_hour_has_its_price(hour: int, roster: str, cost: int) -> None:
    found = judged(StaffCost(id="R", tier=3, hour=hour), roster)
    days = len(roster.rpartition("|")[2].split())
    assert found == ([Found("paid_all", 0, days - 1, cost)] if cost else [])


@pytest.mark.parametrize(
    ("roster", "away", "cost"),
    [
        ("M M M M - - -", 0, 0),
        ("D12 D12 D12 - - - -", 0, 20),  # an hour beyond 35
        ("D12 D12 D12 - - - -", 1, 120),  # a day off counts five hours less
        ("J9 J9 J9 J9 - - -", 0, 20),
    ],
)
def test_what_is_beyond_the_contract(roster: str, away: int, cost: int) -> None:
    absences = (Absence(id="a", person="A", first=6, last=6),) if away else ()
    rule = StaffCost(id="R", tier=3, paid="beyond", hour=20)
    found = judged(rule, roster, absences=absences)
    assert found == ([Found("paid_beyond", 0, 6, cost)] if cost else [])


def test_a_tag_says_which_hours_are_paid() -> None:
    rule = StaffCost(id="R", tier=3, tag="overtime", hour=10)
    assert judged(rule, "M HS -", shifts=(*SHIFTS, *OTHERS)) == [Found("paid_all", 0, 2, 60)]


def test_money_is_weighed_by_itself() -> None:
    assert StaffCost(id="R", tier=3).price == 1


def test_indicators_tell_the_cost_by_contract() -> None:
    people = (
        StaffMember(id="A", contract="FPH"),
        StaffMember(id="B", contract="POOL"),
        StaffMember(id="C", contract="POOL"),
    )
    contracts = (Contract(id="FPH", week=600), Contract(id="POOL", week=0))
    rosters = {"A": "M M - - - - -", "B": "M - - - - - -", "C": "M M - - - - -"}
    problem, plan = situation(rosters, staff=people, contracts=contracts)
    hired = StaffCost(id="pool", tier=3, hour=30, scope=Scope.of(contract=["POOL"]))
    beyond = StaffCost(id="more", tier=3, paid="beyond", hour=20, scope=Scope.of(contract=["FPH"]))
    names = ("hired_cost", "overtime_cost")
    figures = {each.name: each.figure for each in catalogue() if each.name in names}
    outcome = Outcome(problem.with_records("rule", (hired, beyond)), plan)
    assert figures["hired_cost"](outcome) == {("contract", "POOL"): 3 * 228}
    assert figures["overtime_cost"](outcome) == {("contract", "FPH"): 2 * 152 - 200}
    without = Outcome(problem.with_records("rule", ()), plan)
    assert {figure(without) for figure in figures.values()} == {None}
