"""Deleting people who are in plans (field case F81): past hours stay, nothing is left of nobody."""

import dataclasses

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from data.codec import change_of, change_plain
from planner.cases import Appointment
from planner.changes import Add, ChangeSet, Remove, Set
from planner.edits import Branch, Record, SetPins
from planner.hand_edits import Assign
from planner.people import Absence, History, Request
from planner.plain import to_plain
from planner.problem import Problem, faults
from planner.record_words import id_words
from planner.study import BASE, Pin, Study
from ui.window.document import Document
from ui.window.panels.states import count, reasons, stale
from ui.window.tables.record_edits import record_changes
from ui.window.tables.removing import remove_records
from ui.window.workbench import Workbench

DAYS = (1, 2, 3, 8, 9)


def house(problem: Problem, *, worked: bool, as_of: int) -> Problem:
    """A problem whose first staff member has a history or none, absences and requests on both sides."""
    who = problem.staff[0].id
    past = History(id=who, past=(problem.shifts[0].id,) if worked else ("-", "?"))
    others = tuple(each for each in problem.histories if each.id != who)
    absences = [Absence(id=f"away-{day}", person=who, first=day, last=day) for day in (0, 10)]
    requests = [Request(id=f"wish-{day}", person=who, day=day) for day in (4, 11)]
    return dataclasses.replace(
        problem,
        as_of=problem.horizon.date(as_of),
        histories=(*others, past),
        absences=tuple(a for a in problem.absences if a.person != who) + tuple(absences),
        requests=tuple(r for r in problem.requests if r.person != who) + tuple(requests),
    )


def opened(bench: Workbench, small: Problem, *, worked: bool, as_of: int) -> tuple[Document, str]:
    problem = house(small, worked=worked, as_of=as_of)
    document = Document.of(Study(id="f81", name="f81", base=problem))
    bench.take(document)
    who, shift = problem.staff[0].id, problem.shifts[0].id
    duties = tuple((who, day, shift) for day in DAYS)
    document.do(Assign(scenario=BASE, duties=duties))
    document.do(Branch(parent=BASE, name="Autre"))
    return document, who


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()) or 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    return told


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def days(document: Document, who: str, scenario: str = BASE) -> list[int]:
    return [d.day for d in document.study.scenario(scenario).plan.duties if d.person == who]


