"""The queue in the panel of solving: one line a scenario, how far all of them are, and stopping."""

from math import ceil
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from planner.plan import Plan
from planner.score import Score
from planner.words import number
from ui.window.panels.parts import button, hairline, label, plain_tip
from ui.window.queueing import Item
from ui.window.run import STEPS, Run
from ui.window.workbench import Workbench

_NAME: Final = Qt.ItemDataRole.UserRole
_MOST: Final = 5
"""Lines that are seen at once."""
_ICONS: Final = {
    "waiting": ("timer-sand", "hint"),
    "running": ("progress-clock", "accent"),
    "better": ("check-bold", "better"),
    "first": ("check-bold", "better"),
    "kept": ("equal", "ink2"),
    "stopped": ("stop-circle-outline", "ink2"),
    "rejected": ("minus", "ink2"),
    "gone": ("minus", "ink2"),
}
"""Icons of states; all others are faults."""


class QueueView(QWidget):
    """Hidden while there is no queue. Enter, or a double click, opens the scenario of a line."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench, self.queue = bench, bench.queue
        self.title, self.left = label("panel"), label("second", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.list = QListWidget()
        self.list.setObjectName("queue")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        self.stop = button("danger", self.queue.stop)
        self.compare = button("link", lambda: bench.asked_for_view.emit("compare"))
        self.close_ = button("link", self.queue.clear)
        row = QHBoxLayout()
        for each in (self.stop, self.compare, self.close_):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.title, self.bar, self.list, self.left):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(hairline())
        self.queue.changed.connect(self.refresh)
        self.queue.progressed.connect(self._progress)
        for signal in (bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show all lines again."""
        say, queue = self.bench.say, self.queue
        self.setVisible(bool(queue.items))
        self.list.setAccessibleName(say("queue.list"))
        self.stop.setText(say("queue.stop"))
        self.stop.setIcon(self.bench.icon("stop-circle-outline", "hard"))
        self.compare.setText(say("queue.compare"))
        self.close_.setText(say("queue.close"))
        row = self.list.currentRow()
        self.list.clear()
        for item in queue.items:
            self.list.addItem(self._line(item))
        self.list.setCurrentRow(max(row, 0))
        self._fit()
        self.stop.setVisible(queue.on)
        self.close_.setVisible(not queue.on)
        self.compare.setVisible(not queue.on and len(queue.items) > 1)
        self._progress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break words anew, and keep all lines whole."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the list the height of its first lines, as they are broken here."""
        last = self.list.item(min(self.list.count(), _MOST) - 1)
        if last is not None:
            self.list.doItemsLayout()
            top, end = self.list.item(0), self.list.visualItemRect(last).bottom()
            high = end - self.list.visualItemRect(top).top() + 1
            self.list.setFixedHeight(high + 2 * self.list.frameWidth() + 4)

    def _at_work(self) -> None:
        """Say anew how far what is at work has got; the list grows with what there is to say."""
        longer = False
        for row, item in enumerate(self.queue.items):
            if item.state == "running" and row < self.list.count():
                line = self.list.item(row)
                before = line.text()
                self._write(line, item)
                longer = longer or len(line.text()) != len(before)
        if longer:
            self._fit()

    def _line(self, item: Item) -> QListWidgetItem:
        icon, token = _ICONS.get(item.state, ("alert", "hard"))
        made = QListWidgetItem(self.bench.icon(icon, token), "")
        made.setData(_NAME, item.scenario)
        self._write(made, item)
        return made

    def _write(self, line: QListWidgetItem, item: Item) -> None:
        """Write into a line which scenario it is and how it stands."""
        name = self.bench.called(item.scenario)
        words = item_words(self.bench, item, self.queue.run_of(item))
        line.setText(f"{name}\n{words}")
        line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {words}")
        line.setToolTip(plain_tip(f"{name}\n{words}"))

    def _progress(self) -> None:
        """Show how far all of it is."""
        queue, say = self.queue, self.bench.say
        if not queue.items:
            return
        self._at_work()
        whole = max(queue.whole, 1.0)
        self.bar.setValue(round(1000 * (1 - min(queue.left / whole, 1.0))))
        told = say("queue.title", n=queue.done, of=len(queue.items))
        self.title.setText(told)
        self.bar.setAccessibleName(told)
        self.left.setVisible(queue.on)
        self.left.setText(say("queue.left", left=max(1, ceil(queue.left / 60))))

    def _open(self, item: QListWidgetItem) -> None:
        document, name = self.bench.document, str(item.data(_NAME))
        if document is not None and any(each.name == name for each in document.study.scenarios):
            document.show(name)


def item_words(bench: Workbench, item: Item, run: Run | None = None) -> str:
    """Say how a scenario of a queue stands, with what its plan costs; how far its run is at work."""
    if run is not None:
        return run_words(bench, run)
    costs = {
        name: _cost(bench, score)
        for name, score in (("before", item.before), ("after", item.after))
        if score is not None
    }
    return bench.say(f"queue.state.{item.state}", **costs)


def run_words(bench: Workbench, run: Run) -> str:
    """Say the phase of a run, its seconds of those it has, and what its best plan costs so far."""
    phase = bench.say(f"solve.step.{STEPS[min(run.step, len(STEPS) - 1)]}")
    told = [bench.say("queue.at_work", phase=phase, spent=int(run.spent), whole=ceil(run.seconds))]
    if run.best is not None and run.best.audited:
        after = _cost(bench, run.best.judgement.score)
        if run.before.audited and run.before.plan != Plan():
            before = _cost(bench, run.before.judgement.score)
            told.append(bench.say("queue.state.better", before=before, after=after))
        else:
            told.append(bench.say("queue.state.first", after=after))
    return " · ".join(told)


def _cost(bench: Workbench, score: Score) -> str:
    lang = bench.lang
    tiers = " / ".join(number(tier, lang) for tier in score.tiers)
    cost = tiers if score.total is None else number(score.total, lang)
    return bench.say("queue.cost_broken", cost=cost, n=score.breaches) if score.breaches else cost
