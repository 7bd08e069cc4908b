"""The strip of indicators: figures of the plan, differences to the parent's, room for all of them."""

from itertools import pairwise

import pytest
from kpi_house import crowded_house
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.edits import AdoptPlan, Branch
from planner.hand_edits import TakeOut
from planner.kpis import sheet
from planner.plan import Placement, Plan
from planner.study import Study
from planner.words import say
from ui.window.document import Document
from ui.window.look.type import SMALL, width
from ui.window.panels.indicators import TILE, TILES, IndicatorStrip
from ui.window.workbench import Workbench

PLAN = Plan.build([Placement("K0", "A1", "X1", 480), Placement("K1", "A1", "X1", 530)])


@pytest.fixture
def document(bench: Workbench) -> Document:
    found = Document.of(Study(id="i", name="i", base=crowded_house()))
    found.do(AdoptPlan(scenario="base", plan=PLAN))
    bench.take(found)
    return found


def shown(bench: Workbench, qtbot: QtBot, part: str, wide: int) -> IndicatorStrip:
    made = IndicatorStrip(bench, part)
    qtbot.addWidget(made)
    made.resize(wide, 50)
    made.show()
    qtbot.waitUntil(lambda: bool(made.shown))
    return made


def test_values_are_those_of_the_indicators(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    strip = shown(bench, qtbot, "theatre", 1400)
    values = sheet(document.outcome())
    told = {kpi.name: words.value for kpi, words in zip(strip.kpis, strip.shown, strict=True)}
    assert list(told) == list(TILES["theatre"])
    assert told["scheduled"] == f"2 / {len(document.problem.cases)}"
    assert told["hard_breaches"] == str(values["hard_breaches"])
    assert told["planned_fill"].startswith(f"{values['planned_fill']:.1f}")
    assert all(words.difference == "" for words in strip.shown)  # the base has no parent


def test_differences_to_the_parent_say_better_or_worse(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    strip = shown(bench, qtbot, "theatre", 1400)
    bench.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(TakeOut(scenario="other", cases=frozenset({"K1"})))
    place = TILES["theatre"].index("scheduled")
    qtbot.waitUntil(lambda: strip.shown[place].difference != "")
    tile = strip.tiles[place]
    assert (strip.shown[place].difference, strip.shown[place].sense) == ("−1", "worse")
    assert tile.difference.text() == "▼ −1"
    assert tile.difference.property("look") == "worse"
    assert "worse" in tile.accessibleName()
    assert tile.accessibleName().startswith(f"{strip.shown[place].title}: ")
    bench.speak("fr")
    qtbot.waitUntil(lambda: "moins bien" in tile.accessibleName())
    assert tile.accessibleName().startswith("Cas programmés\u202f: ")
    assert tile.toolTip() == strip.shown[place].definition


@pytest.mark.parametrize("part", ["theatre", "roster"])
@pytest.mark.parametrize("wide", [300, 924, 1400])
def test_what_has_no_room_waits_in_a_menu(
    bench: Workbench, document: Document, qtbot: QtBot, part: str, wide: int
) -> None:
    bench.speak("fr")
    strip = shown(bench, qtbot, part, wide)
    QApplication.processEvents()
    seen = [tile for tile in strip.tiles if tile.isVisible()]
    kept = strip.menu.actions()
    assert len(seen) + len(kept) == len(TILES[part])
    assert (wide >= TILE * len(TILES[part])) == (not kept)
    for tile in seen:
        assert tile.width() >= tile.sizeHint().width(), tile.title.text()


@pytest.mark.parametrize(("wide", "count"), [(922, 6), (1362, 8)])  # at 1366 and at 1920 pixels
def test_as_many_tiles_stand_side_by_side_as_the_look_says(
    bench: Workbench, document: Document, qtbot: QtBot, wide: int, count: int
) -> None:
    strip = shown(bench, qtbot, "theatre", wide)
    QApplication.processEvents()
    seen = [tile for tile in strip.tiles if tile.isVisible()]
    assert len(seen) == count
    assert strip.more.isVisible() == (count < len(strip.tiles))
    assert strip.more.geometry().right() < wide
    assert strip.more.text() == f"+{len(strip.tiles) - count}"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("part", ["theatre", "roster"])
def test_names_are_whole_in_the_narrowest_tile(lang: str, part: str) -> None:
    for name in TILES[part]:
        title = say(f"indicator.{name}", lang, group="REANIM").split(" · ")[0]
        assert width(title, SMALL) <= TILE - 14, title


def test_figures_are_worked_out_one_after_another(
    bench: Workbench, document: Document, qtbot: QtBot
) -> None:
    strip = shown(bench, qtbot, "theatre", 1400)
    before = strip.shown
    bench.do(Branch(parent="base", name="other"))
    document.show("other")
    bench.do(TakeOut(scenario="other", cases=frozenset({"K1"})))
    strip.later.stop()
    outcome, known = document.outcome(), []
    for _ in strip._renewing():
        known.append(len(outcome.figures))
        assert strip.shown == before, "all are shown at once"
    assert len(known) > 3
    assert all(after - was <= 1 for was, after in pairwise(known))
    assert strip.shown != before
