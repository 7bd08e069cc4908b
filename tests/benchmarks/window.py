"""How fast the window is: `QT_QPA_PLATFORM=offscreen PYTHONPATH=. python tests/benchmarks/window.py`.

Prints CPU milliseconds of the GUI thread on chu with its first plans: median, 95th percentile, most.
They hold on a quiet core only; so nothing is asserted here.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from data.demo import generate
from planner.boards.roster import RosterRows
from planner.boards.theatre_lanes import theatre_lanes
from planner.edits import AdoptPlan
from planner.facts import facts
from planner.hand_edits import Place, assigned
from planner.live import again
from planner.plan import Plan
from planner.problem import Problem
from planner.runs import Budget, Improved, SolveRequest
from planner.study import Study
from planner.view import TheatreView
from solvers.engine import solve
from solvers.theatre.clock import Clocks
from solvers.theatre.greedy import first_plan, listed
from ui.window.app import application, window
from ui.window.boards.roster_page import RosterPage
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_span import SPANS
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.settings import Settings


def measure(name: str, work: Callable[[], object], times: int = 40) -> None:
    """Print what a piece of work costs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(1000 * (time.process_time() - start))
    found.sort()
    high = found[min(len(found) - 1, int(len(found) * 0.95))]
    print(f"{name:44}{found[len(found) // 2]:8.1f}{high:8.1f}{found[-1]:8.1f}")


def greedy(problem: Problem) -> Plan:
    """Give the greedy theatre plan of a problem."""
    clocks = Clocks(problem, facts(problem), problem.rules, ())
    return Plan.build(listed(clocks, first_plan(problem, ())))


def shown(profile: str) -> MainWindow:
    """Show a window with a demo hospital and its greedy plan, at 1366 × 768."""
    app = application()
    store = QSettings(f"{os.environ['OPALE_STATE']}/window.ini", QSettings.Format.IniFormat)
    main = window(Settings(store))
    problem = generate(profile, 1)
    document = Document.of(Study(id="bench", name=profile, base=problem))
    document.do(AdoptPlan(scenario="base", plan=greedy(problem)))
    main.bench.take(document)
    main.show()
    app.processEvents()
    return main


def theatre(main: MainWindow) -> None:
    """Measure the theatre board: painting, scrolling, judging a landing, an edit."""
    main.show_view("theatre")
    page = main.page("theatre")
    assert isinstance(page, TheatrePage)
    for name in SPANS:
        page.show_span(name)
        QTest.qWait(50)
        measure(f"theatre {name}, full repaint", page.view.viewport().repaint)
        measure(f"theatre {name}, repaint from nothing", lambda: _fresh(page))
        QTest.qWait(2500)  # rows out of view are painted ahead, one at a time
        measure(f"theatre {name}, page scroll", _scroll(page))
        measure(f"theatre {name}, page scroll, nothing ahead", _scroll(page, forget=True))
        measure(f"theatre {name}, new scene", page.refresh, 15)
        _lanes(page, name)
    page.show_span("day")
    _hand(main, page)


def roster(main: MainWindow) -> None:
    """Measure the roster board: painting, scrolling, one key with everything that follows it."""
    main.show_view("roster")
    page = main.page("roster")
    assert isinstance(page, RosterPage)
    grid = page.grid
    parts = (grid.duties, grid.people, grid.cover, grid.cover.dates, grid.cover.posts)
    views = [part.viewport() for part in parts]
    measure("roster, full repaint of duties", grid.duties.viewport().repaint)
    measure("roster, full repaint with all that is frozen", lambda: [v.repaint() for v in views])
    for view, what in zip(views[1:], ("people", "cover", "dates", "posts"), strict=True):
        measure(f"roster, repaint of {what}", view.repaint)
    bar, pages = grid.down, [0]
    QTest.qWait(2500)  # rows out of view are laid out ahead

    def scroll() -> None:
        pages[0] += 1
        bar.setValue(pages[0] * bar.pageStep() % max(1, bar.maximum()))
        grid.duties.viewport().repaint()
        grid.people.viewport().repaint()

    measure("roster, page scroll", scroll)

    def afresh() -> None:
        for strips in (grid.duties.painter().strips, grid.people.strips):
            strips.forget()
        scroll()

    measure("roster, page scroll, nothing ahead", afresh)
    _recheck(main, page)
    _key(main, page)


