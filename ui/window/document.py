"""The document of a window: an open study, the scenario at hand, undo, and the working copy on disk.

Every edit is on disk in the working copy before it is on screen, but for plans of many rows: they are
written beside, and whoever needs the file waits for them (`ahead.py`). The study is a value: an edit makes
another one, and undo takes the one before.
"""

import contextlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from data.audits import audits_of
from data.journal import Entry, RunEntry, entry_of
from data.lock import NoLockError
from data.origin import ReadOnlyError
from data.protecting import Seal
from data.refused import Refused
from data.state import true_path
from data.study_file import Opened
from data.working import Leftover, work_again, work_on_new
from planner.edits import Edit, EditRefusedError
from planner.kpis.contract import Outcome
from planner.links import broken_by
from planner.plan import Plan
from planner.problem import Problem
from planner.sentences import fault_words
from planner.study import BASE, Scenario, Study
from ui.window.ahead import Ahead, takes_long
from ui.window.auditing import Auditing
from ui.window.beside import Beside
from ui.window.holding import Hold, letting_go
from ui.window.known import Known
from ui.window.opening import read_for_work
from ui.window.renames import above, renamed
from ui.window.undo import Step, Steps

UNDO_LIMIT: Final = 0  # none


class Document(QObject):
    """An open study.

    `changed` names the scenarios that an edit touched; `shown` is sent when another scenario, or a
    provisional plan, is to be seen.
    """

    changed = Signal(object)
    shown = Signal()
    renamed = Signal(object)
    """Scenarios have other names: old name → new one."""
    state = Signal()
    """Saved or not, named or not, undo or not."""
    failed = Signal(object)
    """What is seen could not be written beside; it is tried again with what comes next."""

    def __init__(
        self, opened: Opened, *, read_only: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._opened, self._ahead = opened, Ahead(opened)
        self.read_only = read_only
        self._held: Hold | None = None
        self._handed_on = False
        self.stack = Steps(self)
        self.stack.setUndoLimit(UNDO_LIMIT)
        self.stack.cleanChanged.connect(self._told)
        self.name = BASE
        self.came_of: tuple[str, Mapping[str, str | int]] = ("", {})
        """What a study without a file was made of: copy, again or merged, with the names of files."""
        self.provisional: Plan | None = None
        self._known, self._beside = Known(audits_of(opened)), Beside(self)
        self.auditing = Auditing(self)

    # --- making and leaving -------------------------------------------------------------------

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, passphrase: str | None = None
    ) -> "Document":
        """Open a study file for work and hold it; read-only neither holds nor changes it.

        Raises:
            Held: somebody else holds it.
            NoLockError: nobody may write in its folder.
            ReadOnlyError: it was shared to be read.
            SealedError: it is under a passphrase, and this is none or another one.
            Refused: it cannot be opened.
        """
        held = None if read_only else Hold(path)
        with letting_go(held):
            document = cls(read_for_work(path, passphrase), read_only=read_only)
            if not read_only:
                try:
                    document.opened.refuse_read_only()
                except ReadOnlyError:
                    document.close()
                    raise
        document._held = held
        document._begin()
        return document

    @classmethod
    def of(cls, study: Study) -> "Document":
        """Begin a study that has no file yet.

        Raises:
            Refused: the state folder cannot be used.
        """
        document = cls(work_on_new(study))
        document._begin()
        return document

    @classmethod
    def copy(cls, path: Path, passphrase: str | None = None) -> "Document":
        """Begin a study of our own with all that a file of somebody else's holds.

        Raises:
            SealedError: it is under a passphrase, and this is none or another one.
            Refused: it cannot be opened.
        """
        document = cls(read_for_work(path, passphrase))
        try:
            document.opened.own()
        except BaseException:
            document.close()
            raise
        document.stack.resetClean()
        document._begin()
        return document

    @classmethod
    def again(cls, opened: Opened, line: int) -> "Document":
        """Begin a study of our own that is another as it was after a line of its journal.

        Raises:
            Refused: the journal does not hold enough for it.
        """
        return cls.begun(work_again(opened, line))

    @classmethod
    def begun(cls, opened: Opened) -> "Document":
        """Begin a study of our own from a working copy that was made of another one."""
        document = cls(opened)
        document.stack.resetClean()
        document._begin()
        return document

    @classmethod
    def recover(cls, leftover: Leftover) -> "Document":
        """Take up the working copy of a program that ended without saving.

        Where nobody may write in the folder of its file any more, it has no file from now on.

        Raises:
            Held: somebody else holds its file.
            Refused: the copy is gone or broken.
        """
        held = None
        with contextlib.suppress(NoLockError):
            held = None if leftover.path is None else Hold(leftover.path)
        with letting_go(held):
            document = cls(leftover.recover())
            if held is None:
                document.opened.own()
        document._held = held
        document.stack.resetClean()
        document._begin()
        return document

    def _begin(self) -> None:
        first = self.study.scenarios[0]
        # one after another: plans that nobody looks at are not put together
        planned = (scenario for scenario in self.study.scenarios if scenario.plan != Plan())
        self.name = next(planned, first).name

    def renewed(self, opened: Opened | None = None) -> "Document":
        """Give a document of the same file, which it holds from now on, with nothing to be undone.

        `opened`: the study that it goes on with; the same one where there is no other.
        """
        made = Document(opened or self.opened)
        made._held, self._held = self._held, None
        self._handed_on = opened is None
        made._begin()
        if any(each.name == self.name for each in made.study.scenarios):
            made.name = self.name
        return made

    def close(self) -> None:
        """Let the study, its lock and its working copy go; what was not saved is given up."""
        self.stack.blockSignals(True)
        if not self._handed_on:
            self._ahead.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.let_go()
        self._held = None

    def _told(self) -> None:
        self.state.emit()

    # --- what there is ------------------------------------------------------------------------

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return self._ahead.study

    @property
    def opened(self) -> Opened:
        """The open file; whoever asks waits until what is seen is written."""
        return self._ahead.opened()

    @property
    def seal(self) -> Seal | None:
        """What its file and its runs are under; this waits for nothing."""
        return self._opened.seal

    @property
    def path(self) -> Path | None:
        """The file of the study, None where it has none yet."""
        return self._opened.path

    @property
    def sealed(self) -> bool:
        """Whether its file is under a passphrase."""
        return self._opened.seal is not None

    @property
    def scenario(self) -> Scenario:
        """The open scenario."""
        return self.study.scenario(self.name)

    @property
    def problem(self) -> Problem:
        """The facts and rules of the open scenario."""
        return self.study.problem(self.name)

    @property
    def plan(self) -> Plan:
        """The plan to be seen: a provisional one, else that of the open scenario."""
        return self.scenario.plan if self.provisional is None else self.provisional

    @property
    def title(self) -> str:
        """The name of the file, or of the study where there is none."""
        return self.path.name if self.path is not None else self.study.name

    @property
    def unsaved(self) -> bool:
        """Whether closing would lose something."""
        return not self.stack.isClean() or (self.path is None and not self.read_only)

    def outcome(self, name: str | None = None, plan: Plan | None = None) -> Outcome:
        """Give the audited outcome of a scenario (the open one), with its plan or another one."""
        scenario = self.study.scenario(self.name if name is None else name)
        if plan is None:
            plan = self.plan if name is None else scenario.plan
        found = self._known.outcome(self.study, scenario, plan)
        if name is None:
            self.auditing.see(found)
        return found

    def beside_parent(self) -> Outcome:
        """Give the outcome of the open scenario with its parent's as reference."""
        parent = self.scenario.parent
        here = self.outcome()
        if parent is None:
            return here
        above = self.outcome(parent)
        self.auditing.see(above)
        return here.against(above)

    def know(self, outcome: Outcome) -> None:
        """Keep an outcome that was audited already, so that nobody audits it again."""
        self._known.know(outcome)

    def keep_audits(self) -> None:
        """Keep what was found of the scenarios' own plans, beside the window."""
        own = [*self._known.own(self.study)]
        self._beside.do(partial(self._known.audits.remember, own), lambda _: None)

    # --- what is done -------------------------------------------------------------------------

    def show(self, name: str) -> None:
        """Open another scenario of the study."""
        self.study.scenario(name)
        if name != self.name or self.provisional is not None:
            self.name, self.provisional = name, None
            self.shown.emit()

    def preview(self, plan: Plan | None) -> None:
        """Show a provisional plan over that of the scenario, or no more."""
        if plan is not self.provisional:
            self.provisional = plan
            self.shown.emit()

    def do(
        self,
        edit: Edit,
        *,
        lang: str = "en",
        run: RunEntry | None = None,
        reason: str = "",
        burst: str = "",
    ) -> None:
        """Do an edit: on disk, then on screen, to be undone.

        Raises:
            EditRefusedError: it cannot be done, or the study is open read-only.
            Refused: a value does not fit the file, or its working copy cannot be written.
        """
        if self.read_only:
            raise EditRefusedError("read_only", file=self.title)
        after = edit.apply(self.study)
        if after is self.study or after == self.study:
            return
        for fault in broken_by(self.study, after, edit.touched):
            raise EditRefusedError("edit_breaks_facts", fault=fault_words(fault, lang))
        entry = entry_of(edit, after, run=run, reason=reason)
        before = self.study
        self._record(after, entry, run)
        self.stack.push(Step(self, before, after, entry, edit=edit, burst=burst))

    def take(self, study: Study, entry: Entry) -> None:
        """Write another state of the study; a step says what has changed once it is taken.

        Raises:
            Refused: the working copy cannot be written; the study is as it was.
        """
        self._record(study, entry)

    def _record(self, after: Study, entry: Entry, run: RunEntry | None = None) -> None:
        """Write another state: at once, or beside the window where it would be felt."""
        if takes_long(self.study, after):
            self._beside.do(self._ahead.begin(after, entry, run), self._written)
        else:
            self._ahead.record(after, entry, run)

    def once_written(self, then: Callable[[], object]) -> None:
        """Do something once what is seen is on disk: at once, where nothing is under way."""
        self._ahead.once_written(then)

    def settle(self) -> None:
        """Have all that is seen written.

        Raises:
            Refused: it cannot be written.
        """
        self._ahead.settle()

    def _written(self, error: object) -> None:
        if isinstance(error, Refused):
            self.failed.emit(Refused("study.not_kept_yet", **error.facts))
        elif isinstance(error, Exception):
            self.failed.emit(error)
        else:
            self._ahead.opened()

    def taken(self, before: Study, entry: Entry) -> None:
        """Say what is another than before, now that it is written."""
        study = self.study
        moved = all(scenario.name != self.name for scenario in study.scenarios)
        names = renamed(before, study)
        if moved:
            self.name = names.get(self.name) or above(before, study, self.name)
        if names:
            self.renamed.emit(names)
        self.changed.emit(frozenset(entry.scenarios))
        if moved:
            self.shown.emit()
        self.state.emit()

    def save(self, path: Path | None = None) -> Path:
        """Write the file; a new path becomes the study's own, and is held from then on.

        Raises:
            Held: somebody else holds the file.
            Refused: it cannot be written; what was there is whole.
        """
        self.settle()
        mine = self.path
        if path is None or (mine is not None and true_path(path) == true_path(mine)):
            saved = self.opened.save()
        else:
            held = Hold(path)
            with letting_go(held):
                saved = self.opened.save(path)
            self._let_go()
            self._held, self.read_only = held, False
        self.stack.setClean()
        self.state.emit()
        self.keep_audits()
        return saved
