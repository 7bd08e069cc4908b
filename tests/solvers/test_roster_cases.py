"""Cases from the field that end without a perfect roster: the answer says what is missing, and why."""

from collections import Counter
from dataclasses import replace

from roster_small import AWAY, COVER, REST, THIN, need, person, roster_problem

from planner.people import Absence, ShiftId, StaffId
from planner.plan import Duty, Plan
from planner.rostering import ShiftType
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.equity import Equity
from planner.rules.roster.target_hours import TargetHours
from planner.rules.roster.window_count import WindowCount
from planner.runs import Budget, Event, Improved, Remark, SolveRequest, SolveResult
from planner.score import judge
from planner.study import Pin
from solvers.engine import solve

EFFORT = Budget(effort=1)


def answered(request: SolveRequest) -> tuple[SolveResult, list[Remark]]:
    events: list[Event] = []
    result = solve(request, events.append)
    return result, [event for event in events if isinstance(event, Remark)]


def duty(who: str, day: int, shift: str) -> Duty:
    return Duty(StaffId(who), day, ShiftId(shift))


def test_cover_that_cannot_be_met_is_one_open_place_that_is_named() -> None:
    """F27: Saturday night needs three with X; three have it, one of them is on leave."""
    staff = (*(person(f"R{i}", "X") for i in (1, 2, 3)), person("R4"), person("R5"))
    nights = [need(day, "N", 1, "X") for day in (0, 2, 4)]
    leave = Absence(id="L", person="R3", first=5, last=6)
    cover = (*nights, need(5, "N", 3, "X"), *(need(day, "Z") for day in range(7)))
    problem = roster_problem(staff, cover, absences=(leave,))
    result, remarks = answered(SolveRequest(problem=problem, budget=EFFORT))
    assert result.status == "optimal"
    assert (result.score.hard, result.score.total, result.bound) == (0, 720, 720)
    open_places = judge(problem, result.plan).judged
    assert [(e.rule.id, e.breach.about.subjects, e.breach.amount) for e in open_places] == [
        ("cover", ("N5X",), 1)
    ]
    assert not {"R4", "R5"} & {d.person for d in result.plan.duties if d == duty(d.person, 5, "N")}
    assert [(each.what, each.facts["needed"], each.facts["able"]) for each in remarks] == [
        ("cover_out_of_reach", 3, 2)
    ]
    assert remarks[0].facts["date"] == "2024-11-09"
    assert remarks[0].facts["skill"] == "X"


def test_nobody_is_given_a_shift_after_her_last_day() -> None:
    """F81: the only one who has X leaves on day 3; its night is hers, the later places stay open."""
    staff = (replace(person("R1", "X"), last=3), person("R2"))
    cover = tuple(need(day, "N", 1, "X") for day in (1, 3, 4, 6))
    problem = roster_problem(staff, cover)
    result, remarks = answered(SolveRequest(problem=problem, budget=EFFORT))
    assert {duty("R1", 1, "N"), duty("R1", 3, "N")} <= set(result.plan.duties)
    assert max(each.day for each in result.plan.duties if each.person == "R1") == 3
    assert (result.status, result.score.hard, result.score.total) == ("optimal", 0, 2 * 720)
    assert [each.facts["able"] for each in remarks] == [0, 0]


def test_each_way_out_of_a_cover_that_cannot_be_met_is_enough_by_itself() -> None:
    """F27: a lower need, or leave that ends, leaves no place open and no remark."""
    staff = tuple(person(f"R{i}", "X") for i in (1, 2, 3))
    leave = Absence(id="L", person="R3", first=5, last=6)
    for problem in (
        roster_problem(staff, (need(5, "N", 2, "X"),), absences=(leave,)),
        roster_problem(staff, (need(5, "N", 3, "X"),)),
    ):
        result, remarks = answered(SolveRequest(problem=problem, budget=EFFORT))
        assert (result.status, result.score.total, remarks) == ("optimal", 0, [])


def test_a_pinned_odd_shift_stays_and_no_night_is_laid_against_it() -> None:
    """F29 a: S1 works Tuesday morning; only S1 could take Monday's night."""
    leave = Absence(id="L", person="S2", first=0, last=1)
    cover = (need(0, "N"), need(1, "Z", 0))
    problem = roster_problem((person("S1"), person("S2")), cover, days=3, absences=(leave,))
    plan = Plan.build(duties=(duty("S1", 1, "Z"),))
    pins = (Pin(kind="person", id="S1", first=1, last=1),)
    result, remarks = answered(SolveRequest(problem=problem, plan=plan, pins=pins, budget=EFFORT))
    assert list(result.plan.duties) == [duty("S1", 1, "Z")]
    assert (result.status, result.score.hard, result.score.total) == ("feasible", 0, 720 + 60)
    assert remarks == []
    free, _ = answered(SolveRequest(problem=problem, plan=plan, budget=EFFORT))
    assert list(free.plan.duties) == [duty("S1", 0, "N")]


def test_two_pins_that_conflict_are_both_kept_and_both_named() -> None:
    """F29 b."""
    problem = roster_problem((person("S1"), person("S2")), (need(0, "N"), need(1, "Z")), days=3)
    kept = (duty("S1", 0, "N"), duty("S1", 1, "Z"))
    pins = (Pin(kind="person", id="S1", first=0, last=1),)
    request = SolveRequest(problem=problem, plan=Plan.build(duties=kept), pins=pins, budget=EFFORT)
    result, remarks = answered(request)
    assert set(kept) <= set(result.plan.duties)
    assert (result.status, result.score.breaches) == ("relaxed", 1)
    assert [each.what for each in remarks] == ["pins_clash"]
    assert remarks[0].facts["rule"] == "rest"
    assert "S1 N 2024-11-04" in str(remarks[0].facts["pins"])
    assert "S1 Z 2024-11-05" in str(remarks[0].facts["pins"])