def _recheck(main: MainWindow, page: RosterPage) -> None:
    """Measure what one typed shift asks of the audit and of the board, without disk and painting."""
    document, rows, pages = main.bench.document, page.rows, [0]
    assert document is not None
    assert rows is not None
    person, shifts = document.problem.staff[2].id, document.problem.shifts
    tracks = {str(shift.id): shift.track for shift in shifts}
    known = document.outcome()

    def check() -> None:
        pages[0] += 1
        given = (person, pages[0] % 28, str(shifts[pages[0] % len(shifts)].id))
        RosterRows(again(known, assigned(known.plan, (given,), tracks)), (), rows)

    measure("roster, one shift judged and laid out", check)


def _key(main: MainWindow, page: RosterPage) -> None:
    duties, keys = page.grid.duties, [Qt.Key.Key_M, Qt.Key.Key_S, Qt.Key.Key_N]
    duties.setFocus()
    duties.choose(page.grid.sheet.people[2].id, 0)  # type: ignore[union-attr]
    pages = [0]

    def press() -> None:
        pages[0] += 1
        QTest.keyClick(duties, keys[pages[0] % 3])
        duties.viewport().repaint()

    measure("roster, one key: edit, disk, audit, paint", press, 24)


def rostered(main: MainWindow) -> None:
    """Give the hospital its first roster: one that fills every row, as a solve streams it first."""
    document, found = main.bench.document, list[Plan]()
    assert document is not None
    request = SolveRequest(
        problem=document.problem,
        plan=document.plan,
        parts=("roster",),
        budget=Budget(seconds=120),
        workers=1,
    )
    solve(
        request,
        lambda event: found.append(event.plan) if isinstance(event, Improved) else None,
        lambda: bool(found),
    )
    document.do(AdoptPlan(scenario=document.name, plan=found[-1]))


def _fresh(page: TheatrePage) -> None:
    page.view.refresh()
    page.view.viewport().repaint()


def _scroll(page: TheatrePage, *, forget: bool = False) -> Callable[[], None]:
    bar, pages = page.view.verticalScrollBar(), [0]

    def scroll() -> None:
        if forget:
            page.view.tiles.known.clear()
        pages[0] += 1
        bar.setValue(pages[0] * bar.pageStep() % max(1, bar.maximum() + bar.pageStep()))
        page.view.viewport().repaint()
        page.view.names.repaint()

    return scroll


def _lanes(page: TheatrePage, name: str) -> None:
    """Measure the lanes below: laid out anew a moment after an edit, and painted as they unfold."""
    lanes, outcome = page.lanes, page.model.scene.outcome
    assert outcome is not None

    def lay_out() -> None:
        lanes.view.model_.show(outcome.problem, theatre_lanes(outcome, page.model.scene.days))

    measure(f"theatre {name}, lanes laid out", lay_out, 15)
    if not lanes.wanted:
        lanes.toggle()
    lanes.settle()
    measure(f"theatre {name}, lanes repainted", lanes.view.viewport().repaint)
    lanes.toggle()


def _hand(main: MainWindow, page: TheatrePage) -> None:
    document = main.bench.document
    assert document is not None
    view: TheatreView = document.outcome().theatre
    placed = next(p for p in view.all_placed() if p.session.day == page.day and p.start is not None)
    start, pages = placed.start or 0, [0]
    shown = page.view.layout_
    rows = [row for row in range(len(shown.theatres)) if row not in shown.low]

    def land() -> None:
        pages[0] += 1
        page.drag.landing = None
        page.drag.aim(0, rows[pages[0] % len(rows)], start + 5 * (pages[0] % 40))
        page.drag.judge()

    page.drag.take(placed.case.id)
    measure("theatre, a landing judged", land)
    page.drag.cancel()
    known = next(p for p in document.plan.placements if p.case == placed.case.id)

    def nudge() -> None:
        pages[0] += 1
        moved = known._replace(start=start + 5 * (pages[0] % 2))
        main.bench.do(Place(scenario=document.name, placement=moved))

    def follow() -> None:
        main.bench.settle()
        QApplication.processEvents()

    measure("theatre, a case moved: edit, disk, audit, board", nudge, 15)
    for _ in range(5):
        nudge()
        page.view.viewport().repaint()
        measure("theatre, all panels after another move", follow, 1)


def main(wanted: Sequence[str]) -> None:
    """Print what is asked for, or all of it."""
    with tempfile.TemporaryDirectory() as state:
        os.environ["OPALE_STATE"] = state
        print(f"{'CPU ms':44}{'median':>8}{'p95':>8}{'most':>8}")
        made = shown("chu")
        if not wanted or "theatre" in wanted:
            theatre(made)
        if not wanted or "roster" in wanted:
            rostered(made)
            roster(made)
        made.bench.take(None)


if __name__ == "__main__":
    main(sys.argv[1:])
