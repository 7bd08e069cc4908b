"""The demo hospital with a plan and a what-if that somebody has worked on, and looks at its window.

The plan comes from the command line, as everybody's does; the edits are those of a manager's morning.
"""

import os
import subprocess
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from demo_hospitals import generate
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QFont, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTabBar,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from data.demo.what_ifs import what_ifs
from data.state import new_id
from data.study_file import create_study
from planner.boards.lane_words import NAMED, SAID
from planner.boards.marks import sign
from planner.boards.theatre_lanes import theatre_lanes
from planner.changes import Add, ChangeSet, Set
from planner.commands import expand
from planner.edits import Branch, Record
from planner.facts import facts
from planner.hand_edits import Assign
from planner.kpis.contract import Outcome
from planner.score import Judged
from planner.study import BASE, Study
from planner.view import Placed
from ui.window.boards.theatre_moves import keep, place, verdict
from ui.window.document import Document
from ui.window.look.tokens import Theme

PROFILE = os.environ.get("OPALE_PICTURES_OF", "small")
SECONDS = {"small": 3, "mid": 40}
SLACK = 1
"""Pixels that rounding may take from a label."""


# --- the study ----------------------------------------------------------------------------------


def solved_study(folder: Path) -> Path:
    """Write the demo hospital, and let the command line plan it."""
    path = folder / "bloc-central.opale"
    study = Study(id=new_id(), name="bloc-central", base=generate(PROFILE, 1))
    with create_study(study, action="journal.demo") as opened:
        opened.save(path)
    command = [sys.executable, "-P", "-m", "ui.cli", "solve", str(path)]
    command += ["--cpu-seconds", str(SECONDS[PROFILE]), "--events", "none"]
    root = Path(__file__).resolve().parents[2]
    surroundings = {**os.environ, "OPALE_STATE": str(folder / "state"), "PYTHONPATH": str(root)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=240)
    assert done.returncode in (0, 2), done.stderr
    return path


def work_on(document: Document, lang: str) -> str:
    """Ask the demo's what-if and work on it: facts, a move, an accepted breach, a roster; its name."""
    (question, *_) = what_ifs(document.problem, PROFILE)
    name = question.title(lang)
    group = expand(document.problem, *question.commands[0])
    document.do(Branch(parent=BASE, name=name))
    document.do(Record(scenario=name, group=ChangeSet(name=name, changes=group.changes)))
    document.show(name)
    day = the_day(document)
    _longer(document, day)
    _leave(document)
    _move(document, day)
    _accept(document, day)
    _shifts(document)
    return name


def the_day(document: Document) -> int:
    """Give the day to look at: one on which the what-if closes a session, if others are at work then."""
    base = {session.id for session in document.study.base.sessions if session.closed}
    shut = {s.day for s in document.problem.sessions if s.closed and s.id not in base}
    open_ = Counter(
        each.session.day
        for each in document.outcome().theatre.all_placed()
        if not each.session.closed
    )
    return min(open_, key=lambda day: (day not in shut, day if day in shut else -open_[day]))


def _on(document: Document, day: int) -> list[Placed]:
    placed = document.outcome().theatre.all_placed()
    return [each for each in placed if each.session.day == day and not each.session.closed]


def _longer(document: Document, day: int) -> None:
    case = _on(document, day)[0].case
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 5)
    group = ChangeSet(name=f"{case.id} : {case.mean + 5} min", changes=(change,))
    document.do(Record(scenario=document.name, group=group))


def _leave(document: Document) -> None:
    duty = next(d for d in document.plan.duties if d.day > 8)
    date = document.problem.horizon.date(duty.day).isoformat()
    record = (("id", "leave-1"), ("person", duty.person), ("first", date), ("last", date))
    added = Add(kind="absence", id="leave-1", record=(*record, ("reason", "CA")))
    group = ChangeSet(name=f"{duty.person} : CA", changes=(added,))
    document.do(Record(scenario=document.name, group=group))


