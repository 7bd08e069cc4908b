"""A last day of work: shifts after it lose their person, which is asked first and is one step to undo."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from planner.changes import Change
from planner.edits import Edit
from planner.going_words import leaving_lines, named
from planner.leaving import Leaving
from planner.record_words import plain_words
from ui.window.dialogs.ask import confirm
from ui.window.workbench import Workbench


def do_recording(bench: Workbench, scenario: str, edit: Edit, changes: Sequence[Change]) -> bool:
    """Do an edit that records changes in a scenario; tell whether it was done.

    Where it sets a last day of work and plans have shifts after it, it is asked first, and yes takes
    these shifts out of the plans in the same step: of the scenario, and of those that inherit the day.
    """
    document = bench.document
    if document is None:
        return False
    leaving = Leaving.of(document.study, scenario, edit, changes)
    if leaving is None or not leaving.lost:
        return bench.do(edit)
    yes = bench.say("leaving.do", n=len(leaving.sets))
    if not confirm(QApplication.activeWindow(), "\n\n".join(_question(bench, leaving)), yes):
        return False
    return bench.do(leaving.whole)


def _question(bench: Workbench, leaving: Leaving) -> list[str]:
    study, first = leaving.study, leaving.sets[0]
    record = next(each for each in study.problem(leaving.scenario).staff if each.id == first.id)
    day = plain_words(record, "last", first.value, study.base.horizon, bench.lang)
    who = named([each.id for each in leaving.sets], bench.lang)
    return [
        bench.say("leaving.question", n=len(leaving.sets), who=who, day=day),
        *leaving_lines(leaving, bench.lang, bench.called),
    ]
