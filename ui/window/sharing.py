"""Sharing in the window: a file for others, and what comes back of it as new scenarios."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QMessageBox

from data.parting import Before, before_sharing
from data.protecting import Seal
from data.refused import Refused
from data.sharing import Shared, as_shared, share, taken_back
from data.sharing_noted import line_of
from data.state import true_path
from data.study_file import SUFFIX, open_study
from planner.edits import EditRefusedError
from planner.returning import Returned, taking_back
from planner.study import Study
from ui.window.beside import Beside
from ui.window.dialogs.passphrase import ask_passphrase, unlock
from ui.window.dialogs.where import STUDY, ask_where
from ui.window.panels.parts import message_box
from ui.window.reading import must_be_study
from ui.window.written import in_clear

if TYPE_CHECKING:
    from ui.window.dialogs.share import Wanted
    from ui.window.document import Document
    from ui.window.files import Files

_SHOWN: Final = 20
"""Labels that may name somebody which are told one by one."""


def ask_share(files: "Files") -> None:
    """Ask what of the open study is to be shared and how, and write it."""
    from ui.window.dialogs.share import ShareDialog, Wanted

    bench, document = files.bench, files.bench.document
    if document is None:
        return

    def write(wanted: Wanted) -> bool:
        path = _where(files)
        if path is None:
            return False
        passphrase: str | None = ""
        if wanted.protect:
            words = bench.say("cli.passphrase.new", path=path.name)
            passphrase = ask_passphrase(bench, words, files.window, twice=True)
        return passphrase is not None and share_to(files, wanted, path, passphrase, dialog.over)

    dialog = ShareDialog(bench, document, write, files.window)
    dialog.open()


def _where(files: "Files") -> Path | None:
    """Ask for a place that is not the study's own; None where there is none."""
    bench, document = files.bench, files.bench.document
    assert document is not None
    stem = Path(document.title).stem
    wanted = bench.say("share.file", stem=stem) + SUFFIX
    if document.path is not None:
        wanted = str(document.path.with_name(wanted))
    words = bench.say("action.share")
    path, own = ask_where(bench, files.window, words, wanted, STUDY), document.path
    if path is not None and own is not None and true_path(path) == true_path(own):
        files.refuse(EditRefusedError("share.own_file", file=path.name))
        return None
    return path


def share_to(
    files: "Files",
    wanted: "Wanted",
    path: Path,
    passphrase: str = "",
    over: Callable[[bool], object] = bool,
) -> bool:
    """Write a study for others beside the window; say where it is, and where its key stays.

    `over` is told whether it is there, before anybody else is.
    """
    beside, document = Beside(files), files.bench.document

    def told(found: Shared | Exception) -> None:
        beside.deleteLater()
        files.bench.told.emit("", False)  # nothing is being written any more
        over(not isinstance(found, Exception))
        if isinstance(found, Exception):
            files.refuse(found)
        else:
            _note(files, wanted, found, document)
            _tell(files, found, protected=wanted.protect)

    files.bench.told.emit(files.bench.say("share.writing", file=path.name), False)
    lang, document = files.bench.lang, files.bench.document
    lines = () if document is None or not wanted.names else document.opened.history()
    part = document is not None and len(wanted.study.scenarios) < len(document.study.scenarios)
    before = before_sharing(lines, part=part)
    beside.do(lambda: _written(wanted, path, passphrase, lang, before), told)
    return True


def _written(wanted: "Wanted", path: Path, passphrase: str, lang: str, before: Before) -> Shared:
    return share(
        wanted.study,
        path,
        names=wanted.names,
        reason=wanted.reason,
        read_only=wanted.read_only,
        seal=Seal.of(passphrase) if passphrase else None,
        lang=lang,
        before=before,
    )


