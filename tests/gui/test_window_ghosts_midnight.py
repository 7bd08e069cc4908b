"""F42 for ghosts: where the parent has what runs past midnight, on every day that it touches.

What is to be seen is stated here by hand, and counted in the tree of accessible things.
"""

import datetime as dt
from dataclasses import replace

import pytest
from board_pages import compare_page
from kpi_house import case, house, session
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot
from theatre_house import board

from data.report import report_page
from planner.changes import ChangeSet, Set
from planner.clock import Horizon
from planner.compare import compare
from planner.edits import AdoptPlan, Branch, Record
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import Study
from ui.window.boards.theatre_carried import Carried, Landing, frame_of
from ui.window.document import Document
from ui.window.workbench import Workbench

W = "\u00a0"
GHOSTS = {
    0: (
        "In “Base”: L, 21:00–24:00 · 3{W}h of 4{W}h{W}30 on this day · here R1, Tue 24 Mar, 08:00",
    ),
    1: (
        "In “Base”: L, 00:00–01:30 · 1{W}h{W}30 of 4{W}h{W}30 on this day · here R1, Tue 24 Mar, 08:00",
        "In “Base”: K, 02:00–04:00 · here R1, Wed 25 Mar, 00:30",
    ),
}
"""The two cases of the night by day, as the board of the scenario has to tell them."""


def night() -> Problem:
    """One theatre from 20:00 to 04:00 on 21 March, and from 08:00 on, and over midnight, on the 24th."""
    late, day = session("N", 0, start=1200, end=1680), session("D", 3)
    other = session("M", 3, start=1200, end=1680)
    cases = (case("L", 270), case("K", 120))
    horizon = Horizon(start=dt.date(2026, 3, 21), days=7)
    return replace(house(sessions=(late, day, other), cases=cases), horizon=horizon)


def nightly(bench: Workbench) -> Document:
    """Open the night with both cases in it, and a scenario that has them three days later."""
    QAccessible.setActive(True)
    document = Document.of(Study(id="t", name="t", base=night()))
    there = (Placement("L", "N", "X1", 1260), Placement("K", "N", "X1", 1560))
    document.do(AdoptPlan(scenario="base", plan=Plan.build(there)))
    document.do(Branch(parent="base", name="Later"))
    moved = (Placement("L", "D", "X1", 480), Placement("K", "M", "X1", 1470))
    document.do(AdoptPlan(scenario="Later", plan=Plan.build(moved)))
    bench.take(document)
    document.show("Later")
    return document


def told(view: QAbstractItemView) -> list[str]:
    """Give the names that the tree of accessible things has for a board."""
    found = QAccessible.queryAccessibleInterface(view)
    children = [found.child(n) for n in range(found.childCount())]
    return [child.text(QAccessible.Text.Name) for child in children]


def haunting(view: QAbstractItemView, words: str = "In ") -> list[str]:
    return [name for name in told(view) if name.startswith(words)]


def expected(day: int, reference: str = "base") -> list[str]:
    there = (each.replace("{W}", W) for each in GHOSTS.get(day, ()))
    return [each.replace("Base", "Base" if reference == "base" else reference) for each in there]


