"""Details of what is selected: its facts, its place in the plan, and where a changed value comes from."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from planner.fields import KINDS, specs
from planner.hand_edits import Inherit
from planner.plain import text_of
from planner.problem import ATTRIBUTES
from planner.sentences import breach_sentence, title
from planner.words import clock, known
from planner.words import day as written_day
from ui.window.actions import Actions
from ui.window.document import Document
from ui.window.panels.parts import Empty, button, label
from ui.window.workbench import Workbench


class DetailPanel(QWidget):
    """One record at a time: the first of what is selected."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self._late = True
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.empty = Empty(bench, "detail.empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        column.addWidget(self.empty)
        for signal in (bench.changed, bench.language_changed, bench.theme_changed):
            signal.connect(self.refresh)
        bench.selection.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the record that is selected; a panel that nobody sees waits until it is shown."""
        self._late = not self.isVisible()
        if self._late:
            return
        document, picked = self.bench.document, self.bench.selection.now
        record = None if document is None else _record(document, picked.kind, picked.id)
        self.area.setVisible(record is not None)
        self.empty.setVisible(record is None)
        if document is not None and record is not None:
            self.area.setWidget(self._page(document, picked.kind, record))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was selected while out of sight."""
        super().showEvent(event)
        if self._late:
            self.refresh()

    def _page(self, document: Document, kind: str, record: Any) -> QWidget:
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setProperty("look", "side")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(label("title", f"{self.bench.say(f'kind.{kind}')} {record.id}", wrap=True))
        name = getattr(record, "name", "")
        if name and name != record.id:
            column.addWidget(label("second", name, wrap=True))
        for sentence in self._places(document, kind, record.id):
            column.addWidget(label("", sentence, wrap=True))
        for judged in document.outcome().judgement.judged:
            if record.id in judged.breach.about.subjects and (
                judged.rule.hard or judged.rule.tier < 3
            ):
                words = breach_sentence(
                    document.problem, judged.rule, judged.breach, self.bench.lang
                )
                told = f"{title(judged.rule, self.bench.lang)}: {words}"
                column.addWidget(label("hard" if judged.rule.hard else "soft", told, wrap=True))
        column.addLayout(self._fields(document, kind, record))
        column.addStretch(1)
        return page

    def _places(self, document: Document, kind: str, id: str) -> list[str]:
        """Say where the plan has a case."""
        if kind != "case":
            return []
        placed = document.outcome().theatre.where(id)  # type: ignore[arg-type]  # an id is a string
        say, lang = self.bench.say, self.bench.lang
        if placed is None:
            return [say("detail.waiting")]
        date = document.problem.horizon.date(placed.session.day)
        start = "" if placed.start is None else clock(placed.start)
        return [
            say(
                "detail.placed",
                date=written_day(date, lang, "short"),
                start=start,
                theatre=placed.session.theatre,
                surgeon=placed.surgeon or "–",
            )
        ]

    def _inheriting(
        self, document: Document, kind: str, id: str, field: str
    ) -> Callable[[], object]:
        edit = Inherit(scenario=document.name, kind=kind, id=id, field=field)
        return lambda: self.bench.do(edit)

    def _fields(self, document: Document, kind: str, record: Any) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(3)
        parent = document.scenario.parent
        before = None
        if parent is not None:
            problem = document.study.problem(parent)
            before = next(
                (r for r in problem.records(kind) if getattr(r, "id", "") == record.id), None
            )
        row = 0
        for spec in specs(type(record)):
            value = getattr(record, spec.name)
            if spec.name in ("id", "name") or value in (None, "", (), frozenset()):
                continue
            message = f"field.{kind}.{spec.name}"
            head = label("second", self.bench.say(message) if known(message) else spec.name)
            words = text_of(spec, value, document.problem.horizon)
            own = before is not None and getattr(before, spec.name, value) != value
            told = QLabel(f"● {words}" if own else words)
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setWordWrap(True)
            told.setProperty("look", "own" if own else "")
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, row, 1)
            row += 1
            if own:
                inherited = text_of(spec, getattr(before, spec.name), document.problem.horizon)
                back = button("link", self._inheriting(document, kind, record.id, spec.name))
                back.setText(self.bench.say("detail.inherit", value=inherited or "–"))
                back.setEnabled(not document.read_only)
                grid.addWidget(back, row, 0, 1, 2)
                row += 1
        return grid


def _record(document: Document, kind: str, id: str) -> Any:
    if kind not in ATTRIBUTES or not id or (kind not in KINDS and kind != "rule"):
        return None
    found = (r for r in document.problem.records(kind) if getattr(r, "id", "") == id)
    return next(found, None)
