"""What the start page tells of files without opening them, and which first steps somebody has made.

Counts and a sketch of coloured bars are kept in the settings: no name, no patient.
"""

import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from data.state import true_path
from ui.window.settings import Settings
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.document import Document

STEPS: Final = ("open", "move", "solve", "branch", "compare", "import")
_MADE: Final = {
    "edit_place": "move",
    "edit_take_out": "move",
    "edit_assign": "move",
    "edit_adopt": "solve",
    "edit_branch": "branch",
}
_DEMO: Final = "journal.demo"
"""The reason of what the demo does by itself."""
ROWS, BARS, PEOPLE, DAYS = 6, 5, 6, 11
"""How much of a plan a sketch has."""
_DAY: Final = (420, 1140)
"""Minutes between which a sketch shows a day."""


def about(settings: Settings, path: Path) -> dict[str, Any]:
    """Give what is remembered of a file, nothing where it was never seen."""
    kept = settings.value(_key(path), "")
    try:
        found = json.loads(kept) if isinstance(kept, str) and kept else {}
    except (ValueError, RecursionError):  # somebody has edited the settings
        return {}
    return found if isinstance(found, dict) else {}


def made(settings: Settings) -> frozenset[str]:
    """Give the first steps that were made."""
    return frozenset(step for step in STEPS if settings.value(f"steps/{step}", "") == "yes")


class Memory(QObject):
    """Listens to a window, and remembers."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench = bench
        self.importing = False
        self._seen: tuple[object, object] = (None, None)
        bench.document_changed.connect(self._opened)
        bench.settled.connect(self._settled)
        # An edit says that it is done before its step is on the stack: until then the file looks saved.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._settled)

    def step(self, name: str) -> None:
        """Remember that a first step was made."""
        self.bench.settings.keep(f"steps/{name}", "yes")

    def _opened(self) -> None:
        document = self.bench.document
        if document is None:
            return
        if self.importing:
            self.step("import")
        self.importing = False
        document.state.connect(self._later.start)

    def _settled(self) -> None:
        """Look at the last edit, and at a file that is as it was saved."""
        document = self.bench.document
        if document is None:
            return
        from ui.window.undo import Step

        last = document.stack.command(document.stack.index() - 1)
        if isinstance(last, Step) and last.entry.reason != _DEMO:
            if last.entry.action in _MADE:
                self.step(_MADE[last.entry.action])
        if document.scenario.plan.sessions or document.scenario.plan.days:
            self.step("open")
        path, seen = document.path, (document.path, document.study)
        same = self._seen[0] == seen[0] and self._seen[1] is seen[1]
        if path is not None and not document.unsaved and not same:
            self._seen = seen
            self.bench.settings.keep(_key(path), json.dumps(_about(document)))


def _key(path: Path) -> str:
    return f"files/{blake2b(str(true_path(path)).encode(), digest_size=8).hexdigest()}"


def _about(document: "Document") -> dict[str, Any]:
    """Give what the start page tells of a study."""
    from ui.window.panels.states import count, stale

    study, horizon = document.study, document.problem.horizon
    found = stale(document)
    published = [each for each in study.scenarios if each.published is not None]
    return {
        "scenarios": len(study.scenarios),
        "theatres": len(study.base.theatres),
        "staff": len(study.base.staff),
        "weeks": [horizon.iso_week(0)[1], horizon.iso_week(horizon.last)[1]],
        "year": horizon.date(0).year,
        "stale": -1 if found is None else count(found, "en"),
        "published": bool(published),
        "bars": _bars(document),
        "cells": _cells(document),
    }


def _bars(document: "Document") -> list[list[list[Any]]]:
    """Give the bars of the first day with cases, theatre by theatre: from, to, specialty."""
    placed = tuple(document.outcome().theatre.all_placed())
    day = min((each.session.day for each in placed), default=None)
    rows: dict[str, list[list[Any]]] = {}
    low, high = _DAY
    for each in placed:
        if each.session.day == day and each.start is not None:
            ends = [
                max(0.0, min(1.0, (m - low) / (high - low)))
                for m in (each.start, each.start + each.minutes)
            ]
            row = rows.setdefault(str(each.session.theatre), [])
            row.append([round(ends[0], 2), round(ends[1], 2), str(each.case.specialty)])
    return [sorted(rows[theatre])[:BARS] for theatre in sorted(rows)][:ROWS]


def _cells(document: "Document") -> list[list[int]]:
    """Give the first days of a few people: 0 off, 1 at work, 2 at night."""
    view = document.outcome().roster
    return [
        [
            2 if view.works(person.id, day, "night") else int(bool(view.shifts(person.id, day)))
            for day in range(DAYS)
        ]
        for person in document.problem.staff[:PEOPLE]
    ]
