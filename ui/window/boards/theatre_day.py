"""What the theatre board offers for the day of operations: answers to what happens, places for a patient."""

from PySide6.QtWidgets import QMenu, QWidget

from planner.cases import CaseId
from planner.facts import facts
from planner.hospital import SessionId
from ui.window.boards.theatre_moves import may_edit
from ui.window.workbench import Workbench


class OnTheDay:
    """Opens the dialogs over a board; they are loaded when they are asked for."""

    def __init__(self, bench: Workbench, over: QWidget) -> None:
        self.bench, self.over = bench, over

    def offer(self, menu: QMenu, day: int) -> None:
        """Add to the menu of what is selected: places for who waits, events for all else."""
        document, now = self.bench.document, self.bench.selection.now
        if document is None or not may_edit(document):
            return
        waits = now.kind == "case" and document.outcome().theatre.where(CaseId(now.id)) is None
        if waits and len(now.ids) == 1:
            menu.addAction(self.bench.say("slots.offer"), lambda: self.places(now.id))
        elif not waits:
            menu.addAction(self.bench.say("action.repair"), lambda: self.happened(day))

    def happened(self, day: int) -> None:
        """Ask what has happened on the day of what is selected, or on the one shown."""
        from ui.window.dialogs.repair import RepairDialog

        document, now = self.bench.document, self.bench.selection.now
        if document is None or not may_edit(document):
            return
        kind, subject = "", ""
        if now.kind == "case":
            where = document.outcome().theatre.where(CaseId(now.id))
            if where is not None:
                day, kind, subject = where.session.day, "overrun", now.id
        elif now.kind == "session":
            session = facts(document.problem).sessions.get(SessionId(now.id))
            if session is not None:
                day, kind, subject = session.day, "close", str(session.theatre)
        dialog = RepairDialog(self.bench, day, self.over.window())
        if kind:
            dialog.form.begin(kind, subject)
        dialog.open()

    def places(self, case: str) -> None:
        """Show good places for a case that waits."""
        from ui.window.dialogs.slots import SlotsDialog

        SlotsDialog(self.bench, case, self.over.window()).open()