def _move(document: Document, day: int) -> None:
    """Put a case into another session of its day, or elsewhere in its own, where that is allowed."""
    sessions = facts(document.problem).sessions_on[day]
    for each in _on(document, day):
        for session in sorted(sessions, key=lambda s, own=each.session: s.id == own.id):
            start = session.end - each.minutes
            found = verdict(document, each.case.id, session, start)
            if found.allowed and (session.id, start) != (each.session.id, each.start):
                document.do(place(document, found.placement))
                return


def _accept(document: Document, day: int) -> None:
    """Keep a case at a place that the rules refuse."""
    for each in reversed(_on(document, day)):
        found = verdict(document, each.case.id, each.session, each.session.end - 10)
        if found.hard:
            document.do(keep(document, found, "accord du chef de bloc"))
            return


def _shifts(document: Document) -> None:
    """Let somebody begin a morning after a night."""
    shifts = document.problem.shifts
    night = next(shift for shift in shifts if "night" in shift.tags)
    morning = next(shift for shift in shifts if "night" not in shift.tags)
    who = next(d.person for d in document.plan.duties)
    duties = ((who, 2, str(night.id)), (who, 3, str(morning.id)))
    document.do(Assign(scenario=document.name, duties=duties))


# --- looking ------------------------------------------------------------------------------------


def share(image: QImage, colour: str | QColor) -> float:
    """Give the share of the pixels of an image that have a colour exactly."""
    flat = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = array("I", bytes(flat.constBits()))
    return pixels.count(QColor(colour).rgb()) / max(1, len(pixels))


def of_theme(image: QImage, theme: Theme, *tokens: str) -> dict[str, float]:
    """Give the share of each token's colour in an image."""
    return {token: share(image, getattr(theme, token)) for token in tokens}


def children(widget: QWidget, *roles: QAccessible.Role) -> list[QAccessibleInterface]:
    """Give the accessible children of a widget that have one of these roles."""
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    found = (face.child(number) for number in range(face.childCount()))
    return [each for each in found if each is not None and each.role() in roles]


def names(widget: QWidget, *roles: QAccessible.Role) -> list[str]:
    """Give the accessible names of those children."""
    return [each.text(QAccessible.Text.Name) for each in children(widget, *roles)]


# --- cut labels ---------------------------------------------------------------------------------