def test_somebody_who_has_worked_gets_a_last_day(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, who = opened(bench, small_document.problem, worked=True, as_of=7)
    before, steps = document.study, document.stack.count()
    assert remove_records(bench, "staff", [who], widget)
    (member,) = (each for each in document.problem.staff if each.id == who)
    assert member.last == 6
    assert days(document, who) == [1, 2, 3]
    assert {a.id for a in document.problem.absences if a.person == who} == {"away-0"}
    assert {r.id for r in document.problem.requests if r.person == who} == {"wish-4"}
    assert list(faults(document.problem)) == []
    assert "3 past shifts stay" in asked[0]
    assert "2 shifts lose their person" in asked[0]
    assert "2 rows go with it: 1 absence and 1 request" in asked[0]
    assert "taken out of the plans of: Autre" in asked[0]
    assert days(document, who, "Autre") == [1, 2, 3]
    assert document.stack.count() == steps + 1
    document.stack.undo()
    assert document.study == before


def test_without_shifts_in_the_period_the_last_day_is_the_one_before_it(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, who = opened(bench, small_document.problem, worked=True, as_of=-3)
    assert remove_records(bench, "staff", [who], widget)
    (member,) = (each for each in document.problem.staff if each.id == who)
    assert member.last == -1
    assert days(document, who) == []
    assert "stay in the plan" not in asked[0]


def test_a_what_if_in_which_she_stays_for_longer_keeps_her_shifts_and_leave(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, who = opened(bench, small_document.problem, worked=True, as_of=7)
    last = document.problem.horizon.date(10).isoformat()
    own = Set(kind="staff", id=who, field="last", value=last)
    document.do(Record(scenario="Autre", group=ChangeSet(name="own", changes=(own,))))
    assert remove_records(bench, "staff", [who], widget)
    assert days(document, who) == [1, 2, 3]
    assert days(document, who, "Autre") == list(DAYS)
    problem = document.study.problem("Autre")
    assert {a.id for a in problem.absences if a.person == who} == {"away-0", "away-10"}
    assert {r.id for r in problem.requests if r.person == who} == {"wish-4"}
    assert "Autre" not in asked[0]


def test_somebody_without_a_past_goes_from_every_scenario_that_inherits_it(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, who = opened(bench, small_document.problem, worked=False, as_of=-3)
    wish = Request(id="own", person=who, day=5)
    record = tuple(to_plain(wish, document.problem.horizon).items())
    own = ChangeSet(name="own", changes=(Add(kind="request", id="own", record=record),))
    document.do(Record(scenario="Autre", group=own))
    document.do(SetPins(scenario="Autre", pins=(Pin(kind="person", id=who),)))
    before, steps = document.study, document.stack.count()
    assert remove_records(bench, "staff", [who], widget)
    for name in (BASE, "Autre"):
        problem = document.study.problem(name)
        assert who not in {each.id for each in problem.staff}
        assert list(faults(problem)) == []
        assert days(document, who, name) == []
    assert document.study.pins("Autre") == ()
    assert document.study.scenario("Autre").changes == ()
    assert "5 shifts" in asked[0]
    assert "taken out of the plans of: Autre" in asked[0]
    assert "Also in" not in asked[0]
    assert document.stack.count() == steps + 1
    document.stack.undo()
    assert document.study == before


def test_in_a_what_if_the_base_keeps_her_and_is_named(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, who = opened(bench, small_document.problem, worked=False, as_of=-3)
    document.show("Autre")
    assert remove_records(bench, "staff", [who], widget)
    assert days(document, who) == list(DAYS)
    assert days(document, who, "Autre") == []
    assert list(faults(document.problem)) == []
    assert "Also in the plans of" in asked[0]


@pytest.mark.parametrize("worked", [True, False])
@pytest.mark.parametrize("scenario", [BASE, "Autre"])
def test_the_plan_names_the_deletion_as_what_moved_on(
    bench: Workbench,
    small_document: Document,
    widget: QWidget,
    asked: list[str],
    worked: bool,
    scenario: str,
) -> None:
    document, who = opened(bench, small_document.problem, worked=worked, as_of=7 if worked else -3)
    document.show(scenario)
    assert stale(document) is None
    assert remove_records(bench, "staff", [who], widget)
    for name in {scenario, "Autre"}:
        found = stale(document, name)
        assert found is not None
        assert count(found, "en") == 1
        assert who in reasons(found, "en")[0]
    document.stack.undo()
    assert stale(document, scenario) is None


def test_an_appointment_goes_with_its_case(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    case, other = small_document.problem.cases[:2]
    promised = [Appointment(id=each.id, day=3) for each in (case, other)]
    problem = dataclasses.replace(small_document.problem, appointments=tuple(promised))
    document = Document.of(Study(id="promised", name="promised", base=problem))
    bench.take(document)
    before = document.study
    assert remove_records(bench, "case", [case.id], widget)
    assert [each.id for each in document.problem.appointments] == [other.id]
    assert "1 row goes with it: 1 appointment" in asked[0]
    assert f"Delete case {case.id}?" in asked[0]
    document.stack.undo()
    assert document.study == before


def test_what_stands_in_the_way_is_named(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    said: list[str] = []
    bench.told.connect(lambda sentence, _wrong: said.append(sentence))
    theatre = small_document.problem.theatres[0].id
    assert not remove_records(bench, "theatre", [theatre], widget)
    used = [each for each in small_document.problem.sessions if each.theatre == theatre]
    first = id_words(small_document.problem, "session", used[0].id, "en")
    assert f"{first}, " in said[-1]
    assert f"and {len(used) - 4} more" in said[-1]
    assert asked == []


def test_a_removed_record_is_known_again_from_the_journal() -> None:
    told = Remove(kind="staff", id="I1", record=(("id", "I1"), ("contract", "full")))
    assert change_of(change_plain(told)).record == told.record  # type: ignore[union-attr]
    assert change_of(change_plain(Remove(kind="staff", id="I1"))) == told


def test_people_needed_follow_sessions_that_are_taken_away(
    bench: Workbench, small_document: Document, widget: QWidget, asked: list[str]
) -> None:
    document, _ = opened(bench, small_document.problem, worked=False, as_of=-3)
    steps = document.stack.count()
    before = {need.id: need.least for need in document.problem.cover}
    session = next(s for s in document.problem.sessions if not s.emergency and not s.closed)
    alone = [
        s for s in document.problem.sessions if (s.theatre, s.day) == (session.theatre, session.day)
    ]
    assert remove_records(bench, "session", [each.id for each in alone], widget)
    after = {need.id: need.least for need in document.problem.cover}
    nurses = f"BLOC-{document.problem.horizon.date(session.day).isoformat()}"
    assert after[nurses] < before[nurses]
    moved = [id for id in before if after[id] != before[id]]
    assert f"{len(moved)} cover requirements move with the sessions: " in asked[0]
    assert "BLOC-" in asked[0]
    assert document.stack.count() == steps + 1
    document.stack.undo()
    assert {need.id: need.least for need in document.problem.cover} == before


def test_a_session_closed_by_hand_leaves_cover_and_says_so(
    bench: Workbench, small_document: Document
) -> None:
    document, _ = opened(bench, small_document.problem, worked=False, as_of=-3)
    told: list[str] = []
    bench.told.connect(lambda words, _: told.append(words))
    session = next(s for s in document.problem.sessions if not s.emergency and not s.closed)
    shut = Set(kind="session", id=session.id, field="closed", expected=False, value=True)
    assert record_changes(bench, [shut])
    assert "Cover stays as it is" in told[-1]
    other = Set(kind="session", id=session.id, field="overtime", expected=session.overtime, value=5)
    assert record_changes(bench, [other])
    assert len([words for words in told if "Cover stays" in words]) == 1