def test_ghosts_lie_on_every_day_they_touch(bench: Workbench, qtbot: QtBot) -> None:
    bench.speak("en")
    nightly(bench)
    page = board(bench, qtbot)
    page.toggle_differences()
    for day in (0, 1, 3, 4):
        page.open_day(day)
        assert page.model.scene.days == (day,)  # a day with nothing but ghosts can be gone to
        assert haunting(page.view) == expected(day)
        first, last = page.model.scene.hours
        shown = [item for item in page.model.scene.items if item.kind == "ghost"]
        assert all(first <= item.start < item.end <= last for item in shown)
    page.open_day(0)
    page.show_span("week")  # Monday to Sunday: the 21st is a Saturday
    assert haunting(page.view) == [*expected(0), *expected(1)]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_night_has_the_times_of_a_clock_on_the_wall(
    bench: Workbench, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    document = nightly(bench)
    document.show("base")
    page = board(bench, qtbot)
    for day in (0, 1):
        page.open_day(day)
        (name,) = [each for each in told(page.view) if each.startswith(("Session N", "Vacation N"))]
        assert f"20:00–04:00{W}+1" in name
        assert ("Sat 21 Mar" if lang == "en" else "sam. 21 mars") in name
        shown = page.model.scene
        bands = [item.band for item in shown.items if item.kind == "session" and item.band]
        labels = [label for band in bands for label in page.view.painter_.ladder(shown, band)]
        assert any(f"20:00–04:00{W}+1" in label for label in labels)
        assert not [each for each in told(page.view) if "28:00" in each or "26:00" in each]


@pytest.mark.parametrize("differences", [True, False])
def test_ghosts_of_a_comparison_lie_on_every_day_they_touch(
    bench: Workbench, qtbot: QtBot, differences: bool
) -> None:
    bench.speak("en")
    nightly(bench)
    page = compare_page(bench, qtbot)
    if not differences:
        page.show_differences(False)
        page.settle()
    assert page.pane.days == (0, 1, 3, 4)
    later = page.pane.theatres.boards[1]
    for day in (0, 1):
        page.pane.go(day)
        assert [theatre.id for theatre in page.pane.rows.shown] == ["R1"]
        assert haunting(later.view) == expected(day, "A · Base")


def test_ghosts_of_the_report_lie_on_every_day_they_touch(bench: Workbench) -> None:
    document = nightly(bench)
    sides = {name: document.outcome(name) for name in ("base", "Later")}
    text = report_page(compare(sides, "base"), sides, "en", made=dt.date(2026, 3, 20))
    for day in (0, 1):
        for each in expected(day, "Base"):
            assert text.count(f"<title>{each}</title>") == 1
    assert text.count('class="ghost"') == 3
    assert "20:00–28:00" not in text
    assert "26:00" not in text
    assert f"K · P · 00:30–02:30 · 2{W}h" in text


# --- a closed night, and the night on which an hour comes twice -----------------------------------


def test_a_closed_night_leaves_its_ghosts_after_midnight(bench: Workbench, qtbot: QtBot) -> None:
    """Without Differences: the session is shut, its cases are elsewhere."""
    bench.speak("en")
    document = nightly(bench)
    changes = (Set(kind="session", id="N", field="closed", expected=False, value=True),)
    document.do(Record(scenario="Later", group=ChangeSet(name="shut", changes=changes)))
    page = board(bench, qtbot)
    assert not page.differences
    for day in (0, 1):
        page.open_day(day)
        assert haunting(page.view) == expected(day)
    page.open_day(3)
    assert haunting(page.view) == []


@pytest.mark.parametrize(
    ("lang", "until", "start"),
    [
        ("en", "02:15–02:00 (winter time)", "In “Base”"),
        ("fr", "02:15–02:00 (heure d’hiver)", "Dans"),
    ],
)
def test_a_case_over_the_hour_that_comes_twice(
    bench: Workbench, qtbot: QtBot, lang: str, until: str, start: str
) -> None:
    """25 October: 02:15 and 45 minutes end at 02:00; three quarters of an hour are drawn."""
    bench.speak(lang)
    horizon = Horizon(start=dt.date(2026, 10, 24), days=7)
    late, day = session("N", 0, start=1200, end=1680), session("D", 3)
    problem = replace(house(sessions=(late, day), cases=(case("K", 45),)), horizon=horizon)
    QAccessible.setActive(True)
    document = Document.of(Study(id="t", name="t", base=problem))
    there = Plan.build([Placement("K", "N", "X1", 1575)])
    document.do(AdoptPlan(scenario="base", plan=there))
    document.do(Branch(parent="base", name="Later"))
    away = Plan.build([Placement("K", "D", "X1", 480)])
    document.do(AdoptPlan(scenario="Later", plan=away))
    bench.take(document)
    page = board(bench, qtbot)
    for name, kind, sign in (("base", "case", "K · "), ("Later", "ghost", start)):
        document.show(name)
        page.differences = name == "Later"
        page.open_day(1)
        page.refresh()
        (told_,) = haunting(page.view, sign)
        assert until in told_
        (item,) = [each for each in page.model.scene.items if each.kind == kind]
        assert (item.start, item.end, item.minutes or 45) == (135, 180, 45)
    sides = {name: document.outcome(name) for name in ("base", "Later")}
    text = report_page(compare(sides, "base"), sides, lang, made=dt.date(2026, 10, 20))
    assert text.count(until) >= 2  # the bar, and its ghost
    assert 'width="0"' not in text


def test_what_is_carried_is_framed_as_it_would_lie(bench: Workbench, qtbot: QtBot) -> None:
    """On 25 October 01:00 and three hours are until 03:00, as on 29 March one hour is."""
    for date, minutes in ((dt.date(2026, 10, 24), 180), (dt.date(2026, 3, 28), 60)):
        late = session("N", 0, start=1200, end=1680)
        horizon = Horizon(start=date, days=2)
        problem = replace(house(sessions=(late,), cases=(case("K", minutes),)), horizon=horizon)
        document = Document.of(Study(id="t", name="t", base=problem))
        bench.take(document)
        page = board(bench, qtbot)
        page.open_day(1)
        landing = Landing(0, 0, 60, late, 1500)
        frame = frame_of(page.view, landing, Carried(problem.cases[0], minutes, None))
        assert frame == page.view.layout_.block(0, 0, 60, 180)
