"""The window and days that are over of a published plan: refused with a sentence, open to what happened."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.hand_edits import Place, TakeOut
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Scenario, Study
from ui.window.actions import Actions
from ui.window.boards.theatre_header import TimeHeader
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_words import sentence
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


@pytest.mark.parametrize(("lang", "words"), [("en", "past, kept"), ("fr", "passé, gardé")])
def test_days_that_are_over_are_hatched_and_said_on_the_theatre_board(
    qtbot: QtBot, bench: Workbench, small_problem: Problem, lang: str, words: str
) -> None:
    problem = small_problem
    early = min(problem.sessions, key=lambda each: each.day)
    placed = Placement(problem.cases[0].id, early.id, None, early.start)
    plan = Plan.build([placed], [])
    pictures = []
    bench.lang = lang
    page = None
    for later in (0, 1):
        now = problem.horizon.date(early.day + later)
        scenario = Scenario(name=BASE, parent=None, plan=plan, published=plan)
        base = dataclasses.replace(problem, as_of=now)
        bench.take(Document.of(Study(id=f"past{later}", base=base, scenarios=(scenario,))))
        page = page or shown(qtbot, TheatrePage(bench, Actions(bench, bench)))
        page.show_span("week")
        scene = page.view.model_.scene
        item = next(each for each in scene.items if each.kind == "case")
        assert (words in sentence(bench, scene, item)) == bool(later)
        assert page.view.painter_.past == early.day + later
        header = page.view.findChild(TimeHeader)
        assert header is not None
        pictures.append((grabbed(page.view.viewport()), grabbed(header)))
    (board, header_), (board_after, header_after) = pictures
    assert board != board_after
    assert header_ != header_after


def shown(qtbot: QtBot, page: TheatrePage) -> TheatrePage:
    """Show a board alone."""
    qtbot.addWidget(page)
    page.resize(976, 600)
    page.show()
    return page


def grabbed(widget: QWidget) -> QImage:
    """What a widget shows."""
    return widget.grab().toImage()
