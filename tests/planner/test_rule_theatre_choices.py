"""Rules about who, where and which day: skills, owners, rooms, patients, waiting, what is closed."""

from dataclasses import replace
from typing import Any

import pytest
from theatre_tables import breaches, said, situation, space

from planner.packs import load, theatre_situation
from planner.plan import Plan
from planner.rules.contract import Rule, Scope
from planner.rules.space import TheatreSpace
from planner.rules.theatre.anaesthesia_type import AnaesthesiaType
from planner.rules.theatre.delivery import Delivery
from planner.rules.theatre.due_date import DueDate
from planner.rules.theatre.earliest import Earliest
from planner.rules.theatre.emergency_session import EmergencySession
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.notice import Notice
from planner.rules.theatre.owner import Owner
from planner.rules.theatre.room_features import RoomFeatures
from planner.rules.theatre.surgeon_away import SurgeonAway
from planner.rules.theatre.surgeon_skill import SurgeonSkill
from planner.rules.theatre.teaching import Teaching
from planner.rules.theatre.unscheduled import Unscheduled
from planner.rules.theatre.waiting import Waiting

SKILL, OWNER = SurgeonSkill(id="T07"), Owner(id="T08")
AFTER = Owner(id="T08-after", tier=3, when="after")


def case(id: str = "K1", **more: Any) -> dict[str, Any]:
    return {"id": id, "in": "A", "minutes": 60} | more


# --- who ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "surgeons", "lacks"),
    [
        ({}, {}, []),
        ({"surgeons": ["X1"]}, {}, []),
        ({"surgeons": ["X2", "X3"]}, {}, ["not_named"]),
        ({}, {"X1": {"cases": ["K1", "K2"]}}, []),
        ({}, {"X1": {"cases": ["K2"]}}, ["not_skilled"]),
        ({}, {"X1": {"specialty": "OPH"}}, ["not_skilled"]),
        ({}, {"X1": {"specialty": "OPH", "cases": ["K1"]}}, []),  # her list says what she does
        ({"surgeons": ["X2"]}, {"X1": {"specialty": "OPH"}}, ["not_named", "not_skilled"]),
        ({"surgeon": ""}, {}, ["no_surgeon"]),
    ],
)
def test_a_case_has_a_surgeon_whom_it_names_and_who_does_it(
    row: dict[str, Any], surgeons: dict[str, Any], lacks: list[str]
) -> None:
    found = said(SKILL, cases=[case(**row)], surgeons=surgeons)
    assert found == [(what, ("K1",), 1) for what in lacks]


def test_an_unattended_case_needs_nobody() -> None:
    problem, plan = situation(SKILL, cases=[case(surgeon="")])
    cases = tuple(replace(each, unattended=True) for each in problem.cases)
    unattended = problem.with_records("case", cases)
    assert list(SKILL.prices(TheatreSpace(unattended, plan.placements))) == []
    assert len(list(SKILL.prices(TheatreSpace(problem, plan.placements)))) == 1


@pytest.mark.parametrize(
    ("release", "before", "after"), [(None, 1, 0), (1, 1, 0), (0, 0, 1), (-5, 0, 1)]
)
def test_a_session_is_its_owners_until_it_is_given_back(
    release: int | None, before: int, after: int
) -> None:
    sessions = [{"id": "A", "owners": ["OPH"], "release": release}]
    table: dict[str, Any] = {"sessions": sessions, "cases": [case()]}
    assert said(OWNER, **table) == [("not_owner", ("K1",), 1)] * before
    assert said(AFTER, **table) == [("not_owner", ("K1",), 1)] * after


def test_an_owner_among_several_may_come_in_and_no_owner_is_everybodys() -> None:
    for owners in ([], ["S"], ["OPH", "S"]):
        assert said(OWNER, sessions=[{"id": "A", "owners": owners}], cases=[case()]) == []


def test_a_session_of_one_surgeon_refuses_her_colleagues() -> None:
    sessions = [{"id": "A", "owners": ["S"], "surgeon": "X2"}]
    assert said(OWNER, sessions=sessions, cases=[case(surgeon="X2")]) == []
    found = said(OWNER, sessions=sessions, cases=[case(surgeon="X1")])
    assert found == [("not_session_surgeon", ("K1",), 1)]


# --- where and when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "lacks"), [([], 2), (["robot"], 1), (["robot", "laminar"], 0), (["laser"], 2)]
)
def test_a_theatre_has_each_feature_that_the_procedure_needs(there: list[str], lacks: int) -> None:
    sessions = [{"id": "A", "features": there}]
    found = said(
        RoomFeatures(id="T14"), sessions=sessions, cases=[case(needs=["laminar", "robot"])]
    )
    assert found == ([("room_lacks", ("K1",), lacks)] if lacks else [])


