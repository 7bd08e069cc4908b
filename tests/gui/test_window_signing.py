"""A plan on its way out in the window: chips, dialogs, drafts again."""

import pytest
from autumn_ward import study
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from data import account
from planner.edits import AdoptPlan
from planner.plan import Plan
from planner.signatures import APPROVED, DRAFT, PROPOSED
from planner.standing import standing
from planner.study import BASE
from ui.window.dialogs.publish import PublishDialog, ask_publish, what_it_does
from ui.window.dialogs.signing import SignDialog, SignForm, ask_sign
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench


@pytest.fixture
def document(bench: Workbench) -> Document:
    found = Document.of(study())
    bench.take(found)
    return found


@pytest.fixture(autouse=True)
def ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "account", lambda: "ana")
    monkeypatch.setattr(account, "uid_map", lambda: None)


def sign(bench: Workbench, document: Document, qtbot: QtBot, step: str, name: str = "") -> None:
    dialog = SignDialog(bench, document, step)
    qtbot.addWidget(dialog)
    dialog.form.name.setText(name)
    dialog.form.reason.setText("for June")
    dialog.sign()


def test_steps_are_taken_by_dialogs_and_undone(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    told: list[str] = []
    bench.told.connect(lambda words, _bad: told.append(words))
    before = document.study
    for step in (PROPOSED, APPROVED):
        sign(bench, document, qtbot, step)
        assert standing(document.study, BASE).state == step
    assert told == ["Plan of “Base” proposed", "Plan of “Base” approved"]
    assert document.opened.history()[-1].reason == "for June"
    sign(bench, document, qtbot, DRAFT)
    assert standing(document.study, BASE).state == DRAFT
    for _ in range(3):
        document.stack.undo()
    assert document.study == before


@pytest.mark.parametrize("cancelled", [False, True])
def test_enter_signs_from_a_field_and_presses_the_button_that_has_the_focus(
    bench: Workbench, document: Document, qtbot: QtBot, cancelled: bool
) -> None:
    """Walking over Cancel makes it no default."""
    dialog = SignDialog(bench, document, PROPOSED)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    cancel = next(b for b in dialog.findChildren(QPushButton) if b is not dialog.yes)
    qtbot.waitUntil(dialog.yes.hasFocus)
    for _ in range(2):  # over Cancel, into the first field
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    here = cancel if cancelled else dialog.form.reason
    here.setFocus()
    qtbot.keyClick(here, Qt.Key.Key_Return)
    assert standing(document.study, BASE).state == (DRAFT if cancelled else PROPOSED)
    assert not dialog.isVisible()


def test_a_step_out_of_turn_is_a_sentence_and_no_dialog(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    told: list[str] = []
    bench.told.connect(lambda words, _bad: told.append(words))
    window = QWidget()
    qtbot.addWidget(window)
    for action in ("approve", "withdraw"):
        ask_sign(bench, action, window)
    assert "propose it first" in told[0]
    assert "“Base” is a draft: there is nothing to withdraw" in told[1]
    assert window.findChildren(SignDialog) == []
    ask_sign(bench, "propose", window)
    assert len(window.findChildren(SignDialog)) == 1


def test_whom_to_tell_is_at_hand_before_anybody_has_approved(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ask_publish(bench, window)
    (dialog,) = window.findChildren(PublishDialog)
    assert dialog.list.toPlainText().startswith("6 members of staff to tell:")
    assert "“Base” is a draft: propose it first" in dialog.refused.text()
    assert not dialog.yes.isEnabled()
    dialog.form.name.setText("Ben Kay")
    assert not dialog.yes.isEnabled(), "nobody has proposed it"


def test_publishing_waits_for_a_second_person(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    for step in (PROPOSED, APPROVED):
        sign(bench, document, qtbot, step)
    dialog = PublishDialog(bench, what_it_does(bench))
    qtbot.addWidget(dialog)
    assert not dialog.yes.isEnabled()
    assert "ana alone has proposed and approved “Base”" in dialog.refused.text()
    assert "Approved by ana" in dialog.stands.text()
    dialog.form.name.setText("Ben Kay")
    assert dialog.yes.isEnabled()
    assert dialog.refused.isHidden()
    dialog.publish()
    assert standing(document.study, BASE).declared


def test_an_edit_of_what_is_signed_makes_a_draft_and_says_so(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    sign(bench, document, qtbot, PROPOSED)
    told: list[str] = []
    bench.told.connect(lambda words, _bad: told.append(words))
    bench.do(AdoptPlan(scenario=BASE, plan=Plan()))
    assert "“Base” is a draft again: what ana proposed" in told[-1]


def chip(tree: QTreeWidget) -> str:
    item = tree.topLevelItem(0)
    assert not item.icon(1).isNull()
    return str(item.data(1, Qt.ItemDataRole.AccessibleTextRole))


def test_each_scenario_has_a_chip_and_the_banner_says_who_signed(main: MainWindow) -> None:
    bench = main.bench
    bench.take(Document.of(study()))
    banner, tree = main.around.banner, main.around.left_side.scenarios.tree
    assert banner.published.accessibleName() == "Draft"
    assert chip(tree) == "draft"
    from data.account import signature
    from planner.signing import Sign

    bench.do(Sign(scenario=BASE, signature=signature(PROPOSED)))
    main.around.left_side.scenarios.refresh()
    banner.refresh()
    assert chip(tree) == "proposed"
    assert "Proposed by ana" in tree.topLevelItem(0).toolTip(0)
    assert "Proposed by ana" in banner.published.toolTip()
    bench.speak("fr")
    assert chip(tree) == "proposée"
    bench.take(None)


def test_an_account_in_a_namespace_is_told_as_declared_before_anything_is_signed(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(account, "uid_map", lambda: "no map")
    form = SignForm(bench)
    qtbot.addWidget(form)
    assert "declared by ana, inside a user namespace" in form.name.placeholderText()
    assert form.signed(PROPOSED).declared
