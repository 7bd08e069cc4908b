"""Looking at the view of rules: its fields, what is cut off in it, letting layouts settle."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from planner.rules.contract import Rule
from ui.window.document import Document
from ui.window.tables.rules_page import RulesPage

SIZE = (1366 - 188, 640)


def forget() -> None:
    """Let widgets go that wait for it; without an event loop nobody else does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rule(document: Document, id: str) -> Any:
    return next(rule for rule in document.problem.rules if rule.id == id)


def field(page: RulesPage, name: str) -> Any:
    return page.form.rows[name].field


def type_into(qtbot: QtBot, spin: QSpinBox, words: str) -> None:
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, words)


def all_types(document: Document) -> list[Rule[Any, Any]]:
    """Give a rule of each type."""
    return list({each.type: each for each in document.problem.rules}.values())


def settle() -> None:
    """Let layouts within layouts find their sizes."""
    forget()
    for _ in range(3):
        QApplication.processEvents()


def cut(widget: QWidget) -> str:
    """Tell what is cut off in a widget, "" where all is seen."""
    if isinstance(widget, QLabel):
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
        if widget.wordWrap() and widget.textFormat() == Qt.TextFormat.PlainText:
            words = widget.text().split()
            advance = widget.fontMetrics().horizontalAdvance
            if any(advance(word) > widget.width() for word in words):
                return widget.text()
        wide = 0 if widget.wordWrap() else widget.sizeHint().width()
        if not widget.text() or (wide <= widget.width() and high <= widget.height()):
            return ""
        return widget.text()
    if isinstance(widget, QAbstractButton | QComboBox):
        words = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
        return words if widget.minimumSizeHint().width() > widget.width() else ""
    if isinstance(widget, QSpinBox):
        line = widget.lineEdit()
        advance = line.fontMetrics().horizontalAdvance(widget.text())
        return widget.text() if advance > line.width() - 4 else ""
    return ""
