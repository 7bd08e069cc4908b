"""The tree of scenarios: which stands on which, how each stands, which one is open."""

from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.edits import Branch, Delete, fresh_name
from planner.hand_edits import Rename
from planner.signing_words import lines
from planner.study import Study
from ui.window.actions import Actions
from ui.window.dialogs.ask import confirm
from ui.window.panels.parts import Heading, plain_tip
from ui.window.panels.states import STATE_ICONS, State, state
from ui.window.workbench import Workbench

_NAME = Qt.ItemDataRole.UserRole
_ICON = 30
"""Pixels beside a name: its icon and the gaps round it."""
ROW = 24
_FOOT = 8
"""Pixels under the last name."""
Index = QModelIndex | QPersistentModelIndex


class _Wrapped(QStyledItemDelegate):
    """Gives a long name two lines; what does not fit there ends in dots, and is in the tool tip."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self.tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """Give the height of the name in the width that its depth leaves."""
        if index.column():
            return super().sizeHint(option, index)
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        room = self.tree.columnWidth(0) - depth * self.tree.indentation() - _ICON
        metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole) or self.tree.font())
        wrapped = Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(QRect(0, 0, room, 999), wrapped, index.data())
        high = min(box.height(), metrics.height() + metrics.lineSpacing())
        return QSize(room, max(ROW, high + 8))


class ScenariosPanel(QWidget):
    """The tree; one click opens a scenario, F2 gives it another name."""

    wanted = Signal()
    """A name is to be typed into the tree."""
    filled = Signal()
    """Other names, or more of them, are shown."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench, self.actions_ = bench, actions
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("look", "side")
        more = QToolButton()
        more.setText("…")
        more.clicked.connect(lambda _=False: self._menu(more.mapToGlobal(more.rect().bottomLeft())))
        self.more = more
        self.heading = Heading(more)
        self.tree = QTreeWidget()
        self.tree.setObjectName("scenarios")
        self.tree.setProperty("look", "side")
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        header, mode = self.tree.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, mode.Stretch)
        header.setSectionResizeMode(1, mode.ResizeToContents)
        header.setMinimumSectionSize(0)
        self.tree.setIndentation(14)
        self.tree.setWordWrap(True)
        self.tree.setItemDelegate(_Wrapped(self.tree))
        self.tree.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(
            lambda at: self._menu(self.tree.viewport().mapToGlobal(at))
        )
        self.tree.currentItemChanged.connect(self._open)
        self.tree.itemChanged.connect(self._renamed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.tree)
        bench.changed.connect(self._changed)
        bench.settled.connect(self._settled)
        for signal in (bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        actions.on("branch", self.branch)
        actions.on("rename", self.rename)
        actions.on("delete", self.delete)
        for name in ("propose", "approve", "withdraw"):
            actions.on(name, partial(self.sign, name))
        self._filling = False
        self._shown: tuple[object, ...] = ()
        self._stand: tuple[object, ...] = ()

    @property
    def wants(self) -> int:
        """The height in which all scenarios are seen, in pixels."""
        rows, index = 0, self.tree.model().index(0, 0)
        while index.isValid():
            rows += self.tree.sizeHintForIndex(index).height()
            index = self.tree.indexBelow(index)
        return self.heading.sizeHint().height() + rows + 2 * self.tree.frameWidth() + _FOOT

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Wrap names anew."""
        super().resizeEvent(event)
        self.tree.scheduleDelayedItemsLayout()

    def _changed(self) -> None:
        """Show another tree, or another open scenario, at once; how each stands can wait."""
        if self._tree() != self._shown:
            self.refresh()

    def _settled(self) -> None:
        """Show how each stands, unless it is shown, or a name is being typed."""
        if self.tree.state() != QTreeWidget.State.EditingState and self._states() != self._stand:
            self.refresh()

    def _states(self) -> tuple[object, ...]:
        document = self.bench.document
        if document is None:
            return ()
        study = document.study
        return (self._tree(), *(state(study, each.name) for each in study.scenarios))

    def _tree(self) -> tuple[object, ...]:
        document = self.bench.document
        if document is None:
            return ()
        scenarios = document.study.scenarios
        return (document.name, *((each.name, each.parent) for each in scenarios))

    def refresh(self) -> None:
        """Show the tree as the study has it."""
        document = self.bench.document
        self._shown, self._stand = self._tree(), self._states()
        self.heading.title.setText(self.bench.say("scenarios.title"))
        self.tree.setAccessibleName(self.bench.say("scenarios.title"))
        self.more.setAccessibleName(self.bench.say("scenarios.more"))
        self._filling = True
        self.tree.clear()
        if document is not None:
            self._fill(document.study, document.name)
        self._filling = False
        self.filled.emit()

    def _fill(self, study: Study, open_: str) -> None:
        items: dict[str, QTreeWidgetItem] = {}
        for scenario in study.scenarios:
            item = QTreeWidgetItem()
            stands = state(study, scenario.name)
            item.setText(0, self.bench.say("banner.base") if stands.base else scenario.name)
            item.setData(0, _NAME, scenario.name)
            name, token = stands.icon
            if scenario.name == open_ and not stands.broken and not stands.stale:
                name, token = "record-circle-outline", "own"
            item.setIcon(0, self.bench.icon(name, token))
            told = self._told(scenario.name, stands)
            item.setToolTip(0, plain_tip(told))
            item.setIcon(1, self.bench.icon(*STATE_ICONS[stands.standing.state]))
            item.setToolTip(1, plain_tip(told))
            words = self.bench.say(f"state.{stands.standing.state}")
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, words)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
            if not stands.base:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            items[scenario.name] = item
            parent = items.get(scenario.parent or "")
            if parent is None or stands.base:
                self.tree.addTopLevelItem(item)
            else:
                parent.addChild(item)
        self.tree.expandAll()
        self.tree.setCurrentItem(items[open_])
        font = items[open_].font(0)
        font.setWeight(font.Weight.DemiBold)
        items[open_].setFont(0, font)

    def _told(self, name: str, stands: State) -> str:
        say = self.bench.say
        told = [say("banner.base") if stands.base else name]
        if stands.broken:
            told.append(say("scenarios.broken", n=stands.broken))
        if stands.stale:
            told.append(say("banner.stale"))
        told.append(say(f"state.{stands.standing.state}"))
        signed = lines(stands.standing, self.bench.lang)
        return "\n".join((" · ".join(told), *signed))

    def _open(self, item: QTreeWidgetItem | None) -> None:
        if self._filling or item is None or self.bench.document is None:
            return
        name = item.data(0, _NAME)
        if name != self.bench.document.name:
            self.bench.document.show(name)

    def branch(self) -> None:
        """Make a scenario on the open one, open it, and let its name be typed."""
        document = self.bench.document
        if document is None:
            return
        name = fresh_name(document.study, self.bench.say("scenarios.new"))
        if self.bench.do(Branch(parent=document.name, name=name)):
            document.show(name)
            self.rename()

    def rename(self) -> None:
        """Let the name of the open scenario be typed in its place."""
        item = self.tree.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.wanted.emit()
            if self.tree.isVisible():
                self.tree.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem) -> None:
        if self._filling:
            return
        before, after = item.data(0, _NAME), item.text(0).strip()
        if before != after and not self.bench.do(Rename(scenario=before, name=after)):
            self.refresh()

    def sign(self, action: str) -> None:
        """Propose, approve or withdraw the plan of the open scenario, once that is confirmed."""
        from ui.window.dialogs.signing import ask_sign

        ask_sign(self.bench, action, self.window())

    def delete(self) -> None:
        """Delete the open scenario, after a question that says what goes with it."""
        document = self.bench.document
        if document is None:
            return
        name, parent = document.name, document.scenario.parent
        if parent is not None:
            n = len(document.scenario.changes)
            message = "scenarios.delete" if n else "scenarios.delete_bare"
            question = self.bench.say(message, name=name, n=n)
            if not confirm(self, question, self.bench.say("action.delete")):
                return
        self.bench.do(Delete(name=name))

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for id in ("branch", "rename", "delete"):
            menu.addAction(self.actions_[id])
        menu.addSeparator()
        for id in ("propose", "approve", "publish", "withdraw"):
            menu.addAction(self.actions_[id])
        menu.addSeparator()
        menu.addAction(self.actions_["compare_parent"])
        menu.exec(at)
        menu.deleteLater()