def test_what_is_over_is_kept_and_nobody_is_asked_to_free_it() -> None:
    """F29 b, looked at once both days are over: a worse roster than could be, and no remark."""
    problem = roster_problem((person("S1"), person("S2")), (need(0, "N"), need(1, "Z")), days=3)
    problem = replace(problem, as_of=problem.horizon.date(2))
    kept = (duty("S1", 0, "N"), duty("S1", 1, "Z"))
    pins = (Pin(kind="day", id="", first=0, last=1),)
    request = SolveRequest(problem=problem, plan=Plan.build(duties=kept), pins=pins, budget=EFFORT)
    result, remarks = answered(request)
    assert set(result.plan.duties) == set(kept)
    assert remarks == []


def test_a_minimum_that_the_days_cannot_give_is_kept_as_closely_as_can_be() -> None:
    """F30 a: eight days each for four doctors over 31 days of one; one day short, and no more."""
    cover = tuple(need(day, "Z") for day in range(31))
    staff = tuple(person(f"T{i}") for i in (1, 2, 3, 4))
    one = (Coverage(id="one", level="least"), Coverage(id="single", level="most"))
    for least, status, hard in ((8, "relaxed", 720), (7, "optimal", 0)):
        rules = (*one, WindowCount(id="least", tag="Z", window="horizon", least=least), REST, AWAY)
        problem = roster_problem(staff, cover, 31, rules)
        result, _ = answered(SolveRequest(problem=problem, budget=EFFORT))
        assert (result.status, result.score.hard) == (status, hard)
        assert judge(problem, result.plan).score == result.score


def test_a_duty_of_somebody_now_away_does_not_stand_in_the_first_plan() -> None:
    staff = (person("R1"), person("R2"))
    problem = roster_problem(staff, (need(1, "Z"), need(3, "Z")))
    before = Plan.build((), [duty("R1", 1, "Z"), duty("R2", 3, "Z")])
    away = Absence(id="L", person="R1", first=1, last=1)
    changed = replace(problem, absences=(away,))
    first: list[Improved] = []
    solve(
        SolveRequest(problem=changed, plan=before, budget=EFFORT),
        lambda event: first.append(event) if isinstance(event, Improved) else None,
    )
    assert list(first[0].plan.duties) == [duty("R2", 3, "Z")]


def test_seven_days_each_of_31_are_shared_as_fairly_as_can_be() -> None:
    """F30 b: 8, 8, 8 and 7."""
    cover = tuple(need(day, "Z") for day in range(31))
    staff = tuple(person(f"T{i}") for i in (1, 2, 3, 4))
    fair = Equity(id="fair", tier=4, weight=1, burdens=(("Z", 100),), tolerance=0, step=100)
    one = (Coverage(id="one", level="least"), Coverage(id="single", level="most"))
    least = WindowCount(id="least", tag="Z", window="horizon", least=7)
    problem = roster_problem(staff, cover, 31, (*one, least, fair, REST, AWAY))
    result, _ = answered(SolveRequest(problem=problem, budget=Budget(effort=0.2)))
    assert result.score.breaches == 0
    assert sorted(Counter(duty.person for duty in result.plan.duties).values()) == [7, 8, 8, 8]


def test_nights_go_by_contract_share() -> None:
    """F32: 33 nights of people of 100, 100, 80 and 50 per cent are 10, 10, 8 and 5."""
    shares = {"V1": 100, "V2": 100, "V3": 80, "V4": 50}
    staff = tuple(replace(person(id), share=share) for id, share in shares.items())
    fair = Equity(id="fair", tier=4, weight=1, burdens=(("N", 10),), tolerance=0, step=10)
    cover = tuple(need(day, "N") for day in range(33))
    one = (Coverage(id="one", level="least"), Coverage(id="single", level="most"))
    problem = roster_problem(staff, cover, 33, (*one, fair, REST, AWAY))
    result, _ = answered(SolveRequest(problem=problem, budget=Budget(effort=0.2)))
    nights = Counter(duty.person for duty in result.plan.duties if duty.shift == "N")
    assert nights == {
        "V1": 10, "V2": 10, "V3": 8, "V4": 5,
    }  # fmt: skip


def test_a_call_out_is_kept_and_nobody_is_given_another() -> None:
    """FRD3: she was called out until 04:00; eleven hours later she may work again, not before."""
    out = ShiftType(
        id=ShiftId("CO"), start=1380, end=1680, track="callout", tags=frozenset({"work", "callout"})
    )
    late = ShiftType(id=ShiftId("E"), start=900, end=1200, tags=frozenset({"work"}))
    day = tuple(need(day, shift) for day in range(4) for shift in ("Z", "E"))
    staff = (person("A"), person("B"))
    hours = TargetHours(id="hours", tier=2, tolerance=0)  # everybody wants more work
    problem = roster_problem(staff, day, 4, (REST, AWAY, COVER, THIN, hours))
    problem = replace(problem, shifts=(*problem.shifts, late, out))
    plan = Plan.build(duties=[duty("A", 1, "CO"), duty("A", 2, "Z")])
    for budget in (Budget(effort=0.02), Budget(effort=0.2)):
        result, _ = answered(SolveRequest(problem=problem, plan=plan, budget=budget))
        assert [each for each in result.plan.duties if each.shift == "CO"] == [duty("A", 1, "CO")]
        assert duty("A", 2, "Z") not in list(result.plan.duties)  # from 04:00 to 08:00
        assert result.score.breaches == 0
        assert judge(problem, result.plan).score == result.score
