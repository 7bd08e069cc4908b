"""Who may work what: own lists of shifts, skills, and one duty a day."""

from typing import Any

from roster_words import Found, broken, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.people import StaffMember
from planner.rostering import ShiftType
from planner.rules.contract import audit
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.one_duty import OneDuty
from planner.rules.roster.shift_skill import ShiftSkill
from planner.rules.space import RosterSpace
from planner.view import RosterView

CALL = (
    *SHIFTS,
    ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"night", "call"})),
)


def person(**values: Any) -> tuple[StaffMember, ...]:
    """Make person A."""
    return (StaffMember(id="A", contract="FPH", **values),)


def test_shifts_that_are_not_on_her_list() -> None:
    rule = AllowedShifts(id="R")
    problem, plan = situation({"A": "M S N12"}, staff=person(shifts=frozenset({"M", "S"})))
    breaches = audit(rule, RosterView(problem, plan))
    assert [(b.about.what, b.about.first, b.amount) for b in breaches] == [
        ("shift_not_allowed", 2, 1)
    ]
    assert judged(rule, "M S N12") == []  # no list: all shifts
    past, plan = situation({"A": "N12 | M"}, staff=person(shifts=frozenset({"M"})))
    assert broken(rule, past, plan) == []


def test_shifts_that_are_not_allowed_are_priced_though_no_domain_has_them() -> None:
    problem, _ = situation({"A": "M -"}, staff=person(shifts=frozenset({"M"})))
    space = RosterSpace(problem)
    (price,) = AllowedShifts(id="R").prices(space)
    assert price.cells == tuple(range(space.cells))
    for cell in range(space.cells):
        assert not [code for code in space.domain(cell) if code in price.codes]
    others = {space.shift_of[code].id for code in range(1, space.codes) if code in price.codes}
    assert others == {shift.id for shift in SHIFTS} - {"M"}


def test_a_shift_needs_its_skill() -> None:
    rule = ShiftSkill(id="R", tag="night", skill="X")
    assert judged(rule, "M N12 - N10") == [Found("skill_missing", d, d, 1) for d in (1, 3)]
    assert judged(rule, "M N12 - N10", staff=person(skills=frozenset({"X"}))) == []
    assert judged(rule, "N12 | M") == []
    assert judged(ShiftSkill(id="R", tag="night"), "N12") == []  # no skill is asked
    assert judged(rule, "N12+K K M+K", shifts=CALL) == [
        Found("skill_missing", d, d, 1) for d in (0, 1, 2)
    ]


def test_one_duty_a_day_and_track() -> None:
    rule = OneDuty(id="R")
    problem, plan = situation({"A": "M+S M+S+N12+K M+K"}, shifts=CALL)
    breaches = audit(rule, RosterView(problem, plan))
    assert [(b.about.first, b.amount) for b in breaches] == [(0, 1), (1, 2)]
    assert facts(rule, problem, plan)[0] == {"count": 2, "shifts": "M, S"}
    assert list(rule.rows(RosterSpace(problem))) == []
