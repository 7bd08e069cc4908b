"""What a rule is said never to read may be anything: it judges a plan as before."""

from dataclasses import replace
from random import Random

import pytest
from contract_drawing import rule_types, samples, tried
from contract_roster import draw_roster
from contract_theatre import draw_theatre

from planner.parts import UNREAD, differing, unread
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import audit
from planner.view import RosterView, TheatreView


def with_others(problem: Problem, kinds: frozenset[str], random: Random) -> Problem:
    """Give a problem with the records of other houses in place of those of some kinds."""
    houses = (draw_theatre(random), draw_roster(random))
    others = {kind: max((house.records(kind) for house in houses), key=len) for kind in kinds}
    return replace(problem, **{ATTRIBUTES[kind]: others[kind] for kind in kinds})  # type: ignore[arg-type]


@pytest.mark.parametrize("type", rule_types(), scope="module")
@tried(4, 80)
def test_no_rule_reads_what_it_is_said_not_to(type: str, plans: int) -> None:
    met = set[str]()
    for sample in samples(type, plans):
        kinds = unread(sample.rule)
        mixed = with_others(sample.problem, kinds, Random(f"another house {sample.seed}"))
        apart = differing(sample.problem, mixed)
        assert apart <= kinds
        met |= apart
        view = RosterView if sample.rule.part == "roster" else TheatreView
        found = audit(sample.rule, view(mixed, sample.plan))
        assert found == audit(sample.rule, view(sample.problem, sample.plan)), sample
    assert {"session", "case", "history", "cover"} & unread(sample.rule) <= met, "the test is idle"


def test_what_differs_is_named_by_kind() -> None:
    problem = with_others(draw_theatre(Random(1)), UNREAD["theatre"], Random(2))
    told = 0
    for kind in ATTRIBUTES:
        records = problem.records(kind)
        if records:
            assert differing(problem, problem.with_records(kind, records[1:])) == {kind}
            told += 1
    assert told > 10
    assert differing(problem, replace(problem, noon=problem.noon + 5)) == {"noon"}
    assert differing(problem, replace(problem, cases=(*problem.cases,))) == frozenset()