@pytest.mark.parametrize(
    ("session", "needed", "broken"),
    [
        ("local", "general", 1),
        ("local", "local", 0),
        ("general", "general", 0),
        ("general", "local", 0),
    ],
)
def test_general_anaesthesia_is_not_for_local_sessions(
    session: str, needed: str, broken: int
) -> None:
    sessions = [{"id": "A", "anaesthesia": session}]
    found = said(AnaesthesiaType(id="T10"), sessions=sessions, cases=[case(anaesthesia=needed)])
    assert found == [("needs_anaesthetist", ("K1",), 1)] * broken


@pytest.mark.parametrize(
    ("earliest", "unavailable", "expected"),
    [
        (None, [], []),
        (5, [4, 6], []),
        (6, [], [("before_earliest", ("K1",), 1)]),
        (8, [5], [("before_earliest", ("K1",), 3), ("patient_away", ("K1",), 1)]),
        (None, [5], [("patient_away", ("K1",), 1)]),
    ],
)
def test_a_patient_comes_from_her_earliest_day_on_days_that_suit(
    earliest: int | None, unavailable: list[int], expected: list[Any]
) -> None:
    cases = [case(earliest=earliest, unavailable=unavailable)]
    assert said(Earliest(id="T32"), sessions=[{"id": "A", "day": 5}], cases=cases) == expected


@pytest.mark.parametrize(("delivery", "early"), [(None, 0), (5, 0), (6, 1), (9, 4), (-3, 0)])
def test_a_case_waits_for_its_delivery(delivery: int | None, early: int) -> None:
    sessions, cases = [{"id": "A", "day": 5}], [case(delivery=delivery)]
    found = said(Delivery(id="T15"), sessions=sessions, cases=cases)
    assert found == ([("before_delivery", ("K1",), early)] if early else [])


# --- waiting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due", "late"),
    [(3, 3, 0), (4, 3, 1), (3, None, 0), (3, 0, 3), (3, -20, 3), (0, -20, 0), (0, 0, 0)],
)
def test_a_case_is_late_by_the_days_that_the_plan_could_avoid(
    day: int, due: int | None, late: int
) -> None:
    found = said(DueDate(id="T31"), sessions=[{"id": "A", "day": day}], cases=[case(due=due)])
    assert found == ([("overdue", ("K1",), late)] if late else [])


@pytest.mark.parametrize(
    ("day", "listed", "days"),
    [(0, -30, 0), (1, -30, 1), (9, -1, 9), (9, 0, 9), (9, 5, 4), (9, 9, 0)],
)
def test_a_case_waits_the_days_of_the_horizon_since_it_is_listed(
    day: int, listed: int, days: int
) -> None:
    found = said(Waiting(id="w"), sessions=[{"id": "A", "day": day}], cases=[case(listed=listed)])
    assert found == ([("waits", ("K1",), days)] if days else [])


@pytest.mark.parametrize(
    ("minutes", "due", "earliest", "amount"),
    [
        (60, None, None, 60),
        (60, 14, None, 60),  # the horizon ends on day 13
        (60, 13, None, 90),
        (60, -3, None, 90),
        (65, 13, None, 98),  # 97.5
        (62, None, None, 65),  # planned minutes lie on the grid
        (60, None, 13, 60),
        (60, 13, 14, 0),
    ],
)
def test_a_case_left_out_counts_its_minutes_half_as_many_again_when_due(
    minutes: int, due: int | None, earliest: int | None, amount: int
) -> None:
    row = {"id": "K1", "minutes": minutes, "due": due, "earliest": earliest}
    (expected,) = [[("left_out", ("K1",), amount)] if amount else []]
    assert said(Unscheduled(id="u"), cases=[row]) == expected
    assert said(Unscheduled(id="u"), cases=[row | {"in": "A"}]) == []


@pytest.mark.parametrize(("delivery", "amount"), [(13, 90), (14, 0)])
def test_a_case_that_is_delivered_for_after_the_horizon_is_not_left_out(
    delivery: int, amount: int
) -> None:
    row = {"id": "K1", "minutes": 60, "due": 3, "delivery": delivery}
    found = said(Unscheduled(id="u"), cases=[row])
    assert found == ([("left_out", ("K1",), amount)] if amount else [])


def test_what_is_left_out_is_about_the_whole_horizon() -> None:
    (found,) = breaches(Unscheduled(id="u"), cases=[{"id": "K1", "minutes": 60}])
    assert (found.about.first, found.about.last) == (0, 13)


def test_a_scope_chooses_the_cases_of_a_rule() -> None:
    cases = [
        {"id": "K1", "minutes": 60, "priority": "P1b"},
        {"id": "K2", "minutes": 60, "priority": "P2"},
    ]
    rule = Unscheduled(id="u", tier=1, scope=Scope.of(priority=["P2"]))
    assert said(rule, cases=cases) == [("left_out", ("K2",), 60)]


# --- options that hard rules close --------------------------------------------------------------------

CLOSING: list[Rule[Any, Any]] = [
    OWNER,
    SKILL,
    SurgeonAway(id="T06"),
    AnaesthesiaType(id="T10"),
    RoomFeatures(id="T14"),
    Earliest(id="T32"),
    Delivery(id="T15"),
    EmergencySession(id="T29"),
    Notice(id="T33"),
    Teaching(id="T38"),
]

