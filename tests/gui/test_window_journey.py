"""The first minutes: open, edit, see the plan go out of date, solve, adopt, drag, undo, compare, save.

Once as a hand with a mouse does it, and once by keys alone. The worker is the real one, and is asked for
an effort in place of seconds: its plans are the same on every machine.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from solving_bench import LONG

from planner.plan import Placement, Plan
from planner.runs import Budget
from planner.study import BASE
from planner.view import Placed
from ui.window import demo, question
from ui.window.boards.theatre_moves import judged
from ui.window.dialogs.ask import ReasonDialog
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.tables.record_form import RecordForm
from ui.window.tables.record_model import CHOICES

KEY, HELD = Qt.Key, Qt.KeyboardModifier
NONE = HELD.NoModifier
EDIT = Qt.ItemDataRole.EditRole
SECONDS = 3
EFFORT = 0.05
"""What stands for these seconds: a plan of the small demo in about one."""


@pytest.fixture(autouse=True)
def no_box_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that fails half-way leaves unsaved work; nobody is there to be asked."""
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Discard)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is chosen wherever the system asks for one."""
    there = tmp_path / "small.opale"
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: (str(there), ""))
    return there


@pytest.fixture
def start(main: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window on its start page; its demo is the small one, and runs are short."""

    def budget(seconds: float) -> Budget:
        return Budget(effort=EFFORT) if seconds == SECONDS else Budget(seconds=seconds)

    monkeypatch.setattr(question, "Budget", budget)
    monkeypatch.setattr(demo, "begin", partial(demo.begin, profile="small"))
    main.around.right_dock.solve.seconds.setValue(SECONDS)
    with qtbot.waitActive(main):
        main.activateWindow()
    return main


def first_plan(main: MainWindow, qtbot: QtBot) -> Document:
    """Wait until the demo shows its first plan."""
    qtbot.waitUntil(lambda: main.bench.document is not None, timeout=LONG)
    document = main.bench.document
    assert document is not None
    qtbot.waitUntil(lambda: document.provisional is not None, timeout=4 * LONG)
    return document


def stopped(main: MainWindow, qtbot: QtBot) -> None:
    """Wait until the run is over that somebody has stopped."""
    solver = main.bench.solver
    qtbot.waitUntil(lambda: solver.run is None or not solver.run.on, timeout=LONG)


