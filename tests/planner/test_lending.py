"""What of a difference comes from the search: a plan that would serve another scenario better."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from kpi_house import case, crowded_house, drawn_change, drawn_plan, house, session

from planner.compare import Comparison, compare
from planner.comparison_plain import comparison_plain
from planner.comparison_words import search_sentences
from planner.kpis.contract import Outcome
from planner.lending import PART, Lent, lending
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules import contract
from planner.rules.blocks import Area
from planner.rules.theatre.in_session import InSession
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.unscheduled import Unscheduled
from planner.score import judge

RULES = (RoomOverlap(id="T01"), Unscheduled(id="out", tier=3, weight=10))


def problem(*sessions: str, order: str = "weighted") -> Problem:
    """Make a house with some sessions, an hour's case and one of half an hour."""
    return house(
        sessions=tuple(session(id, day) for day, id in enumerate(sessions)),
        cases=(case("long", 60), case("short", 30)),
        rules=RULES,
        order=order,
    )


def plan(*placed: tuple[str, str, int]) -> Plan:
    """Make a plan of (case, session, start)."""
    return Plan.build([Placement(id, into, "X1", start) for id, into, start in placed], [])


BOTH = plan(("long", "A", 480), ("short", "A", 600))
SHORT, LONG = plan(("short", "A", 480)), plan(("long", "A", 480))
BROKEN = plan(("long", "A", 480), ("short", "A", 500))


def compared(base: Plan, closed: Plan, order: str = "weighted") -> Comparison:
    """Compare a house with the same one whose second session is closed."""
    outcomes = {
        "base": Outcome(problem("A", "B", order=order), base),
        "closed": Outcome(problem("A", order=order), closed),
    }
    return compare(outcomes, "base")


def test_a_closed_room_that_seems_to_save_something_is_seen_through() -> None:
    """The long case waits in the base for 600 points only because nobody found its place."""
    comparison = compared(SHORT, BOTH)
    assert comparison.lent == (Lent("base", "closed", 600),)
    (english,) = search_sentences(comparison, "en", {"base": "Base"})
    assert "“closed”" in english
    assert "“Base” would cost 600 points less" in english
    (french,) = search_sentences(comparison, "fr", {"base": "Base"})
    assert "600 points de moins" in french
    assert comparison_plain(comparison)["lent"] == [
        {"scenario": "base", "plan_of": "closed", "gain": 600}
    ]


def test_a_change_that_seems_dear_for_want_of_search_is_seen_through() -> None:
    assert compared(BOTH, SHORT).lent == (Lent("closed", "base", 600),)


def test_a_difference_that_the_change_made_is_left_alone() -> None:
    """The room of the short case is closed, and so it waits."""
    moved = plan(("long", "A", 480), ("short", "B", 480))
    assert compared(moved, LONG).lent == ()


@pytest.mark.parametrize(("more", "told"), [(55, True), (60, False)])
def test_less_than_a_tenth_of_the_difference_is_not_worth_a_sentence(more: int, told: bool) -> None:
    """A plan lent saves the 50 points of five minutes; another case that waits makes the rest."""
    known = replace(problem("A"), cases=(case("long", 60), case("short", 5)))
    longer = replace(known, cases=(*known.cases, case("another", more)))
    outcomes = {"base": Outcome(known, LONG), "longer": Outcome(longer, BOTH)}
    assert compare(outcomes, "base").lent == ((Lent("base", "longer", 50),) if told else ())


def test_a_plan_that_breaks_no_hard_rule_serves_better_whatever_the_points() -> None:
    comparison = compared(BROKEN, LONG)
    assert comparison.lent == (Lent("base", "closed", None),)
    for lang, words in (("en", "keep the rules better"), ("fr", "respecterait mieux les règles")):
        (told,) = search_sentences(comparison, lang)
        assert words in told


def test_tiers_in_strict_order_have_no_points() -> None:
    assert compared(SHORT, BOTH, order="strict").lent == (Lent("base", "closed", None),)


def test_equal_plans_and_plans_out_of_date_are_not_lent() -> None:
    assert compared(SHORT, SHORT).lent == ()
    outcomes = {"base": Outcome(problem("A", "B"), SHORT), "closed": Outcome(problem("A"), BOTH)}
    assert compare(outcomes, "base", stale=("closed",)).lent == ()
    assert compare(outcomes, "base", stale=("base",)).lent == ()


def test_lending_pauses_after_each_rule() -> None:
    outcomes = {"base": Outcome(problem("A", "B"), SHORT), "closed": Outcome(problem("A"), BOTH)}
    steps = [*lending(outcomes, "base")]
    assert 2 <= steps.count(None) <= 2 * len(RULES)


def test_a_plan_that_uses_what_is_closed_is_put_aside_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the facts have otherwise is asked first, so that most of a plan need not be audited."""
    known = replace(problem("A", "B"), rules=(*RULES, InSession(id="T02")))
    closed = replace(known, sessions=(known.sessions[0], session("B", 1, closed=True)))
    both, short = plan(("long", "B", 480), ("short", "A", 480)), plan(("short", "A", 480))
    outcomes = {"base": Outcome(known, both), "closed": Outcome(closed, short)}
    for outcome in outcomes.values():
        outcome.judgement  # noqa: B018 - audited here
    asked: list[tuple[bool, Area | None]] = []

    def audit(rule: Any, view: Any, area: Area | None = None) -> Any:
        asked.append((view.problem is closed, area))
        return contract.audit(rule, view, area)

    monkeypatch.setattr("planner.lending.audit", audit)
    assert [each for each in lending(outcomes, "base") if each is not None] == []
    assert [area for of_closed, area in asked if of_closed if area is None] == []
    assert any(of_closed for of_closed, _ in asked)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_lent_is_what_whole_audits_find(seed: int) -> None:
    """Stopping early changes nothing: each plan lent is judged in full here."""
    random, known = Random(seed), crowded_house()
    other = drawn_change(known, random) if seed % 2 else known
    first = drawn_plan(known, random)
    second = first if seed % 5 == 0 else drawn_plan(known, random)
    if seed % 3 == 0:
        second = first.with_duties(second.duties)
    outcomes = {"base": Outcome(known, first), "other": Outcome(other, second)}
    told = {each.scenario: each.gain for each in lending(outcomes, "base") if each is not None}
    for name, plan_of in (("base", "other"), ("other", "base")):
        mine, lent = outcomes[name], outcomes[plan_of].plan
        own = mine.judgement.score
        score = judge(mine.problem, lent, mine.waivers).score
        if name in told:
            assert score.key < own.key
            assert told[name] in (None, (own.total or 0) - (score.total or 0))
        elif score.key < own.key:  # too little of the difference
            apart = abs((outcomes["base"].judgement.score.total or 0)
                        - (outcomes["other"].judgement.score.total or 0))  # fmt: skip
            assert score.hard == own.hard
            assert ((own.total or 0) - (score.total or 0)) * PART < apart