def _note(files: "Files", wanted: "Wanted", done: Shared, document: "Document | None") -> None:
    """Write into the journal of the study that it was shared; a study that is saved is saved with it."""
    if document is None or document is not files.bench.document:
        return
    if document.read_only:
        files.bench.told.emit(files.bench.say("share.not_noted", file=document.title), True)
        return
    saved = not document.unsaved
    try:
        line = line_of(
            done, reason=wanted.reason, read_only=wanted.read_only, protected=wanted.protect
        )
        document.take(document.study, line)
    except (Refused, OSError) as error:
        files.refuse(error)
        return
    if saved:
        files.save()


def _tell(files: "Files", done: Shared, *, protected: bool) -> None:
    say = files.bench.say
    files.bench.told.emit(say("cli.written", path=done.path.name), False)
    box = message_box(
        files.window, QMessageBox.Icon.Information, say("cli.written", path=str(done.path))
    )
    box.setWindowTitle(say("action.share").rstrip("…"))
    hidden = protected or done.key is not None
    told = [
        say("cli.share.names") if done.key is None else say("share.done", key=str(done.key)),
        *_doubtful(files, done),
        *([say("cli.share.protected")] if protected else in_clear(files.bench, done.path)),
        *([say("share.backup", path=str(done.backup))] if done.backup and hidden else []),
    ]
    box.setInformativeText("\n\n".join(told))
    box.open()


def _doubtful(files: "Files", done: Shared) -> list[str]:
    """Say which labels may name somebody, and which tell a date."""
    lists = {"share.doubtful": done.doubtful, "share.dated": done.dated}
    return [
        files.bench.say(what, n=len(found), texts=", ".join(found[:_SHOWN]))
        for what, found in lists.items()
        if found
    ]


# --- what comes back ------------------------------------------------------------------------------


def ask_answer(files: "Files") -> None:
    """Ask for a file that came back, and take its scenarios in."""
    bench = files.bench
    if bench.document is None:
        return
    words = bench.say("answer.which")
    name, _ = QFileDialog.getOpenFileName(files.window, words, "", f"Opale (*{SUFFIX})")
    if name:
        take_answer(files, Path(name))


def take_answer(files: "Files", path: Path) -> None:
    """Read what came back beside the window, say what it is, and take it in if that is wanted."""
    bench, document = files.bench, files.bench.document
    assert document is not None
    passphrase = unlock(bench, path, files.window)
    if passphrase is None:
        return
    study, beside = document.study, Beside(files)

    def told(found: Returned | Exception) -> None:
        beside.deleteLater()
        if document is not bench.document:
            return
        bench.told.emit("", False)
        if isinstance(found, Exception):
            files.refuse(found)
        else:
            _offer(files, path, found)

    bench.told.emit(bench.say("answer.reading", file=path.name), False)
    beside.do(lambda: _read(path, passphrase, study), told)


def _read(path: Path, passphrase: str, study: Study) -> Returned:
    """Read what came back by the codes and dates of the study.

    Raises:
        EditRefusedError: it is no study.
        Refused: it cannot be read, or was not shared from here, or not from this study.
    """
    must_be_study(path)
    with open_study(path, passphrase=passphrase or None) as opened:
        return taken_back(opened.study, study, as_shared(opened))


def _offer(files: "Files", path: Path, found: Returned) -> None:
    bench, say = files.bench, files.bench.say
    names = [each.name for each in found.scenarios]
    if not names:
        words = say("cli.reattach.nothing", path=path.name)
        box = message_box(files.window, QMessageBox.Icon.Information, words)
    else:
        words = say("answer.ask", file=path.name, n=len(names), names=names)
        box = message_box(files.window, QMessageBox.Icon.Question, words)
    box.setWindowTitle(say("action.take_answer").rstrip("…"))
    about = [say("answer.about", n=len(names))] if names else []
    about += [say("cli.reattach.base")] if found.base else []
    about += [say("reattach.lost", n=found.lost)] if found.lost else []
    box.setInformativeText(" ".join(about))
    take = None
    if names:
        take = box.addButton(say("answer.take"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(take)
    box.exec()
    document = bench.document
    if take is None or box.clickedButton() is not take or document is None:
        return
    if bench.do(taking_back(found, path.name)):
        document.show(names[0])
        bench.told.emit(say("answer.done", names=names), False)
