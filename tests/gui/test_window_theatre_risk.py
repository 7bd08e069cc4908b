"""The chance of a session to finish late, on the board, in its bubble and in its details."""

from dataclasses import replace

import pytest
from kpi_house import case, session
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, board, opened, told

from planner.boards.theatre import Band
from planner.edits import Branch, KeepForecast
from planner.forecast import Forecast, SessionForecast
from planner.hand_edits import Place, TakeOut
from planner.kpis import sheet
from planner.plan import Placement
from planner.theatre_view import TheatreView
from planner.words import LANGUAGES
from solvers.risk.simulation import simulate
from ui.window.actions import Actions
from ui.window.boards.theatre_legend import TheatreLegend
from ui.window.boards.theatre_model import ITEM
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_risk import Risks, Tail, faded
from ui.window.boards.theatre_scene import Item
from ui.window.document import Document
from ui.window.panels.detail import DetailPanel
from ui.window.run import Run
from ui.window.workbench import Workbench

HOUSE = replace(
    PROBLEM,
    sessions=(
        session("A", end=780),
        session("B", start=780),
        session("C", theatre="R2", end=900),
        *PROBLEM.sessions[3:],
    ),
    cases=(*PROBLEM.cases, case("K5", 120), case("K6", 200)),
)
PLAN = (
    Placement("K1", "A", "X1", 480),
    Placement("K5", "A", "X1", 640),
    Placement("K2", "B", "X1", 800),
    Placement("K6", "C", "X2", 690),
)


@pytest.fixture
def document(bench: Workbench) -> Document:
    made = opened(bench, HOUSE, PLAN)
    made.do(KeepForecast(scenario="base", forecast=simulated(made)))
    return made


def simulated(document: Document, seed: int = 1) -> Forecast:
    view = TheatreView(document.problem, document.plan)
    made = simulate(view, replications=500, seed=seed)
    assert made is not None
    return made


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> TheatrePage:
    return board(bench, qtbot, 1100)


def item(page: TheatrePage, id: str) -> Item:
    (number,) = page.model.numbers("session", id)
    return page.model.item(number)


def band(page: TheatrePage, id: str) -> Band:
    found = item(page, id).band
    assert found is not None
    return found


def tail(page: TheatrePage, id: str) -> Tail:
    found = page.view.painter_.risks.tail(page.model.scene, page.view.layout_, item(page, id))
    assert found is not None
    return found


def shown(page: TheatrePage) -> QImage:
    page.view.viewport().repaint()
    return page.view.viewport().grab().toImage()


def test_a_tail_goes_from_the_planned_end_to_where_95_days_of_100_are_over(
    page: TheatrePage, document: Document
) -> None:
    layout, expected = page.view.layout_, band(page, "C").expected
    assert expected is not None
    found = tail(page, "C")
    assert found.begin == pytest.approx(layout.x(0, 890))
    assert found.tip == pytest.approx(layout.x(0, expected.nearly))
    assert page.view.painter_.risks.beside(found, expected.late)


def test_a_number_without_room_beside_its_tail_stands_over_the_band(
    page: TheatrePage, bench: Workbench
) -> None:
    """The morning is followed by the first case of the afternoon."""
    found, expected = tail(page, "A"), band(page, "A").expected
    assert expected is not None
    assert found.edge < found.tip
    assert not page.view.painter_.risks.beside(found, expected.late)
    with_number = shown(page)
    document = bench.document
    assert document is not None
    document.do(KeepForecast(scenario="base", forecast=Forecast()))
    assert band(page, "A").outdated
    assert shown(page) != with_number


def test_a_ghost_hides_no_number(page: TheatrePage, bench: Workbench, document: Document) -> None:
    """Where the parent has a case just after the planned end, the number goes over the band."""
    document.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(TakeOut(scenario="other", cases=frozenset({"K5"})))
    bench.do(Place(scenario="other", placement=Placement("K1", "A", "X1", 570)))
    found, late = simulated(document), 400
    document.do(KeepForecast(scenario="other", forecast=found))
    risks = page.view.painter_.risks
    assert risks.beside(tail(page, "A"), late)
    page.toggle_differences()
    assert tail(page, "A").edge == page.view.layout_.x(0, 640) - 2
    assert not risks.beside(tail(page, "A"), late)
    shown(page)


def test_a_real_risk_goes_before_the_fill(page: TheatrePage) -> None:
    risks, scene, layout = page.view.painter_.risks, page.model.scene, page.view.layout_
    expected = band(page, "A").expected
    assert expected is not None
    for late, wanted in ((0, False), (149, False), (150, True), (900, True)):
        shown_ = band(page, "A")._replace(expected=expected._replace(late=late))
        assert bool(risks.needs(scene, layout, item(page, "A")._replace(band=shown_))) == wanted
    assert risks.needs(scene, layout, item(page, "C")) == 0, "it stands beside the tail"
    rect, picture = QRectF(0, 0, 120, 40), QImage(200, 60, QImage.Format.Format_ARGB32)
    with QPainter(picture) as painter:
        filled = page.view.painter_.filled
        assert filled(painter, scene, rect, band(page, "A")) > 20
        assert filled(painter, scene, rect, band(page, "A"), kept=90) < 20
        assert filled(painter, scene, rect, band(page, "A"), kept=900) > 20, "it has no room at all"


