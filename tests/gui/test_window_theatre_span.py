"""A day, a week, four weeks: what the theatre board shows of each, and the ways from one to another."""

from dataclasses import replace

import pytest
from kpi_house import session
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, kinds, opened, shown, told

from planner.cases import CaseId
from planner.clock import Horizon
from planner.edits import Branch
from planner.hand_edits import Place
from planner.plan import Placement
from ui.window.actions import Actions
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_span import SPANS, other, read_span, span_days, span_step
from ui.window.look.type import TINY, width
from ui.window.workbench import Workbench

MONDAYS = Horizon(start=PROBLEM.horizon.start, days=70)


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    return shown(bench, qtbot)


def test_four_weeks_begin_with_the_first_week_that_has_anything() -> None:
    there = (8, 9, 33, 40)
    assert span_days(MONDAYS, "day", 9, there) == (9,)
    assert span_days(MONDAYS, "week", 9, there) == tuple(range(7, 12))
    month = span_days(MONDAYS, "month", 30, there)
    assert (month[0], month[-1], len(month)) == (7, 33, 24)  # and four Saturdays
    assert {day % 7 for day in month} == {0, 1, 2, 3, 4, 5}
    assert span_days(MONDAYS, "month", 40, there)[0] == 35
    assert span_days(MONDAYS, "month", 3, ()) == tuple(d for d in range(28) if d % 7 < 5)


def test_four_weeks_end_with_the_horizon_and_what_reaches_beyond_it() -> None:
    short = Horizon(start=PROBLEM.horizon.start, days=14)
    weekdays = tuple(d for d in range(14) if d % 7 < 5)
    assert span_days(short, "month", 3, (0, 1, 9)) == weekdays
    assert span_days(short, "month", 3, ()) == weekdays
    assert span_days(short, "month", 9, (0, 14))[-1] == 18  # a night that ends after it
    assert span_days(Horizon(start=PROBLEM.horizon.start, days=1), "month", 0, (0,)) == tuple(
        range(5)
    )


def test_a_procedure_has_one_code_in_a_week(page: TheatrePage, bench: Workbench) -> None:
    page.show_span("week")
    scene, bars = page.model.scene, page.view.painter_.bars
    item = next(each for each in scene.items if each.bar is not None)
    assert item.bar is not None
    procedure = str(item.bar.case.procedure)
    assert scene.least[procedure] == min(
        each.end - each.start
        for each in scene.items
        if each.bar is not None and each.bar.case.procedure == item.bar.case.procedure
    )
    longer = replace(
        scene, codes={procedure: "HIPS"}, tiny={procedure: "HI"}, least={procedure: 30}
    )
    for wide in range(12, 90):  # as many pixels as minutes, three times and five times as long
        ladders = {
            bars.titles(longer, item._replace(start=0, end=30 * many), item.bar, wide * many)[1:]
            for many in (1, 3, 5)
        }
        assert len(ladders) == 1, wide
    page.show_span("day")
    assert not page.model.scene.least


def test_a_specialty_has_one_code_in_four_weeks(page: TheatrePage) -> None:
    page.show_span("month")
    scene, painter, shown_ = page.model.scene, page.view.painter_, page.view.layout_
    (band, *_) = [each.band for each in scene.items if each.band is not None]
    own = replace(band.session, owners=frozenset({"ORTHOPAEDICS"}))  # type: ignore[arg-type]
    named = replace(scene, owners={"ORTHOPAEDICS": "ORT", "EYES": "EYE"})
    band = band._replace(session=own)
    narrow, wide = replace(shown_, column=42.0), replace(shown_, column=300.0)
    assert painter.codes(named, narrow, band) == ("ORT",)
    assert painter.codes(named, wide, band) == ("ORTHOPAEDICS",)
    eyes = band._replace(session=replace(own, owners=frozenset({"EYES"})))  # type: ignore[arg-type]
    assert painter.codes(named, narrow, eyes) == ("EYE",), "short as all others"


def test_steps_go_to_spans_that_have_anything() -> None:
    there = (1, 3, 40)
    assert span_step(MONDAYS, "day", 1, there, 1) == 3
    assert span_step(MONDAYS, "day", 1, there, -1) == 1
    assert span_step(MONDAYS, "week", 3, there, 1) == 3  # nothing in the next one
    assert span_step(MONDAYS, "month", 3, there, 1) == 28
    assert span_step(MONDAYS, "month", 40, there, -1) == 0
    assert [other(span, 1) for span in SPANS] == ["day", "day", "week"]
    assert [other(span, -1) for span in SPANS] == ["week", "month", "month"]
    assert [read_span(kept) for kept in ("week", "", None)] == ["week", "day", "day"]


def test_four_weeks_show_sessions_alone_that_say_all_of_their_cases(
    page: TheatrePage, bench: Workbench
) -> None:
    page.show_span("month")
    assert kinds(page) == {"session": 5}
    assert page.view.layout_.coarse
    assert page.model.scene.days == tuple(d for d in range(14) if d % 7 < 5)
    assert bench.do(Place(scenario="base", placement=Placement("K3", "A", "X2", 500)))
    (number,) = page.model.numbers("session", "A")
    assert page.view.painter_.sign(number, page.model.item(number)) == "hard"  # K1 and K3 overlap
    for lang, words in (("en", "3 cases"), ("fr", "3 cas")):
        bench.speak(lang)
        (name,) = [name for name in told(page) if " A " in name.splitlines()[0]]
        assert words in name
        assert len([line for line in name.splitlines() if line.startswith(("Must", "Obl"))]) == 1
    page.view.viewport().grab()  # painting it raises nothing


