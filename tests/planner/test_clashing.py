"""Pinned cases that no plan can keep lawfully are named before a run, with the rule."""

from typing import Any

import pytest
from theatre_day import house, plan

from planner.clashing import clashing_cases
from planner.plan import Plan
from planner.rules.contract import Waiver
from planner.runs import SolveRequest
from planner.study import Pin

BOTH = (Pin(kind="case", id="K1"), Pin(kind="case", id="K2"))
AT_ONCE = plan(("K1", "A", 480), ("K2", "A", 540), ("K3", "B", 480))


def told(plan: Plan, pins: tuple[Pin, ...], **more: Any) -> dict[str, str]:
    """The pinned cases that clash, by the rule that they break."""
    request = SolveRequest(problem=house(), plan=plan, pins=pins, **more)
    return {str(each.facts["rule"]): str(each.facts["pins"]) for each in clashing_cases(request)}


def test_two_pinned_cases_at_once_in_a_theatre_are_both_named() -> None:
    assert told(AT_ONCE, BOTH) == {"room_overlap": "K1, K2", "surgeon_overlap": "K1, K2"}


@pytest.mark.parametrize("start", [629, 630])
def test_the_turnover_between_them_is_looked_at(start: int) -> None:
    clash = {"room_overlap": "K1, K2"} if start < 630 else {}
    assert told(plan(("K1", "A", 480), ("K2", "A", start)), BOTH) == clash


def test_one_that_is_free_can_be_moved_and_is_not_named() -> None:
    assert told(AT_ONCE, BOTH[:1]) == {}


def test_a_session_that_is_pinned_holds_all_its_cases() -> None:
    assert told(AT_ONCE, (Pin(kind="session", id="A"),)) == told(AT_ONCE, BOTH)


def test_a_case_without_a_start_can_still_be_given_one() -> None:
    first, second, third = AT_ONCE.placements
    later = Plan.build((first, second._replace(start=None), third))
    assert told(later, BOTH) == {}


def test_what_a_waiver_forgives_is_no_clash() -> None:
    waivers = tuple(
        Waiver(rule=rule, subjects=frozenset({"A", "K1", "K2", "X1", "S1"}), first=0, last=0,
               most=90, reason="one team", author="NN", made=house().as_of)
        for rule in ("room_overlap", "surgeon_overlap")
    )  # fmt: skip
    assert told(AT_ONCE, BOTH, waivers=waivers) == {}
    assert told(AT_ONCE, BOTH, waivers=waivers[:1]) == {"surgeon_overlap": "K1, K2"}
