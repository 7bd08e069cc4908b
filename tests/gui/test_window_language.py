"""Another language: every word of every view changes, seen or not while it is chosen.

A window that spoke French and speaks English now is compared, word for word, with one that has never
spoken anything else. What was written in a language (names, reasons, codes) is the same on both.
"""

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from four_scenarios import four
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QSettings,
    Qt,
)
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)

from planner.changes import ChangeSet, Set
from planner.edits import Record
from ui.window.app import window
from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document
from ui.window.main_window import VIEWS, MainWindow
from ui.window.settings import Settings

ROLE = Qt.ItemDataRole
ROLES = (ROLE.DisplayRole, ROLE.ToolTipRole, ROLE.AccessibleTextRole, ROLE.StatusTipRole)
CELLS = 60
"""Cells of a table that are looked at: the first rows and columns say what the others say."""
SHOWN = 20
"""Differences that a failure names."""
LONGER = Set(kind="case", id="K1", field="mean", expected=None, value=95)


def opened(path: Path, lang: str) -> MainWindow:
    """Show a window with the small house; the plan at hand is out of date."""
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    settings.lang, settings.theme = lang, "light"
    made = window(settings)
    made.show()
    assert QTest.qWaitForWindowExposed(made)
    made.bench.take(Document.of(four()))
    document = made.bench.document
    assert document is not None
    document.show("Closed")
    document.do(Record(scenario="Closed", group=ChangeSet(name="Longer", changes=(LONGER,))))
    return made


@pytest.fixture(scope="module")
def pair(
    qapp: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[MainWindow, MainWindow]]:
    """A window that speaks French at first, and one that has always spoken English."""
    place = tmp_path_factory.mktemp("language")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPALE_STATE", str(place / "state"))
        windows = opened(place / "one.ini", "fr"), opened(place / "two.ini", "en")
        yield windows
        for each in windows:
            each.bench.take(None)  # before it is closed: nobody answers here whether to save
            each.close()
            each.deleteLater()


def bring(main: MainWindow, view: str) -> None:
    """Bring a view up."""
    main.show_view(view)
    page = main.current_page()
    if isinstance(page, ComparePage):
        page.settle()
    rest(main)


def rest(main: MainWindow) -> None:
    """Let everything that was put off happen."""
    main.bench.settle()
    for _ in range(3):
        QApplication.processEvents()


def words(main: MainWindow) -> Counter[str]:
    """Give all that a window says, with the class of what says it."""
    found = Counter(_action(each) for each in main.actions_.all.values())
    found[f"title: {main.windowTitle()}"] += 1
    for widget in main.findChildren(QWidget):
        if widget.isVisible():
            name = type(widget).__name__
            found.update(f"{name} {what}: {said}" for what, said in _words(widget) if said)
    return found


def _words(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield "text", widget.text()
    if isinstance(widget, QLineEdit):
        yield "text", f"{widget.text()} / {widget.placeholderText()}"
    if isinstance(widget, QComboBox):
        yield "choices", " / ".join(widget.itemText(n) for n in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield "tabs", " / ".join(widget.tabText(n) for n in range(widget.count()))
    menu = widget.menu() if isinstance(widget, (QToolButton, QPushButton)) else None
    for action in (*widget.actions(), *(menu.actions() if menu is not None else ())):
        yield "action", _action(action)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        expand = isinstance(widget, QTreeView)
        for place, said in enumerate(_cells(widget.model(), QModelIndex(), deep=expand)):
            yield f"cell {place}", said


def _action(action: QAction) -> str:
    return f"{action.text()} / {action.toolTip()}"


def _cells(model: QAbstractItemModel, parent: QModelIndex, *, deep: bool) -> Iterator[str]:
    listed = isinstance(model, QAbstractListModel)
    rows, columns = model.rowCount(parent), 1 if listed else min(model.columnCount(parent), CELLS)
    for across, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows)):
        for section in range(min(count, CELLS)):
            said = (model.headerData(section, across, role) for role in ROLES[:3])
            yield " / ".join(str(each) for each in said if isinstance(each, str))
    for row in range(min(rows, max(1, CELLS // max(1, columns)))):
        for column in range(columns):
            index = model.index(row, column, parent)
            said = (model.data(index, role) for role in ROLES)
            yield " / ".join(str(each) for each in said if isinstance(each, str))
            if deep and column == 0:
                yield from _cells(model, index, deep=deep)


def differences(one: MainWindow, other: MainWindow) -> str:
    """Give the first of what two windows say otherwise, line by line."""
    here, there = words(one), words(other)
    lines = [f"has {each}" for each in here - there] + [f"lacks {each}" for each in there - here]
    return "\n".join(lines[:SHOWN])


def test_every_view_that_is_seen_takes_the_language_at_once(
    pair: tuple[MainWindow, MainWindow],
) -> None:
    main, english = pair
    for view in VIEWS:
        main.bench.speak("fr")
        bring(main, view)
        bring(english, view)
        assert differences(main, english), "the French says nothing of its own"
        main.bench.speak("en")
        rest(main)
        found = differences(main, english)
        assert not found, f"{view}\n{found}"


def test_views_that_are_not_seen_take_the_language_when_they_are(
    pair: tuple[MainWindow, MainWindow],
) -> None:
    main, english = pair
    for view in VIEWS:
        bring(main, view)
        bring(english, view)  # what was seen is told on the start page
    main.bench.speak("en")
    for view in VIEWS:
        bring(main, view)
        bring(english, view)
        found = differences(main, english)
        assert not found, f"{view}\n{found}"


def test_buttons_of_qt_itself_take_the_language(main: MainWindow) -> None:
    gc.collect()  # what nobody holds goes

    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    for lang, words in (("fr", "Annuler"), ("en", "Cancel"), ("fr", "Annuler")):
        main.bench.speak(lang)
        assert cancel() == words