def test_a_selected_case_rings_its_session_and_is_found_again_on_its_day(
    page: TheatrePage, bench: Workbench
) -> None:
    page.show_span("month")
    bench.selection.go("case", "K2")
    (index,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(index).id == "A"
    page.open_day(0)
    (index,) = page.view.selectionModel().selectedIndexes()
    assert page.model.item(index).id == "K2"


def test_a_long_session_does_not_make_the_others_narrow(bench: Workbench, qtbot: QtBot) -> None:
    watch = session("W", 2, start=0, end=1440, theatre="R2")
    opened(bench, replace(PROBLEM, sessions=(*PROBLEM.sessions, watch)), PLACED)
    page = TheatrePage(bench, Actions(bench, bench))
    qtbot.addWidget(page)
    page.show()
    page.show_span("month")
    assert page.model.scene.hours == (480, 960)
    (number,) = page.model.numbers("session", "W")
    assert (page.model.item(number).start, page.model.item(number).end) == (480, 960)


def wheel(page: TheatrePage, notches: float, place: int = 0) -> None:
    shown = page.view.layout_
    at = QPointF(place * shown.column + shown.column / 2 - page.view.horizontalOffset(), 20)
    none, held = Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier
    turned, phase = QPoint(0, round(120 * notches)), Qt.ScrollPhase.NoScrollPhase
    there = page.view.viewport().mapToGlobal(at.toPoint()).toPointF()
    page.view.wheelEvent(QWheelEvent(at, there, QPoint(), turned, none, held, phase, False))


def test_the_wheel_goes_from_a_day_to_four_weeks_and_back(page: TheatrePage) -> None:
    wheel(page, -1)
    assert (page.span, page.view.zoom) == ("week", 1.0)
    wheel(page, -1)
    assert page.span == "month"
    wheel(page, -1)
    assert page.span == "month"  # nothing is coarser
    wheel(page, 1, place=6)  # Tuesday of the second week
    assert (page.span, page.day) == ("week", 8)
    for _ in range(9):
        wheel(page, 1, place=1)
    assert page.view.zoom == 5
    assert page.span == "week"
    wheel(page, 1, place=1)
    assert (page.span, page.day) == ("day", 8)


def test_small_turns_of_a_wheel_add_up(page: TheatrePage) -> None:
    wheel(page, -0.5)
    assert page.span == "day"
    wheel(page, 0.25)  # the other way: it zooms, and begins anew
    assert page.view.zoom > 1
    wheel(page, -0.25)
    wheel(page, -0.5)
    assert page.span == "day"
    wheel(page, -0.5)
    assert page.span == "week"


def test_keys_and_buttons_choose_and_are_remembered(page: TheatrePage, bench: Workbench) -> None:
    page.actions_["span_month"].trigger()
    assert page.bar.spans["month"].isChecked()
    assert [page.actions_[f"span_{span}"].isChecked() for span in SPANS] == [False, False, True]
    assert bench.settings.value("theatre/span", "") == "month"
    page.bar.spans["week"].click()
    assert (page.span, page.actions_["span_week"].isChecked()) == ("week", True)
    page.actions_["zoom_out"].trigger()
    assert page.span == "month"


@pytest.mark.parametrize("span", ["week", "month"])
def test_a_double_click_opens_the_day(page: TheatrePage, qtbot: QtBot, span: str) -> None:
    page.show_span(read_span(span))
    (number,) = page.model.numbers("session", "C")  # on Tuesday
    at = QPointF(page.view.visualRect(page.model.index(number)).center())
    kind, left = QMouseEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton
    page.view.mouseDoubleClickEvent(QMouseEvent(
        kind, at, page.view.viewport().mapToGlobal(at), left, left, Qt.KeyboardModifier.NoModifier
    ))  # fmt: skip
    assert (page.span, page.day) == ("day", 1)


def test_enter_opens_the_day_of_a_session(page: TheatrePage, qtbot: QtBot) -> None:
    page.show_span("month")
    (number,) = page.model.numbers("session", "C")
    page.view.setCurrentIndex(page.model.index(number))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert (page.span, page.day) == ("day", 1)


def test_every_day_of_four_weeks_has_a_date_that_fits(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("fr")
    page.resize(700, 500)
    page.show_span("month")
    assert page.view.layout_.column >= width("31", TINY) + 6
    page.view.times.grab()


def test_what_moved_inside_a_session_is_marked_and_counted(
    page: TheatrePage, bench: Workbench
) -> None:
    bench.speak("en")
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    page.show_span("month")
    (number,) = page.model.numbers("session", "A")
    rect = page.view.visualRect(page.model.index(number))
    for moved in (False, True):
        if moved:
            bench.do(Place(scenario="other", placement=Placement("K1", "A", "X1", 600)))
        picture = page.view.viewport().grab().toImage()
        corner = picture.pixelColor(rect.right() - 2, rect.bottom() - 2)
        assert (corner == bench.theme.colour("own")) == moved
        (name,) = [name for name in told(page) if " A " in name.splitlines()[0]]
        assert ("1 case moved" in name) == moved
    bench.selection.pick("surgeon", "X1")
    assert len(page.view.selectionModel().selectedIndexes()) == 1


def test_a_card_of_the_tray_can_be_carried_over_four_weeks(
    page: TheatrePage, bench: Workbench
) -> None:
    page.show_span("month")
    assert page.drag.take("K4")
    (number,) = page.model.numbers("session", "C")
    at = page.view.visualRect(page.model.index(number)).center()
    page.drag.over(at, page.view.viewport().mapToGlobal(at))
    page.drag.judge()
    page.view.viewport().grab()
    assert page.drag.landing is not None
    assert page.drag.landing.session.id == "C"
    assert page.drag.drop()
    where = bench.document.outcome().theatre.where(CaseId("K4"))  # type: ignore[union-attr]
    assert where is not None
    assert where.session.id == "C"
