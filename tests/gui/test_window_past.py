"""The window and days that are over of a published plan: refused with a sentence, open to what happened."""

import dataclasses
import datetime as dt

import pytest

from planner.hand_edits import Place, TakeOut
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Scenario, Study
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.mark.parametrize(("lang", "words"), [("en", "is over"), ("fr", "est passé")])
def test_what_was_operated_stays_where_it_was(
    bench: Workbench, small_problem: Problem, lang: str, words: str
) -> None:
    problem = small_problem
    early = min(problem.sessions, key=lambda each: each.day)
    case = problem.cases[0].id
    placed = Placement(case, early.id, None, early.start)
    plan = Plan.build([placed], [])
    now = problem.horizon.date(early.day) + dt.timedelta(days=1)
    scenario = Scenario(name=BASE, parent=None, plan=plan, published=plan)
    base = dataclasses.replace(problem, as_of=now)
    document = Document.of(Study(id="past", base=base, scenarios=(scenario,)))
    bench.take(document)
    bench.lang = lang
    told: list[str] = []
    bench.told.connect(lambda sentence, _bad: told.append(sentence))
    later = placed._replace(start=early.start + 30)
    for edit in (
        TakeOut(scenario=BASE, cases=frozenset({case})),
        Place(scenario=BASE, placement=later),
    ):
        assert not bench.do(edit)
        assert str(case) in told[-1]
        assert words in told[-1]
        assert bench.say("action.repair") in told[-1]
        assert document.scenario.plan == plan
    assert bench.do(Place(scenario=BASE, placement=later), happened=True)
