"""Sharing from the window, told before it is done, and what comes back taken in as scenarios."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from solving_bench import LONG

from data.parting import before_sharing
from data.protecting import Seal
from data.sharing import Shared
from data.study_file import open_study
from planner.edits import AdoptPlan, Branch
from planner.moved_dates import movable_weeks
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from ui.window import sharing
from ui.window.dialogs.share import ShareDialog, Wanted
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_told_what_is_left_out_and_who_may_be_recognised(
    qtbot: QtBot, bench: Workbench, small_document: Document, lang: str
) -> None:
    bench.speak(lang)
    bench.do(Branch(parent=BASE, name="mine"))
    written: list[Wanted] = []
    dialog = ShareDialog(bench, small_document, lambda what: not written.append(what))
    qtbot.addWidget(dialog)
    told, problem = dialog.told.toPlainText(), small_document.problem
    counts = {"people": len(problem.staff), "surgeons": len(problem.surgeons)}
    assert bench.say("share.told.codes", **counts, cases=len(problem.cases)) in told
    assert bench.say("share.told.dates", n=len(movable_weeks(small_document.study))) in told
    assert any(case.id in told for case in problem.cases)  # the rare ones, one by one
    assert "keys" in dialog.key.text()
    dialog.what.setCurrentIndex(1)
    assert bench.say("share.told.scenarios", n=1) not in dialog.told.toPlainText()
    dialog.named.setChecked(True)
    assert dialog.told.isHidden()
    assert dialog.about.text() == bench.say("cli.share.names")
    dialog.read_only.click()
    dialog.reason.setText(" for the board ")
    dialog.share()
    (wanted,) = written
    assert wanted[1:] == (True, True, False, "for the board")
    assert [each.name for each in wanted.study.scenarios] == [BASE]


def test_a_file_goes_out_without_names_and_its_answer_comes_in(
    main: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    small_problem: Problem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What others plan in the shared file arrives under our own codes, as one step."""
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    document = Document.of(Study(id="small", name="small", base=small_problem))
    main.bench.take(document)
    out = tmp_path / "out.opale"
    said: list[str] = []
    main.bench.told.connect(lambda words, _bad: said.append(words))
    assert sharing.share_to(main.files, Wanted(document.study, names=False), out)
    qtbot.waitUntil(lambda: any("Written" in each for each in said), timeout=LONG)
    assert document.opened.history()[-1].action == "journal.shared_nameless"
    with open_study(out) as opened:
        shared = opened.study.base
        assert not {case.id for case in small_problem.cases} & {case.id for case in shared.cases}
        session = next(s for s in shared.sessions if shared.cases[0].specialty in s.owners)
        plan = Plan.build([Placement(shared.cases[0].id, session.id, None, session.start)])
        opened.do(Branch(parent=BASE, name="idea"))
        opened.do(AdoptPlan(scenario="idea", plan=plan))
        opened.save()

    def yes(box: QMessageBox) -> int:
        box.defaultButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", yes)
    sharing.take_answer(main.files, out)
    qtbot.waitUntil(lambda: document.name == "idea", timeout=LONG)
    (placement,) = document.plan.placements
    assert placement.case in {case.id for case in small_problem.cases}
    document.stack.undo()
    assert [each.name for each in document.study.scenarios] == [BASE]


