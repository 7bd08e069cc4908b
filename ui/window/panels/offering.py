"""Menus of lists and tables, by mouse and by Shift+F10: what the buttons beside them do, and actions."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu

Offered = QAction | QAbstractButton | None
"""An action of the window, a button that does something, or a line between others."""


def offer(view: QAbstractItemView, offered: Callable[[], Iterable[Offered]]) -> None:
    """Give a list or table a menu on what is current in it."""
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(partial(_open, view, offered))


def _open(view: QAbstractItemView, offered: Callable[[], Iterable[Offered]], at: QPoint) -> None:
    index = view.indexAt(at)
    if not index.isValid():  # a key asks from the middle of the list, or a mouse below all rows
        at = view.visualRect(view.currentIndex()).bottomLeft()
    elif not view.selectionModel().isSelected(index):
        view.setCurrentIndex(index)
    menu = QMenu(view)
    menu.setObjectName("offered")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for each in offered():
        if each is None:
            menu.addSeparator()
        elif isinstance(each, QAction):
            menu.addAction(each)
        elif not each.isHidden():
            words = each.text() or each.accessibleName()
            made = menu.addAction(each.icon(), words, each.click)
            made.setEnabled(each.isEnabled())
    menu.popup(view.viewport().mapToGlobal(at))
