"""What the rules of a part are said never to read may be anything: they judge a plan as before."""

from dataclasses import replace
from random import Random

import pytest
from contract_drawing import rule_types, samples, tried
from contract_roster import draw_roster
from contract_theatre import draw_theatre

from planner.parts import UNREAD, same_facts_of
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import audit
from planner.view import RosterView, TheatreView


def with_others(problem: Problem, part: str, random: Random) -> Problem:
    """Give a problem with another house in place of all that a part does not read."""
    other = draw_theatre(random) if part == "roster" else draw_roster(random)
    return replace(problem, **{ATTRIBUTES[kind]: other.records(kind) for kind in UNREAD[part]})  # type: ignore[arg-type]


@pytest.mark.parametrize("type", rule_types(), scope="module")
@tried(8, 80)
def test_no_rule_reads_what_is_the_other_parts(type: str, plans: int) -> None:
    for sample in samples(type, plans):
        part = sample.rule.part
        mixed = with_others(sample.problem, part, Random(sample.seed))
        assert same_facts_of(part, sample.problem, mixed)
        view = RosterView if part == "roster" else TheatreView
        found = audit(sample.rule, view(mixed, sample.plan))
        assert found == audit(sample.rule, view(sample.problem, sample.plan)), sample


@pytest.mark.parametrize("part", UNREAD)
def test_all_else_makes_other_facts(part: str) -> None:
    drawn = {"roster": draw_theatre, "theatre": draw_roster}
    problem = with_others(drawn[part](Random(1)), part, Random(2))
    told = 0
    for kind in ATTRIBUTES:
        records = problem.records(kind)
        if records:
            fewer = problem.with_records(kind, records[1:])
            assert same_facts_of(part, problem, fewer) == (kind in UNREAD[part])
            told += 1
    assert told > 10
    assert not same_facts_of(part, problem, replace(problem, noon=problem.noon + 5))
