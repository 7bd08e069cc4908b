"""A purge from the window: told first, confirmed, the same line of the journal, and nobody left anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QMessageBox

from data.lock import holder_of
from data.protecting import Cost, Seal, is_sealed
from data.purging import PURGED, Purge, purge_before, purge_person
from data.refused import Refused
from data.study_file import open_study, save_study
from planner.edits import AdoptPlan, Branch
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.purging_words import count_lines, text_lines
from planner.study import BASE, Study
from ui.window import purging
from ui.window.dialogs.purge import PurgeDialog, people_of
from ui.window.document import Document
from ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seal.of.__func__, "__defaults__", (Cost(10, 1, 1),))


@pytest.fixture
def file(tmp_path: Path, small_problem: Problem) -> Path:
    """The small demo hospital with a duty for everybody, in a file."""
    shift = small_problem.shifts[0].id
    plan = Plan.build([], [Duty(person.id, 2, shift) for person in small_problem.staff])
    study = AdoptPlan(scenario=BASE, plan=plan).apply(
        Study(id="purged", name="small", base=small_problem)
    )
    path = tmp_path / "small.opale"
    save_study(study, path)
    return path


@pytest.fixture
def who(small_problem: Problem) -> str:
    return str(small_problem.staff[0].id)


@pytest.fixture
def opened(main: MainWindow, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window with the file open, which asks nothing when it is closed."""
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    assert main.files.open(file)
    yield main
    main.bench.take(None)


def asked(window: MainWindow) -> PurgeDialog:
    """Choose Purge… in the menu."""
    window.actions_["purge"].trigger()
    found = window.findChildren(PurgeDialog)
    assert found
    return found[-1]


def document(window: MainWindow) -> Document:
    assert window.bench.document is not None
    return window.bench.document


def working_copies(state: Path) -> list[bytes]:
    return [each.read_bytes() for each in (state / "work").rglob("*") if each.is_file()]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_would_go_is_told_and_nothing_is_done_before_it_is_confirmed(
    opened: MainWindow, file: Path, who: str, lang: str
) -> None:
    opened.bench.speak(lang)
    before, study = file.read_bytes(), document(opened).study
    dialog = asked(opened)
    assert not dialog.see.isEnabled(), "nobody is named yet"
    dialog.person.setText(f"{who} · {study.base.staff[0].name}")
    dialog.see.click()
    with open_study(file) as there:
        expected = purge_person(there, who)
        expected.opened.close()
    told = dialog.told.toPlainText().splitlines()
    assert told[0] == opened.bench.say("cli.purge.person.would", path="small.opale")
    assert [line.removeprefix("• ") for line in told[1:]] == [
        *count_lines(expected.counts, lang, person=True),
        *text_lines(expected.texts, lang, done=False),
    ]
    assert not dialog.go.isEnabled()
    dialog.sure.click()
    assert dialog.go.isEnabled()
    dialog.person.setText(str(study.base.staff[1].id))
    assert (dialog.told.toPlainText(), dialog.go.isEnabled()) == ("", False), "it was another"
    dialog.look()
    dialog.reject()
    assert file.read_bytes() == before
    assert document(opened).study is study


def test_a_person_is_erased_from_file_and_working_copy(
    opened: MainWindow, file: Path, who: str, own_state: Path
) -> None:
    assert opened.bench.do(Branch(parent=BASE, name="Second"))  # not saved: it is with it
    assert document(opened).save() == file
    assert opened.bench.do(Branch(parent=BASE, name="Third"))
    assert file.with_name("small.opale.bak").exists()
    dialog = asked(opened)
    dialog.person.setText(who)
    dialog.look()
    assert opened.bench.say("purge.unsaved") in dialog.told.toPlainText()
    dialog.sure.click()
    dialog.go.click()
    now = document(opened)
    assert who not in people_of(now.study)
    assert [each.name for each in now.study.scenarios] == [BASE, "Second", "Third"]
    assert who.encode() not in file.read_bytes()
    assert not file.with_name("small.opale.bak").exists()
    assert working_copies(own_state)
    assert all(who.encode() not in each for each in working_copies(own_state))
    assert not now.unsaved
    assert now.stack.count() == 0, "what has gone cannot be brought back"
    assert holder_of(file) is not None
    with open_study(file) as there:
        line = there.history()[-1]
    assert (line.action, line.parameters) == (PURGED, {"what": "person"})
    assert now.opened.history()[-1].author == line.author != ""
    assert opened.bench.do(Branch(parent=BASE, name="After"))
    assert now.save() == file
    assert opened.now == "theatre"


