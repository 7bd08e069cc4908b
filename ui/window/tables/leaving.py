"""A last day of work: shifts after it lose their person, which is asked first and is one step to undo."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QApplication

from planner.changes import Change, Set
from planner.edits import Edit
from planner.hand_edits import Assign, Together
from planner.plan import Duty
from planner.record_words import plain_words
from planner.study import Study
from ui.window.dialogs.ask import confirm
from ui.window.tables.losses import elsewhere_words, loss_words, named
from ui.window.workbench import Workbench


def do_recording(bench: Workbench, scenario: str, edit: Edit, changes: Sequence[Change]) -> bool:
    """Do an edit that records changes in a scenario; tell whether it was done.

    Where it sets a last day of work and the plan has shifts after it, it is asked first, and yes takes
    these shifts out of the plan in the same step.
    """
    document = bench.document
    if document is None:
        return False
    duties = late(document.study, scenario, changes)
    if not duties:
        return bench.do(edit)
    horizon, say = document.study.base.horizon, bench.say
    leaving = _leaving(changes)
    first, n = leaving[0], len(leaving)
    record = next(each for each in document.study.problem(scenario).staff if each.id == first.id)
    day = plain_words(record, "last", first.value, horizon, bench.lang)
    who = named(bench, [each.id for each in leaving])
    question = [
        say("leaving.question", n=n, who=who, day=day),
        *loss_words(bench, document, duties),
    ]
    others = [
        each.name
        for each in document.study.scenarios
        if each.name != scenario and late(document.study, each.name, changes)
    ]
    question += elsewhere_words(bench, document, others)
    if not confirm(QApplication.activeWindow(), "\n\n".join(question), say("leaving.do", n=n)):
        return False
    off = tuple((duty.person, duty.day, None) for duty in duties)
    return bench.do(Together(edits=(edit, Assign(scenario=scenario, duties=off))))


def late(study: Study, scenario: str, changes: Sequence[Change]) -> list[Duty]:
    """Give the duties of a scenario's plan that begin after the last days that changes set."""
    last = {
        str(each.id): study.base.horizon.day(date.fromisoformat(str(each.value)))
        for each in _leaving(changes)
    }
    plan = study.scenario(scenario).plan
    return [duty for duty in plan.duties if last and duty.day > last.get(duty.person, duty.day)]


def _leaving(changes: Sequence[Change]) -> list[Set]:
    return [
        each
        for each in changes
        if isinstance(each, Set)
        and (each.kind, each.field) == ("staff", "last")
        and each.value is not None
    ]
