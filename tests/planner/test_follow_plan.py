"""Theatres and roster follow each other: cover of the plan at hand, teams of the roster at hand."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
import staffing
from staffing import least

from planner.changes import Add, ChangeSet, Set, apply
from planner.commands import CommandRefusedError, at_hand, expand, told
from planner.commands.contract import AtHand
from planner.demand import cover_id
from planner.hospital import Recovery, Theatre
from planner.people import StaffMember
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem, faults
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import audit
from planner.rules.theatre.teams import Teams
from planner.study import Scenario, Study
from planner.theatre_view import TheatreView
from planner.words import say

PLAN = Plan.build([Placement("K1", "A", "X1", 480)])
MONDAY = "2026-10-05"


@pytest.fixture(name="staffed")
def _staffed(problem: Problem) -> Problem:
    """The small hospital with the cover that its sessions ask for, and a fixed assistant on Monday."""
    found = staffing.staffed(problem)
    cover = (replace(n, least=n.least + 1) if n.id == f"AS-{MONDAY}" else n for n in found.cover)
    return replace(found, cover=tuple(cover))


def following(problem: Problem, plan: Plan, command: str, *words: str) -> Problem:
    """Do a command that reads the plan."""
    group = expand(problem, command, *words, hand=AtHand(plan, problem))
    after, notes = apply(problem, [group])
    assert notes == ()
    assert list(faults(after)) == list(faults(problem))
    return after


def test_cover_is_that_of_the_theatres_in_use_beside_what_is_fixed(staffed: Problem) -> None:
    before = least(staffed)
    assert [before[f"{post}-{MONDAY}"] for post in ("BLOC", "IBODE", "IADE", "AS")] == [4, 2, 2, 2]
    after = least(following(staffed, PLAN, "cover-from-plan"))
    assert [after[f"{post}-{MONDAY}"] for post in ("BLOC", "IBODE", "IADE", "AS")] == [2, 1, 1, 2]
    assert after["BLOC-2026-10-07"] == 0  # nobody is operated in session C
    only = least(following(staffed, PLAN, "cover-from-plan", "wednesday"))
    assert (only[f"BLOC-{MONDAY}"], only["BLOC-2026-10-07"]) == (4, 0)


def test_a_session_kept_for_emergencies_is_staffed_without_a_case(staffed: Problem) -> None:
    sessions = tuple(replace(each, emergency=each.id == "B") for each in staffed.sessions)
    after = least(following(replace(staffed, sessions=sessions), PLAN, "cover-from-plan"))
    assert after[f"BLOC-{MONDAY}"] == 4


def test_a_third_nurse_is_there_for_the_procedures_that_ask_for_one(staffed: Problem) -> None:
    rooms = (Theatre(id="S1", features=frozenset({"third-nurse"})), Theatre(id="S2"))
    asking = replace(staffed.procedures[0], id="HIP3", features=frozenset({"third-nurse"}))
    both = replace(staffed, theatres=rooms, procedures=(*staffed.procedures, asking))
    house = staffing.staffed(both)
    assert least(house)[f"BLOC-{MONDAY}"] == 5
    assert least(following(house, PLAN, "cover-from-plan"))[f"BLOC-{MONDAY}"] == 2
    cases = tuple(replace(each, procedure="HIP3") for each in house.cases)
    asked = following(replace(house, cases=cases), PLAN, "cover-from-plan")
    assert least(asked)[f"BLOC-{MONDAY}"] == 3


def test_anaesthetists_are_one_for_two_theatres_and_one_for_each_of_high_risk(
    staffed: Problem,
) -> None:
    cases = tuple(replace(each, flags=frozenset({"asa4"})) for each in staffed.cases)
    risky = replace(staffed, cases=cases)
    both = Plan.build([*PLAN.placements, Placement("K2", "B", None, 480)])
    for house, plan, people in ((staffed, both, 1), (risky, both, 3), (risky, PLAN, 2)):
        hand = AtHand(plan, house)
        group = ChangeSet(
            name="", changes=tuple(expand(house, "cover-from-plan", hand=hand).changes)
        )
        assert least(apply(house, [group])[0])[f"MAR-{MONDAY}"] == people


@pytest.mark.parametrize(
    ("patients", "nurses"), [(1, (1, 0)), (3, (1, 0)), (4, (2, 0)), (7, (3, 0))]
)
def test_nurses_of_the_recovery_room_follow_its_fullest_minute(
    staffed: Problem, patients: int, nurses: tuple[int, int]
) -> None:
    assert recovery(staffed, [570] * patients) == nurses  # all out of the room at 11:30


def test_a_later_shift_has_the_patients_that_stay_when_the_day_is_over(staffed: Problem) -> None:
    assert recovery(staffed, [570] * 4 + [1000]) == (1, 1)  # out at 18:40, when J is over
    assert recovery(staffed, [570, 880, 880, 880, 880]) == (1, 2)  # those of 16:40 stay to 17:55
    assert recovery(staffed, []) == (0, 0)


def recovery(house: Problem, starts: list[int]) -> tuple[int, int]:
    """Give the nurses of the day and of the evening with cases of two hours at these times."""
    shifts = (
        ShiftType(id="J", start=450, end=1050),
        ShiftType(id="S", start=660, end=1200),
        *house.shifts,
    )
    needs = tuple(
        CoverRequirement(id=f"SSPI-{id}-{MONDAY}", day=0, shifts=frozenset({id}), least=9)
        for id in ("J", "S")
    )
    case = house.cases[0]
    problem = replace(
        house,
        shifts=shifts,
        cover=needs,
        recoveries=(Recovery(id="V", posts=9, start=480, end=1200),),
        cases=tuple(replace(case, id=f"P{n}") for n in range(len(starts))),
    )
    plan = Plan.build(Placement(f"P{n}", "A", "X1", at) for n, at in enumerate(starts))
    if not starts:
        plan = Plan.build([Placement("P0", "C", "X1", 480)])
        problem = replace(problem, cases=(replace(case, id="P0"),))
    after = least(following(problem, plan, "cover-from-plan"))
    return after[f"SSPI-J-{MONDAY}"], after[f"SSPI-S-{MONDAY}"]


def test_doing_it_again_with_another_plan_begins_with_the_cover_of_the_sessions(
    staffed: Problem,
) -> None:
    """The cover of the first plan is no part of what the second one is counted from."""
    study = Study(id="s", base=staffed, scenarios=(Scenario(name="base", parent=None),))
    first = expand(staffed, "cover-from-plan", hand=AtHand(PLAN, staffed))
    other = Plan.build([*PLAN.placements, Placement("K3", "C", "X1", 480)])
    scenario = Scenario(name="then", changes=(first,), plan=other)
    study = replace(study, scenarios=(*study.scenarios, scenario))
    problem, hand = study.problem("then"), at_hand(study, "then")
    assert (hand.problem, hand.plan) == (staffed, other)
    after, _ = apply(problem, [expand(problem, "cover-from-plan", hand=hand)])
    assert least(after) == least(following(staffed, other, "cover-from-plan"))
    assert least(after)["BLOC-2026-10-07"] == 2


def test_each_number_is_told_with_its_reason(staffed: Problem) -> None:
    found = told(staffed, "cover-from-plan", "monday", hand=AtHand(PLAN, staffed))
    lines = [say(what, "en", **facts) for what, facts in found]
    assert lines[0] == "4 cover requirements move: 0 more people, 5 fewer."
    assert (
        f"IBODE-{MONDAY}: 2 → 1. 1 theatre in use (S1): one scrub nurse with the diploma each."
        in lines
    )
    assert all(say(what, "fr", **facts) for what, facts in found)


def test_commands_that_follow_a_plan_need_one(staffed: Problem) -> None:
    for command in ("cover-from-plan", "teams-from-roster"):
        with pytest.raises(CommandRefusedError):
            expand(staffed, command)


# --- the way back ----------------------------------------------------------------------------


def crewed(staffed: Problem, away: Iterable[str] = ()) -> tuple[Problem, Plan]:
    """Give nurses for two theatres on Monday, an anaesthetic nurse for each, and who is there."""
    skills = {
        **{f"N{n}": {"bloc", "ibode", "ORTHO"} for n in range(1, 5)},
        "A1": {"iade"},
        "A2": {"iade"},
    }
    posts = {"BLOC": "bloc", "IBODE": "ibode", "IADE": "iade", "SPE-ORTHO": "ORTHO"}
    cover = tuple(
        replace(need, skill=posts.get(need.id[:-11]))
        for need in staffed.cover
        if need.day == 0 and need.id[:-11] in posts
    )
    staff = (StaffMember(id=id, contract="FPH", skills=frozenset(s)) for id, s in skills.items())
    duties = [Duty(id, 0, "D") for id in skills if id not in set(away)]
    return replace(staffed, staff=tuple(staff), cover=cover, absences=(), histories=()), Plan.build(
        PLAN.placements, duties
    )


def teams_of(house: Problem, plan: Plan) -> dict[str, int]:
    after = following(house, plan, "teams-from-roster")
    return {record.id: record.teams for record in after.teams}


def test_a_roster_has_as_many_teams_as_its_scarcest_post(staffed: Problem) -> None:
    whole, some = {f"TEAM-{MONDAY}": 2, f"TEAM-ORTHO-{MONDAY}": 2}, f"TEAM-{MONDAY}"
    assert teams_of(*crewed(staffed)) == whole
    assert teams_of(*crewed(staffed, ["N1"]))[some] == 1  # three nurses
    assert teams_of(*crewed(staffed, ["A1"]))[some] == 1
    assert teams_of(*crewed(staffed, ["N1", "N2", "N3"]))[some] == 0
    assert teams_of(*crewed(staffed, ["A1", "A2"]))[f"TEAM-ORTHO-{MONDAY}"] == 2


def test_halves_differ_where_people_are_there_for_one_of_them(staffed: Problem) -> None:
    house, plan = crewed(staffed)
    shifts = (*house.shifts, ShiftType(id="E", start=480, end=780))
    cover = tuple(replace(need, shifts=need.shifts | {"E"}) for need in house.cover)
    early = plan.with_duties(
        duty._replace(shift="E") if duty.person == "A1" else duty for duty in plan.duties
    )
    found = following(replace(house, shifts=shifts, cover=cover), early, "teams-from-roster").teams
    assert [(t.teams, t.start, t.end) for t in found if not t.specialties] == [
        (2, 480, 750),
        (1, 750, 1050),
    ]


def test_two_nurses_away_close_a_theatre(staffed: Problem) -> None:
    """With four nurses both theatres may be used; with two of them away one of them has no team."""
    both = [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X1", 700)]
    for away, over in (((), 0), (("N1", "N2"), 1)):
        house, plan = crewed(staffed, away)
        plan = plan.with_placements(both)
        after = following(house, plan, "teams-from-roster")
        found = audit(Teams(id="T11"), TheatreView(after, plan))
        general = [each.amount for each in found if not each.about.subjects[0].endswith("ORTHO")]
        assert {*general} == ({over} if over else set())
        lines = [
            say(what, "en", **facts)
            for what, facts in told(house, "teams-from-roster", hand=AtHand(plan, house))
        ]
        assert (
            "Monday 5 October 2026, morning, –: 1 team for 2 theatres; BLOC has 2." in lines
        ) == bool(over)


def test_teams_that_are_there_are_set_and_others_added(staffed: Problem) -> None:
    house, plan = crewed(staffed, ["N1"])
    first = expand(house, "teams-from-roster", hand=AtHand(plan, house))
    assert {type(change) for change in first.changes} == {Add}
    after, _ = apply(house, [first])
    whole = crewed(staffed)[1]
    again = expand(after, "teams-from-roster", hand=AtHand(whole, house))
    assert {(type(change), getattr(change, "field", "")) for change in again.changes} == {
        (Set, "teams")
    }
    assert cover_id("TEAM", house.horizon, 0) in {change.id for change in again.changes}


# --- after a duty in the house ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "away"), [(510, 1950, [1]), (510, 1440, []), (1110, 2310, [1])]
)
def test_a_surgeon_has_no_list_on_the_day_on_which_a_duty_in_the_house_ends(
    staffed: Problem, start: int, end: int, away: list[int]
) -> None:
    shift = ShiftType(id="G", start=start, end=end, tags=frozenset({"work", "duty"}))
    staff = (*staffed.staff, StaffMember(id="X1", contract="FPH"))
    house = replace(staffed, shifts=(*staffed.shifts, shift), staff=staff, absences=())
    plan = PLAN.with_duties([Duty("X1", 0, "G"), Duty("I1", 2, "G"), Duty("X1", 27, "G")])
    group = AtHand(plan, house)
    if not away:
        with pytest.raises(CommandRefusedError):
            expand(house, "rest-after-duty", hand=group)
        return
    after, _ = apply(house, [expand(house, "rest-after-duty", hand=group)])
    assert [(each.person, each.first, each.last) for each in after.absences] == [("X1", 1, 1)]
    with pytest.raises(CommandRefusedError):  # all is so already
        expand(after, "rest-after-duty", hand=group)