def cut(window: QWidget) -> list[str]:
    """Give what is written on a window and does not fit where it stands, with the widget's path."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            found += [f"{_path(widget)}: {words}" for words in _cut(widget)]
    return found


def _path(widget: QWidget) -> str:
    names_ = []
    here: QWidget | None = widget
    while here is not None and len(names_) < 3:
        names_.append(here.objectName() or type(here).__name__)
        here = here.parentWidget()
    return "/".join(reversed(names_))


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs(widget)
    elif isinstance(widget, (QPushButton, QToolButton, QCheckBox, QComboBox)):
        yield from _button(widget)
    elif isinstance(widget, QLineEdit):
        words = widget.text() or widget.placeholderText()
        if _wide(widget.font(), words) > widget.contentsRect().width() - 8:
            yield f"“{words}” in a field of {widget.width()} px"
    elif isinstance(widget, QHeaderView):
        yield from _sections(widget)
    elif isinstance(widget, (QListView, QTreeView)) and not isinstance(widget, QTableView):
        yield from _rows(widget)


def _wide(font: QFont, words: str) -> int:
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(line) for line in words.splitlines()), default=0)


def _label(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words:
        return
    room = label.contentsRect().width() - 2 * label.margin()
    seen = label.visibleRegion().boundingRect()
    if label.wordWrap():
        longest = max(words.split() or [""], key=lambda word: _wide(label.font(), word))
        if _wide(label.font(), longest) > room + SLACK:
            yield f"“{longest}” is wider than {room} px"
        if label.heightForWidth(label.width()) > label.height() + 2:
            yield f"“{words}” is higher than {label.height()} px"
    elif _wide(label.font(), words) > room + SLACK:
        yield f"“{words}” needs {_wide(label.font(), words)} px, has {room}"
    elif _wide(label.font(), words) > seen.width() + SLACK and not _scrolled(label):
        yield f"“{words}” is covered: {seen.width()} of {label.width()} px are seen"
    if words.endswith("…") and label.accessibleName() in ("", words):
        yield f"“{words}” is elided"


def _scrolled(widget: QWidget) -> bool:
    here = widget.parentWidget()
    while here is not None and not isinstance(here, QAbstractScrollArea):
        here = here.parentWidget()
    return here is not None


def _button(widget: QAbstractButton | QComboBox) -> Iterator[str]:
    words = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
    tool = isinstance(widget, QToolButton)
    if not words or (tool and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly):
        return
    wanted = widget.sizeHint().width()
    if widget.width() < wanted - SLACK:
        yield f"“{words}” needs {wanted} px, has {widget.width()}"
    elif widget.visibleRegion().boundingRect().width() < widget.width() - SLACK:
        if not _scrolled(widget):
            yield f"“{words}” is covered"


def _tabs(bar: QTabBar) -> Iterator[str]:
    bold = QFont(bar.font())
    bold.setWeight(QFont.Weight.DemiBold)
    for number in range(bar.count()):
        words, room = bar.tabText(number), bar.tabRect(number)
        font = bold if number == bar.currentIndex() else bar.font()
        if _wide(font, words) + 24 > room.width() + SLACK or room.right() > bar.width():
            yield f"tab “{words}” has {room.width()} px"


def _sections(header: QHeaderView) -> Iterator[str]:
    if header.orientation() == Qt.Orientation.Vertical:
        return
    bold = QFont(header.font())
    bold.setWeight(QFont.Weight.DemiBold)
    for section in range(header.count()):
        words = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
        if header.isSectionHidden(section) or not words:
            continue
        if _wide(bold, words) + 8 > header.sectionSize(section) + SLACK:
            yield f"heading “{words}” has {header.sectionSize(section)} px"


def _rows(view: QListView | QTreeView) -> Iterator[str]:
    if type(view).paintEvent not in (QListView.paintEvent, QTreeView.paintEvent):
        return  # painted by us, with a ladder of labels
    if isinstance(view, QListView) and (
        view.wordWrap() or view.flow() != QListView.Flow.TopToBottom
    ):
        return
    if view.itemDelegate().__class__.__module__.startswith("ui."):
        return
    for index in _indexes(view):
        room = view.visualRect(index)
        right = min(room.right(), view.viewport().width())
        words = _wide(view.font(), str(index.data() or ""))
        wanted = max(view.sizeHintForIndex(index).width(), words + 12)
        if room.isValid() and right - room.left() + 1 < wanted - SLACK:
            yield f"row “{index.data()}” needs {wanted} px, has {right - room.left() + 1}"


def _indexes(view: QListView | QTreeView) -> Iterator[QModelIndex]:
    model, waiting = view.model(), [QModelIndex()]
    while waiting:
        parent = waiting.pop()
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            waiting.append(index)
            yield index


def assert_lanes_told(outcome: Outcome, days: tuple[int, ...], told: list[str]) -> None:
    """See to it that each stretch of a day, or each day of several, tells cases and breaches."""
    lanes = [lane for thing in theatre_lanes(outcome, days) for lane in thing.lanes]
    alone = len(days) == 1
    parts = [(lane, step) for lane in lanes for step in (alone and lane.steps) or (None,)]
    assert len(told) == len(parts)
    for (lane, step), name in zip(parts, told, strict=True):
        judged = lane.breaches if step is None else lane.about(step)
        assert len(name.splitlines()) == 1 + min(len(judged), SAID) + (len(judged) > SAID)
        assert step is None or all(case in name for case in step.cases[:NAMED])


def signed(judged: tuple[Judged, ...], wanted: str) -> bool:
    """Tell whether a board marks one of some breaches with a sign."""
    return any(sign(each) == wanted for each in judged)
