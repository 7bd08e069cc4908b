"""Why a figure moved: causes that add up, each the true one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from compared import CASES, SESSIONS, drawn, two, what
from kpi_house import case, house, staff

from planner.attribution import Pair
from planner.compare import beside, compare
from planner.comparison_words import cause_sentence, search_sentences
from planner.hospital import Census, Ward
from planner.kpi_words import row_title
from planner.kpis.contract import Outcome
from planner.plan import Duty, Placement, Plan
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.staff_cost import StaffCost

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_causes_of_every_sum_add_up_to_its_difference(seed: int) -> None:
    comparison = compare(drawn(seed), "base")
    summed = 0
    for row in comparison.kpis:
        for name, causes in row.causes.items():
            if causes:
                summed += 1
                assert sum(cause.amount for cause in causes) == row.delta[name], row.name
                assert all(sum(cause.amounts) == cause.amount for cause in causes)
                assert all(len(cause.subjects) == len(cause.amounts) for cause in causes)
            elif isinstance(row.values[name], int) and row.kpi.unit not in ("per cent", "day"):
                peak = row.kpi.name in ("peak_beds", "recovery_peak", "break_in_gap")
                assert not row.delta[name] or peak or row.kpi.name.endswith("_range"), row.name
    assert summed > 30


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cause_has_a_sentence_in_both_languages(seed: int) -> None:
    comparison = compare(drawn(seed), "base")
    for row in comparison.kpis:
        for causes in row.causes.values():
            for cause in causes:
                english, french = (cause_sentence(cause, lang) for lang in ("en", "fr"))
                assert cause.what not in english
                assert english != french
                assert cause.subjects[0] in english


HERE = [Placement("K1", "A", "X1", 900)]  # until 16:00


@pytest.mark.parametrize(
    ("placement", "cause"),
    [
        (Placement("K1", "B", "X1", 930), "session_other_cases"),
        (Placement("K1", "A", "X1", 930), "session_other_starts"),
    ],
)
def test_causes_of_overtime(placement: Placement, cause: str) -> None:
    problem = house(sessions=SESSIONS, cases=CASES)
    comparison = two(problem, problem, (HERE, [placement]))
    assert what(comparison, "planned_overtime") == {cause: 30}


@pytest.mark.parametrize(
    ("placements", "cause"),
    [
        ([Placement("K1", "B", "X1", 900)], {"case_other_day": 1}),
        ([Placement("K1", "C", "X1", 900)], {"case_other_session": 1}),
        ([Placement("K1", "A", "X1", 905)], {"case_other_start": 1}),
        ([Placement("K1", "A", "X2", 900)], {}),  # the same place and time
        ([], {}),
    ],
)
def test_causes_of_moved_cases(placements: list[Placement], cause: dict[str, int]) -> None:
    problem = house(sessions=SESSIONS, cases=CASES)
    assert what(two(problem, problem, (HERE, placements)), "cases_moved") == cause


def test_causes_of_scheduled_cases() -> None:
    before = house(sessions=SESSIONS, cases=CASES)
    after = house(sessions=SESSIONS, cases=(CASES[1], case("K3")))
    placed = [Placement("K2", "A", "X1", 480), Placement("K3", "B", "X1", 480)]
    comparison = two(before, after, (HERE, placed))
    assert what(comparison, "scheduled") == {
        "case_removed": -1, "case_placed": 1, "case_added": 1,
    }  # fmt: skip


def test_other_minutes_of_a_case_that_stays_are_its_facts() -> None:
    before = house(sessions=SESSIONS, cases=CASES)
    after = house(sessions=SESSIONS, cases=(case("K1", 75), CASES[1]))
    comparison = two(before, after, (HERE, HERE))
    assert what(comparison, "scheduled_minutes") == {"case_facts": 15}
    assert what(comparison, "planned_overtime") == {"session_case_facts": 15}


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"closed": True}, {"session_closed": -480}),
        ({"end": 1020}, {"session_facts": 60}),
        ({"owners": frozenset(), "end": 1020}, {"session_other_owner": 60}),
    ],
)
def test_causes_of_time_on_offer(changes: dict[str, object], cause: dict[str, int]) -> None:
    before = house(sessions=SESSIONS)
    after = house(sessions=(replace(SESSIONS[0], **changes), *SESSIONS[1:]))  # type: ignore[arg-type]
    assert what(two(before, after), "offered_minutes") == cause
    backward = two(after, before)
    opened = {"session_opened" if k == "session_closed" else k: -v for k, v in cause.items()}
    assert what(backward, "offered_minutes") == opened


def test_causes_of_hours() -> None:
    before = house(staff=staff("I1", "I2", "I3", "I4"))
    after = house(staff=(*staff("I1", "I2"), *staff("I3", share=50), *staff("I5")))
    work = [Duty(id, 0, "D") for id in ("I1", "I2", "I3", "I4")]
    new = [Duty("I1", 0, "D"), Duty("I1", 1, "D"), Duty("I2", 0, "N"), Duty("I3", 0, "D"),
           Duty("I5", 0, "D")]  # fmt: skip
    comparison = two(before, after, duties=(work, new))
    assert what(comparison, "staff_minutes") == {
        "staff_more_duties": 450, "staff_other_duties": 150, "staff_removed": -450, "staff_added": 450,
    }  # fmt: skip
    assert what(comparison, "minutes_below")["staff_facts"] == -1050


def test_the_cause_of_hours_of_the_same_duties_is_what_changed() -> None:
    """A shift with another pause is no changed absence, nor a changed share a changed shift."""
    before = house(staff=staff("I1", "I2"))
    work = [Duty("I1", 0, "D"), Duty("I2", 0, "N")]
    longer = tuple(replace(s, pause=s.pause + 10) if s.id == "D" else s for s in before.shifts)
    shifts = replace(before, shifts=longer)
    assert what(two(before, shifts, duties=(work, work)), "staff_minutes") == {"staff_shifts": -10}
    both = replace(shifts, staff=(replace(before.staff[0], share=50), before.staff[1]))
    found = what(two(before, both, duties=(work, work)), "staff_minutes")
    assert found == {"staff_facts_and_shifts": -10}
    assert Pair(Outcome(before, Plan()), Outcome(before, Plan())).happened(("staff", "I1")) == (
        "cause.staff_around"
    )


@pytest.mark.parametrize(
    ("beds", "taken", "patients", "cause"),
    [(1, 0, 2, "ward_patients"), (0, 0, 1, "ward_beds"), (1, 1, 1, "ward_beds")],
)
def test_causes_of_beds(beds: int, taken: int, patients: int, cause: str) -> None:
    cases = tuple(case(f"K{n}", ward="W", nights=1) for n in range(2))
    before = house(sessions=SESSIONS, cases=cases)
    full = (Census(id="c", ward="W", day=0, taken=taken),) if taken else ()
    after = replace(before, wards=(Ward(id="W", beds=beds),), census=full)
    placed = [Placement("K0", "A", "X1", 480), Placement("K1", "C", "X2", 480)]
    comparison = two(before, after, (placed[:1], placed[:patients]))
    assert what(comparison, "bed_days_over") == {cause: 1}


def test_another_rule_is_another_cause_than_another_plan() -> None:
    people, roster = staff("I1"), [Duty("I1", day, "D") for day in range(4)]
    before = house(staff=people, rules=(RunLength(id="runs", most=3),))
    after = house(staff=people, rules=(RunLength(id="runs", most=2),))
    assert what(two(before, after, duties=(roster, roster)), "hard_breaches") == {"rule_changed": 1}
    plan = what(two(before, before, duties=(roster, [])), "hard_breaches")
    assert plan == {"rule_plan_better": -1}


def test_the_same_plan_keeps_a_rule_less_well_because_of_facts() -> None:
    people, roster = staff("I1"), [Duty("I1", day, "D") for day in range(4)]
    before = house(staff=people, rules=(RunLength(id="runs", most=3),))
    night = replace(before, shifts=tuple(replace(s, tags=frozenset()) for s in before.shifts))
    facts = what(two(night, before, duties=(roster, roster)), "hard_breaches")
    assert facts == {"rule_facts_worse": 1}
    both = what(two(night, before, duties=([], roster)), "hard_breaches")
    assert both == {"rule_both_worse": 1}


def test_what_people_of_a_contract_cost_has_a_cause() -> None:
    people = staff("I1", "I2")
    problem = house(staff=people, rules=(StaffCost(id="pool", tier=3, hour=30),))
    other = house(staff=people[:1], rules=problem.rules)
    roster = [Duty("I1", 0, "D"), Duty("I2", 0, "D")]
    assert what(two(problem, other, duties=(roster, roster[:1])), "hired_cost") == {
        "contract_cost": -225,
    }


def test_where_facts_and_plan_moved_each_has_its_own_share() -> None:
    """A case does not last longer by moving, nor is a session longer by its cases."""
    before = house(sessions=SESSIONS, cases=CASES)
    longer = (replace(SESSIONS[0], end=SESSIONS[0].end + 60), *SESSIONS[1:])
    after = house(sessions=longer, cases=(case("K1", 75), CASES[1]))
    moved = [Placement("K1", "B", "X1", 900), Placement("K2", "A", "X2", 480)]
    comparison = two(before, after, (HERE, moved))
    assert what(comparison, "scheduled_minutes") == {"case_facts": 15, "case_placed": 90}
    assert what(comparison, "offered_minutes") == {"session_facts": 60}
    other = house(staff=staff("I1"), shifts=tuple(replace(s, pause=0) for s in before.shifts))
    work, new = [Duty("I1", 0, "D")], [Duty("I1", 0, "D"), Duty("I1", 1, "D")]
    found = what(two(house(staff=staff("I1")), other, duties=(work, new)), "staff_minutes")
    assert found == {"staff_shifts": 30, "staff_more_duties": 480}


FACTS = ("_facts", "_shifts", "_need", "_beds")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_facts_are_said_to_move_the_plan_of_before_moves_under_them(seed: int) -> None:
    outcomes = drawn(seed)
    base, other = outcomes["base"], outcomes["other"]
    sessions = {each.id for each in other.problem.sessions}
    cases = {each.id for each in other.problem.cases}
    stays = [p for p in base.plan.placements if p.session in sessions and p.case in cases]
    between = Outcome(other.problem, Plan.build(stays, base.plan.duties), reference=base)
    pair, split = Pair(base, other), 0
    for row in compare(outcomes, "base").kpis:
        if not row.causes["other"] or row.group:
            continue
        was, middle = base.figure(row.kpi), between.figure(row.kpi)
        for cause in row.causes["other"]:
            kind = cause.what.removeprefix("cause.").partition("_")[0]
            for id, amount in zip(cause.subjects, cause.amounts, strict=True):
                key = (kind, id)
                if cause.what.endswith(FACTS) and pair.both_moved(key):
                    assert isinstance(was, Mapping)
                    assert isinstance(middle, Mapping)
                    assert amount == middle.get(key, 0) - was.get(key, 0), (row.name, key)
                    split += 1
    assert seed or split


def test_what_happened_to_a_key_is_the_same_for_every_indicator() -> None:
    outcomes = drawn(5)
    pair = Pair(outcomes["base"], outcomes["other"])
    keys = [("case", each.id) for each in outcomes["base"].problem.cases]
    assert [pair.happened(key) for key in keys] == [pair.happened(key) for key in keys]


def test_figures_that_are_reckoned_otherwise_are_not_compared() -> None:
    """Wishes that weigh three times as much, and classes of another scheme, made nothing worse."""
    people, roster = staff("I1"), [Duty("I1", day, "D") for day in range(4)]
    wish = RunLength(id="runs", tier=4, weight=5, most=3)
    before = house(staff=people, rules=(wish,), sessions=SESSIONS, cases=CASES)
    after = replace(
        before,
        rules=(replace(wish, weight=15),),
        priorities=tuple(replace(each, wait=each.wait + 1) for each in before.priorities),
    )
    titled = before.with_records("rule", (replace(wish, title_en="Runs"),))
    both, same = two(before, after, duties=(roster, roster)), two(before, titled)
    rows = {row.name: row for row in both.kpis}
    for name in ("soft_cost", "weighted_tardiness", "scheduled_by_class.P2"):
        assert rows[name].delta == {"b": None}
        assert rows[name].otherwise == {"b"}
    assert rows["soft_cost"].values == {"a": 5, "b": 15}
    assert rows["scheduled"].delta == {"b": 0}
    for lang in ("en", "fr"):
        (told,) = search_sentences(both, lang)
        assert row_title(rows["soft_cost"], lang) in told
    assert not any(row.otherwise for row in same.kpis), "a title reckons nothing"
    assert not [*search_sentences(same, "en")]
    here = Outcome(after, Plan.build(duties=roster), reference=Outcome(before, Plan()))
    assert [*beside(rows["soft_cost"].kpi, here).delta.values()] == [None]
