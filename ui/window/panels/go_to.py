"""The search field of the tool bar: go to a case, a person, a session, a theatre or a rule."""

from typing import Final

from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QLineEdit

from planner.sentences import title
from ui.window.actions import Actions
from ui.window.workbench import Workbench

_VIEWS: Final = {
    "case": "theatre",
    "session": "theatre",
    "theatre": "theatre",
    "surgeon": "theatre",
    "staff": "roster",
    "rule": "rules",
}


class GoTo(QLineEdit):
    """Type a few letters; Enter goes there."""

    def __init__(self, bench: Workbench, actions: Actions) -> None:
        super().__init__()
        self.bench = bench
        self.setFixedSize(QSize(190, 28))
        self.setClearButtonEnabled(True)
        self.sign = QAction(self)
        self.addAction(self.sign, QLineEdit.ActionPosition.LeadingPosition)
        self.words = QStringListModel(self)
        self.found = QCompleter(self.words, self)
        self.found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.found.setMaxVisibleItems(12)
        self.setCompleter(self.found)
        self.known: dict[str, tuple[str, str]] = {}
        self.found.activated.connect(self._go)
        self.returnPressed.connect(lambda: self._go(self.text()))
        for signal in (bench.language_changed, bench.document_changed, bench.theme_changed):
            signal.connect(self.refresh)
        actions.on("find", self._begin)
        self.refresh()

    def refresh(self) -> None:
        """Take the words of the language; what can be found is listed when somebody asks."""
        self.setPlaceholderText(self.bench.say("go_to.hint"))
        self.setAccessibleName(self.bench.say("action.find"))
        self.sign.setIcon(self.bench.icon("magnify"))
        self.sign.setText(self.bench.say("action.find"))
        self.known = {}

    def focusInEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """List what there is to go to."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._list()

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _list(self) -> None:
        document = self.bench.document
        self.known = {}
        if document is None:
            return
        for kind in _VIEWS:
            words = self.bench.say(f"kind.{kind}")
            for record in document.problem.records(kind):
                id = str(getattr(record, "id", ""))
                name = (
                    title(record, self.bench.lang)
                    if kind == "rule"
                    else getattr(record, "name", "")
                )
                shown = f"{id} · {name}" if name and name != id else id
                self.known[f"{shown} ({words})"] = (kind, id)
        self.words.setStringList(list(self.known))

    def _go(self, words: str) -> None:
        """Go to what was chosen, or to the only thing that the words fit."""
        target = self.known.get(words)
        if target is None and words.strip():
            lowered = words.strip().lower()
            near = [
                t for w, t in self.known.items() if t[1].lower() == lowered or lowered in w.lower()
            ]
            exact = [t for t in near if t[1].lower() == lowered]
            target = next(iter((*exact, *near)), None)
        if target is None:
            self.bench.told.emit(self.bench.say("go_to.nothing", words=words), True)
            return
        kind, id = target
        self.clear()
        self.bench.asked_for_view.emit(_VIEWS[kind])
        self.bench.selection.go(kind, id, day=self._day(kind, id))

    def _day(self, kind: str, id: str) -> int | None:
        """Give the day on which a case or session stands."""
        document = self.bench.document
        assert document is not None
        view = document.outcome().theatre
        if kind == "case":
            placed = view.where(id)  # type: ignore[arg-type]
            return None if placed is None else placed.session.day
        if kind == "session":
            session = view.facts.sessions.get(id)  # type: ignore[call-overload]
            return None if session is None else int(session.day)
        return None