def test_what_is_old_goes_by_date(opened: MainWindow, file: Path) -> None:
    start = document(opened).study.base.horizon.start
    dialog = asked(opened)
    dialog.old.click()
    dialog.date.setDate(QDate(start.year, start.month, start.day))
    assert dialog.what == start
    dialog.look()
    with open_study(file) as there:
        expected = purge_before(there, start)
        expected.opened.close()
    assert any(expected.counts.values())
    for line in count_lines(expected.counts, "en", person=False):
        assert line in dialog.told.toPlainText()
    dialog.sure.click()
    dialog.go.click()
    histories = document(opened).study.base.histories
    assert not any(each.past for each in histories)
    with open_study(file) as there:
        line = there.history()[-1]
        assert there.study.base.histories == histories
    assert line.parameters == {"what": "before", "before": start.isoformat()}


def test_a_file_under_a_passphrase_stays_under_it(
    main: MainWindow, file: Path, who: str, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    monkeypatch.setattr(main.files, "may_leave", lambda: True)
    monkeypatch.setattr(QMessageBox, "open", lambda _self: None)
    with open_study(file) as there:
        there.seal = Seal.of("a long passphrase")
        there.save()
    main.bench.take(Document.open(file, passphrase="a long passphrase"))
    dialog = asked(main)
    dialog.person.setText(who)
    dialog.look()
    dialog.sure.click()
    dialog.go.click()
    assert is_sealed(file)
    with open_study(file, passphrase="a long passphrase") as there:
        assert who not in people_of(there.study)
    assert main.bench.do(Branch(parent=BASE, name="After")), "it is worked on as before"
    assert document(main).save() == file
    assert working_copies(own_state) == []


def test_what_cannot_be_written_loses_nothing(
    opened: MainWindow, file: Path, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Exception] = []
    monkeypatch.setattr(opened.files, "refuse", refused.append)
    before, study = file.read_bytes(), document(opened).study

    def full(_self: Purge) -> tuple[Path, ...]:
        raise Refused("study.disk_full", path=str(file))

    monkeypatch.setattr(Purge, "save", full)
    dialog = asked(opened)
    dialog.person.setText(who)
    dialog.look()
    dialog.sure.click()
    dialog.go.click()
    assert [each.what for each in refused if isinstance(each, Refused)] == ["study.disk_full"]
    assert document(opened).study is study
    assert file.read_bytes() == before
    assert opened.bench.do(Branch(parent=BASE, name="After"))


def test_what_would_be_left_is_named_and_not_done(
    opened: MainWindow, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = purging.ready

    def with_more(*words: object) -> Purge:
        made = real(*words)  # type: ignore[arg-type]
        made.left = ("Room of Claire",)
        return made

    monkeypatch.setattr(purging, "ready", with_more)
    dialog = asked(opened)
    dialog.person.setText(who)
    dialog.look()
    assert "Room of Claire" in dialog.about.text()
    assert (dialog.sure.isEnabled(), dialog.go.isEnabled()) == (False, False)


def test_a_study_without_a_file_is_saved_first(
    working: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Exception] = []
    monkeypatch.setattr(working.files, "refuse", refused.append)
    working.actions_["purge"].trigger()
    assert [getattr(each, "what", "") for each in refused] == ["purge.no_file"]
    assert not working.findChildren(PurgeDialog)
