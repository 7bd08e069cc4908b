"""Nights and weekends beside fair shares, with the known past; the roster beside the published one."""

import dataclasses
from collections.abc import Mapping

import pytest
from autumn_ward import DUTIES, ward

from planner.boards.roster import RosterRows
from planner.boards.roster_burdens import Burdens, Share
from planner.boards.roster_published import beside_published
from planner.kpis.contract import Outcome
from planner.people import History, StaffId
from planner.plan import Duty, Plan
from planner.problem import Problem

NIGHTS = (Duty("IADE-01", 0, "N"), Duty("IADE-01", 1, "N"), Duty("IADE-02", 3, "N"))


def burdens(problem: Problem, duties: tuple[Duty, ...]) -> Burdens:
    return RosterRows(Outcome(problem, Plan.build(duties=duties))).burdens


def staff(problem: Problem, **shares: int) -> Problem:
    people = tuple(
        dataclasses.replace(p, share=shares.get(p.id.replace("-", ""), 100)) for p in problem.staff
    )
    return dataclasses.replace(problem, staff=people)


def past(problem: Problem, words: Mapping[str, str]) -> Problem:
    told = ((StaffId(id), tuple(days.split())) for id, days in words.items())
    histories = tuple(History(id=id, past=days) for id, days in told)
    return dataclasses.replace(problem, histories=histories)


def test_a_fair_share_is_of_those_of_the_role_and_team() -> None:
    found = burdens(ward(), NIGHTS).of("nights")
    assert [found[f"IADE-0{n}"].here for n in (1, 2, 3)] == [2, 1, 0]
    assert {found[f"IADE-0{n}"].fair for n in (1, 2, 3)} == {1.0}
    assert [found[f"IADE-0{n}"].off for n in (1, 2, 3)] == [1, 0, -1]
    assert found["AS-01"] == Share(0, 0, 0.0, 0)


def test_half_the_time_is_half_the_share() -> None:
    found = burdens(staff(ward(), IADE03=50), NIGHTS).of("nights")
    assert [found[f"IADE-0{n}"].fair for n in (1, 2, 3)] == pytest.approx([1.2, 1.2, 0.6])


def test_the_known_past_counts_and_is_told_apart() -> None:
    problem = past(ward(), {"IADE-01": "N N ? -", "IADE-02": "- - - -"})
    found = burdens(problem, NIGHTS).of("nights")
    assert found["IADE-01"][:2] == (2, 2)
    assert (found["IADE-01"].past, found["IADE-02"].past, found["IADE-03"].past) == (3, 4, 0)
    total, weights = 5, (17, 18, 14)
    for n, weight in enumerate(weights, 1):
        assert found[f"IADE-0{n}"].fair == pytest.approx(total * weight / sum(weights))


def test_a_weekend_is_counted_once_and_days_away_do_not_count() -> None:
    duties = (Duty("AS-01", 5, "M"), Duty("AS-01", 6, "M"), Duty("AS-01", 12, "M"))
    found = burdens(ward(), duties).of("weekends")
    assert found["AS-01"].here == 2
    days = {"AS-01": 14, "AS-02": 11, "AS-03": 13}  # away for three days, and for one
    for id, there in days.items():
        assert found[id].fair == pytest.approx(2 * there / 38)


def test_who_may_work_no_nights_has_no_share_of_them() -> None:
    problem = ward()
    day_only = dataclasses.replace(problem.staff[2], shifts=frozenset({"M"}))
    people = (*problem.staff[:2], day_only, *problem.staff[3:])
    found = burdens(dataclasses.replace(problem, staff=people), NIGHTS)
    assert "IADE-03" not in found.of("nights")
    assert found.known == ("nights", "weekends")
    no_nights = dataclasses.replace(problem, shifts=problem.shifts[:2])
    assert burdens(no_nights, ()).known == ("weekends",)


def test_an_edit_counts_only_whom_it_touches_and_shares_anew() -> None:
    problem = past(ward(), {"IADE-01": "N N - -"})
    first = RosterRows(Outcome(problem, Plan.build(duties=DUTIES)))
    assert first.burdens.of("nights")["IADE-03"].here == 2
    plan = Plan.build(duties=(*DUTIES, Duty("IADE-01", 9, "N")))
    after = RosterRows(Outcome(problem, plan), (), first)
    assert after.fresh is not None
    assert "IADE-03" not in after.fresh
    again = RosterRows(Outcome(problem, plan))
    for burden in ("nights", "weekends"):
        assert after.burdens.of(burden) == again.burdens.of(burden)


def test_the_published_roster_is_told_where_it_is_another() -> None:
    published, days = Plan.build(duties=DUTIES), range(14)
    assert beside_published(published, None, days).same == frozenset()
    assert beside_published(published, Plan(), days) == beside_published(published, None, days)
    assert beside_published(published, published, days).same == frozenset(days)
    plan = Plan.build(duties=(*DUTIES[1:], Duty("AS-03", 9, "N")))
    found = beside_published(plan, published, days)
    assert found.other == {0, 9}
    assert found.shifts == {("IADE-01", 0): ("M",), ("AS-03", 9): ()}
    assert found.people() == {"IADE-01", "AS-03"}
