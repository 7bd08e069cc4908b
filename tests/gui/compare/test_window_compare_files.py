"""Scenarios of other files in a comparison: read without trust, named with their file, never changed."""

import dataclasses
import shutil
from pathlib import Path

import pytest
from four_scenarios import four
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from solving_bench import LONG

from data.protecting import Cost, Seal
from data.sharing import share
from data.study_file import open_study, save_study
from planner.clock import Horizon
from planner.compare import compare
from planner.edits import AdoptPlan, Delete
from planner.study import Study
from ui.window.boards.compare_page import ComparePage
from ui.window.dialogs import passphrase
from ui.window.dialogs.scenario_choice import ScenarioChoice
from ui.window.document import Document
from ui.window.importing import report
from ui.window.workbench import Workbench


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another file with the base and one what-if of the small house, under other plans."""
    study = four()
    for name in ("Later", "Closed"):
        study = Delete(name=name).apply(study)
    plan = four().scenario("Closed").plan
    study = AdoptPlan(scenario="base", plan=plan).apply(study)
    path = tmp_path / "ward-b.opale"
    save_study(study, path)
    return path


def asking(page: ComparePage) -> list[ScenarioChoice]:
    """Give the dialog that is open; one that was answered goes a moment later."""
    return [each for each in page.findChildren(ScenarioChoice) if each.isVisible()]


def taken(page: ComparePage, qtbot: QtBot, path: Path, tick: tuple[str, ...] = ()) -> None:
    """Read a file, and take those of its scenarios that are ticked; all where none is named."""
    page.guests.read(path)
    qtbot.waitUntil(lambda: bool(asking(page)), timeout=LONG)
    (dialog,) = asking(page)
    for row in range(dialog.list.count()) if tick else ():
        item = dialog.list.item(row)
        if item.text() not in tick:
            item.setCheckState(Qt.CheckState.Unchecked)
    dialog.go.click()
    page.settle()


def test_scenarios_of_another_file_stand_beside_ours(
    page: ComparePage, document: Document, other: Path, qtbot: QtBot
) -> None:
    before = other.read_bytes()
    taken(page, qtbot, other)
    names = ("base", "Closed", "ward-b.opale#base", "ward-b.opale#Fewer")
    assert page.names == names
    assert page.compared is not None
    with open_study(other) as opened:
        theirs = opened.study
    outcomes = {side.name: side.outcome for side in page.compared.sides}
    assert outcomes["ward-b.opale#base"].plan == theirs.scenario("base").plan
    expected = compare(outcomes, "base")
    found = page.compared.comparison
    assert found.kpis == expected.kpis
    assert found.placements == expected.placements
    assert found.inputs == expected.inputs
    assert [button.name for button in page.bar.sides] == [
        "Base", "Closed", "ward-b.opale · Base", "ward-b.opale · Fewer",
    ]  # fmt: skip
    board = page.pane.theatres.boards[2]
    assert board.heading.whole == "ward-b.opale · Base"
    assert other.read_bytes() == before
    assert not list(other.parent.glob(".~*")), "nobody holds it"
    page.refer("ward-b.opale#base")
    page.settle()
    assert page.compared.comparison.reference == "ward-b.opale#base"
    told = [words for words, _ in page.why.sentences]
    assert told


def test_the_report_has_them_too(
    page: ComparePage, bench: Workbench, other: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, qtbot, other, tick=("Fewer",))
    report(bench, tmp_path / "report.html")
    written = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "ward-b.opale · Fewer" in written
    assert "ward-b.opale · Base" not in written, "it was not asked for"
    page.hide()
    report(bench, tmp_path / "all.html")
    assert "ward-b.opale#Fewer" in (tmp_path / "all.html").read_text(encoding="utf-8")
    bench.take(Document.of(four()))
    report(bench, tmp_path / "again.html")
    assert "ward-b.opale" not in (tmp_path / "again.html").read_text(encoding="utf-8")


def test_only_what_is_ticked_comes_and_the_rest_is_offered(
    page: ComparePage, other: Path, qtbot: QtBot, bench: Workbench
) -> None:
    bench.speak("fr")
    taken(page, qtbot, other, tick=("Fewer",))
    assert page.names == ("base", "Closed", "ward-b.opale#Fewer")
    offered = [action.text() for action in page.bar.others.actions() if action.text()]
    assert offered == ["Later", "Fewer", "ward-b.opale · Base", "Ajouter depuis un autre fichier…"]
    page.bar.others.actions()[2].trigger()
    page.settle()
    assert page.names[-1] == "ward-b.opale#base"
    page.drop(2)
    page.settle()
    assert page.names == ("base", "Closed", "ward-b.opale#base")


def test_changes_between_two_files_are_told_without_groups(
    page: ComparePage, document: Document, other: Path, qtbot: QtBot
) -> None:
    taken(page, qtbot, other, tick=("Fewer",))
    page.refer("ward-b.opale#Fewer")
    page.drop(0)
    page.settle()
    assert page.names == ("Closed", "ward-b.opale#Fewer")
    told = [words for words, _ in page.why.sentences]
    assert any("R2" in words or "B1" in words for words in told), told
    group = document.study.scenario("Closed").changes[0].name
    assert group not in told


def test_files_of_one_name_are_told_apart(
    page: ComparePage, other: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "second").mkdir()
    twin = tmp_path / "second" / other.name
    shutil.copy(other, twin)
    taken(page, qtbot, other, tick=("Base",))
    taken(page, qtbot, twin, tick=("Base",))
    second = Path("second", "ward-b.opale")
    assert page.names == ("base", "Closed", "ward-b.opale#base", f"{second}#base")


def test_a_file_is_read_again_as_it_is_now(page: ComparePage, other: Path, qtbot: QtBot) -> None:
    taken(page, qtbot, other, tick=("Base",))
    assert page.compared is not None
    before = page.compared.sides[2].outcome.plan
    with open_study(other) as opened:
        opened.do(AdoptPlan(scenario="base", plan=four().scenario("Later").plan))
        opened.save()
    taken(page, qtbot, other, tick=("Base",))
    assert page.names == ("base", "Closed", "ward-b.opale#base")
    assert page.compared.sides[2].outcome.plan == four().scenario("Later").plan != before


def test_another_document_forgets_the_files_of_the_one_before(
    page: ComparePage, bench: Workbench, other: Path, qtbot: QtBot
) -> None:
    taken(page, qtbot, other)
    bench.take(Document.of(four()))
    page.settle()
    assert page.guests.known == ()
    assert set(page.names) <= {each.name for each in four().scenarios}


def other_period(path: Path) -> None:
    base = four().base
    days = Horizon(start=base.horizon.start, days=base.horizon.days + 7, zone=base.horizon.zone)
    save_study(Study(id="o", name="o", base=dataclasses.replace(base, horizon=days)), path)


def rubbish(path: Path) -> None:
    path.write_bytes(b"<html>no study</html>" * 100)


def torn(path: Path) -> None:
    save_study(four(), path)
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("make", [other_period, rubbish, torn, lambda path: None])
def test_what_cannot_be_compared_is_a_sentence(
    page: ComparePage,
    bench: Workbench,
    tmp_path: Path,
    qtbot: QtBot,
    make: object,
    lang: str,
) -> None:
    bench.speak(lang)
    path, told = tmp_path / "strange.opale", list[str]()
    make(path)  # type: ignore[operator]

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            told.append(box.text())
            box.accept()

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(read)
    timer.start()
    page.guests.read(path)
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    timer.stop()
    assert told[0].endswith(".")
    assert page.names == ("base", "Closed")
    assert page.guests.known == ()


def test_the_file_is_asked_for_by_the_menu(
    page: ComparePage, other: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def name(*words: object) -> tuple[str, str]:
        asked.append(words)
        return str(other), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", name)
    page.bar.others.actions()[-1].trigger()
    qtbot.waitUntil(lambda: bool(asking(page)), timeout=LONG)
    (dialog,) = asking(page)
    assert asked
    dialog.reject()
    assert page.names == ("base", "Closed")


@pytest.mark.parametrize("typed", ["le chat dort sur la grue", None])
def test_a_file_under_a_passphrase_asks_for_it(
    page: ComparePage,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    typed: str | None,
) -> None:
    monkeypatch.setattr(Seal.of.__func__, "__defaults__", (Cost(10, 1, 1),))
    path = tmp_path / "sealed.opale"
    share(four(), path, names=True, seal=Seal.of("le chat dort sur la grue"))
    asked: list[str] = []

    def ask(_bench: Workbench, words: str, *_: object) -> str | None:
        asked.append(words)
        return typed if len(asked) > 1 else "another one, by mistake"

    monkeypatch.setattr(passphrase, "ask_passphrase", ask)
    if typed is None:
        page.guests.read(path)
        assert page.guests.known == ()
        return
    taken(page, qtbot, path, tick=("Later",))
    assert "is under a passphrase" in asked[0]
    assert "the passphrase is another one" in asked[1]
    assert page.names == ("base", "Closed", "sealed.opale#Later")
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "open", lambda box: told.append(box.informativeText()))
    report(page.bench, tmp_path / "report.html")
    assert told == [
        "report.html is not under the passphrase of sealed.opale: whoever has it can read it."
    ]
