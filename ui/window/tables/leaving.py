"""A last day of work: shifts after it lose their person, which is asked first and is one step to undo."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QApplication

from planner.changes import Change, Set
from planner.edits import Edit, EditRefusedError
from planner.going import heirs, late
from planner.going_words import elsewhere_words, loss_words, named
from planner.hand_edits import Assign, Together
from planner.plan import Duty
from planner.record_words import plain_words
from planner.study import Study
from ui.window.dialogs.ask import confirm
from ui.window.document import Document
from ui.window.workbench import Workbench


def do_recording(bench: Workbench, scenario: str, edit: Edit, changes: Sequence[Change]) -> bool:
    """Do an edit that records changes in a scenario; tell whether it was done.

    Where it sets a last day of work and plans have shifts after it, it is asked first, and yes takes
    these shifts out of the plans in the same step: of the scenario, and of those that inherit the day.
    """
    document = bench.document
    if document is None:
        return False
    leaving = _leaving(changes)
    lost = _lost(document.study, scenario, edit, leaving) if leaving else {}
    if not lost:
        return bench.do(edit)
    yes = bench.say("leaving.do", n=len(leaving))
    question = "\n\n".join(_question(bench, document, scenario, leaving, lost))
    if not confirm(QApplication.activeWindow(), question, yes):
        return False
    taken = (
        Assign(scenario=name, duties=tuple((duty.person, duty.day, None) for duty in duties))
        for name, duties in lost.items()
    )
    return bench.do(Together(edits=(edit, *taken)))


def _lost(study: Study, scenario: str, edit: Edit, leaving: Sequence[Set]) -> dict[str, list[Duty]]:
    """Give the duties that an edit leaves after last days, by scenario; none where it is refused."""
    try:
        after = edit.apply(study)
    except EditRefusedError:
        return {}
    last = _last_days(study, leaving)
    found = {name: late(after, name, last) for name in heirs(study, scenario)}
    return {name: duties for name, duties in found.items() if duties}


def _question(
    bench: Workbench,
    document: Document,
    scenario: str,
    leaving: Sequence[Set],
    lost: dict[str, list[Duty]],
) -> list[str]:
    study, first, n = document.study, leaving[0], len(leaving)
    record = next(each for each in study.problem(scenario).staff if each.id == first.id)
    day = plain_words(record, "last", first.value, study.base.horizon, bench.lang)
    who = named([each.id for each in leaving], bench.lang)
    last, mine = _last_days(study, leaving), heirs(study, scenario)
    others = [
        bench.called(each.name)
        for each in study.scenarios
        if each.name not in mine
        and any(duty.day > last.get(duty.person, duty.day) for duty in each.plan.duties)
    ]
    inherited = [bench.called(name) for name in lost if name != scenario]
    return [
        bench.say("leaving.question", n=n, who=who, day=day),
        *loss_words(lost.get(scenario, []), (), study.base.horizon, bench.lang),
        *elsewhere_words(inherited, bench.lang, "remove.heirs"),
        *elsewhere_words(others, bench.lang),
    ]


def _last_days(study: Study, leaving: Sequence[Set]) -> dict[str, int]:
    day = study.base.horizon.day
    return {str(each.id): day(date.fromisoformat(str(each.value))) for each in leaving}


def _leaving(changes: Sequence[Change]) -> list[Set]:
    return [
        each
        for each in changes
        if isinstance(each, Set)
        and (each.kind, each.field) == ("staff", "last")
        and each.value is not None
    ]
