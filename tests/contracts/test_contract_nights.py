"""Over a change of the clock minutes are those that pass, in every voice of every theatre rule."""

import pytest
from contract_checks import Counted, item_faults, listen, timed, timing_faults, word_faults
from contract_drawing import rule_types, tried
from contract_nights import draw_night

from planner.rules import catalogue
from planner.rules.contract import Area, audit

TYPES = [type for type in rule_types() if catalogue()[type].part == "theatre"]


@pytest.mark.parametrize("type", TYPES)
@tried(6, 30)
def test_rows_prices_and_verbs_equal_the_audit_over_a_change_of_the_clock(
    type: str, plans: int
) -> None:
    clocked = 0
    for number in range(plans):
        sample = draw_night(type, number)
        voices, counted = listen(sample), Counted(sample)
        assert item_faults(sample, voices, counted) == [], sample
        assert word_faults(sample, sample.breaches) == [], sample
        if timed(sample.rule) and sample.clocked:
            assert timing_faults(sample, voices, counted) == [], sample
            clocked += 1
        for day in range(sample.problem.horizon.days):
            view = sample.view
            there = {b.about for b in audit(sample.rule, view, Area(None, day, day))}
            assert there == {
                b.about for b in sample.breaches if b.about.first <= day <= b.about.last
            }
    assert clocked > 2 or not timed(catalogue()[type](id="timed"))
