"""Words on pictures that a reader could take for others: ghosts, dates, units, names, marks beside them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot
from theatre_house import shown

from planner.boards.theatre_lanes import Thing
from planner.kpis import catalogue
from planner.people import ShiftId
from planner.rostering import ShiftType
from planner.words import say
from ui.window.boards.roster_painter import FRAME
from ui.window.boards.roster_stamps import Stamps
from ui.window.boards.roster_tiles import Tiles, ghost_ladder
from ui.window.boards.theatre_bands import Look
from ui.window.boards.theatre_lane_painter import NAME, name_lines
from ui.window.look.tokens import THEMES
from ui.window.look.type import TINY, width
from ui.window.panels.indicators import IndicatorStrip
from ui.window.workbench import Workbench


def test_a_ghost_is_written_short_only_where_no_other_shift_is_meant() -> None:
    assert ghost_ladder("N12", ("N12", "N10", "M")) == ("N12",)
    assert ghost_ladder("N12", ("N12", "N")) == ("N12",)
    assert ghost_ladder("N12", ("N12", "M")) == ("N12", "N")
    assert ghost_ladder("12H", ("12H", "8H")) == ("12H", "12")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_days_of_four_weeks_are_written_in_one_form(
    bench: Workbench, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    page = shown(bench, qtbot)
    page.show_span("month")
    known = set()
    for wide in range(500, 2400, 50):
        page.resize(wide, 700)
        dates = page.view.times.dates()
        told = [words.split() for words in dates.values()]
        forms = {(len(words), len(words[0]) if len(words) > 1 else 0) for words in told}
        assert len(forms) == 1
        if len(told[0]) > 1:
            assert len({words[0] for words in told}) == 5
        known |= forms
    assert len(known) == 2  # more letters where there is room


@pytest.mark.parametrize("late", [5, 25, 100])
def test_late_minutes_of_four_weeks_have_one_form(
    bench: Workbench, qtbot: QtBot, late: int
) -> None:
    loads = shown(bench, qtbot).view.painter_.loads
    look = Look(33, 60, "S", ("ORT",), 5, 90, late, 0, "", False, "", "fr", 1.0)
    assert [line.ladder for line in loads._figures(look)][-1] == (f"+{late}'",)


def test_the_strip_tells_a_small_difference_as_a_comparison_does(
    bench: Workbench, qtbot: QtBot
) -> None:
    strip = IndicatorStrip(bench, "theatre")
    qtbot.addWidget(strip)
    (fill,) = (kpi for kpi in catalogue() if kpi.name == "planned_fill")
    before = SimpleNamespace(figure=lambda _: 85.23, problem=None)
    outcome = SimpleNamespace(figure=lambda _: 85.24, problem=None, reference=before)
    bench.speak("en")
    told = strip.say(fill, cast(Any, outcome))
    assert (told.value, told.difference, told.sense) == (
        "85.24%",
        "+0.01\N{NO-BREAK SPACE}pts",
        "better",
    )
    same = SimpleNamespace(figure=lambda _: 85.23, problem=None, reference=before)
    told = strip.say(fill, cast(Any, same))
    assert (told.value, told.difference, told.sense) == ("85.2%", "=", "")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("what", ["refused", "granted"])
def test_the_mark_of_a_wish_keeps_away_from_the_letters_of_a_low_cell(
    bench: Workbench, theme: str, what: str
) -> None:
    ratio = 4
    tiles = Tiles(THEMES[theme], ratio, {"N12": ShiftType(id=ShiftId("N12"), start=1140, end=1860)})
    mark = Stamps(THEMES[theme], ratio).wish(what, low=True).toImage()
    tile = tiles.tile("N12", 24, 14, wished=True).toImage()
    ground = tile.pixel(2 * ratio, 10 * ratio)
    around = [(x, y) for x in (0, 1) for y in (0, 1)]
    checked = 0
    for x in range(mark.width()):
        for y in range(mark.height()):
            if mark.pixelColor(x, y).alpha() > 40:
                for beside in around:  # a tile begins a pixel inside its cell
                    across, down = x - ratio + beside[0], y - ratio + beside[1]
                    if min(across, down) >= 2 * ratio:  # the corner of the tile is round
                        checked += 1
                        assert tile.pixel(across, down) == ground
    assert checked > 5


def test_a_thing_has_one_name_in_its_lane_and_in_the_heading() -> None:
    for name, lines in (
        ("Salle de réveil", ("Salle de", "réveil")),
        ("Chirurgie", ("Chirurgie",)),
        ("Unité de chirurgie ambulatoire centrale", ("UCA",)),
    ):
        found = name_lines(Thing("ward", "UCA", name, ()), "UC", NAME)
        assert found[1] == lines
        assert all(width(line, found[0], 500) <= NAME for line in lines)


@pytest.mark.parametrize(
    ("lang", "one", "two"), [("fr", "il manque 1 lit ", "2 lits "), ("en", "1 bed ", "2 beds ")]
)
def test_a_full_ward_is_told_in_the_right_number(lang: str, one: str, two: str) -> None:
    facts = {"ward": "CHIR", "day": dt.date(2026, 10, 5)}
    assert one in say("ward_full", lang, n=1, beds=1, free=0, **facts)
    assert two in say("ward_full", lang, n=2, beds=3, free=1, **facts)


def test_a_ghost_stands_whole_in_an_empty_cell_of_four_weeks() -> None:
    """At 1366 pixels the narrowest cell of a comparison is 25 wide, 4 of them its dashed frame."""
    assert all(width(id, TINY, 500) <= 25 - FRAME for id in ("N12", "D12", "J10"))