@pytest.mark.parametrize(
    ("late", "look"), [(0, "turn"), (149, "turn"), (150, "soft_mark"), (350, "hard")]
)
def test_colours_say_what_the_number_says(
    page: TheatrePage, bench: Workbench, late: int, look: str
) -> None:
    document = bench.document
    assert document is not None
    made = simulated(document)
    (day,) = made.days
    sessions = tuple(each._replace(late=late, over=0) for each in day.sessions)
    forecast = replace(made, days=(day._replace(sessions=sessions),))
    document.do(KeepForecast(scenario="base", forecast=forecast))
    picture, found = shown(page), tail(page, "C")
    frame = page.view.painter_.risks.frame(page.model.scene, page.view.layout_, item(page, "C"))
    colours = {
        picture.pixelColor(QPoint(round(found.begin) + 3, y)).name()
        for y in range(round(frame.top()), round(frame.bottom()))
    }
    wanted = {name: faded(bench.theme, name).name() for name in ("turn", "soft_mark", "hard")}
    assert colours & set(wanted.values()) == {wanted[look]}


def test_pointing_at_a_tail_means_its_session(page: TheatrePage) -> None:
    found = tail(page, "C")
    at = page.view.painter_.risks.frame(page.model.scene, page.view.layout_, item(page, "C"))
    index = page.view.indexAt(QPoint(round(found.tip) - 2, round(at.center().y())))
    assert index.data(ITEM).id == "C"
    beyond = page.view.indexAt(QPoint(round(at.right()) + 12, round(at.center().y())))
    assert not beyond.isValid()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bubble_and_the_details_say_it_in_words(
    page: TheatrePage, bench: Workbench, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    expected = band(page, "C").expected
    assert expected is not None
    share = f"{round(expected.late / 10)}"
    (named,) = (name for name in told(page) if " C " in name)
    word = {"en": "chance to finish late", "fr": "risque de dépassement"}[lang]
    assert f"{share}" in named
    assert word in named
    panel = DetailPanel(bench, Actions(bench, bench))
    qtbot.addWidget(panel)
    panel.show()
    bench.selection.pick("session", "C", day=0)
    assert any(word in each.text() for each in panel.findChildren(QLabel))
    legend = TheatreLegend(bench)
    qtbot.addWidget(legend)
    assert any(words == bench.say("forecast.legend") for words, _ in legend.entries)


def test_a_case_that_moves_makes_the_day_out_of_date_until_it_is_undone(
    page: TheatrePage, bench: Workbench
) -> None:
    document = bench.document
    assert document is not None
    kpi = "late_chance"
    before = sheet(document.outcome())[kpi]
    assert before is not None
    assert bench.do(Place(scenario="base", placement=PLAN[3]._replace(start=600)))
    assert all(band(page, id).outdated and band(page, id).expected is None for id in "ABC")
    assert any(bench.say("forecast.outdated") in name for name in told(page))
    assert sheet(document.outcome())[kpi] is None
    document.stack.undo()
    assert band(page, "C").expected is not None
    assert sheet(document.outcome())[kpi] == before
    assert bench.do(Place(scenario="base", placement=Placement("K3", "E", "X1", 480)))
    assert band(page, "C").expected is not None, "another day, another forecast"


def test_the_forecast_of_a_run_comes_with_its_plan(bench: Workbench, document: Document) -> None:
    fresh = simulated(document, seed=2)
    before = document.outcome()
    run = Run(scenario="base", request=None, before=before, seconds=1.0)  # type: ignore[arg-type]
    assert run.take(before)
    last = before.against(before)
    last.forecast = fresh
    assert run.take(last), "the same plan, with the last word on it"
    assert run.best is last


def test_without_room_or_reason_there_is_no_tail(bench: Workbench, page: TheatrePage) -> None:
    risks = Risks(bench)
    scene, layout = page.model.scene, page.view.layout_
    assert risks.tail(scene, layout, item(page, "C")._replace(over=True)) is None
    early = band(page, "C")._replace(expected=SessionForecast("C", 0, 0, 0, 880, 885, 890))
    assert risks.tail(scene, layout, item(page, "C")._replace(band=early)) is None
    assert risks.frame(scene, layout, item(page, "C")._replace(band=None)).isEmpty()


def test_nothing_is_said_where_nothing_was_simulated(bench: Workbench, qtbot: QtBot) -> None:
    opened(bench, PROBLEM, PLACED)
    made = TheatrePage(bench, Actions(bench, bench))
    qtbot.addWidget(made)
    made.show()
    assert not any("imul" in name for name in told(made))
