"""The next period from the window: a new study, what it begins with, and whether to go there."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from data.refused import Refused
from data.state import true_path
from data.study_file import SUFFIX
from planner.next_period_words import apart, period_lines
from ui.window.dialogs.where import STUDY, ask_where
from ui.window.panels.parts import message_box

if TYPE_CHECKING:
    from ui.window.files import Files


def ask_next_period(files: "Files") -> None:
    """Ask for a file and write the period after the open scenario's there; offer to open it."""
    bench, document = files.bench, files.bench.document
    if document is None:
        return
    if not any(document.scenario.plan.placements) and not any(document.scenario.plan.duties):
        bench.told.emit(bench.say("window.next_period.empty"), True)
        return
    stem = Path(document.title).stem
    start = document.problem.horizon.date(document.problem.horizon.days).isoformat()
    words = bench.say("window.next_period.where")
    folder = document.path.parent if document.path is not None else Path()
    wanted = folder / f"{stem}-{start}{SUFFIX}"
    path = ask_where(bench, files.window, words, wanted, STUDY)
    if path is not None:
        write(files, path)


def write(files: "Files", path: Path) -> None:
    """Write the next period, say what it begins with, and open it if that is wanted."""
    from data.next_period import write_next_period

    bench, document = files.bench, files.bench.document
    assert document is not None
    if document.path is not None and true_path(path) == true_path(document.path):
        bench.told.emit(bench.say("window.next_period.same"), True)
        return
    try:
        found = write_next_period(document.study, document.name, path, seal=document.opened.seal)
    except (OSError, Refused) as error:
        files.refuse(error)
        return
    bench.settings.opened(path)
    say, published = bench.say, document.scenario.published is not None
    dates, *lines = period_lines(found, bench.lang)
    parts = ["\n".join(f"• {line}" for line in lines), say("cli.written", path=path.name)]
    if document.opened.seal is not None:
        parts.append(say("seal.kept", path=path.name, file=document.title))
    if not published:
        called = bench.called(document.name)
        parts.insert(0, say("cli.next_period.unpublished", scenario=called))
    elif (facts := apart(document.scenario)) is not None:
        parts.insert(0, say("next_period.apart", **facts))
        published = False
    icons = QMessageBox.Icon
    box = message_box(files.window, icons.Information if published else icons.Warning, dates)
    box.setWindowTitle(say("action.next_period").rstrip("…"))
    box.setInformativeText("\n\n".join(parts))
    opening = box.addButton(say("window.next_period.open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(say("window.next_period.stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(opening)
    box.exec()
    if box.clickedButton() is opening:
        files.open(path)
