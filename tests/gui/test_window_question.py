"""What the window asks the engine: pins, the past of a published roster, and a plan afresh."""

from dataclasses import replace

import pytest
from autumn_ward import DUTIES, study

from planner.edits import Publish
from planner.study import BASE, Pin, Study
from ui.window.question import question

PAST = Pin(kind="day", id="", first=0, last=2)


@pytest.fixture
def over() -> Study:
    """The ward, published, three days later."""
    told = Publish(scenario=BASE).apply(study())
    return replace(told, base=replace(told.base, as_of=told.base.horizon.date(3)))


def test_the_past_of_a_published_roster_is_kept(over: Study) -> None:
    assert question(over, BASE, ("roster",), 1.0).pins == (PAST,)
    assert question(study(), BASE, ("roster",), 1.0).pins == ()


def test_afresh_leaves_what_is_held(over: Study) -> None:
    asked = question(over, BASE, ("roster",), 1.0, afresh=True)
    assert set(asked.plan.duties) == {each for each in DUTIES if each.day <= 2}
    assert question(study(), BASE, ("roster",), 1.0, afresh=True).plan.days == ()
