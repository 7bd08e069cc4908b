"""The banner: into which scenario edits are recorded, and how its plan stands."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from planner.study import BASE
from ui.window.actions import Actions
from ui.window.look.type import width
from ui.window.panels.parts import button, label, relook
from ui.window.panels.states import State, state
from ui.window.workbench import Workbench

HEIGHT = 32
LONGEST = 230
"""Pixels of a scenario's name, which is as long as its author likes."""


class Banner(QWidget):
    """One line over all views: the open scenario, its changes, its plan, two links."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.dot, self.into = QLabel(), label()
        self.scenario = QToolButton()
        self.scenario.setObjectName("open_scenario")
        self.scenario.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.scenario)
        self.menu.aboutToShow.connect(self._fill)
        self.scenario.setMenu(self.menu)
        self.changes, self.published = (
            self._chip("pencil"),
            self._chip("file-document-edit-outline"),
        )
        self.stale = self._chip("clock-alert-outline")
        self.stale.clicked.connect(lambda _=False: actions["solve"].trigger())
        self.compare = button("link", actions["compare_parent"].trigger)
        self.branch = button("link", actions["branch"].trigger)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(8)
        for each in (self.dot, self.into, self.scenario, self.changes, self.published, self.stale):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.compare)
        row.addWidget(self.branch)
        for signal in (bench.changed, bench.document_changed, bench.language_changed):
            signal.connect(self.refresh)
        bench.theme_changed.connect(self.refresh)

    def _chip(self, icon: str) -> QPushButton:
        made = button("chip")
        made.setProperty("icon_name", icon)
        made.setIconSize(QSize(13, 13))
        return made

    def refresh(self) -> None:
        """Show how the open scenario stands."""
        document = self.bench.document
        if document is None:
            return
        scenario, say = document.scenario, self.bench.say
        stands = state(document.study, document.name)
        relook(self, "banner_base" if stands.base else "banner")
        self.dot.setPixmap(self.bench.icon("record-circle-outline", "own").pixmap(16, 16))
        self.into.setText(say("banner.into_base" if stands.base else "banner.into"))
        name = say("banner.base") if stands.base else scenario.name
        self.scenario.setText(_short(name))
        self.scenario.setToolTip(name)
        self.scenario.setAccessibleName(name)
        self._chips(stands)
        self.compare.setVisible(not stands.base)
        self.compare.setIcon(self.bench.icon("compare-horizontal", "accent"))
        self.branch.setIcon(self.bench.icon("source-branch", "accent"))
        self._words()

    def _chips(self, stands: State) -> None:
        icon = self.bench.icon
        self.changes.setVisible(not stands.base)
        self.changes.setIcon(icon("pencil", "own"))
        self.published.setProperty("state", "published" if stands.published else "draft")
        name = "check-decagram-outline" if stands.published else "file-document-edit-outline"
        self.published.setIcon(icon(name, "accent" if stands.published else "ink2"))
        self.stale.setVisible(stands.stale)
        self.stale.setIcon(icon("clock-alert-outline", "stale"))

    def _words(self) -> None:
        """Give links and chips their words; where there is no room they keep their icons alone."""
        document, say = self.bench.document, self.bench.say
        if document is None:
            return
        parent = document.scenario.parent
        there = say("banner.base") if parent == BASE else str(parent)
        told = (
            (self.compare, say("banner.compare", parent=_short(there))),
            (self.branch, say("action.branch")),
            (self.changes, say("banner.changes", n=len(document.scenario.changes))),
            (self.published, say(f"banner.{self.published.property('state') or 'draft'}")),
            (self.stale, say("banner.stale")),
        )
        for each, words in told:
            each.setText(words)
            each.setToolTip(words)
            each.setAccessibleName(words)
        self.compare.setToolTip(say("banner.compare", parent=there))
        for each, _ in told:
            if self._row.sizeHint().width() <= self.width():
                break
            each.setText("")

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Keep icons alone where there is no room for words."""
        self._words()

    def _fill(self) -> None:
        self.menu.clear()
        document = self.bench.document
        if document is None:
            return
        for scenario in document.study.scenarios:
            name = scenario.name
            words = self.bench.say("banner.base") if scenario.parent is None else name
            action = self.menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == document.name)
            action.triggered.connect(lambda _=False, name=name: document.show(name))


def _short(name: str) -> str:
    """Keep the banner on one line; the whole name is in the tool tip and the tree."""
    return name if width(name, weight=600) <= LONGEST else f"{name[:28].rstrip()}…"
