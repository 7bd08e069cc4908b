"""Importing tables into a new study, exporting a scenario, writing a report: questions and faults."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from data.importing import FileFault, Imported, Importer, recognise
from data.refused import Refused
from data.state import new_id
from planner.edits import AdoptPlan
from planner.plan import Plan
from planner.study import BASE, Study
from planner.words import say
from ui.window.dialogs.where import ask_where
from ui.window.panels.parts import message_box
from ui.window.panels.states import details
from ui.window.panels.states import stale as stale_mark
from ui.window.workbench import Shown, Workbench
from ui.window.written import tell_written

if TYPE_CHECKING:
    from ui.window.document import Document
    from ui.window.files import Files

REPORTS: Final = {"HTML (*.html)": ".html", "Excel (*.xlsx)": ".xlsx"}
_SHOWN: Final = 12


def ask_import(files: "Files") -> None:
    """Ask for a folder of CSV files (or any file of it) and open what it holds as a new study."""
    say = files.bench.say
    box = message_box(files.window, QMessageBox.Icon.Question, say("import.what"))
    box.setInformativeText(say("import.told"))
    folder = box.addButton(say("import.folder"), QMessageBox.ButtonRole.AcceptRole)
    file = box.addButton(say("import.file"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    name = ""
    if box.clickedButton() is folder:
        name = QFileDialog.getExistingDirectory(files.window, say("import.folder"))
    elif box.clickedButton() is file:
        name, _ = QFileDialog.getOpenFileName(files.window, say("import.file"))
    if name:
        take(files, Path(name))


def take(files: "Files", path: Path) -> bool:
    """Import a source into a new study, all of it or nothing; say every fault by its place.

    Where its importer can do without the lines that have a fault, that is asked.
    """
    bench = files.bench
    known = recognise(path)
    if known is None:
        _tell(files, bench.say("import.unknown", path=path.name), [])
        return False
    imported = known.read(path)
    if imported.problem is None:
        imported = _without_faulty(files, known, path, imported)
    if imported.problem is None:
        return False
    if not files.may_leave() or not files.begin(_study(path, imported)):
        return False
    document = bench.document
    assert document is not None
    if imported.plan != Plan():
        bench.do(AdoptPlan(scenario=BASE, plan=imported.plan))
    told = [*imported.left_out, *imported.remarks]
    if told:
        head = "import.left_out" if imported.left_out else "import.remarks"
        _tell(files, bench.say(head, n=len(told)), told)
    return True


def _without_faulty(files: "Files", importer: Importer, path: Path, refused: Imported) -> Imported:
    """Say why a source is refused; ask whether to take it without those lines, where that can be."""
    say = files.bench.say
    able = "skip" in importer.options.get("faulty", ())
    rest = importer.read(path, faulty="skip") if able else refused
    head = say("import.refused", path=path.name, n=len(refused.faults))
    box = _box(files, head, list(refused.faults))
    if rest.problem is None:
        box.exec()
        return refused
    skip = box.addButton(say("import.skip"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return rest if box.clickedButton() is skip else refused


def _study(path: Path, imported: Imported) -> Study:
    assert imported.problem is not None
    return Study(id=new_id(), name=path.stem, base=imported.problem)


def _tell(files: "Files", head: str, faults: list[FileFault]) -> None:
    _box(files, head, faults).exec()


def _box(files: "Files", head: str, faults: list[FileFault]) -> QMessageBox:
    lang = files.bench.lang
    icon = QMessageBox.Icon.Warning if faults else QMessageBox.Icon.Information
    box = message_box(files.window, icon, head)
    lines = [line(each, lang) for each in faults]
    box.setInformativeText("\n".join(lines[:_SHOWN]))
    if len(lines) > _SHOWN:
        box.setDetailedText("\n".join(lines))
    return box


def line(fault: FileFault, lang: str) -> str:
    """Say where a fault is, what it is, and what helps: each a sentence with its stop."""
    told, hint = fault.sentence(lang).rstrip(), fault.hint(lang)
    stop = "" if not hint or told.endswith((".", "!", "?", "…")) else "."
    placed = say("import.at", lang, where=fault.where(lang), what=told)
    return f"{placed}{stop} {hint}".rstrip()


def ask_export(files: "Files") -> None:
    """Ask for the form and the place, and write the open scenario there."""
    from data.exporting import catalogue, give

    bench = files.bench
    document = bench.document
    if document is None:
        return
    exporter = catalogue()["csv"]
    name = QFileDialog.getExistingDirectory(files.window, exporter.label(bench.lang))
    if not name:
        return
    target = Path(name) / f"{Path(document.title).stem}-csv"
    if target.exists():
        _tell(files, bench.say("export.there", path=str(target)), [])
        return
    stale = stale_mark(document)
    why = [] if stale is None else [bench.say("export.stale"), *details(stale, bench.lang)]
    try:
        give(exporter, document.problem, document.scenario.plan, target, mark="\n".join(why))
    except (OSError, Refused) as error:
        files.refuse(error)
        return
    told = "export.done" if stale is None else "export.done.stale"
    tell_written(bench, files.window, bench.say(told, path=str(target)), target)


def ask_report(files: "Files") -> None:
    """Ask for a place and write the report there: of the comparison that is seen, else of all scenarios."""
    bench = files.bench
    document = bench.document
    if document is None:
        return
    start = f"{Path(document.title).stem}.html"
    path = ask_where(bench, files.window, bench.say("action.report"), start, REPORTS)
    if path is not None:
        report(bench, path, files.window)


def report(bench: Workbench, path: Path, window: QWidget | None = None) -> None:
    """Write a report: a page, or a workbook where its name says so.

    It is of the comparison that is seen, with its sides and its reference; where none is, of all scenarios
    against the base, with those of other files that were compared with them.
    """
    from data.report import write_report
    from data.report.workbook import write_workbook

    document = bench.document
    assert document is not None
    shown = bench.compared()
    compared, outcomes, names = _all(bench, document) if shown is None else shown
    write = write_workbook if path.suffix.lower() == ".xlsx" else write_report
    try:
        write(path, compared, outcomes, bench.lang, title=document.study.name, names=names)
    except OSError as error:
        bench.told.emit(bench.sentence(error), True)
        return
    if shown is None:
        told = bench.say("export.done", path=str(path))
    else:
        facts = {"n": len(outcomes), "reference": names[compared.reference]}
        told = bench.say("export.compared", path=str(path), **facts)
    tell_written(bench, window, told, path, bench.guests)


def _all(bench: Workbench, document: "Document") -> Shown:
    """Compare all scenarios with the base, and those of other files that were compared with them."""
    from data.entrants import behind_all
    from planner.compare import compare

    study = document.study
    names = [each.name for each in study.scenarios]
    outcomes = {name: document.outcome(name) for name in names}
    stale = [found for name in names if (found := stale_mark(document, name)) is not None]
    pins = {name: study.pins(name) for name in names}
    for guest in bench.guests:
        outcomes[guest.name], pins[guest.name] = guest.outcome, tuple(guest.pins)
        stale += [] if guest.stale is None else [guest.stale]
    compared = compare(outcomes, names[0], reasons=stale, pins=pins)
    compared = replace(compared, **behind_all(document.opened, bench.guests)._asdict())
    return Shown(compared, outcomes, {})
