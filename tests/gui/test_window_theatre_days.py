"""Days and weeks on the theatre board: stepping, midnight, the clock change, the menu of days."""

import datetime as dt
from dataclasses import replace

import pytest
from kpi_house import case, session
from pytestqt.qtbot import QtBot
from theatre_house import PROBLEM, opened, shown, told

from planner.clock import Horizon
from planner.edits import Branch
from planner.hand_edits import Place
from planner.plan import Placement
from ui.window.boards.theatre_page import TheatrePage
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


def test_days_weeks_and_filters(page: TheatrePage, bench: Workbench) -> None:
    assert page.all_days == (0, 1, 3, 8)
    page.step(1)
    assert page.model.scene.days == (1,)
    page.step(-1)
    page.step(-1)
    assert page.model.scene.days == (0,)
    page.show_span("week")
    assert page.model.scene.days == (0, 1, 2, 3, 4)
    page.step(1)
    assert page.model.scene.days == (7, 8, 9, 10, 11)
    assert "24" in page.bar.date.text()
    page.step(1)
    assert page.day == 7  # there is nothing later
    page.open_day(8)
    assert (page.span, page.model.scene.days) == ("day", (8,))
    page.open_day(0)
    page.bar._filter("T", True)
    assert [theatre.id for theatre in page.model.scene.theatres] == ["R2"]
    assert page.tray.model.rowCount() == 0
    assert "(1)" in page.bar.specialties.text()
    page.bar.clear()
    assert [theatre.id for theatre in page.model.scene.theatres] == ["R1", "R2"]


def test_two_weeks_over_the_clock_change_are_fourteen_columns(
    page: TheatrePage, bench: Workbench
) -> None:
    """F04: every day once, 25 October with its 25 hours too."""
    horizon = Horizon(start=dt.date(2026, 10, 19), days=14)
    daily = tuple(session(f"S{day}", day) for day in range(14))
    opened(bench, replace(PROBLEM, horizon=horizon, sessions=daily), ())
    assert page.all_days == tuple(range(14))
    page.show_span("week")
    seen = [*page.model.scene.days]
    page.step(1)
    seen += page.model.scene.days
    assert seen == list(range(14))
    dates = [horizon.date(day).isoformat() for day in seen]
    assert len(set(dates)) == 14
    assert dates[6] == "2026-10-25"
    assert page.view.layout_.column * 7 == pytest.approx(page.view.layout_.width)


def test_the_menu_of_days_marks_those_that_differ(page: TheatrePage, bench: Workbench) -> None:
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    bench.do(Place(scenario="other", placement=Placement("K3", "E", "X2", 480)))
    page.bar.dates_menu.aboutToShow.emit()
    weeks = [action.menu() for action in page.bar.dates_menu.actions()]
    days = [action for week in weeks for action in week.actions()]
    assert [len(week.actions()) for week in weeks] == [3, 1]
    assert [action.isChecked() for action in days] == [True, False, False, False]
    assert ["other than the parent" in action.text() for action in days] == [False] * 3 + [True]
    days[3].trigger()
    assert page.model.scene.days == (8,)


@pytest.mark.parametrize(("start", "end"), [("2026-03-21", "02:30"), ("2026-03-28", "03:30")])
def test_a_case_past_midnight_is_seen_on_both_days(
    page: TheatrePage, bench: Workbench, start: str, end: str
) -> None:
    """F42 in the window: cut at midnight, the clock change included."""
    horizon = Horizon(start=dt.date.fromisoformat(start), days=2)
    late = session("N", 0, start=1200, end=1440)
    problem = replace(PROBLEM, horizon=horizon, sessions=(late,), cases=(case("K", 270),))
    opened(bench, problem, (Placement("K", "N", "X1", 1320),))
    assert page.all_days == (0, 1)
    (evening,) = [item for item in page.model.scene.items if item.kind == "case"]
    assert (evening.start, evening.end, evening.minutes) == (1320, 1440, 120)
    page.step(1)
    (morning,) = [item for item in page.model.scene.items if item.kind == "case"]
    assert (morning.start, morning.minutes, morning.over) == (0, 150, True)
    (name,) = [name for name in told(page) if name.startswith("K ·")]
    assert f"00:00–{end}" in name
    assert "2\u00a0h\u00a030 of 4\u00a0h\u00a030" in name
    page.show_span("week")
    days = {item.place for item in page.model.scene.items if item.kind == "case"}
    assert len(days) == 2
