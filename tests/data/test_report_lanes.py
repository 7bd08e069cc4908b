"""The report shows what recovery rooms, beds and devices hold, with the sentences of the board."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from kpi_house import case, house, session
from markupsafe import escape

from data.report import report_page
from planner.boards.lane_words import lane_sentence
from planner.boards.theatre_lanes import theatre_lanes
from planner.cases import Procedure
from planner.compare import compare
from planner.hospital import Equipment
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.rules.theatre.equipment import EquipmentInUse
from planner.words import LANGUAGES, say

PROBLEM = house(
    sessions=(session("A"), session("B", theatre="R2"), session("C", 1)),
    procedures=(Procedure(id="P", specialty="S", recovery=60, equipment=frozenset({"ARC"})),),
    equipment=(Equipment(id="ARC", name="<C-arm>"), Equipment(id="XR", name="unused")),
    cases=(case("K1"), case("K2"), case("K3", ward="W", nights=1)),
    rules=(EquipmentInUse(id="T12"),),
)
PLACED = [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X2", 510),
          Placement("K3", "C", "X1", 480)]  # fmt: skip
PLAN = Plan.build(PLACED)


def page(outcome: Outcome, lang: str = "en") -> str:
    sides = {"base": outcome}
    made = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return report_page(compare(sides, "base"), sides, lang, made=made)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_day_has_the_lanes_that_hold_anything(lang: str) -> None:
    outcome = Outcome(PROBLEM, PLAN)
    text = page(outcome, lang)
    things = theatre_lanes(outcome, (0, 1))
    used = [(t, lane) for t in things for lane in t.lanes if lane.peak]
    assert [(t.id, lane.day) for t, lane in used] == [
        ("PACU", 0), ("PACU", 1), ("W", 1), ("ARC", 0), ("ARC", 1),
    ]  # fmt: skip
    for thing, lane in used:
        told = lane_sentence(PROBLEM, thing, lane, None, lang)
        assert f"<title>{escape(told)}</title>" in text
        assert f">{lane.peak}/{lane.there}<" in text
    assert text.count('class="stairs"') == len(used)
    assert text.count('class="board lanes"') == 2
    assert say("lane.legend", lang) in text
    assert "unused" not in re.sub(r"<table.*?</table>", "", text, flags=re.DOTALL)
    assert "<C-arm>" not in text


def test_too_much_has_its_sign_and_a_box_above_what_there_is() -> None:
    text = page(Outcome(PROBLEM, PLAN))
    assert text.count('class="held hard"') == 1
    assert text.count('class="beyond"') == 1
    apart = Plan.build([PLACED[0], PLACED[1]._replace(start=600)])
    assert 'class="beyond"' not in page(Outcome(PROBLEM, apart))


def test_without_anything_shared_there_are_no_lanes() -> None:
    bare = replace(
        PROBLEM,
        procedures=(Procedure(id="P", specialty="S", recovery=0),),
        equipment=(),
        rules=(),
        cases=(case("K1"), case("K2"), case("K3")),
    )
    assert "board lanes" not in page(Outcome(bare, PLAN))
