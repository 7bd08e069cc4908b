"""Adds a what-if to the open scenario: a command, and what its words name."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from planner.changes import ChangeSet
from planner.clock import FRENCH_WEEKDAYS, WEEK, WEEKDAYS
from planner.commands import catalogue, expand, told
from planner.commands.contract import Ask, AtHand, Command, CommandRefusedError, choices
from planner.commands.dated import dated
from planner.problem import Problem
from planner.words import known
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import label, relook
from ui.window.workbench import Workbench

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST: Final = 10
"""Sentences of what a command does that a form has room for."""
_NOTHING: Final = ("command_does_nothing", "command_nothing_then", "command_adds_none")
"""Refusals that are no fault of what was chosen: all is so already."""


class WhatIfDialog(GrowingDialog):
    """A list of commands, a field a word, and what would change in a sentence."""

    def __init__(
        self,
        bench: Workbench,
        problem: Problem,
        parent: QWidget | None = None,
        hand: AtHand | None = None,
    ) -> None:
        super().__init__(parent)
        self.bench, self.problem, self.hand = bench, problem, hand
        self.group: ChangeSet | None = None
        self.setWindowTitle(bench.say("action.what_if"))
        self.setMinimumWidth(460)
        self.choice = QComboBox()
        self.choice.setObjectName("command")
        for command in catalogue().values():
            self.choice.addItem(bench.say(f"command.{command.name}"), command)
        self.form = QFormLayout()
        self.fields: list[Callable[[], list[str]]] = []
        self.told = label("second", wrap=True)
        self.since, self.until = QLineEdit(), QLineEdit()
        dates = QFormLayout()
        for name, line in (("since", self.since), ("until", self.until)):
            line.setObjectName(name)
            line.setPlaceholderText(bench.say("whatif.date"))
            line.textChanged.connect(self._try)
            dates.addRow(bench.say(f"whatif.{name}"), line)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.add = buttons.addButton(bench.say("whatif.add"), role)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.choice)
        column.addLayout(self.form)
        column.addLayout(dates)
        column.addWidget(self.told)
        column.addWidget(buttons)
        self.choice.currentIndexChanged.connect(self._ask)
        self._ask()

    @property
    def words(self) -> list[str]:
        """What was chosen and typed, word by word."""
        return [word for field in self.fields for word in field() if word]

    def _ask(self) -> None:
        while self.form.rowCount():
            self.form.removeRow(0)
        self.fields = []
        boxes: dict[Ask, QWidget] = {}
        command: Command = self.choice.currentData()
        for place, ask in enumerate(command.asks):
            many = command.more and place == len(command.asks) - 1
            optional = place >= len(command.asks) - command.optional
            widget, read = self._field(ask, many=many, optional=optional)
            self.form.addRow(self.bench.say(f"command.ask.{ask}"), widget)
            self.fields.append(read)
            boxes[ask] = widget
        level, since = boxes.get("level"), boxes.get("release")
        if isinstance(level, QComboBox) and isinstance(since, QComboBox):
            level.currentIndexChanged.connect(since.setCurrentIndex)
        self._try()

    def _field(
        self, ask: Ask, *, many: bool, optional: bool
    ) -> tuple[QWidget, Callable[[], list[str]]]:
        if ask in ("days", "level"):
            box = QComboBox()
            box.setEditable(ask == "days")
            for name, words in self._offered(ask, optional=optional):
                box.addItem(words, name)
            if ask == "days":
                box.setToolTip(self.bench.say("whatif.days"))
            box.currentTextChanged.connect(self._try)
            return box, lambda: [_typed(box)]
        if many:
            offered = [_shown(word, self.bench) for word in choices(self.problem, ask)]
            line = QLineEdit(" ".join(offered[:2]))
            line.textChanged.connect(self._try)
            line.setToolTip(", ".join(offered))
            return line, lambda: line.text().split()
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        given = self._since() if ask == "release" else choices(self.problem, ask)
        for id in ("",) * optional + given:
            box.addItem(id, id)
        box.editTextChanged.connect(self._try)
        return box, lambda: [box.currentText().strip()]

    def _since(self) -> tuple[str, str]:
        """Give from when on others may use sessions: a date, or of templates days before each."""
        return self.problem.horizon.date(0).isoformat(), str(WEEK)

    def _offered(self, ask: Ask, *, optional: bool) -> Iterator[tuple[str, str]]:
        """Give what may be chosen, with its words."""
        if optional:
            yield "", ""
        if ask == "days":
            for number, name in enumerate(_WEEKDAYS):
                yield name, self.bench.say(f"date.weekday.long.{number}")
        else:
            for name in choices(self.problem, ask):
                yield name, self.bench.say(f"command.{ask}.{name}")

    def _dates(self) -> list[dt.date | None]:
        """Give from when and until when the what-if holds, None where nothing is typed.

        Raises:
            CommandRefusedError: something is typed that is no date.
        """
        found: list[dt.date | None] = []
        for line in (self.since, self.until):
            words = line.text().strip()
            try:
                found.append(_day(words) if words else None)
            except ValueError as error:
                raise CommandRefusedError("command_no_date", words=words) from error
        return found

    def _try(self) -> None:
        """Say what the command would change, or why it cannot be done."""
        command: Command = self.choice.currentData()
        try:
            group = expand(self.problem, command.name, *self.words, hand=self.hand)
            self.group = dated(self.problem, group, *self._dates())
        except CommandRefusedError as error:
            self.group = None
            self.told.setText(command_refused(self.bench, error))
            relook(self.told, "second" if error.what in _NOTHING else "hard")
        else:
            whole = self.group is group  # what a command tells is about all days
            hand = self.hand
            more = told(self.problem, command.name, *self.words, hand=hand) if whole else ()
            sentences = [self.bench.say(what, **facts) for what, facts in more[:_MOST]]
            if len(more) > _MOST:
                sentences.append(self.bench.say("whatif.more", n=len(more) - _MOST))
            count = self.bench.say("whatif.changes", n=len(self.group.changes))
            self.told.setText("\n".join((count, *sentences)))
            relook(self.told, "second")
        self.add.setEnabled(self.group is not None)


def command_refused(bench: Workbench, error: CommandRefusedError) -> str:
    """Say why a command cannot be expanded."""
    facts = dict(error.facts)
    command = str(facts.get("command")).partition(" ")[0]  # of a group, the first word of its name
    if known(f"command.{command}"):
        facts["command"] = bench.say(f"command.{command}")
    if "usage" in facts:
        facts["usage"] = bench.say(str(facts["usage"]))
    if known(f"kind.{facts.get('kind')}"):
        facts["kind"] = bench.say(f"kind.{facts['kind']}")
    return bench.say(error.what, **facts)


def _shown(word: str, bench: Workbench) -> str:
    """Write a weekday as the reader does; all else is the hospital's own word."""
    if bench.lang == "fr" and word in WEEKDAYS:
        return FRENCH_WEEKDAYS[WEEKDAYS.index(word)]
    return word


def _typed(box: QComboBox) -> str:
    """Give the day of a box: the weekday chosen, else what was typed."""
    at = box.findText(box.currentText())
    return str(box.itemData(at)) if at >= 0 else box.currentText().strip()


def _day(words: str) -> dt.date:
    """Read a day as files write it, 2026-10-12, or as the window does, 12/10/2026.

    Raises:
        ValueError: it is neither.
    """
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return dt.datetime.strptime(words, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no moment
