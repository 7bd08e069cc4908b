"""Details of what is selected: where a value comes from, its place in the plan, all its facts."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from planner.cases import Duration
from planner.fields import KINDS, FieldSpec, specs
from planner.forecast_words import expectation
from planner.hospital import Session
from planner.left_out import LeftOut
from planner.left_out_words import reason_words
from planner.problem import ATTRIBUTES
from planner.record_words import record_words
from planner.rule_words import sentence
from planner.rules.contract import Rule
from planner.sentences import breach_sentence, title
from planner.words import clock
from ui.window.actions import Actions
from ui.window.charts.durations import Durations, duration_of
from ui.window.document import Document
from ui.window.look.type import fitting
from ui.window.panels.detail_chain import LINK, Chain
from ui.window.panels.parts import Empty, button, hairline, label
from ui.window.tables import cells
from ui.window.tables.record_edits import inherit
from ui.window.tables.record_origin import RecordOrigins
from ui.window.workbench import Workbench

_BOARDS = {"case": "theatre", "session": "theatre", "theatre": "theatre", "surgeon": "theatre"}
_BOARDS |= {"staff": "roster", "absence": "roster", "request": "roster"}
_WISHES = 3
"""The first level of wishes that is not told here."""


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
            self.area.setWidget(self._page(document, picked.kind, record, picked.field))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was selected while out of sight."""
        super().showEvent(event)
        if self._late:
            self.refresh()

    def _page(self, document: Document, kind: str, record: Any, field: str) -> QWidget:
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setProperty("look", "side")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(8)
        spec = next((s for s in specs(type(record)) if s.name == field != "id"), None)
        column.addLayout(self._head(kind, record, spec))
        if spec is not None and not isinstance(record, Rule):
            column.addWidget(Chain(self.bench, document, kind, record.id, spec))
            column.addWidget(hairline())
        column.addLayout(self._effect(document, kind, record))
        duration = duration_of(document.problem, record)
        if duration is not None:
            column.addWidget(hairline())
            column.addLayout(self._durations(duration))
        if not isinstance(record, Rule):
            column.addWidget(hairline())
            column.addLayout(self._fields(document, kind, record))
        column.addStretch(1)
        return page

    def _head(self, kind: str, record: Any, spec: FieldSpec | None) -> QVBoxLayout:
        """Name the record, and the field that is looked at."""
        head, lang = _inset(2), self.bench.lang
        if isinstance(record, Rule):
            head.addWidget(label("title", title(record, lang), wrap=True))
            return head
        more = getattr(record, "procedure", "") or getattr(record, "name", "")
        assert self.bench.document is not None
        named = record_words(record, self.bench.document.problem.horizon, lang)
        head.addWidget(
            label("title", named if more in ("", named) else f"{named} · {more}", wrap=True)
        )
        told = self.bench.say(f"kind.{kind}")
        told = told if named == record.id else f"{told} {record.id}"
        if spec is not None:
            told = f"{told} · {cells.heading(kind, spec, lang)}"
        head.addWidget(label("second", told, wrap=True))
        return head

    # --- the plan -------------------------------------------------------------------------------

    def _effect(self, document: Document, kind: str, record: Any) -> QVBoxLayout:
        """Say what the plan makes of the record, and whether the plan still follows the facts."""
        part, say = _inset(4), self.bench.say
        part.addWidget(label("panel", say("detail.effect")))
        if document.study.stale(document.name):
            part.addWidget(label("", say("detail.stale"), wrap=True))
        if isinstance(record, Rule):
            words = sentence(record, document.problem.horizon, self.bench.lang)
            part.addWidget(label("", words, wrap=True))
        for words in self._places(document, kind, record.id):
            part.addWidget(label("", words, wrap=True))
        if isinstance(record, Session):
            words = self._forecast(document, record)
            if words:
                part.addWidget(label("", words, wrap=True))
        for look, words in self._breaches(document, record.id):
            part.addWidget(label(look, words, wrap=True))
        board = _BOARDS.get(kind)
        if board is not None:
            go = button("link", partial(self._go, board, kind, str(record.id)))
            go.setText(say(f"detail.go_{board}"))
            icon = "hospital-box-outline" if board == "theatre" else "account-group-outline"
            go.setIcon(self.bench.icon(icon, "accent"))
            part.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _durations(self, duration: Duration) -> QVBoxLayout:
        """Show how long it may last."""
        part, chart = _inset(4), Durations(self.bench, duration)
        part.addWidget(label("panel", self.bench.say("detail.durations")))
        part.addWidget(chart)
        part.addWidget(label("second", chart.words, wrap=True))
        return part

    def _forecast(self, document: Document, session: Session) -> str:
        """Say what is to be expected of a session, "" where nothing is known."""
        outlook, lang = document.outcome().outlook, self.bench.lang
        outdated = outlook.outdated(session)
        return " · ".join(expectation(outlook.of(session), lang, outdated=outdated))

    def _go(self, board: str, kind: str, id: str) -> None:
        self.bench.asked_for_view.emit(board)
        self.bench.selection.go(kind, id)

    def _breaches(self, document: Document, id: str) -> list[tuple[str, str]]:
        """Say what is broken about the record, with the look of each sentence."""
        found, lang, outcome = [], self.bench.lang, document.outcome()
        for judged in () if outcome.waits else outcome.judgement.judged:
            rule = judged.rule
            if id in judged.breach.about.subjects and (rule.hard or rule.tier < _WISHES):
                words = breach_sentence(document.problem, rule, judged.breach, lang)
                look = "hard" if rule.hard else "soft"
                found.append(
                    (look, self.bench.say("detail.broken", rule=title(rule, lang), why=words))
                )
        return found

    def _places(self, document: Document, kind: str, id: str) -> list[str]:
        """Say where the plan has a case."""
        if kind != "case":
            return []
        placed = document.outcome().theatre.where(id)  # type: ignore[arg-type]  # an id is a string
        say, lang = self.bench.say, self.bench.lang
        if placed is None:
            case = document.outcome().theatre.facts.cases[id]  # type: ignore[index]  # as above
            pins = document.study.pins(document.name)
            why = LeftOut(document.outcome(), pins=pins).why(case, tries=2)
            return [say("detail.waiting"), reason_words(why, lang)]
        date = document.problem.horizon.date(placed.session.day)
        start = "" if placed.start is None else clock(placed.start)
        return [
            say(
                "detail.placed",
                date=date,
                start=start,
                theatre=placed.session.theatre,
                surgeon=placed.surgeon or "–",
            )
        ]

    # --- the facts ------------------------------------------------------------------------------

    def _fields(self, document: Document, kind: str, record: Any) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(3)
        origins, lang = RecordOrigins(document, kind), self.bench.lang
        above = origins.parent.get(record.id)
        row = 0
        for spec in specs(type(record)):
            words = _words(document, kind, record, spec, lang)
            own = origins.of(record, spec) == "own"
            if spec.name in ("id", "name") or (not words and not own):
                continue
            head = label("second", cells.heading(kind, spec, lang), wrap=True)
            told = label("own" if own else "", f"● {words or '–'}" if own else words, wrap=True)
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, row, 1)
            row += 1
            if own and above is not None:
                value = _words(document, kind, above, spec, lang) or "–"
                back = self._back(kind, record.id, spec.name, value)
                back.setEnabled(not document.read_only)
                grid.addWidget(back, row, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
                row += 1
        return grid

    def _back(self, kind: str, id: str, field: str, value: str) -> QPushButton:
        """Give the way back to an inherited value, told as far as there is room."""
        back = button("link", partial(inherit, self.bench, kind, id, field))
        words = self.bench.say("detail.inherit", value=value)
        back.setText(fitting((words, self.bench.say("detail.restore")), LINK))
        back.setToolTip(words)
        back.setAccessibleName(words)
        return back


def _inset(spacing: int) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(12, 0, 12, 0)
    made.setSpacing(spacing)
    return made


def _words(document: Document, kind: str, record: Any, spec: FieldSpec, lang: str) -> str:
    return cells.shown(kind, spec, getattr(record, spec.name), document.problem.horizon, lang)


def _record(document: Document, kind: str, id: str) -> Any:
    if kind not in ATTRIBUTES or not id or (kind not in KINDS and kind != "rule"):
        return None
    found = (r for r in document.problem.records(kind) if getattr(r, "id", "") == id)
    return next(found, None)