def press(main: MainWindow, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the focus is, or type some letters."""
    QApplication.processEvents()
    there = QApplication.activeModalWidget() or main
    if there is main and not main.isActiveWindow():  # a dialogue has just gone
        main.activateWindow()
        for _ in range(4000):
            if QApplication.activeWindow() is main:
                break
            QTest.qWait(5)
    target = there.focusWidget() or there
    if isinstance(key, str):
        QTest.keyClicks(target, key, held)
    else:
        QTest.keyClick(target, key, held)
    QApplication.processEvents()


def walk_to(main: MainWindow, wanted: Callable[[QWidget], bool], key: Qt.Key = KEY.Key_F6) -> None:
    """Press F6, or Tab, until the focus is where it is wanted."""
    seen = []
    for _ in range(60):
        now = main.focusWidget()
        if now is not None and wanted(now):
            return
        seen.append(type(now).__name__)
        press(main, key)
    raise AssertionError(f"not reached, only {seen}")


def reasons(main: MainWindow) -> list[str]:
    """Give the reasons in the box of an outdated plan; none where there is no box."""
    box = main.around.right_dock.stale
    return box.why.text().splitlines() if box.isVisible() else []


def wait_for_plan(main: MainWindow, qtbot: QtBot) -> None:
    """Wait until a run has come to its end with a plan."""
    solver = main.bench.solver
    qtbot.waitUntil(
        lambda: solver.run is not None and solver.run.best is not None, timeout=4 * LONG
    )
    qtbot.waitUntil(lambda: solver.run is None or not solver.run.on, timeout=4 * LONG)
    assert solver.run is not None


def illegal(document: Document, shown: int | None = None) -> tuple[str, int]:
    """Give a case of the day shown, or of the first planned one, and steps that break a hard rule."""
    outcome = document.outcome()
    placed = list(outcome.theatre.all_placed())
    days = {each.session.day for each in placed}
    day = shown if shown in days else min(days)
    for each in placed:
        if each.session.day == day and each.start is not None:
            found = judged(outcome, _at(each, each.start + 30))
            if found.hard:
                return str(each.case.id), 6
    raise AssertionError("nothing is illegal")


def _at(each: Placed, start: int) -> Placement:
    return Placement(each.case.id, each.session.id, each.surgeon, start)


def fill_leave(form: RecordForm, document: Document) -> None:
    """Fill the form of an absence with a day on which somebody works."""
    duty = next(duty for duty in document.plan.duties if duty.day > 7)
    date = document.problem.horizon.date(duty.day).isoformat()
    for name, words in {"id": "CA-1", "person": duty.person, "first": date, "last": date}.items():
        form.fields[name][1].setText(words)  # type: ignore[attr-defined]


def choose_kind(main: MainWindow, kind: str) -> None:
    page = main.page("facts")
    kinds = page.kinds  # type: ignore[attr-defined]
    found = [kinds.item(row).data(Qt.ItemDataRole.UserRole) for row in range(kinds.count())]
    kinds.setCurrentRow(found.index(kind))


def cell(main: MainWindow, id: str, field: str):  # type: ignore[no-untyped-def]
    model = main.page("facts").model  # type: ignore[attr-defined]
    row = next(k for k, record in enumerate(model.records) if record.id == id)
    return model.index(row, next(k for k, spec in enumerate(model.specs) if spec.name == field))


def a_session(document: Document) -> str:
    """Give a session in which something is planned."""
    return str(list(document.outcome().theatre.all_placed())[-1].session.id)


def undo_and_redo(document: Document, undo: Callable[[], None], redo: Callable[[], None]) -> None:
    """Undo all, redo all: both ways nothing is lost."""
    after, steps = document.study, document.stack.index()
    assert steps >= 5
    states = [after]
    for _ in range(steps):
        undo()
        states.append(document.study)
    assert not document.stack.canUndo()
    assert document.scenario.plan.sessions == ()
    for known in reversed(states[:-1]):
        redo()
        assert document.study == known
    assert document.study == after


def click(button: QWidget) -> None:
    """Click in the middle of a widget."""
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, button.rect().center())
    QApplication.processEvents()


def click_tool(main: MainWindow, action: str) -> None:
    """Click on a button of the tool bar."""
    bar = main.findChild(QToolBar, "tools")
    assert isinstance(bar, QToolBar)
    click(bar.widgetForAction(main.actions_[action]))


def give_reason() -> None:
    """Write a reason into the dialogue that is open, and keep the place by a click."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    try:
        assert not dialog.keep.isEnabled()
        QTest.mouseClick(dialog.field.viewport(), Qt.MouseButton.LeftButton)
        QTest.keyClicks(dialog.field, "le chirurgien le demande")
        click(dialog.keep)
    finally:
        if dialog.isVisible():
            dialog.reject()  # so that a test that fails does not wait


def drag(view: QWidget, start: QPoint, end: QPoint, seen: Callable[[], None]) -> None:
    """Drag by mouse from one point of a widget to another; `seen` looks before the drop."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, NONE, start)
    for point in (start + (end - start) / 2, end):
        there = QPointF(view.mapToGlobal(point))
        nothing = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), there, nothing, left, NONE)
        QApplication.sendEvent(view, move)
    seen()
    QTest.mouseRelease(view, left, NONE, end)


def drag_a_case(main: MainWindow, document: Document, qtbot: QtBot) -> None:
    """Drag a case by mouse to where it breaks a hard rule."""
    board = main.page("theatre")
    view = board.view  # type: ignore[attr-defined]
    case, _ = illegal(document)
    main.bench.selection.go("case", case)
    QApplication.processEvents()
    (number,) = view.model_.numbers("case", case)
    start = view.visualRect(view.model_.index(number)).center()
    bubble = board.drag.bubble  # type: ignore[attr-defined]

    def seen() -> None:
        """The sentence with its arithmetic stands beside the bar while it is carried."""
        qtbot.waitUntil(bubble.isVisible, timeout=LONG)
        assert any(letter.isdigit() for letter in bubble.told.text())

    drag(view.viewport(), start, start + QPoint(round(30 * view.layout_.scale), 0), seen)
    assert board.drag.held  # type: ignore[attr-defined]


def test_a_manager_goes_all_the_way(
    start: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, solver, bench = start, start.bench.solver, start.bench
    click(main.page("start").first)  # type: ignore[attr-defined]
    opened = first_plan(main, qtbot)
    click(main.around.solve_button.solve)
    stopped(main, qtbot)
    click(main.around.right_dock.solve.reject)
    assert opened.plan == Plan()
    click(main.around.solve_button.solve)
    wait_for_plan(main, qtbot)
    click(main.around.right_dock.solve.adopt)
    assert opened.scenario.plan.sessions
    assert opened.scenario.plan.days
    qtbot.waitUntil(lambda: reasons(main) == [], timeout=LONG)
    # leave for one person, one session closed, one duration changed
    click_tool(main, "view_facts")
    facts = main.page("facts")
    choose_kind(main, "absence")
    monkeypatch.setattr(
        RecordForm, "exec", lambda form: fill_leave(form, opened) or form.add.isEnabled()
    )
    facts.add_button.click()  # type: ignore[attr-defined]
    choose_kind(main, "session")
    shut = cell(main, a_session(opened), "closed")
    yes = next(typed for _, typed in shut.data(CHOICES) if typed not in ("", shut.data(EDIT)))
    assert facts.model.setData(shut, yes)  # type: ignore[attr-defined]
    choose_kind(main, "case")
    longer = cell(main, illegal(opened)[0], "mean")
    assert facts.model.setData(longer, str(int(longer.data(EDIT)) + 7))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(reasons(main)) == 3, timeout=LONG)
    # solve again and take the plan
    before = opened.scenario.plan
    click(main.around.right_dock.stale.solve)
    wait_for_plan(main, qtbot)
    assert opened.scenario.plan is before
    click(main.around.right_dock.solve.adopt)
    qtbot.waitUntil(lambda: reasons(main) == [], timeout=LONG)
    # an illegal place is kept with a reason
    click_tool(main, "view_theatre")
    board = main.page("theatre")
    drag_a_case(main, opened, qtbot)
    QTimer.singleShot(0, give_reason)
    click(board.drag.bubble.keep)  # type: ignore[attr-defined]
    assert [waiver.reason for waiver in opened.scenario.waivers][:1] == ["le chirurgien le demande"]
    undo_and_redo(opened, lambda: click_tool(main, "undo"), lambda: click_tool(main, "redo"))
    # branch, compare, save, open again
    click(main.around.banner.branch)
    assert opened.name != BASE
    click_tool(main, "view_compare")
    compare = main.page("compare")
    qtbot.waitUntil(lambda: compare.compared is not None, timeout=LONG)  # type: ignore[attr-defined]
    assert [side.name for side in compare.compared.sides] == [BASE, opened.name]  # type: ignore[attr-defined]
    click_tool(main, "save")
    assert path.exists()
    assert not opened.unsaved
    study = opened.study
    main.actions_["close"].trigger()
    assert bench.document is None
    assert solver.run is None
    main.actions_["open"].trigger()
    assert bench.document is not None
    assert bench.document.study == study


# --- by keys alone ------------------------------------------------------------------------------


def in_table(main: MainWindow, kind: str, id: str, field: str) -> None:
    """Go to a cell of the table of facts by keys."""
    page = main.page("facts")
    walk_to(main, lambda now: now is page.kinds)  # type: ignore[attr-defined]
    press(main, KEY.Key_Home)
    for _ in range(page.kinds.count()):  # type: ignore[attr-defined]
        if page.kind == kind:  # type: ignore[attr-defined]
            break
        press(main, KEY.Key_Down)
    assert page.kind == kind  # type: ignore[attr-defined]
    walk_to(main, lambda now: now is page.search)  # type: ignore[attr-defined]
    page.search.selectAll()  # type: ignore[attr-defined]
    press(main, KEY.Key_Delete)
    press(main, id)
    walk_to(main, lambda now: now is page.table)  # type: ignore[attr-defined]
    press(main, KEY.Key_Home, HELD.ControlModifier)
    for _ in range(page.model.columnCount()):  # type: ignore[attr-defined]
        index = page.table.currentIndex()  # type: ignore[attr-defined]
        if page.model.specs[index.column()].name == field:  # type: ignore[attr-defined]
            return
        press(main, KEY.Key_Right)
    raise AssertionError(f"no {field}")


def tab_to(dialog: QDialog, wanted: QWidget) -> None:
    """Press Tab until the focus of a dialogue is where it is wanted."""
    for _ in range(40):
        if dialog.focusWidget() is wanted:
            return
        QTest.keyClick(dialog.focusWidget() or dialog, KEY.Key_Tab)
    raise AssertionError(f"{wanted} is not reached by Tab")


def type_leave(document: Document) -> Callable[[RecordForm], bool]:
    """Fill the form by keys: Tab from field to field, then the button."""

    def fill(form: RecordForm) -> bool:
        form.show()
        duty = next(duty for duty in document.plan.duties if duty.day > 7)
        date = document.problem.horizon.date(duty.day).isoformat()
        wanted = {"id": "CA-1", "person": duty.person, "first": date, "last": date}
        for name, (_, field) in form.fields.items():
            if name in wanted:
                tab_to(form, field)
                field.selectAll()  # type: ignore[attr-defined]
                QTest.keyClicks(field, wanted[name])
        assert form.add.isEnabled(), form.told.text()
        tab_to(form, form.add)
        QTest.keyClick(form.add, KEY.Key_Space)
        return form.result() == QDialog.DialogCode.Accepted

    return fill


def type_reason(dialog: ReasonDialog) -> int:
    """Write a reason by keys."""
    dialog.show()
    tab_to(dialog, dialog.field)
    QTest.keyClicks(dialog.field, "le chirurgien le demande")
    tab_to(dialog, dialog.keep)
    QTest.keyClick(dialog.keep, KEY.Key_Space)
    return int(dialog.result())


def push(main: MainWindow, button: QPushButton) -> None:
    """Walk to a button of the dock at the right, and press it."""
    walk_to(main, main.around.right_dock.isAncestorOf)
    walk_to(main, lambda now: now is button, KEY.Key_Tab)
    press(main, KEY.Key_Space)


def solve_and_adopt(main: MainWindow, qtbot: QtBot) -> None:
    """F5, then walk to the button that takes the plan."""
    press(main, KEY.Key_F5)
    wait_for_plan(main, qtbot)
    push(main, main.around.right_dock.solve.adopt)
    assert main.bench.solver.run is None


@pytest.mark.long
def test_the_same_by_keys_alone(
    start: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, bench = start, start.bench
    walk_to(main, lambda now: now is main.page("start").cards[0], KEY.Key_Tab)  # type: ignore[attr-defined]
    press(main, KEY.Key_Space)
    opened = first_plan(main, qtbot)
    press(main, KEY.Key_F5, HELD.ShiftModifier)
    stopped(main, qtbot)
    push(main, main.around.right_dock.solve.reject)
    monkeypatch.setattr(RecordForm, "exec", type_leave(opened))
    monkeypatch.setattr(ReasonDialog, "exec", type_reason)
    solve_and_adopt(main, qtbot)
    assert opened.scenario.plan.sessions
    session, (case, _) = a_session(opened), illegal(opened)
    press(main, KEY.Key_3, HELD.ControlModifier)
    in_table(main, "absence", "", "person")
    press(main, KEY.Key_Insert)
    in_table(main, "session", session, "closed")
    press(main, KEY.Key_F2)
    choice = main.focusWidget()
    assert isinstance(choice, QComboBox)
    press(main, KEY.Key_Down if choice.currentIndex() == 0 else KEY.Key_Up)
    press(main, KEY.Key_Return)
    in_table(main, "case", case, "mean")
    mean = next(each.mean for each in opened.problem.cases if each.id == case)
    press(main, KEY.Key_F2)
    press(main, KEY.Key_A, HELD.ControlModifier)
    press(main, str(mean + 7))
    press(main, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(reasons(main)) == 3, timeout=LONG)
    solve_and_adopt(main, qtbot)
    qtbot.waitUntil(lambda: reasons(main) == [], timeout=LONG)
    # a case to where it may not be
    press(main, KEY.Key_1, HELD.ControlModifier)
    board = main.page("theatre")
    assert main.focusWidget() is board.view  # type: ignore[attr-defined]
    case, steps = illegal(opened, board.day)  # type: ignore[attr-defined]
    press(main, KEY.Key_Home)
    for _ in range(200):
        if bench.selection.now.id == case:
            break
        press(main, KEY.Key_Right)
    assert bench.selection.now.id == case
    for _ in range(steps):
        if not board.drag.held:  # type: ignore[attr-defined]
            press(main, KEY.Key_Right, HELD.AltModifier)
    assert board.drag.held  # type: ignore[attr-defined]
    press(main, KEY.Key_Return, HELD.ShiftModifier)
    assert [waiver.reason for waiver in opened.scenario.waivers][:1] == ["le chirurgien le demande"]
    undo_and_redo(
        opened,
        lambda: press(main, KEY.Key_Z, HELD.ControlModifier),
        lambda: press(main, KEY.Key_Y, HELD.ControlModifier),
    )
    press(main, KEY.Key_N, HELD.ControlModifier | HELD.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(main.focusWidget(), QLineEdit), timeout=LONG)
    press(main, KEY.Key_A, HELD.ControlModifier)
    press(main, "Autre")
    press(main, KEY.Key_Return)
    assert opened.name == "Autre"
    press(main, KEY.Key_5, HELD.ControlModifier)
    compare = main.page("compare")
    qtbot.waitUntil(lambda: compare.compared is not None, timeout=LONG)  # type: ignore[attr-defined]
    press(main, KEY.Key_S, HELD.ControlModifier)
    assert path.exists()
    assert not opened.unsaved
    study = opened.study
    press(main, KEY.Key_W, HELD.ControlModifier)
    assert bench.document is None
    press(main, KEY.Key_O, HELD.ControlModifier)
    assert bench.document is not None
    assert bench.document.study == study
