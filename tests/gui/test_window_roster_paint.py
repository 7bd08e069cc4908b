"""The roster board as it is painted: tiles, outlines, ghosts, rows painted once and kept."""

from collections.abc import Sequence

import pytest
from board_pages import roster_page, ward_document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from planner.hand_edits import Assign
from planner.people import ShiftId
from planner.rostering import ShiftType
from planner.study import BASE
from ui.window.boards import roster_tiles
from ui.window.boards.roster_page import RosterPage
from ui.window.boards.roster_sheet import Sheet
from ui.window.boards.roster_strips import FEWEST, Strips
from ui.window.document import Document
from ui.window.look.duties import duties
from ui.window.look.tokens import THEMES
from ui.window.look.type import fitting
from ui.window.workbench import Workbench

TOLD = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def document(bench: Workbench) -> Document:
    return ward_document(bench)


@pytest.fixture
def page(bench: Workbench, document: Document, qtbot: QtBot) -> RosterPage:
    return roster_page(bench, qtbot)


def colour_at(page: RosterPage, person: str, day: int, x: int = 0, y: int = 0) -> QColor:
    """Give the colour of a point of a cell, counted from its middle."""
    box = page.grid.duties.box_of((person, day))
    assert box is not None
    image = page.grid.duties.viewport().grab().toImage()
    point = box.center().toPoint() + QPoint(x, y)
    ratio = image.devicePixelRatio()
    return QColor(image.pixel(round(point.x() * ratio), round(point.y() * ratio)))


def test_tiles_are_painted_in_the_tone_of_the_shift(page: RosterPage, bench: Workbench) -> None:
    night = duties(bench.theme)["night"].fill
    assert colour_at(page, "IADE-03", 5, x=-8) == night
    assert colour_at(page, "AS-03", 0, x=-8) == QColor(bench.theme.paper)
    assert colour_at(page, "AS-03", 5, x=-8) == QColor(bench.theme.weekend)
    bench.wear("dark")
    assert colour_at(page, "IADE-03", 5, x=-8) == duties(bench.theme)["night"].fill


def test_a_breach_has_one_outline_round_its_days(page: RosterPage, bench: Workbench) -> None:
    hard = QColor(bench.theme.hard)
    sheet = page.grid.sheet
    assert sheet is not None
    face = sheet.face(sheet.place["AS-02"])
    assert face.outlines == ((3, 4, "hard"),)
    first, last = (page.grid.duties.box_of(("AS-02", day)) for day in (3, 4))
    assert first is not None
    assert last is not None
    image = page.grid.duties.viewport().grab().toImage()
    middle = round(first.center().y())
    row = [QColor(image.pixel(x, middle)) for x in range(image.width())]
    edges = [x for x, colour in enumerate(row) if colour == hard]
    assert edges
    assert min(edges) >= first.left() - 1
    assert max(edges) <= last.right() + 1
    between = range(round(first.right()) - 4, round(first.right()) + 4)
    assert not set(edges) & set(between)  # nothing between the days of a run


def test_ghosts_are_shown_on_demand(page: RosterPage, document: Document, bench: Workbench) -> None:
    document.show("Nights")
    bench.do(Assign(scenario="Nights", duties=(("IADE-03", 5, None),)))
    ink = QColor(bench.theme.ink2)

    def dashes() -> int:
        box = page.grid.duties.box_of(("IADE-03", 5))
        assert box is not None
        image = page.grid.duties.viewport().grab(box.toRect()).toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        near = (QColor(image.pixel(x, y)) for x, y in points)
        return sum(abs(c.lightness() - ink.lightness()) < 40 for c in near)

    plain = dashes()
    box = page.grid.duties.box_of(("IADE-03", 5))
    assert box is not None
    corner = (2 - round(box.width() / 2), 2 - round(box.height() / 2))
    assert colour_at(page, "IADE-03", 5, *corner) == QColor(bench.theme.own)
    page.actions_["differences"].trigger()
    assert dashes() > plain + 20


