"""How the theatre board looks: words that are never cut, colours, tool tips."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from theatre_house import PLACED, PROBLEM, opened, shown

from planner.boards.origins import Origin
from planner.changes import ChangeSet, Set
from planner.edits import Branch, Record, SetPins
from planner.hand_edits import Place, TakeOut
from planner.hospital import Specialty
from planner.plan import Placement
from planner.study import Pin
from ui.window.boards import theatre_bars
from ui.window.boards.theatre_bars import Look
from ui.window.boards.theatre_colours import all_tones
from ui.window.boards.theatre_labels import label_of
from ui.window.boards.theatre_model import tip
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_shut import paint_shut
from ui.window.look.tokens import LIGHT
from ui.window.look.type import width
from ui.window.workbench import Workbench


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    """The theatre view on its own, with a small plan."""
    return shown(bench, qtbot)


class Written(QPainter):
    """A painter that remembers what it wrote: words, where they begin, how wide they are, upright."""

    words: ClassVar[list[tuple[str, float, float, bool]]] = []
    marks: ClassVar[list[float]] = []

    def drawPixmap(self, at: QPointF, picture: QPixmap) -> None:  # type: ignore[override] # noqa: N802 - Qt's
        """Remember where a mark begins, and lay it down."""
        self.marks.append(at.x())
        super().drawPixmap(at, picture)

    def drawText(self, at: QPointF, words: str) -> None:  # type: ignore[override] # noqa: N802 - Qt's
        """Remember words, and write them."""
        wide = QFontMetricsF(self.font()).horizontalAdvance(words)
        self.words.append((words, at.x(), wide, self.transform().isRotating()))
        super().drawText(at, words)


@pytest.mark.parametrize("high", [18, 24, 44, 60])
@pytest.mark.parametrize("icons", [(), ("pin", "swap-vertical-bold")])
@pytest.mark.parametrize("changed", ["", "own"])
def test_words_of_bars_are_never_cut(
    page: TheatrePage,
    monkeypatch: pytest.MonkeyPatch,
    high: int,
    icons: tuple[str, ...],
    changed: str,
) -> None:
    """The label ladder: on every bar stand whole labels, and a name wherever the shortest fits."""
    monkeypatch.setattr(theatre_bars, "QPainter", Written)
    bars = page.view.painter_.bars
    titles = ("Robotic prostatectomy", "PROSTATE-ROBOT", "PROROB", "PRR")
    lengths = ("IP · 3 h 15", "3 h 15", "195'")
    for wide in range(12, 240, 3):
        Written.words.clear()
        Written.marks.clear()
        bars.made(Look(wide, high, "S", titles, lengths, icons, changed, "", False, "", 1.0))
        found = [each for each in Written.words if each[0]]
        names = [words for words, *_ in found if words in titles]
        for words, left, broad, upright in found:
            assert words in (*titles, *lengths)
            assert broad <= high - 5 if upright else left + broad <= wide
            assert upright or high >= 28 or left + broad <= min(Written.marks, default=wide)
        needs = width("PRR", 10, 600) + 10
        assert len(names) <= 1
        assert names or wide < needs or wide < 16
        assert names or not found  # a length never stands without a name


@pytest.mark.parametrize("wide", [16, 22, 25])
@pytest.mark.parametrize("code", ["TURP", "PROL"])
def test_a_narrow_bar_of_a_week_has_a_code_of_four_letters(
    page: TheatrePage, monkeypatch: pytest.MonkeyPatch, wide: int, code: str
) -> None:
    monkeypatch.setattr(theatre_bars, "QPainter", Written)
    Written.words.clear()
    titles = ("A long name", code)
    look = Look(wide, 33, "S", titles, ("1 h", "60'"), (), "", "", False, "", 1.0)
    page.view.painter_.bars.made(look)
    assert [words for words, *_ in Written.words if words] == [code]


@pytest.mark.parametrize("wide", [600, 924, 1180])
@pytest.mark.parametrize("week", [False, True])
def test_the_bar_has_room_for_its_words_in_french(
    page: TheatrePage, bench: Workbench, wide: int, week: bool
) -> None:
    bench.speak("fr")
    page.show_span("week" if week else "day")
    page.resize(wide, 760)
    QApplication.processEvents()
    for button in page.bar.findChildren(QToolButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
    assert page.bar.date.width() >= page.bar.date.sizeHint().width()
    for tile in page.strip.tiles:
        if tile.isVisible():
            assert tile.title.width() >= tile.title.sizeHint().width(), tile.title.text()


def test_bars_are_painted_in_the_colour_of_their_specialty(
    page: TheatrePage, bench: Workbench
) -> None:
    for theme in ("light", "dark", "contrast"):
        bench.wear(theme)
        picture = page.view.viewport().grab().toImage()
        spine = bench.tones()["S"].spine.rgb()
        (number,) = page.model.numbers("case", "K2")
        rect = page.view.visualRect(page.model.index(number))
        assert found(picture, spine, rect.left(), rect.top(), 8, rect.height())
    bench.wear("light")


def found(picture: QImage, colour: int, left: int, top: int, wide: int, high: int) -> bool:
    spots = ((x, y) for x in range(left, left + wide) for y in range(top, top + high))
    return any(picture.pixel(x, y) == colour for x, y in spots)


def test_tool_tips_read_no_markup_from_data(page: TheatrePage, bench: Workbench) -> None:
    bench.do(TakeOut(scenario="base", cases=frozenset({"K1"})))
    words = page.model.data(page.model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert words.startswith("<div>")
    assert tip("a <b>\nc") == "<div>a &lt;b&gt;<br>c</div>"


def test_another_study_has_its_own_colours(page: TheatrePage, bench: Workbench) -> None:
    others = (Specialty(id="U"), Specialty(id="S"), Specialty(id="T"))
    opened(bench, replace(PROBLEM, specialties=others), PLACED)
    assert page.view.painter_.tones == all_tones(bench)
    assert set(page.view.painter_.tones) >= {"U", "S", "T"}


def test_after_an_edit_only_rows_that_look_different_are_painted(
    page: TheatrePage, bench: Workbench
) -> None:
    bench.do(Branch(parent="base", name="other"))
    assert bench.document is not None
    bench.document.show("other")
    longer = Set(kind="case", id="K1", field="mean", expected=60, value=90)
    alike = Placement("K1", "A", "X1", 480)
    for edit, kept in (
        (Place(scenario="other", placement=Placement("K1", "A", "X1", 500)), {1}),
        (Place(scenario="other", placement=Placement("K1", "B", "X1", 480)), set()),
        (Place(scenario="other", placement=Placement("K3", "B", "X2", 600)), {0}),
        (Place(scenario="other", placement=alike), set()),
        (SetPins(scenario="other", pins=(Pin(kind="case", id="K1"),)), set()),
        (Record(scenario="other", group=ChangeSet(name="Longer", changes=(longer,))), set()),
        (TakeOut(scenario="other", cases=frozenset({"K3"})), {0}),
    ):
        page.view.viewport().grab()
        before = dict(page.view.tiles.known)
        assert bench.do(edit)
        assert {row for row, _ in page.view.tiles.known if (row, 0) in before} == kept
        seen = page.view.viewport().grab().toImage()
        page.view.refresh()
        assert page.view.viewport().grab().toImage() == seen  # as if painted from nothing


def test_bars_speak_the_language_of_now(page: TheatrePage, bench: Workbench) -> None:
    (number,) = page.model.numbers("case", "K2")
    item, bars = page.model.item(number), page.view.painter_.bars
    assert item.bar is not None
    for lang, words in (("en", "IP · 2 h"), ("fr", "HC · 2 h"), ("en", "IP · 2 h")):
        bench.speak(lang)
        page.view.viewport().grab()
        look = bars.look(page.model.scene, item, item.bar, 200, 40, 1.0)
        assert look.lengths[0].replace("\u00a0", " ") == words
        assert any(known.lengths == look.lengths for known in bars.known)


class Recorder:
    """Stands in for a painter: keeps what is written, and where it begins."""

    def __init__(self) -> None:
        self.said: list[tuple[float, str]] = []

    def drawText(self, at: QPointF, words: str) -> None:  # noqa: N802 - Qt's name
        if words:
            self.said.append((at.x(), words))

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_given, **_named: None


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_label_number_and_badge_of_a_session_keep_apart(
    page: TheatrePage, bench: Workbench, lang: str
) -> None:
    bench.speak(lang)
    painter, scene = page.view.painter_, page.model.scene
    bands = [item.band for item in scene.items if item.kind == "session" and item.band]
    assert [bool(band.sign) for band in bands] == [True, False]
    full = bands[0]._replace(bars=bands[0].bars)
    for band in (full, bands[1], bands[1]._replace(bars=full.bars)):
        names = painter.ladder(scene, band)
        for wide in range(36, 420, 7):
            rect, said = QRectF(100, 0, wide, 50), Recorder()
            taken = painter.filled(said, scene, rect, band)  # type: ignore[arg-type]
            painter.label(said, scene, rect, band, taken)  # type: ignore[arg-type]
            edge = rect.right() - (13 if band.sign else 0)  # where the badge begins
            for at, words in sorted(said.said, reverse=True):
                size = width(words, 10, 500 if words in names else 600)
                assert at + size + 3 <= edge, (wide, words)
                edge = at
            written = [words for _, words in said.said]
            assert any(words in names for words in written), wide  # the code stands on every band
            assert all(words in names or words.endswith("%") for words in written)
            if any(words.endswith("%") for words in written):
                assert len(written) == 2, wide  # the name goes before the number


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("badge", [True, False])
def test_the_code_stands_on_every_band(own: bool, badge: bool) -> None:
    """The number, the badge's place and the dot of a change give way before the code does."""
    names = ("ORTHO · hip · 14:00–18:00", "ORTHO · 14:00–18:00", "ORTHO · hip", "ORTHO")
    code = width("ORTHO", 10, 500)
    for wide in range(20, 420):
        found = label_of(names, wide, 18 if badge else 0, badge=badge, own=own)
        assert found.words in names
        assert found.upright == (wide < code + 4), wide
        if not found.upright:
            edge = wide - (13 if badge and not found.low else 0)
            assert found.at + width(found.words, 10, 500) + 2 <= edge
            assert not found.dot or found.dot + 2.6 < found.at
    afternoon = label_of(names, 61, 18 if badge else 0, badge=badge, own=own)  # a week at 1366
    assert (afternoon.words, bool(afternoon.dot), afternoon.low) == ("ORTHO", own, False)


@pytest.mark.parametrize(("lang", "told"), [("en", "Wednesday"), ("fr", "mercredi")])
def test_what_closed_a_session_is_said_in_the_language_of_the_reader(
    lang: str, told: str, qapp: object
) -> None:
    picture = QImage(600, 60, QImage.Format.Format_ARGB32)
    painter = Written(picture)
    Written.words.clear()
    origin = Origin("close-room S1 wednesday", own=True, fields=frozenset({"closed"}))
    paint_shut(painter, LIGHT, QRectF(0, 0, 600, 60), QBrush(), ("closed",), origin, lang)
    painter.end()
    assert [words for words, *_ in Written.words if told in words]
    assert not [words for words, *_ in Written.words if "close-room" in words]
