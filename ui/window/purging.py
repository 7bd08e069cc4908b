"""Purging in the window: told first, done once that is confirmed, and the study opened again without it."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from data.purging import Purge, purge_before, purge_person
from data.refused import Refused
from data.working import work_with
from planner.edits import EditRefusedError
from planner.purging_words import count_lines, head_line, text_lines
from ui.window.dialogs.settle import settled
from ui.window.document import Document
from ui.window.panels.parts import message_box

if TYPE_CHECKING:
    from ui.window.files import Files


def ask_purge(files: "Files") -> None:
    """Ask what is to go, once the study has a file and nothing of a run waits."""
    from ui.window.dialogs.purge import PurgeDialog

    bench, document = files.bench, files.bench.document
    if document is None or document.read_only:
        return
    if document.path is None:
        files.refuse(EditRefusedError("purge.no_file"))
    elif settled(bench, files.window):
        dialog = PurgeDialog(bench, document, files.window)
        dialog.wanted.connect(lambda made: purge(files, document, made, person=dialog.by_person))
        dialog.open()


def ready(document: Document, what: str | dt.date) -> Purge:
    """Make a purge of a person, by her code, or of what is older than a day ready; nothing is done.

    Raises:
        EditRefusedError: nobody has this code.
        Refused: it cannot be made.
    """
    document.settle()
    if isinstance(what, str):
        return purge_person(document.opened, what)
    return purge_before(document.opened, what)


def purge(files: "Files", document: Document, made: Purge, *, person: bool) -> bool:
    """Write the purged study over its file and open it again; tell whether that was done."""
    bench = files.bench
    path = document.path
    assert path is not None
    try:
        gone = made.save()
    except (Refused, OSError) as error:  # what was there is whole, and still open
        made.opened.close()
        files.refuse(error)
        return False
    try:
        opened = work_with(made.opened)
    except (
        Refused,
        OSError,
    ) as error:  # the file is purged: what is open still knows what has gone
        made.opened.close()
        bench.take(None)
        files.refuse(error)
        return False
    if opened is not made.opened:
        made.opened.close()
    bench.take(document.renewed(opened))
    told = head_line(made.counts, bench.lang, file=path.name, person=person, done=True)
    bench.told.emit(told.rstrip(" \u202f\u00a0:"), False)
    box = message_box(files.window, QMessageBox.Icon.Information, told)
    box.setWindowTitle(bench.say("action.purge").rstrip("…"))
    lines = [f"• {line}" for line in count_lines(made.counts, bench.lang, person=person)]
    lines += [bench.say("cli.purge.gone", path=str(each)) for each in gone]
    lines += [f"• {line}" for line in text_lines(made.texts, bench.lang, done=True)]
    looked = "cli.purge.looked_through"
    looked = f"{looked}.but" if any(each.undecided for each in made.texts) else looked
    lines += [bench.say(looked)] if person else []
    lines += [bench.say("cli.purge.kept", path=str(each)) for each in made.kept]
    box.setInformativeText("\n".join(lines))
    box.open()
    return True
