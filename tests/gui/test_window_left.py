"""The left side: how high scenarios and changes are, how long a name may be, what is kept of plans."""

import pytest

from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Record
from planner.hand_edits import Together
from planner.plan import Placement, Plan
from planner.study import BASE
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.panels import states
from ui.window.panels.left import _MOST, LeftSide

LONG_NAME = "What if the third theatre opens at seven from the first of March on, number"


def grown(main: MainWindow, count: int) -> LeftSide:
    """The left side of a window of a usual size, with scenarios of long names."""
    main.resize(1440, 900)
    edits = tuple(Branch(parent=BASE, name=f"{LONG_NAME} {n}") for n in range(count))
    assert main.bench.do(Together(edits=edits))
    side = main.around.left_side
    side.share()
    return side


def test_many_scenarios_are_given_the_room_there_is(working: MainWindow) -> None:
    side = grown(working, 14)
    upper, lower = side.split.sizes()
    assert upper == pytest.approx(side.split.height() * _MOST, abs=2)
    assert lower > 200
    tree = side.scenarios.tree
    line = tree.fontMetrics().lineSpacing()
    index = tree.model().index(0, 0)
    while index.isValid():
        assert tree.sizeHintForIndex(index).height() <= 2 * line + 8
        assert LONG_NAME in tree.itemFromIndex(index).toolTip(0) or not index.parent().isValid()
        index = tree.indexBelow(index)


def test_few_scenarios_take_no_more_than_they_need_unless_the_handle_is_moved(
    working: MainWindow,
) -> None:
    side = grown(working, 2)
    assert side.split.sizes()[0] == side.scenarios.wants
    side.split.setSizes([300, 200])
    moved = side.split.sizes()
    side.split.splitterMoved.emit(moved[0], 1)
    side.scenarios.refresh()
    side.share()
    assert side.split.sizes() == moved


def test_what_plans_have_elsewhere_is_remembered_with_their_document(
    small_document: Document,
) -> None:
    problem = small_document.problem
    case, session = problem.cases[0], problem.sessions[0]
    early, late = (
        Plan.build([Placement(case.id, session.id, None, session.start + wait)]) for wait in (0, 15)
    )
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 1)
    for edit in (
        AdoptPlan(scenario=BASE, plan=early),
        Branch(parent=BASE, name="B"),
        Record(scenario="B", group=ChangeSet(name="b", changes=(change,))),
        AdoptPlan(scenario="B", plan=late),
    ):
        small_document.do(edit)
    found = states.apart(small_document, "B")
    assert found.cases == (case.id,)
    assert states.apart(small_document, "B") is found
    assert [each[2] for each in states._known[small_document].apart] == [found]
