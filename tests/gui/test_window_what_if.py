"""What-ifs are asked by a form: a list of commands, a field a word, and what they would change."""

import re

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from planner.change_set_words import group_words
from planner.changes import ChangeSet, removal
from planner.commands import expand, told
from planner.commands.contract import AtHand, CommandRefusedError
from planner.edits import Record
from planner.plan import Placement, Plan
from ui.window.dialogs.what_if import WhatIfDialog, command_refused
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_what_if_is_asked_by_a_form(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    for row in range(dialog.choice.count()):
        dialog.choice.setCurrentIndex(row)
        assert dialog.told.text()
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.close-room")))
    assert dialog.group is not None
    assert dialog.group.name == f"close-room {small_document.problem.theatres[0].id} monday"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_what_if_of_the_master_schedule_says_what_it_does(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    monday = "lun" if lang == "fr" else "mon"
    for name, words in (
        ("priorities", ["AU_123"]),
        ("close", ["sessions", "S1", monday]),
    ):
        dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say(f"command.{name}")))
        assert dialog.group is not None, dialog.told.text()
        assert dialog.words == words
        assert group_words(dialog.group.name, lang) != dialog.group.name
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.priorities")))
    assert "P1b → Cat1" in dialog.told.text()
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.expand")))
    assert dialog.group is None  # all are there
    assert dialog.words == []
    assert group_words("expand", lang) == bench.say("command.expand.bare")


@pytest.mark.parametrize(
    ("lang", "added"), [("en", "1 session added."), ("fr", "1 vacation ajoutée.")]
)
def test_sessions_of_the_templates_and_their_owners_are_changed_undone_and_done_again(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str, added: str
) -> None:
    bench.speak(lang)
    name = small_document.name
    whole = small_document.problem
    gone = next(session for session in whole.sessions if session.owners == {"ORTHO"})
    bench.do(
        Record(
            scenario=name,
            group=ChangeSet(name="less", changes=(removal(whole, "session", gone.id),)),
        )
    )
    fewer = small_document.problem

    def asked(command: str) -> WhatIfDialog:
        dialog = WhatIfDialog(bench, small_document.problem)
        qtbot.addWidget(dialog)
        dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say(f"command.{command}")))
        return dialog

    expanding = asked("expand")
    assert added in expanding.told.text()
    assert expanding.group is not None
    bench.do(Record(scenario=name, group=expanding.group))
    assert {*small_document.problem.sessions} == {*whole.sessions}
    small_document.stack.undo()
    assert small_document.problem == fewer
    small_document.stack.redo()
    again = small_document.problem
    assert {*again.sessions} == {*whole.sessions}
    refused = asked("expand")
    assert refused.group is None
    assert str(len(whole.sessions)) in refused.told.text()  # so many are there already
    group = expand(again, "reallocate", "sessions", "VISC", gone.id)
    bench.do(Record(scenario=name, group=group))
    owners = {each.id: each.owners for each in small_document.problem.sessions}
    assert owners == {each.id: each.owners for each in again.sessions} | {gone.id: {"VISC"}}
    small_document.stack.undo()
    assert small_document.problem == again


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_releasing_opens_with_words_that_hold(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.release")))
    assert dialog.group is not None, dialog.told.text()
    assert dialog.words[1] == small_document.problem.horizon.date(0).isoformat()


def test_a_command_that_changes_nothing_is_named_by_its_title(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    bench.speak("fr")
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    error = CommandRefusedError("command_does_nothing", command="reallocate")
    assert bench.say("command.reallocate") in command_refused(bench, error)
    assert "reallocate" not in command_refused(bench, error)
    error = CommandRefusedError("command_nothing_then", command="close-room 1 monday")
    assert bench.say("command.close-room") in command_refused(bench, error)
    assert "monday" not in command_refused(bench, error)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("close sessions S1 tue", "Fermeture (vacations de la période) : S1 et mardi"),
        ("close sessions S1 mar", "Fermeture (vacations de la période) : S1 et mardi"),
        (
            "release sessions 2026-10-07 S2 thu",
            "Libération (vacations de la période) : mer. 7 oct., S2 et jeudi",
        ),
        ("absent I1 2026-10-07..2026-10-09", "I1 absent, du mer. 7 oct. au ven. 9 oct."),
        ("open sessions all", "Ouverture (vacations de la période) : toutes"),
    ],
)
def test_names_of_changes_tell_days_and_dates_in_words(name: str, told: str) -> None:
    assert re.sub(r"\s", " ", group_words(name, "fr")) == told


def test_a_command_that_finds_all_as_asked_is_no_fault(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.expand")))
    assert dialog.group is None
    assert dialog.told.property("look") == "second"
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.release")))
    dialog.findChildren(QLineEdit)[-1].setText("nowhere")
    assert dialog.told.property("look") == "hard"


def test_a_form_tells_what_a_long_command_does_in_few_sentences(
    bench: Workbench, small_document: Document, qtbot: QtBot
) -> None:
    problem = small_document.problem
    one = Placement(problem.cases[0].id, problem.sessions[0].id, None, problem.sessions[0].start)
    hand = AtHand(Plan.build([one]), problem)
    dialog = WhatIfDialog(bench, problem, None, hand)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.cover-from-plan")))
    assert dialog.group is not None
    lines = dialog.told.text().splitlines()
    assert len(lines) == 12  # how many changes, ten sentences, and how many more
    more = told(problem, "cover-from-plan", hand=hand)
    assert lines[-1] == bench.say("whatif.more", n=len(more) - 10)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Closed (sessions of the period): S1, from Mon 12 Oct"),
        ("fr", "Fermeture (vacations de la période)\u202f: S1, à partir du lun. 12 oct."),
    ],
)
def test_a_what_if_holds_from_a_date_on(
    bench: Workbench, small_document: Document, qtbot: QtBot, lang: str, told: str
) -> None:
    bench.speak(lang)
    dialog = WhatIfDialog(bench, small_document.problem)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentIndex(dialog.choice.findText(bench.say("command.close-room")))
    assert dialog.group is not None
    whole = dialog.group
    dialog.since.setText("12/10/2026")  # as all dialogs write days; files write 2026-10-12
    assert dialog.group is not None
    assert 0 < len(dialog.group.changes) < len(whole.changes)
    dialog.until.setText("12 October")
    assert dialog.group is None
    assert not dialog.add.isEnabled()
    dialog.until.clear()
    assert dialog.group is not None
    assert group_words("close sessions S1 --from 2026-10-12", lang) == told
