"""The roster board: what stands in its cells, frozen rows and columns, what is counted and painted."""

from dataclasses import replace

import pytest
from autumn_ward import DUTIES, ward
from board_pages import roster_page, ward_document
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from solving_bench import Pretend

from planner.boards.roster import RosterBoard, RosterRows, roster_board
from planner.changes import Add, ChangeSet
from planner.edits import AdoptPlan, Branch, Record, SetPins
from planner.hand_edits import Assign
from planner.people import Absence, StaffMember
from planner.plain import to_plain
from planner.plan import Plan
from planner.study import BASE, Pin, Study
from ui.window.actions import Actions
from ui.window.boards.roster_legend import RosterLegend
from ui.window.boards.roster_page import RosterPage
from ui.window.boards.roster_sheet import Group
from ui.window.boards.roster_tiles import lettered
from ui.window.boards.theatre_page import TheatrePage
from ui.window.document import Document
from ui.window.look.type import SMALL, width
from ui.window.workbench import Workbench

TOLD = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def cells(page: RosterPage) -> list[str]:
    model = page.grid.model
    return [
        model.data(model.index(row, day), TOLD)
        for row in range(model.rowCount())
        for day in range(model.columnCount())
    ]


def at(page: RosterPage, person: str, day: int) -> str:
    sheet = page.grid.sheet
    assert sheet is not None
    return str(page.grid.model.data(page.grid.model.index(sheet.place[person], day), TOLD))


def board(document: Document) -> RosterBoard:
    return roster_board(document.beside_parent(), document.study.pins(document.name))


@pytest.mark.parametrize("name", ["model", "people_model", "cover_model"])
def test_models_are_sound(page: RosterPage, qtmodeltester: ModelTester, name: str) -> None:
    qtmodeltester.check(getattr(page.grid, name), force_py=True)


def test_two_weeks_over_the_clock_change_have_fourteen_columns(
    page: RosterPage, document: Document
) -> None:
    """F04: 337 hours are 14 days; no day is doubled or missing, 25 October has its 25 hours."""
    horizon = document.problem.horizon
    assert (horizon.days, horizon.elapsed_minutes()) == (14, 337 * 60)
    assert horizon.elapsed(7, 0) - horizon.elapsed(6, 0) == 25 * 60
    model = page.grid.model
    across = Qt.Orientation.Horizontal
    dates = [model.headerData(day, across, TOLD) for day in range(model.columnCount())]
    assert len(dates) == len(set(dates)) == 14
    assert dates[0] == "Monday 19 October 2026"
    assert dates[6] == "Sunday 25 October 2026"
    assert dates[13] == "Sunday 1 November 2026"


def test_hours_are_those_that_pass(page: RosterPage) -> None:
    """The night in which the clock goes back is an hour longer."""
    model, sheet = page.grid.people_model, page.grid.sheet
    assert sheet is not None
    row = sheet.place["IADE-03"]
    words = [model.data(model.index(row, column)) for column in range(3)]
    assert words == ["IADE-03", "25.0", "−45.0"]


def test_every_cell_says_what_it_holds(page: RosterPage) -> None:
    assert at(page, "IADE-03", 5) == "IADE-03, Saturday 24 October 2026: Night N, 19:00–07:00"
    assert "request met (M)" in at(page, "IADE-01", 0)
    assert "request refused (M)" in at(page, "IADE-02", 1)
    assert "Congé annuel" in at(page, "AS-02", 8)
    assert at(page, "AS-03", 0).endswith(": off")
    for day in (3, 4):
        assert "breach: AS-02" in at(page, "AS-02", day)
    assert "breach" not in at(page, "AS-02", 2)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_cells_and_marks_are_as_many_as_on_the_board(
    page: RosterPage, document: Document, bench: Workbench, lang: str
) -> None:
    bench.speak(lang)
    document.show("Nights")
    bench.do(Assign(scenario="Nights", duties=(("IADE-01", 0, "N"), ("AS-03", 9, "J9"))))
    shown, told = board(document), cells(page)
    horizon = document.problem.horizon
    assert len(told) == len(shown.rows) * horizon.days
    times = "19:00–07:00"
    nights = sum(s.id == "N" for row in shown.rows for cell in row.cells for s in cell.shifts)
    assert sum(times in words for words in told) == nights == 4
    before = "reference" if lang == "en" else "référence"
    changed = sum(cell.before is not None for row in shown.rows for cell in row.cells)
    assert sum(before in words for words in told) == changed == 2
    hard = sum(
        any(run.first <= cell.day <= run.last and run.sign == "hard" for run in row.runs)
        for row in shown.rows
        for cell in row.cells
    )
    word = "breach: " if lang == "en" else "écart obligatoire"
    assert sum(word in words for words in told) == hard > 0


