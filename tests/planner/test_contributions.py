"""Figures that are no sums: the assignments that move them most, each taken back by itself."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_house import case, crowded_house, drawn_change, drawn_plan, house, session, staff

from planner.attribution import Pair
from planner.compare import compare
from planner.comparison_plain import comparison_plain
from planner.comparison_words import share_sentence
from planner.contributions import BLOCK, MOST, TOLD, explained, shares
from planner.kpis import catalogue
from planner.kpis.contract import Outcome, grouped
from planner.plan import Duty, Placement, Plan

CASES = (case("K1", 60), case("K2", 90), case("K3", 30))
SESSIONS = (session("A"), session("B", 1))


def both(before: Outcome, after: Outcome, name: str) -> tuple[object, ...]:
    row = next(row for row in compare({"a": before, "b": after}, "a").kpis if row.name == name)
    return shares(row, "b", Pair(before, after))


def test_a_mean_is_moved_most_by_the_case_that_was_moved_farthest() -> None:
    problem = house(days=14, sessions=(*SESSIONS, session("C", 11)), cases=CASES)
    before = Plan.build(Placement(id, "A", "X1", 480) for id in ("K1", "K2", "K3"))
    after = Plan.build(
        [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X1", 480),
         Placement("K3", "C", "X1", 480)]
    )  # fmt: skip
    found = both(Outcome(problem, before), Outcome(problem, after), "mean_wait")
    assert [(share.subject, share.amount) for share in found] == [
        ("K3", pytest.approx(11 / 3)), ("K2", pytest.approx(1 / 3)),
    ]  # fmt: skip
    assert found[0].what == "cause.case_other_day"


def test_a_range_of_nights_names_the_person_who_has_them() -> None:
    problem = house(staff=staff("I1", "I2"))
    even = Plan.build(duties=[Duty("I1", 0, "N"), Duty("I2", 1, "N")])
    uneven = Plan.build(duties=[Duty("I1", day, "N") for day in (0, 2, 4)])
    found = both(Outcome(problem, even), Outcome(problem, uneven), "nights_range")
    assert {share.subject: share.amount for share in found} == {"I1": 2, "I2": 1}


def test_sums_have_causes_and_no_contributions() -> None:
    problem = house(sessions=SESSIONS, cases=CASES)
    before = Outcome(problem, Plan.build([Placement("K1", "A", "X1", 480)]))
    after = Outcome(problem, Plan())
    assert both(before, after, "scheduled") == ()


def test_of_many_moved_cases_those_that_matter_are_found() -> None:
    count = MOST + 3 * BLOCK
    cases = tuple(case(f"K{n:03}", 5) for n in range(count))
    problem = house(days=14, sessions=(*SESSIONS, session("Z", 13)), cases=cases)
    before = Plan.build(Placement(each.id, "A", "X1", 480) for each in cases)
    late = f"K{count - 1:03}"
    after = Plan.build(
        Placement(each.id, "Z" if each.id == late else "B", "X1", 480) for each in cases
    )
    found = both(Outcome(problem, before), Outcome(problem, after), "mean_wait")
    assert found[0].subject == late
    assert len(found) == TOLD


@settings(max_examples=25)
@given(st.integers(min_value=0, max_value=10**6))
def test_causes_of_every_additive_indicator_add_up_on_random_pairs(seed: int) -> None:
    """Whatever stands in the catalogue: an indicator that gives amounts is split without a rest."""
    random, problem = Random(seed), crowded_house()
    other = drawn_change(problem, random) if seed % 3 else problem
    outcomes = {
        "base": Outcome(problem, drawn_plan(problem, random)),
        "other": Outcome(other, drawn_plan(other, random)),
    }
    comparison = compare(outcomes, "base")
    rows = {row.name: row for row in comparison.kpis}
    other_side = outcomes["other"].against(outcomes["base"])
    summed = 0
    for kpi in catalogue():
        for group, figure in grouped(kpi.figure(other_side)).items():
            if not isinstance(figure, dict | type(None)) and not hasattr(figure, "keys"):
                continue
            row = rows.get(f"{kpi.name}.{group}" if group else kpi.name)
            if row is None or figure is None or row.delta.get("other") is None:
                continue
            summed += 1
            assert sum(c.amount for c in row.causes["other"]) == row.delta["other"], row.name
            assert all(sum(c.amounts) == c.amount for c in row.causes["other"]), row.name
    assert summed > 20


def test_what_contributes_is_told_in_the_document_and_in_both_languages() -> None:
    random, problem = Random(3), crowded_house()
    outcomes = {name: Outcome(problem, drawn_plan(problem, random)) for name in ("base", "other")}
    comparison = explained(compare(outcomes, "base"), outcomes)
    told = {
        row["name"]: row["contributions"]["other"]
        for row in comparison_plain(comparison)["kpis"]
        if row["contributions"]
    }
    assert {"mean_wait", "planned_fill"} <= told.keys()
    for row in comparison.kpis:
        assert not (row.causes.get("other") and row.shares.get("other"))
        for share in row.shares.get("other", ()):
            english, french = (share_sentence(share, lang) for lang in ("en", "fr"))
            assert share.subject in english
            assert english != french
