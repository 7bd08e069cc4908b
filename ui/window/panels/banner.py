"""The banner: into which scenario edits are recorded, and how its plan stands."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from planner.signatures import DRAFT
from planner.signing_words import lines
from planner.standing import Standing
from planner.words import listing
from ui.window.actions import Actions
from ui.window.look.type import width
from ui.window.panels.parts import button, label, plain_tip, relook, verbatim
from ui.window.panels.states import (
    STATE_ICONS,
    Apart,
    State,
    apart,
    count,
    details,
    stale,
    state,
    unlike_published,
)
from ui.window.workbench import Workbench

HEIGHT = 32
LONGEST = 230
"""Pixels of a scenario's name, which is as long as its author likes."""


class Banner(QWidget):
    """One line over all views: the open scenario, its changes, its plan, two links."""

    changes_wanted = Signal()
    """Somebody wants to see the changes that are counted here."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.dot, self.into = QLabel(), label()
        self.scenario = QToolButton()
        self.scenario.setObjectName("open_scenario")
        self.scenario.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.scenario.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.scenario.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the name
        self.menu = QMenu(self.scenario)
        self.menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.menu.aboutToShow.connect(self._fill)
        self.scenario.setMenu(self.menu)
        self.changes, self.published, self.unlike, self.stale = (_chip() for _ in range(4))
        self.changes.clicked.connect(lambda _=False: self.changes_wanted.emit())
        self.published.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it says something and does nothing
        self.published.unsetCursor()
        self.unlike.setMenu(self._ways())
        self.stale.clicked.connect(lambda _=False: actions["solve"].trigger())
        self.compare = button("link", actions["compare_parent"].trigger)
        self.branch = button("link", actions["branch"].trigger)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(8)
        for each in (self.dot, self.into, self.scenario, *self._all_chips()):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.compare)
        row.addWidget(self.branch)
        bench.changed.connect(self._changed)
        for signal in (bench.settled, bench.document_changed, bench.language_changed):
            signal.connect(self.refresh)
        bench.theme_changed.connect(self.refresh)
        self._shown: tuple[object, ...] = ()
        self._count = self._reasons = 0
        self._unlike = Apart()
        self._standing = Standing()
        self._why = ""

    def _all_chips(self) -> tuple[QPushButton, ...]:
        return self.changes, self.published, self.unlike, self.stale

    def _ways(self) -> QMenu:
        """Give the menu of what differs from the published plan: to see it, and whom to tell."""
        menu = QMenu(self.unlike)
        for action in ("compare_published", "publish"):
            menu.addAction(self.actions_[action])
        return menu

    def _changed(self) -> None:
        """Say at once where edits go; what they come to can wait."""
        if self._open() != self._shown:
            self.refresh()

    def _open(self) -> tuple[object, ...]:
        document = self.bench.document
        return () if document is None else (document.name, document.scenario.parent)

    def refresh(self) -> None:
        """Show how the open scenario stands."""
        document = self.bench.document
        if document is None:
            return
        scenario, say = document.scenario, self.bench.say
        self._shown = self._open()
        stands = state(document.study, document.name)
        relook(self, "banner_base" if stands.base else "banner")
        self.dot.setPixmap(self.bench.icon("record-circle-outline", "own").pixmap(16, 16))
        into = "banner.into_base" if stands.base else "banner.into"
        self.into.setText(say("banner.viewed" if document.read_only else into))
        name = say("banner.base") if stands.base else scenario.name
        self.scenario.setText(verbatim(name))
        self.scenario.setToolTip(plain_tip(name))
        self.scenario.setAccessibleName(name)
        self.scenario.setIcon(self.bench.icon("chevron-down", "own"))
        self._chips(stands)
        self.compare.setVisible(not stands.base)
        self.compare.setIcon(self.bench.icon("compare-horizontal", "accent"))
        self.branch.setEnabled(not document.read_only)
        self.branch.setIcon(self.bench.icon("source-branch", "accent"))
        self._words()

    def _chips(self, stands: State) -> None:
        """Give the chips their looks and what they count."""
        document, icon = self.bench.document, self.bench.icon
        assert document is not None
        self.changes.setVisible(not stands.base)
        self.changes.setIcon(icon("pencil", "own"))
        relook(self.changes, "mark_own")
        moved = apart(document, document.name)
        self._count = len(document.scenario.changes) + bool(moved)
        self._standing = stands.standing
        self.published.setIcon(icon(*STATE_ICONS[stands.standing.state]))
        plain = "mark" if self._is_draft else "mark_published"
        relook(self.published, "mark_stale" if self._standing.unlike else plain)
        self._unlike = unlike_published(document, document.name)
        self.unlike.setVisible(bool(self._unlike))
        self.unlike.setIcon(icon("not-equal-variant", "accent"))
        relook(self.unlike, "mark")
        self.stale.setVisible(stands.stale)
        self.stale.setIcon(icon("clock-alert-outline", "stale"))
        relook(self.stale, "mark_stale")
        found = stale(document)
        self._reasons = 0 if found is None else count(found, self.bench.lang)
        self._why = "" if found is None else "\n".join(details(found, self.bench.lang))

    def _words(self) -> None:
        """Give links and chips their words; where there is no room they keep their icons alone."""
        document, say = self.bench.document, self.bench.say
        if document is None:
            return
        parent = document.scenario.parent
        there = self.bench.called(parent)
        told = (
            (self.compare, say("banner.compare", parent=_short(there))),
            (self.branch, say("action.branch")),
            (self.changes, say("banner.changes", n=self._count)),
            (self.published, self._state_words()),
            (self.unlike, self._unlike_words()),
            (self.stale, self._stale_words()),
        )
        for each, words in told:
            each.setText(verbatim(words))
            each.setToolTip(plain_tip(words))
            each.setAccessibleName(words)
        self.compare.setToolTip(plain_tip(say("banner.compare", parent=there)))
        signed = "\n".join(lines(self._standing, self.bench.lang))
        if signed:
            self.published.setToolTip(plain_tip(signed))
        solve = self.actions_["solve"].toolTip()
        self.stale.setToolTip(plain_tip(f"{self._why}\n{solve}") if self._why else solve)
        self._fit()

    def _fit(self) -> None:
        """Leave out what there is no room for: words of links, the end of the name, words of chips."""
        name = self.scenario.accessibleName()
        self.scenario.setText(verbatim(name))
        for link in (self.compare, self.branch):
            if self._beyond() > 0:
                link.setText("")
        if self._beyond() > 0:
            shown = self.scenario.fontMetrics()
            room = max(LONGEST, shown.horizontalAdvance(name) - self._beyond())
            self.scenario.setText(
                verbatim(shown.elidedText(name, Qt.TextElideMode.ElideRight, room))
            )
        for chip in self._all_chips():
            if self._beyond() > 0:
                chip.setText("")

    def _beyond(self) -> int:
        """Tell by how many pixels the line is too long."""
        return self._row.sizeHint().width() - self.width()

    def _state_words(self) -> str:
        """Say the state in a word, or that what is published is not what was signed."""
        if self._standing.unlike is not None:
            return self.bench.say("banner.unlike_signed")
        return self.bench.say(f"state.{self._standing.state}").capitalize()

    @property
    def _is_draft(self) -> bool:
        return self._standing.state == DRAFT

    def _unlike_words(self) -> str:
        """Count what the plan has elsewhere than the published one."""
        cases, days = len(self._unlike.cases), len(self._unlike.duties)
        say, told = self.bench.say, []
        if cases:
            told.append(say("banner.cases", n=cases))
        if days:
            told.append(say("banner.days", n=days))
        return say("banner.unlike", what=listing(told, self.bench.lang))

    def _stale_words(self) -> str:
        """Say how many reasons there are, where they are known."""
        if not self._reasons:
            return self.bench.say("banner.stale")
        return self.bench.say("banner.stale_for", n=self._reasons)

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
            action = self.menu.addAction(verbatim(words))
            action.setCheckable(True)
            action.setChecked(name == document.name)
            action.triggered.connect(lambda _=False, name=name: document.show(name))


def _chip() -> QPushButton:
    made = button("mark")
    made.setIconSize(QSize(13, 13))
    return made


def _short(name: str) -> str:
    """Keep the banner on one line; the whole name is in the tool tip and the tree."""
    return name if width(name, weight=600) <= LONGEST else f"{name[:28].rstrip()}…"