def test_only_what_an_edit_touched_is_laid_out_again(
    page: RosterPage, bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    before = page.rows
    assert before is not None
    kept = {person.id: before.row(person) for person in document.problem.staff}
    with qtbot.waitSignal(page.grid.model.dataChanged) as told:
        bench.do(Assign(scenario=BASE, duties=(("IADE-02", 4, "M"),)))
    row = page.grid.sheet.place["IADE-02"]  # type: ignore[union-attr]
    assert [index.row() for index in told.args[:2]] == [row, row]
    assert page.rows is not None
    assert page.rows.fresh == {"IADE-02"}
    for person in document.problem.staff:
        same = page.rows.row(person) is kept[person.id]
        assert same == (person.id != "IADE-02")
    whole = roster_board(document.outcome())
    assert page.rows.cover == whole.cover
    assert tuple(page.rows.row(person) for person in document.problem.staff) == whole.rows


def test_rows_made_on_demand_are_those_of_the_whole_board(document: Document) -> None:
    outcome = document.outcome()
    first = RosterRows(outcome)
    for person in document.problem.staff:
        first.row(person)
    plan = Plan.build(duties=DUTIES[2:])
    after = document.outcome(BASE, plan)
    again = RosterRows(after, (Pin(kind="person", id="AS-01", first=1, last=1),), first)
    whole = roster_board(after, (Pin(kind="person", id="AS-01", first=1, last=1),))
    assert again.fresh == {"IADE-01", "AS-01"}
    assert tuple(again.row(person) for person in document.problem.staff) == whole.rows
    assert again.cover == whole.cover


def test_people_cover_and_dates_scroll_with_the_duties(page: RosterPage) -> None:
    grid = page.grid
    grid.show_span(1, "roomy")
    page.resize(976, 220)
    grid.down.setValue(grid.down.maximum())
    grid.across.setValue(grid.across.maximum())
    assert grid.down.maximum() > 0
    assert grid.across.maximum() > 0
    assert grid.people.verticalScrollBar().value() == grid.duties.verticalScrollBar().value() > 0
    assert grid.cover.horizontalScrollBar().value() == grid.duties.horizontalScrollBar().value()
    assert grid.cover.dates.offset() == grid.duties.horizontalScrollBar().value() > 0
    assert (grid.first_day(), grid.last_day()) == (7, 13)


@pytest.mark.parametrize("high", [220, 231, 240])
def test_no_row_is_cut_at_the_foot(page: RosterPage, qtbot: QtBot, high: int) -> None:
    grid = page.grid
    grid.show_span(1, "roomy")
    page.resize(976, high)
    qtbot.waitUntil(lambda: grid.duties.viewport().height() % 24 == 0)
    assert grid.people.viewport().height() == grid.duties.viewport().height()
    for place in (1, grid.down.maximum()):
        grid.down.setValue(place)
        assert grid.duties.verticalOffset() == place * 24
    last = grid.duties.box_of(("AS-03", 0))
    assert last is not None
    assert last.bottom() == grid.duties.viewport().height()


def test_weeks_are_stepped_and_counted(page: RosterPage) -> None:
    grid, bar = page.grid, page.bar
    page.span(2)
    assert (grid.first_day(), grid.last_day()) == (0, 13)
    page.zoom(1)
    assert grid.weeks == 1
    assert (grid.first_day(), grid.last_day()) == (0, 6)
    bar.on.click()
    assert (grid.first_day(), grid.last_day()) == (7, 13)
    assert bar.date.text() == "26 Oct – 1 Nov 2026"
    bar.back.click()
    assert grid.first_day() == 0


def test_a_role_shows_its_people_and_their_posts(page: RosterPage) -> None:
    assert len(page.grid.sheet.people) == 6  # type: ignore[union-attr]
    page.bar.choose(Group(role="AS"))
    sheet = page.grid.sheet
    assert sheet is not None
    assert [person.id for person in sheet.people] == ["AS-01", "AS-02", "AS-03"]
    assert page.grid.model.rowCount() == 3
    assert page.grid.cover_model.rowCount() == 0  # they have no post of their own
    page.bar.choose(Group(role="IADE"))
    assert page.grid.cover_model.rowCount() == 1


def test_cover_says_what_is_missing(page: RosterPage, bench: Workbench) -> None:
    model = page.grid.cover_model
    told = [model.data(model.index(0, day), TOLD) for day in range(6)]
    assert told[0] == "IADE-M, Monday 19 October 2026: 1 there, 1 needed, met"
    assert told[3] == "IADE-M, Thursday 22 October 2026: 0 there, 1 needed, 1 missing"
    assert told[5] == "IADE-M, Saturday 24 October 2026: nobody needed"
    bench.do(Assign(scenario=BASE, duties=(("IADE-02", 0, "M"), ("IADE-03", 3, "M"))))
    assert model.data(model.index(0, 0), TOLD).endswith("1 more than needed")
    assert model.data(model.index(0, 3), TOLD).endswith("met")


def test_pins_are_shown(page: RosterPage, document: Document, bench: Workbench) -> None:
    bench.do(SetPins(scenario=BASE, pins=(Pin(kind="person", id="AS-01", first=0, last=1),)))
    assert "pinned" in at(page, "AS-01", 0)
    assert "pinned" in at(page, "AS-01", 1)
    assert "pinned" not in at(page, "AS-01", 2)
    bench.do(SetPins(scenario=BASE, pins=(Pin(kind="day", id="2", first=2, last=2),)))
    assert [("pinned" in at(page, who, 2)) for who in ("AS-01", "IADE-01")] == [True, True]
    assert "pinned" not in at(page, "AS-01", 0)


def test_new_facts_show_new_people(page: RosterPage, bench: Workbench, document: Document) -> None:
    member = StaffMember(id="AS-04", contract="C", role="AS", team="AS")
    record = to_plain(member, document.problem.horizon)
    change = Add(kind="staff", id="AS-04", record=record)
    bench.do(Record(scenario=BASE, group=ChangeSet(name="One more", changes=(change,))))
    assert page.grid.model.rowCount() == 7
    assert at(page, "AS-04", 0).endswith("off")


def test_people_with_other_facts_than_the_plan_are_marked(
    page: RosterPage, bench: Workbench, document: Document
) -> None:
    bench.do(AdoptPlan(scenario=BASE, plan=document.plan))  # made for the facts of now
    page.grid.show_span(1, "roomy")
    page.resize(976, 220)
    page.grid.across.setValue(page.grid.across.maximum())
    page.grid.down.setValue(page.grid.down.maximum())
    seen = page.grid.first_day(), page.grid.down.value()
    absence = Absence(id="L9", person="IADE-02", first=11, last=12)
    record = to_plain(absence, document.problem.horizon)
    change = Add(kind="absence", id="L9", record=record)
    bench.do(Record(scenario=BASE, group=ChangeSet(name="Ill", changes=(change,))))
    model = page.grid.people_model
    told = [model.data(model.index(row, 0), TOLD) for row in range(6)]
    assert ["facts changed" in words for words in told] == [False, True, False, False, False, False]
    assert "absent" in at(page, "IADE-02", 11)
    assert (page.grid.first_day(), page.grid.down.value()) == seen  # nothing jumped
    document.stack.undo()
    assert "facts changed" not in model.data(model.index(1, 0), TOLD)


def test_without_a_plan_there_is_a_sentence_and_a_button(
    page: RosterPage, bench: Workbench, small_document: Document
) -> None:
    assert small_document.plan == Plan()
    assert page.no_plan.isVisible()
    assert page.no_plan.words.text() == "No roster for this scenario yet."
    assert page.no_plan.button.text() == "Solve a first plan"


def test_a_board_says_that_its_plan_is_being_made(
    page: RosterPage,
    bench: Workbench,
    small_document: Document,
    pretend: Pretend,
    qtbot: QtBot,
) -> None:
    theatres = TheatrePage(bench, Actions(bench, bench))
    qtbot.addWidget(theatres)
    theatres.show()
    solver = pretend("idle")
    assert solver.start(("roster",), seconds=60)
    assert page.no_plan.isVisible()
    assert "being made" in page.no_plan.words.text()
    assert not page.no_plan.button.isVisible()
    assert theatres.empty.words.text() == "This scenario has no plan yet."
    solver.reject()
    assert page.no_plan.words.text() == "No roster for this scenario yet."
    assert page.no_plan.button.isVisible()
    assert solver.start(("theatre",), seconds=60)
    assert "being made" in theatres.empty.words.text()
    assert page.no_plan.words.text() == "No roster for this scenario yet."


def test_another_scenario_is_shown_at_once(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    bench.do(Branch(parent=BASE, name="Other"))
    document.show("Other")
    bench.do(Assign(scenario="Other", duties=(("AS-03", 12, "N"),)))
    assert "Night" in at(page, "AS-03", 12)
    document.show(BASE)
    assert "Night" not in at(page, "AS-03", 12)
    document.preview(Plan())
    assert all("Night" not in words for words in cells(page))


def test_the_legend_has_the_letters_of_the_grid(page: RosterPage) -> None:
    """A cell too narrow for J9 has a J: so has the legend, which then says that it means J9."""
    words = [entry.words for entry in page.legend.entries]
    assert words[:3] == ["Morning", "Day", "Night"]  # M, J9 and N are whole
    narrow = min(page.grid.duties.columnWidth(day) for day in range(14))
    assert page.legend.room == narrow - 2
    page.grid.fitted.emit(12)  # as with eight weeks in a narrow window
    assert [lettered(id, 11)[1] for id in ("M", "J9")] == ["M", "J"]
    words = [entry.words for entry in page.legend.entries]
    assert words[:3] == ["Morning", "J9 · Day", "Night"]


@pytest.mark.parametrize("wide", [976, 924, 780, 620])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_word_of_the_bar_and_legend_is_cut_off(
    page: RosterPage, bench: Workbench, lang: str, wide: int
) -> None:
    bench.speak(lang)
    page.resize(wide, 600)
    QApplication.processEvents()
    assert page.bar.width() == wide
    for button in page.bar.buttons():
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert page.bar.rect().contains(button.geometry())
    assert page.bar.date.width() >= page.bar.date.sizeHint().width()
    legend: RosterLegend = page.legend
    for entry, x, line in legend._places(legend.width()):
        assert x + entry.wide + 5 + width(entry.words, SMALL) <= legend.width()
        assert (line + 1) * 22 <= legend.height()


def test_screen_readers_find_a_table_of_sentences(page: RosterPage) -> None:
    found = QAccessible.queryAccessibleInterface(page.grid.duties)
    assert found.role() == QAccessible.Role.Table
    assert found.text(QAccessible.Text.Name) == "Duties: people by days"
    names = [found.child(place).text(QAccessible.Text.Name) for place in range(found.childCount())]
    assert set(cells(page)) <= set(names)


def test_a_board_that_nobody_sees_waits(
    page: RosterPage, document: Document, bench: Workbench
) -> None:
    before = page.rows
    page.hide()
    bench.do(Assign(scenario=BASE, duties=(("AS-03", 12, "N"),)))
    assert page.rows is before
    page.show()
    assert page.rows is not before
    assert "Night" in at(page, "AS-03", 12)


def test_without_staff_the_board_says_where_to_enter_them(
    page: RosterPage, bench: Workbench, qtbot: QtBot
) -> None:
    bench.take(
        Document.of(Study(id="none", base=replace(ward(), staff=(), absences=(), requests=())))
    )
    assert page.no_staff.isVisible()
    with qtbot.waitSignal(bench.asked_for_view) as asked:
        page.no_staff.button.click()
    assert asked.args == ["facts"]


def test_what_other_views_show_on_shared_actions_leaves_the_roster_alone(
    page: RosterPage, bench: Workbench
) -> None:
    page.actions_["differences"].trigger()
    page.hide()
    page.actions_["legend"].setChecked(False)  # as another view does when it is shown
    page.actions_["differences"].setChecked(False)
    page.show()
    assert page.legend.isVisible()
    assert page.grid.duties.ghosts
    assert page.actions_["legend"].isChecked()
    assert page.actions_["differences"].isChecked()
    assert bench.settings.value("roster/legend", "yes") == "yes"
    page.actions_["legend"].trigger()
    assert not page.legend.isVisible()
    assert bench.settings.value("roster/legend", "yes") == "no"
    assert page.bar.differences.toolTip() == "Show what the parent’s plan has (Ctrl+D)"
