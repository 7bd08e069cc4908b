"""Comparisons: exact differences, nothing where nothing differs."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from compared import CASES, SESSIONS, drawn, two
from kpi_house import house, session, staff

from planner.changes import STUDY_FIELDS, ChangeSet, Set, apply
from planner.clock import Horizon
from planner.compare import Comparison, InputChange, compare
from planner.comparison_plain import comparison_plain
from planner.comparison_words import input_sentences, names, search_sentences
from planner.kpi_words import difference, row_title, sense, written
from planner.kpis import sheet
from planner.kpis.contract import KPIS, Outcome
from planner.plan import Duty, Plan
from planner.rules.contract import Waiver
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.window_count import WindowCount

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_placements_and_duties_are_the_difference_of_the_two_plans(seed: int) -> None:
    outcomes = drawn(seed)
    comparison = compare(outcomes, "base")
    for name in ("moved", "other"):
        before, after = outcomes["base"].plan, outcomes[name].plan
        placed = [change for change in comparison.placements if change.scenario == name]
        assert {c.before for c in placed} - {None} == set(before.placements) - set(after.placements)
        assert {c.after for c in placed} - {None} == set(after.placements) - set(before.placements)
        duties = [change for change in comparison.duties if change.scenario == name]
        gone = {(c.person, c.day, c.before) for c in duties if c.before}
        new = {(c.person, c.day, c.after) for c in duties if c.after}
        assert gone == set(before.duties) - set(after.duties)
        assert new == set(after.duties) - set(before.duties)


def test_a_scenario_against_itself_shows_nothing() -> None:
    outcome = drawn(1)["base"]
    again = Outcome(outcome.problem, outcome.plan)
    comparison = compare({"base": outcome, "twin": again}, "base")
    assert comparison.same
    assert comparison.inputs == comparison.placements == comparison.duties == ()
    assert not any(row.differs or any(row.causes.values()) for row in comparison.kpis)
    assert list(input_sentences(comparison.inputs, "fr")) == []


def test_breaches_are_hard_accepted_or_priced() -> None:
    rules = (RunLength(id="runs", most=2), RunLength(id="wish", tier=3, most=1, weight=5))
    problem = house(staff=staff("I1", "I2"), rules=rules)
    plan = Plan.build(duties=[Duty(id, day, "D") for id in ("I1", "I2") for day in range(4)])
    waiver = Waiver(
        rule="runs", subjects=frozenset({"I1"}), first=0, last=3, most=9, reason="asked for it",
        author="me", made=problem.as_of,
    )  # fmt: skip
    found = sheet(Outcome(problem, plan, (waiver,)))
    assert found["hard_breaches"] == 2  # days 3 and 4 of I2
    assert found["accepted_breaches"] == 2
    assert found["soft_cost"] == 2 * 3 * 5
    assert sheet(Outcome(replace(problem, order="strict"), plan))["soft_cost"] is None


def test_changed_facts_are_told_field_by_field() -> None:
    before = house(sessions=SESSIONS, rules=(RunLength(id="runs", most=3),))
    after = house(
        sessions=(replace(SESSIONS[0], end=1020), *SESSIONS[2:], session("D", 3)),
        rules=(RunLength(id="runs", most=4),),
    )
    found = list(two(before, after).inputs)
    assert InputChange("b", "session", "A", "end", "16:00", "17:00") in found
    assert InputChange("b", "rule", "runs", "most", 3, 4) in found
    gone, new = (next(c for c in found if c.id == id) for id in "BD")
    assert (gone.field, gone.after) == ("", None)
    assert isinstance(new.after, dict)
    assert new.after["day"] == "2026-06-04"


def test_what_a_study_has_beside_its_records_is_compared_as_a_change_takes_it() -> None:
    before = house()
    after = replace(
        before, noon=760, clock=not before.clock, order="strict", as_of=dt.date(2026, 1, 2)
    )
    comparison = two(before, after)
    told = {each["field"]: each["to"] for each in comparison_plain(comparison)["inputs"]}
    assert json.dumps(told["noon"]) == "760"
    assert told["clock"] is after.clock
    assert (told["order"], told["as_of"]) == ("strict", "2026-01-02")
    sets = [
        Set(kind="problem", id="problem", field=name, expected=None, value=told[name])
        for name in STUDY_FIELDS
    ]
    made, _ = apply(before, (ChangeSet(name="all", changes=tuple(sets)),))
    assert replace(made, clock=after.clock) == after
    assert len(list(input_sentences(comparison.inputs, "fr"))) == 4


def test_a_breach_that_another_has_accepted_is_told_with_who_and_when() -> None:
    problem, made = house(), dt.date(2026, 1, 2)
    mine = Waiver(
        rule="r",
        subjects=frozenset({"x"}),
        first=0,
        last=1,
        most=1,
        reason="",
        author="a",
        made=made,
    )
    theirs = replace(mine, author="b", made=made + dt.timedelta(1))
    outcomes = {
        name: Outcome(problem, Plan(), (waiver,)) for name, waiver in (("a", mine), ("b", theirs))
    }
    (told,) = comparison_plain(compare(outcomes, "a"))["waivers"]
    assert (told["from"]["author"], told["to"]["author"]) == ("a", "b")
    assert (told["from"]["made"], told["to"]["made"]) == ("2026-01-02", "2026-01-03")


def test_a_rule_of_another_type_is_replaced_whole() -> None:
    before = house(rules=(RunLength(id="r"),))
    (change,) = two(before, house(rules=(WindowCount(id="r"),))).inputs
    assert change.field == ""
    assert isinstance(change.before, dict)
    assert isinstance(change.after, dict)
    assert (change.before["type"], change.after["type"]) == ("run_length", "window_count")


def test_records_that_change_alike_share_a_sentence() -> None:
    changes = [InputChange("b", "session", f"A{n}", "closed", False, True) for n in range(9)]
    (english,) = input_sentences(changes, "en")
    assert english == "Session A0, A1, A2, A3, A4, A5 and 3 more: closed from no to yes"
    (french,) = input_sentences(changes, "fr")
    assert french.startswith("Vacation A0, A1, A2, A3, A4, A5 et 3 de plus")
    assert names(["A"], "fr") == "A"


def test_figures_are_written_with_their_units_and_signs() -> None:
    overtime, fill, wait = (KPIS[n] for n in ("planned_overtime", "planned_fill", "mean_wait"))
    assert written(overtime, 90, "fr") == "1\u00a0h\u00a030"
    assert written(fill, 85.294, "en") == "85.3%"
    assert written(fill, 85.294, "fr") == "85,3\u202f%"
    assert written(wait, None, "en") == "n/a"
    assert difference(overtime, -5, "en") == "−5\u00a0min"
    assert difference(fill, 2.04, "fr") == "+2,0\u00a0pts"
    assert difference(fill, 0.01, "fr") == "="
    assert (sense(overtime, 5), sense(fill, 5), sense(overtime, 0)) == ("worse", "better", "")


def test_the_document_is_json_with_dates_and_clock_times() -> None:
    outcomes = drawn(3)
    comparison = compare(outcomes, "base", stale=("moved",))
    document = json.loads(json.dumps(comparison_plain(comparison)))
    assert list(document) == [
        "reference", "scenarios", "kpis", "inputs", "placements", "duties", "pins", "waivers", "stale",
        "searched", "late", "lent",
    ]  # fmt: skip
    assert document["stale"] == [{"scenario": "moved", "groups": [], "inputs": []}]
    assert {len(each["day"]) for each in document["duties"]} == {10}
    starts = {
        p[side]["start"] for p in document["placements"] for side in ("from", "to") if p[side]
    }
    assert "08:00" in starts
    row = next(row for row in document["kpis"] if row["name"] == "scheduled")
    for name, causes in row["causes"].items():
        assert sum(sum(cause["subjects"].values()) for cause in causes) == row["delta"][name]


def test_a_class_that_one_problem_lacks_counts_nothing_there() -> None:
    before = house(sessions=SESSIONS, cases=CASES)
    after = replace(before, priorities=before.priorities[1:])
    rows = {row.name: row for row in two(before, after).kpis}
    assert rows["scheduled_by_class.P2"].values == {"a": 0, "b": 0}
    title = row_title(rows["scheduled_by_class.P2"], "en")
    assert title == "Scheduled cases, by class: P2"


@pytest.mark.parametrize(
    ("searched", "told"),
    [
        ({}, False),  # nobody knows
        ({"base": 60.0, "other": 60.0}, False),
        ({"base": 60.0, "other": 71.0}, False),
        ({"base": 60.0, "other": 73.0}, True),
        ({"base": 1.0, "other": 3.0}, False),  # too short to matter
        ({"other": 60.0}, True),  # the base was planned by nobody
    ],
)
def test_plans_that_were_searched_unequally_are_told(
    searched: dict[str, float], told: bool
) -> None:
    horizon = Horizon(start=dt.date(2026, 10, 5), days=7)
    comparison = Comparison(
        reference="base", horizon=horizon, scenarios=("base", "other"), searched=searched
    )
    for lang in ("en", "fr"):
        words = " ".join(search_sentences(comparison, lang, {"base": "Base"}))
        assert bool(words) == told
        assert not told or f"other {round(searched['other'])}" in words
        assert not told or "Base" in words
    assert comparison_plain(comparison)["searched"] == searched


@pytest.mark.parametrize(
    ("late", "loose"),
    [
        ({}, None),
        ({"base": 99}, None),
        ({"base": 100}, "Base"),
        ({"other": 4000, "base": 10}, "other"),
    ],
)
def test_a_difference_smaller_than_what_the_search_still_gained_is_told(
    late: dict[str, int], loose: str | None
) -> None:
    people, rules = staff("I1"), (RunLength(id="wish", tier=3, most=1, weight=100),)
    problem = house(staff=people, rules=rules)
    plans = {"base": 1, "other": 2}
    outcomes = {
        name: Outcome(problem, Plan.build(duties=[Duty("I1", day, "D") for day in range(days)]))
        for name, days in plans.items()
    }
    found = replace(compare(outcomes, "base"), late=late, lent=())
    row = next(row for row in found.kpis if row.name == "soft_cost")
    assert row.delta["other"] == 100
    for lang in ("en", "fr"):
        words = " ".join(search_sentences(found, lang, {"base": "Base"}))
        told = [part for part in words.split(".") if loose and loose in part]
        assert bool(words) == (loose is not None)
        assert loose is None or (told and "100" in words and str(late[loose.lower()])[:1] in words)
    assert comparison_plain(found)["late"] == late