def test_rows_are_painted_once_and_again_when_they_differ(
    page: RosterPage, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    painter, painted = page.grid.duties.painter(), list[str]()
    whole = painter._whole

    def counted(sheet: Sheet, row: int, brush: QPainter) -> None:
        painted.append(str(sheet.people[row].id))
        whole(sheet, row, brush)

    monkeypatch.setattr(painter, "_whole", counted)
    page.grid.duties.viewport().repaint()
    assert painted == []
    before = colour_at(page, "IADE-02", 4, x=-8)
    bench.do(Assign(scenario=BASE, duties=(("IADE-02", 4, "N"),)))
    page.grid.duties.viewport().repaint()
    assert painted == ["IADE-02"]
    assert colour_at(page, "IADE-02", 4, x=-8) == duties(bench.theme)["night"].fill != before
    page.densify("roomy")
    page.grid.duties.viewport().repaint()
    assert sorted(painted[1:]) == sorted(str(p.id) for p in page.grid.sheet.people)  # type: ignore[union-attr]


def test_names_and_posts_follow_an_edit_a_selection_and_the_theme(
    page: RosterPage, bench: Workbench
) -> None:
    def seen() -> list[QImage]:
        views = (page.grid.people.viewport(), page.grid.cover.viewport())
        return [view.grab().toImage() for view in views]

    people, cover = seen()
    bench.do(Assign(scenario=BASE, duties=(("IADE-02", 0, "M"), ("IADE-03", 3, "M"))))
    more, other = seen()
    assert more != people
    assert other != cover
    bench.selection.pick("staff", "IADE-02", day=0)
    chosen, _ = seen()
    assert chosen != more
    bench.selection.clear()
    assert seen()[0] == more
    bench.wear("dark")
    dark, night = seen()
    assert dark != more
    assert night != other


def test_no_more_rows_are_kept_than_there_is_room_for() -> None:
    strips, painted = Strips(), list[int]()
    strips.wear(4000, 100, 1.0, "style")
    assert strips.room == FEWEST
    rows = [object() for _ in range(FEWEST + 5)]
    for place, row in enumerate(rows):
        strips.strip(place, row, lambda _painter, place=place: painted.append(place))
    strips.strip(FEWEST + 4, rows[-1], lambda _painter: painted.append(-1))
    assert len(painted) == FEWEST + 5
    strips.strip(0, rows[0], lambda _painter: painted.append(0))
    assert painted[-1] == 0, "the oldest had to go"
    strips.wear(712, 17, 1.0, "style")
    assert strips.room > 600


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_nothing_runs_through_the_letter_of_a_duty_over_an_absence(
    qapp: object, theme: str
) -> None:
    shift = ShiftType(id=ShiftId("A"), start=480, end=960, tags=frozenset({"call"}))
    tiles = roster_tiles.Tiles(THEMES[theme], 4.0, {"A": shift})
    tone = roster_tiles.tone(shift)
    picture = tiles.tile("CA~A", 22, 17).toImage()
    for x in (3.6, 18.4):  # where an outline would be
        found = QColor(picture.pixel(round(x * 4), round(8.5 * 4)))
        assert found == tiles.tones[tone].fill


def test_columns_a_pixel_apart_write_a_shift_alike(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sharing the width leaves some columns a pixel wider: N12 must not be N in the others."""
    written: list[str] = []

    def noted(words: Sequence[str], room: float, size: int, weight: int) -> str:
        found = fitting(words, room, size, weight)
        if len(words) > 1:
            written.append(found)
        return found

    monkeypatch.setattr(roster_tiles, "fitting", noted)
    shift = ShiftType(id=ShiftId("N12"), start=1140, end=1860)
    tiles = roster_tiles.Tiles(bench.theme, 1.0, {"N12": shift})
    for width in range(14, 40):
        tiles.fit(width)
        for each in (width, width + 1):
            tiles.tile("N12", each, 14)
    assert written[::2] == written[1::2]
    assert len(set(written)) > 1
