"""Opening, saving and leaving studies, with every question that this may need."""

import os
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from data.lock import Held, NoLockError
from data.origin import ReadOnlyError
from data.protecting import SealedError
from data.refused import Refused, in_words
from data.state import true_path
from data.study_file import SUFFIX, is_study
from data.working import Leftover, leftovers
from planner.signing_words import moment
from planner.study import Study
from ui.window.dialogs.ask import confirm
from ui.window.dialogs.passphrase import ask_passphrase
from ui.window.dialogs.settle import settled
from ui.window.dialogs.where import STUDY, ask_where
from ui.window.document import Document
from ui.window.naming import made
from ui.window.panels.parts import message_box
from ui.window.workbench import Workbench

READ, COPY = "read-only", "copy"
"""Ways to open a file that is not to be changed."""
TAKE, DROP, LATER = "take", "drop", "later"
"""What becomes of a working copy that was left."""


_ELSEWHERE = frozenset(
    {
        "study.changed_meanwhile",
        "study.disk_full",
        "study.no_folder",
        "study.no_folder_permission",
        "study.no_lock",
        "study.marked",
        "study.not_written",
    }
)
"""Why a file cannot be written at a place, where it can at another."""


class Files(QObject):
    """What the file menu does."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self.bench, self.window = bench, window
        self._note = ""
        """What is to be told of a file once it is open."""

    # --- open -----------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Ask for a study file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.bench.say("window.open"), "", f"Opale (*{SUFFIX})"
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path, way: str = "") -> bool:
        """Open a study file, or take up its working copy; tell whether there is a document now.

        `way`: READ or COPY where it was said how.
        """
        if not self.may_leave():
            return False
        self._note = ""
        left = [] if way else leftovers(true_path(path))
        chosen = self._about(left[0], file=True) if left else DROP
        if chosen == LATER:
            return False
        document = self._document(path, way, left[0] if chosen == TAKE else None)
        if document is None:
            return False
        if document.path is not None and not document.read_only:
            self.bench.settings.opened(path)
        self.bench.take(document)
        if self._note:
            self.bench.told.emit(self._note, True)
        return True

    def _document(
        self, path: Path, way: str, left: Leftover | None = None, passphrase: str | None = None
    ) -> Document | None:
        """Open a file in a way, with whatever has to be asked for that; None: it stays shut."""
        try:
            if left is not None:
                return Document.recover(left)
            if way == COPY:
                return made(Document.copy(path, passphrase), "copy", file=path.name)
            return Document.open(path, read_only=way == READ, passphrase=passphrase)
        except SealedError as error:
            words = self.bench.sentence(error)
            typed = ask_passphrase(self.bench, words, self.window)
            return None if typed is None else self._document(path, way, None, typed)
        except NoLockError as error:
            say = self.bench.say
            facts = {"folder": str(path.parent), "file": path.name, "why": error.facts["why"]}
            self._note = say("window.no_lock", **in_words(facts, self.bench.lang))
            return self._document(path, READ, None, passphrase)
        except (Held, ReadOnlyError) as error:
            chosen = self._way(error)
            return self._document(path, chosen, None, passphrase) if chosen else None
        except (Refused, OSError) as error:
            self.refuse(error)
            return None

    def offer_left(self) -> bool:
        """Offer, the newest first, what a program that was killed has left; tell whether it is taken.

        What is put off is offered again at the next start, or as its file is opened.
        """
        for left in leftovers():
            chosen = self._about(left, file=False)
            if chosen == LATER:
                return False
            if chosen == DROP:
                continue
            try:
                document = Document.recover(left)
            except (Held, Refused, OSError) as error:
                self.refuse(error)
                continue
            if left.path is not None:
                self.bench.settings.opened(left.path)
            self.bench.take(document)
            return True
        return False

    def _about(self, left: Leftover, *, file: bool) -> str:
        """Ask what is to become of the working copy of a program that is gone: TAKE, DROP or LATER.

        `file`: its saved file is opened otherwise.
        """
        say = self.bench.say
        name = left.path.name if left.path is not None else say("window.left.unnamed")
        n = left.edits - (left.path is None)  # its making is none
        words = say("window.left" if n else "window.left.made", file=name, n=n)
        box = message_box(self.window, QMessageBox.Icon.Question, words)
        why = "window.left.why" if left.path is not None else "window.left.why.unnamed"
        at = say("window.left.at", at=moment(left.last, self.bench.lang))
        box.setInformativeText(f"{at} {say(why)}")
        take = box.addButton(say("window.left.take"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(
            say("window.left.file" if file else "window.left.drop"),
            QMessageBox.ButtonRole.DestructiveRole,
        )
        cancel = QMessageBox.StandardButton.Cancel
        later = (
            box.addButton(cancel)
            if file
            else box.addButton(say("window.left.later"), QMessageBox.ButtonRole.RejectRole)
        )
        box.setDefaultButton(take)
        box.setEscapeButton(later)
        box.exec()
        ways: dict[object, str] = {take: TAKE, drop: DROP}
        chosen = ways.get(box.clickedButton(), LATER)
        if chosen == DROP:
            sure = say("window.left.sure", file=name)
            if not confirm(self.window, sure, say("window.left.drop")):
                return self._about(left, file=file)
            left.discard()
        return chosen

    def _way(self, error: Held | ReadOnlyError) -> str:
        """Say who holds a file, or shared it to be read; ask for a way to open it, "" for none."""
        say, lang = self.bench.say, self.bench.lang
        told = error.origin if isinstance(error, ReadOnlyError) else error
        words = told.sentence(lang)
        box = message_box(self.window, QMessageBox.Icon.Information, words)
        read = box.addButton(say("window.read_only"), QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton(say("window.as_copy"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        ways: dict[object, str] = {read: READ, copy: COPY}
        return ways.get(box.clickedButton(), "")

    def demo(self) -> None:
        """Make the demo hospital, with a plan on screen at once, then solved live."""
        if self.may_leave():
            from ui.window.demo import begin

            begin(self.bench)

    def begin(self, study: Study) -> bool:
        """Begin a study that has no file yet."""
        try:
            self.bench.take(Document.of(study))
        except (Refused, OSError) as error:
            self.refuse(error)
            return False
        return True

    def ask_import(self) -> None:
        """Ask for a folder of tables, or a file that an importer knows."""
        from ui.window.importing import ask_import

        ask_import(self)

    def ask_export(self) -> None:
        """Ask for a place to write the open scenario to."""
        from ui.window.importing import ask_export

        ask_export(self)

    def ask_report(self) -> None:
        """Ask for a place to write a report to."""
        from ui.window.importing import ask_report

        ask_report(self)

    def ask_next_period(self) -> None:
        """Ask for a place to write the study of the next period to."""
        from ui.window.next_period import ask_next_period

        ask_next_period(self)

    def ask_journal(self) -> None:
        """Show the journal, from which the study can be reopened as it was."""
        from ui.window.dialogs.journal import ask_journal

        dialog = ask_journal(self.bench, self.window)
        if dialog is not None:
            dialog.wanted.connect(self.reopen)

    def reopen(self, line: int) -> bool:
        """Begin a copy of the study as it was after a line of its journal."""
        document = self.bench.document
        if document is None or not self.may_leave():
            return False
        try:
            before = Document.again(document.opened, line)
            self.bench.take(made(before, "again", file=document.title, line=line))
        except (Refused, OSError) as error:
            self.refuse(error)
            return False
        self.bench.told.emit(self.bench.say("journal.reopened.told", line=line), False)
        return True

    def ask_merge(self) -> None:
        """Ask for another file and bring it and the open study together."""
        from ui.window.merging import ask_merge

        ask_merge(self)

    def ask_share(self) -> None:
        """Ask what of the study is to be shared, and how."""
        from ui.window.sharing import ask_share

        ask_share(self)

    def ask_take_answer(self) -> None:
        """Ask for a file that was shared and came back."""
        from ui.window.sharing import ask_answer

        ask_answer(self)

    def ask_purge(self) -> None:
        """Ask what the study is to forget for good."""
        from ui.window.purging import ask_purge

        ask_purge(self)

    # --- save and leave ---------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the study; ask for a name where it has none, or may not be written where it is."""
        document = self.bench.document
        if document is None:
            return False
        if document.read_only:
            words = self.bench.say("read_only", file=document.title)
            self.bench.told.emit(words, True)
        if document.read_only or document.path is None:
            return self.save_as()
        return self._save(None)

    def save_as(self) -> bool:
        """Ask for a name and save the study there."""
        document = self.bench.document
        if document is None:
            return False
        start = document.path or Path(f"{document.study.name or 'opale'}{SUFFIX}")
        if start.is_absolute() and not os.access(start.parent, os.W_OK):
            start = _own_folder() / start.name
        path = ask_where(self.bench, self.window, self.bench.say("window.save_as"), start, STUDY)
        return path is not None and self._save(path)

    def _save(self, path: Path | None) -> bool:
        document = self.bench.document
        assert document is not None
        viewed = document.read_only
        try:
            saved = document.save(path)
        except (Refused, OSError) as error:
            return self._elsewhere(error)
        if viewed:  # everything may be changed from now on
            self.bench.take(document.renewed())
        self.bench.settings.opened(saved)
        self.bench.told.emit(self.bench.say("window.saved_to", file=saved.name), False)
        return True

    def _elsewhere(self, error: Exception) -> bool:
        """Say why the study is not saved there; where another place would do, ask for one."""
        if not isinstance(error, Refused) or error.what not in _ELSEWHERE:
            self.refuse(error)
            return False
        box = message_box(self.window, QMessageBox.Icon.Warning, self.bench.sentence(error))
        other = box.addButton(self.bench.say("action.save_as"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is other and self.save_as()

    def close(self) -> None:
        """Close the document."""
        if self.may_leave():
            self.bench.take(None)

    def may_leave(self, about: str = "") -> bool:
        """Ask what to do with what is not saved; tell whether the document may go.

        `about`: where else that is, to be told beside the question.
        """
        from ui.window.demo import untouched

        document = self.bench.document
        if document is None:
            return True
        if document.path is None and untouched(document):
            return True
        if not settled(self.bench, self.window):
            return False
        if not document.unsaved or document.read_only:
            return True
        say, buttons = self.bench.say, QMessageBox.StandardButton
        words = say("window.leave", file=document.title)
        box = message_box(self.window, QMessageBox.Icon.Question, words)
        box.setInformativeText(about)
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        if answer == buttons.Save:
            return self.save()
        return bool(answer == buttons.Discard)

    def dropped(self, mime: QMimeData) -> Path | None:
        """Give the one study file that is being dropped, None for anything else."""
        urls = mime.urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix == SUFFIX and is_study(path) else None

    def refuse(self, error: Exception) -> None:
        """Say what cannot be done, in a box that waits."""
        words = self.bench.sentence(error)
        message_box(self.window, QMessageBox.Icon.Warning, words).exec()


def _own_folder() -> Path:
    """Give the folder in which this person keeps documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())
