"""Vacant duties: which they are, who could take one, what it costs by the audit."""

import dataclasses

from autumn_ward import DUTIES, ward

from planner.boards.roster import RosterRows
from planner.boards.roster_vacancies import vacancies
from planner.facts import facts
from planner.hand_edits import assigned
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.score import judge
from planner.vacancies import Taker, Vacancy, able, takers
from planner.vacancy_words import taker_breaches, taker_price, taker_title, vacancy_sentence


def outcome() -> Outcome:
    return Outcome(ward(), Plan.build(duties=DUTIES))


def vacant(known: Outcome) -> tuple[Vacancy, ...]:
    return vacancies(RosterRows(known).cover)


def found(known: Outcome, day: int) -> dict[str, Taker]:
    vacancy = next(each for each in vacant(known) if each.need.day == day)
    return {each.given[0]: each for each in takers(known, vacancy.need) if each is not None}


def test_a_vacancy_is_a_need_with_too_few_people() -> None:
    known = outcome()
    told = vacant(known)
    assert [(each.label, each.need.day, each.missing) for each in told] == [
        ("IADE-M", 3, 1),
        ("IADE-M", 4, 1),
    ]
    assert [each.need.day for each in vacancies(RosterRows(known).cover, since=4)] == [4]
    said = vacancy_sentence(known.problem, told[0], "en")
    assert said == "IADE-M, Thursday 22 October 2026: M with iade, 1 missing"


def test_who_has_the_skill_and_is_there_could_take_it() -> None:
    known = outcome()
    assert set(found(known, 3)) == {"IADE-01", "IADE-02", "IADE-03"}
    need = vacant(known)[0].need
    staff = facts(known.problem).staff
    assert not able(facts(known.problem), need, staff["AS-01"])  # type: ignore[index]  # an id
    open_to_all = dataclasses.replace(need, skill=None, day=8)
    assert not able(facts(known.problem), open_to_all, staff["AS-02"])  # type: ignore[index]
    assert able(facts(known.problem), open_to_all, staff["AS-01"])  # type: ignore[index]


def test_who_is_there_or_pinned_is_not_asked() -> None:
    known, need = outcome(), vacant(outcome())[0].need
    there = dataclasses.replace(need, day=2)
    asked = {each.given[0] for each in takers(known, there) if each is not None}
    assert asked == {"IADE-01", "IADE-03"}
    pinned = list(takers(known, need, lambda _person, day: day == 3))
    assert pinned == []


def test_the_price_is_that_of_the_audit() -> None:
    known = outcome()
    tracks = {str(shift.id): shift.track for shift in known.problem.shifts}
    for each in found(known, 3).values():
        after = judge(known.problem, assigned(known.plan, (each.given,), tracks)).score
        before = known.judgement.score
        assert each.cost == sum(after.tiers) - sum(before.tiers)
        assert each.hard == after.hard - before.hard


def test_what_it_breaks_is_told_and_the_legal_come_first() -> None:
    problem = ward()
    duties = (*DUTIES, DUTIES[3]._replace(day=2))
    known = Outcome(problem, Plan.build(duties=duties))  # IADE-03 has a night before day 3
    by_person = found(known, 3)
    night = by_person["IADE-03"]
    assert night.broken
    assert next(hard for hard, _ in taker_breaches(problem, night, "en"))
    assert taker_price(night, "en").startswith("Breaks 1 rule that must be kept,")
    ordered = sorted(by_person.values(), key=lambda each: each.key)
    assert ordered[-1] is night
    assert taker_price(ordered[0], "en").startswith("Breaks nothing that must be kept,")
    assert "points less than the vacancy" in taker_price(ordered[0], "en")


def test_a_shift_that_she_does_no_more_is_named() -> None:
    known = Outcome(
        ward(), Plan.build(duties=(*DUTIES, DUTIES[5]._replace(person="IADE-01", day=3)))
    )
    taken = found(known, 3)["IADE-01"]
    assert taken.instead == "J9"
    assert taker_title(taken, "en") == "IADE-01: M instead of J9"
    assert taker_title(taken, "fr") == "IADE-01\u202f: M au lieu de J9"


def test_a_shortage_that_only_shrinks_is_no_price() -> None:
    problem = ward()
    cover = tuple(dataclasses.replace(need, least=2, best=2) for need in problem.cover)
    known = Outcome(dataclasses.replace(problem, cover=cover), Plan.build(duties=DUTIES))
    taken = found(known, 3)["IADE-02"]
    assert not any("cover" in each.rule.id for each in taken.new)
    assert taken.cost < 0