HOUSE: dict[str, Any] = {
    "sessions": [
        {"id": "A", "features": ["laminar"]},
        {"id": "B", "theatre": "R2", "day": 1, "owners": ["OPH"], "release": 1},
        {"id": "C", "theatre": "R2", "day": 2, "owners": ["OPH"], "release": 0},
        {"id": "D", "theatre": "R3", "day": 3, "surgeon": "X2", "anaesthesia": "local"},
        {
            "id": "E",
            "theatre": "R1",
            "day": 4,
            "owners": ["S", "OPH"],
            "surgeon": "X3",
            "release": 0,
        },
        {"id": "F", "theatre": "R4", "day": 5, "emergency": True},
    ],
    "surgeons": {
        "X1": {},
        "X2": {"cases": ["K1", "K2", "K4"], "teaches": True},
        "X3": {"specialty": "OPH"},
    },
    "cases": [
        {"id": "K1", "minutes": 60, "needs": ["laminar"]},
        {"id": "K2", "minutes": 60, "anaesthesia": "local", "earliest": 3},
        {"id": "K3", "minutes": 120, "unavailable": [0, 2]},
        {"id": "K4", "minutes": 240, "surgeons": ["X2", "X3"], "trainee": True},
        {"id": "K5", "minutes": 60, "specialty": "OPH", "delivery": 2},
        {"id": "K6", "minutes": 60, "appointment": {"day": 4}},
    ],
    "away": [
        {"surgeon": "X1", "day": 1},
        {"surgeon": "X2", "day": 0, "start": "08:00", "end": "12:00"},
        {"surgeon": "X2", "day": 2, "start": "11:00", "end": "16:00"},
        {"surgeon": "X3", "day": 4, "start": "06:00", "end": "18:00"},
    ],
}


def options(of: TheatreSpace) -> set[tuple[str, str, str | None]]:
    return {(o.case.id, o.session.id, o.surgeon) for o in of.options}


@pytest.mark.parametrize("rule", CLOSING, ids=lambda rule: rule.type)
def test_what_is_not_listed_is_what_the_hard_rule_prices(rule: Rule[Any, Any]) -> None:
    soft = replace(rule, tier=4)
    everything = space(soft, **HOUSE)
    priced = {code for price in soft.prices(everything) for code in price.codes.members}
    shut = {(o.case.id, o.session.id, o.surgeon) for o in everything.options if o.code in priced}
    assert shut, "the house shows nothing of this rule"
    assert options(space(rule, **HOUSE)) == options(everything) - shut


@pytest.mark.parametrize("rule", CLOSING, ids=lambda rule: rule.type)
def test_a_rule_for_some_or_out_of_force_closes_nothing(rule: Rule[Any, Any]) -> None:
    everything = options(space(replace(rule, tier=4), **HOUSE))
    scope = Scope.of(flag=["latex"])
    assert options(space(replace(rule, scope=scope), **HOUSE)) == everything
    assert options(space(replace(rule, enabled=False), **HOUSE)) == everything


def test_a_hard_rule_about_released_sessions_closes_no_other() -> None:
    assert options(space(replace(AFTER, tier=0), **HOUSE)) == options(space(AFTER, **HOUSE))


def test_all_hard_rules_together_leave_what_each_leaves() -> None:
    problem, _ = situation(CLOSING[0], **HOUSE)
    together = options(TheatreSpace(problem.with_records("rule", tuple(CLOSING))))
    assert together == set.intersection(*(options(space(rule, **HOUSE)) for rule in CLOSING))


def test_a_kept_placement_is_listed_once_though_closed() -> None:
    cases = [{"id": "K1", "in": "A", "minutes": 60}, {"id": "K2", "minutes": 60}]
    sessions = [{"id": "A", "closed": True}, {"id": "B", "theatre": "R2"}]
    found = space(InSession(id="T02"), sessions=sessions, cases=cases)
    assert [(o.case.id, o.session.id) for o in found.options] == [
        ("K1", "B"),
        ("K1", "A"),
        ("K2", "B"),
    ]


def test_options_of_the_charter_examples_hold_their_plans() -> None:
    charter = load("theatre_charter")
    for shown in charter.theatre_examples:
        problem, plan = theatre_situation(charter.rule(shown.rule), shown)
        of = TheatreSpace(problem, plan.placements)
        for p in plan.placements:
            assert (p.case, p.session, p.surgeon) in of.code_of
        assert TheatreSpace(problem, Plan().placements).cells == len(problem.cases)


def test_a_case_left_out_may_count_as_one() -> None:
    cases = [{"id": "K1", "minutes": 60, "due": 3}, {"id": "K2", "minutes": 30, "earliest": 14}]
    rule = Unscheduled(id="u", measure="cases")
    assert said(rule, cases=cases) == [("case_left_out", ("K1",), 1)]