def test_a_passphrase_is_asked_for_and_seals_the_file(
    working: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, out, given = working, tmp_path / "out.opale", dict[str, object]()
    done = Shared(path=out, key=None, rare=0)

    def share(*_what: object, **how: object) -> Shared:
        given.update(how)
        out.touch()
        return done

    monkeypatch.setattr(sharing, "share", share)
    monkeypatch.setattr(Seal, "of", lambda words: f"sealed by {words}")
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    assert main.bench.document is not None
    wanted = Wanted(main.bench.document.study, names=True, read_only=True, protect=True, reason="x")
    past = before_sharing(main.bench.document.opened.history(), part=False)
    assert sharing.share_to(main.files, wanted, out, "seven grey herons")
    qtbot.waitUntil(lambda: "Written" in main.line.told.text(), timeout=LONG)
    assert given.pop("before") == past
    assert given == {
        "names": True,
        "reason": "x",
        "read_only": True,
        "seal": "sealed by seven grey herons",
        "lang": "en",
    }


def test_the_menu_asks_for_a_place_and_writes_there(
    working: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the menu to the file; the study's own file is never written over."""
    main, out, own = working, tmp_path / "out.opale", tmp_path / "own.opale"
    assert main.bench.document is not None
    main.bench.document.save(own)
    refused: list[Exception] = []
    monkeypatch.setattr(main.files, "refuse", refused.append)
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    for path in (own, out):
        chosen = (str(path), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: chosen)
        main.actions_["share"].trigger()
        dialog = next(each for each in main.findChildren(ShareDialog) if each.isVisible())
        dialog.share()
        dialog.close()
    assert len(refused) == 1
    assert "own.opale" in main.bench.sentence(refused[0])
    qtbot.waitUntil(out.exists, timeout=LONG)
    qtbot.waitUntil(lambda: "Written" in main.line.told.text(), timeout=LONG)
    with open_study(own) as opened:
        assert opened.study == main.bench.document.study
        assert opened.history()[-1].action == "journal.shared_nameless", "it is saved with it"


def test_what_cannot_be_written_leaves_the_dialog_as_it_was_filled_in(
    working: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reason that names a patient is told as that; the words are still there to be changed."""
    main, out = working, tmp_path / "out.opale"
    refused: list[Exception] = []
    monkeypatch.setattr(main.files, "refuse", refused.append)
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    assert main.bench.document is not None
    case = main.bench.document.problem.cases[0].id
    main.actions_["share"].trigger()
    dialog = next(each for each in main.findChildren(ShareDialog) if each.isVisible())
    dialog.reason.setText(f"about {case}")
    dialog.share()
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(lambda: bool(refused), timeout=LONG)
    words = main.bench.sentence(refused[0])
    assert words.startswith("The reason that you give names")
    assert case in words
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    dialog.reason.setText("for the board")
    dialog.share()
    qtbot.waitUntil(out.exists, timeout=LONG)
    qtbot.waitUntil(lambda: dialog.gone, timeout=LONG)


def test_a_protected_study_says_so_and_is_shared_protected_unless_somebody_says_no(
    working: MainWindow, qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = working.bench.document
    assert document is not None
    free = ShareDialog(bench, document, lambda _: True)
    qtbot.addWidget(free)
    assert not free.protect.isChecked()
    monkeypatch.setattr(Document, "sealed", property(lambda _: True))
    working.word()
    assert "(protected)" in working.windowTitle()
    assert "(protected)" in working.line.named.text()
    document.read_only = True
    working.word()
    assert "(read-only, protected)" in working.windowTitle()
    document.read_only = False
    dialog = ShareDialog(bench, document, lambda _: True)
    qtbot.addWidget(dialog)
    assert dialog.protect.isChecked()
    high = dialog.height()
    dialog.named.setChecked(True)
    assert dialog.height() < high * 0.75
    dialog.hidden.setChecked(True)
    assert dialog.height() >= high


def test_a_file_of_somebody_else_is_refused_with_a_sentence(
    main: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    small_problem: Problem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    refused: list[Exception] = []
    monkeypatch.setattr(main.files, "refuse", refused.append)
    document = Document.of(Study(id="small", name="small", base=small_problem))
    main.bench.take(document)
    path = tmp_path / "text.opale"
    path.write_text("no study", encoding="utf-8")
    sharing.take_answer(main.files, path)
    qtbot.waitUntil(lambda: bool(refused), timeout=LONG)
    assert "text.opale" in main.bench.sentence(refused[0])
