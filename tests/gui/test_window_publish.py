"""Publishing from the window: the same edit as the command line, after whom to tell was shown."""

import dataclasses

import pytest
from autumn_ward import study
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from data.account import signature
from planner.appointing import Appoint
from planner.edits import Edit, Publish
from planner.plan import Plan
from planner.rules.roster.publication import Publication
from planner.signatures import APPROVED, PROPOSED, PUBLISHED, Signature
from planner.signing import Sign
from planner.study import BASE
from planner.words import day
from ui.window.dialogs.publish import PublishDialog, ask_publish, what_it_does
from ui.window.dialogs.signing import SignForm
from ui.window.document import Document
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    made = study()
    rules = (*made.base.rules, Publication(id="15", tier=0))
    made = dataclasses.replace(made, base=dataclasses.replace(made.base, rules=rules))
    for step, account in ((PROPOSED, "cadre"), (APPROVED, "chef")):
        made = Sign(scenario=BASE, signature=Signature(step=step, account=account)).apply(made)
    found = Document.of(made)
    bench.take(found)
    return found


@pytest.fixture
def dialog(bench: Workbench, document: Document, qtbot: QtBot) -> PublishDialog:
    made = PublishDialog(bench, what_it_does(bench))
    qtbot.addWidget(made)
    return made


def test_whom_to_tell_and_the_notice_are_shown_before(dialog: PublishDialog) -> None:
    told = dialog.list.toPlainText()
    assert told.startswith("6 members of staff to tell:\n    IADE-01: a first roster")
    assert "IADE-01: published 0 days before" in told
    assert "(6 times)" in dialog.notice.text()
    facts = dialog.bench.document.problem  # type: ignore[union-attr]
    assert f"counted from {day(facts.as_of, 'en', 'date')}" in dialog.notice.text()
    assert not dialog.notice.isHidden()
    assert "breach" in dialog.doubts.text()


def test_it_is_the_edit_of_the_command_line(
    dialog: PublishDialog, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = document.study
    signed = signature(PUBLISHED, "Camille Roux", "for June")
    monkeypatch.setattr(SignForm, "signed", lambda *_: signed)
    dialog.publish()
    assert document.scenario.published == document.scenario.plan
    after = Appoint(scenario=BASE, name="appointments", signature=signed).apply(before)
    assert document.study == after
    assert len(document.problem.promises) == 6
    document.stack.undo()
    assert document.study == before


def test_nobody_is_told_where_that_is_wanted(
    dialog: PublishDialog, bench: Workbench, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.tell.setChecked(False)
    assert "Nobody is told" in dialog.list.toPlainText()
    assert not dialog.notice.isHidden(), "the notice is not kept, whoever is told"
    assert not dialog.copy.isEnabled()
    done: list[Edit] = []
    monkeypatch.setattr(bench, "do", done.append)
    dialog.publish()
    (edit,) = done
    assert isinstance(edit, Publish)
    assert edit.signature is not None
    assert edit == Publish(scenario=BASE, signature=edit.signature)


def test_a_notice_that_must_be_kept_wants_a_reason(dialog: PublishDialog) -> None:
    """As on the command line; what else speaks against publishing is shown, and left to the person."""
    assert not dialog.yes.isEnabled()
    assert dialog.refused.text() == dialog.bench.say("publish.say_why")
    assert "--" not in dialog.refused.text()
    dialog.form.reason.setText(" ")
    assert not dialog.yes.isEnabled()
    dialog.form.reason.setText("the ward was flooded")
    assert dialog.yes.isEnabled()
    assert dialog.refused.isHidden()
    dialog.tell.setChecked(False)
    dialog.form.reason.setText("")
    assert not dialog.yes.isEnabled(), "the notice is not kept, whoever is told"


def test_the_list_can_be_copied(dialog: PublishDialog) -> None:
    dialog.copy.click()
    assert "IADE-01: a first roster" in QApplication.clipboard().text()


def test_without_a_plan_there_is_a_sentence_and_no_dialog(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    empty = dataclasses.replace(document.scenario, plan=Plan())
    bench.take(Document.of(document.study.replace(empty)))
    told: list[str] = []
    bench.told.connect(lambda words, _bad: told.append(words))
    window = QWidget()
    qtbot.addWidget(window)
    ask_publish(bench, window)
    assert len(told) == 1
    assert "no plan" in told[0]
    assert window.findChildren(PublishDialog) == []
