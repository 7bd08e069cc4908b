"""The small house of the tests of the theatre board: two theatres, four cases, two of them placed."""

from collections import Counter
from dataclasses import replace

from kpi_house import case, house, session
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from planner.edits import AdoptPlan
from planner.hospital import Specialty, Theatre
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.theatre.room_overlap import RoomOverlap
from planner.rules.theatre.session_overtime import SessionOvertime
from planner.study import Study
from ui.window.actions import Actions
from ui.window.boards.theatre_page import TheatrePage
from ui.window.document import Document
from ui.window.workbench import Workbench

PROBLEM = replace(
    house(
        days=14,
        sessions=(
            session("A"),
            session("B", theatre="R2", end=750, owners=frozenset({"T"})),
            session("C", 1),
            session("D", 3, closed=True),
            session("E", 8),
        ),
        cases=(case("K1", 60), case("K2", 120, due=4), case("K3", 45, due=2), case("K4", 30)),
        rules=(RoomOverlap(id="T01"), SessionOvertime(id="late", tier=2, after="end")),
    ),
    specialties=(Specialty(id="S", name="Surgery"), Specialty(id="T", name="Throat")),
    theatres=(Theatre(id="R1", name="First"), Theatre(id="R2")),
)
PLACED = (Placement("K1", "A", "X1", 480), Placement("K2", "A", "X1", 855))


def opened(bench: Workbench, problem: Problem, placements: tuple[Placement, ...]) -> Document:
    """Open a problem with a plan."""
    document = Document.of(Study(id="t", name="t", base=problem))
    document.do(AdoptPlan(scenario="base", plan=Plan.build(placements)))
    bench.take(document)
    return document


def told(page: TheatrePage) -> list[str]:
    """Give the names that the tree of accessible things has for the board."""
    found = QAccessible.queryAccessibleInterface(page.view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


def kinds(page: TheatrePage) -> Counter[str]:
    return Counter(item.kind for item in page.model.scene.items)


def board(bench: Workbench, qtbot: QtBot, wide: int = 960) -> TheatrePage:
    """Show the theatre view of what is open on its own."""
    made = TheatrePage(bench, Actions(bench, bench))
    made.resize(wide, 760)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """Show the theatre view on its own, with a small plan."""
    QAccessible.setActive(True)  # as with a screen reader: the tree follows the model
    opened(bench, PROBLEM, PLACED)
    return board(bench, qtbot)
