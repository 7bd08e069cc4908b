"""The whole window with the demo hospital: every view, both languages, light and dark.

Nothing written is cut off, colours are those of the theme, and what a screen reader is told counts as
many bars, marks and ghosts as the data of the boards have. With OPALE_PICTURES naming a folder the
pictures are kept there (OPALE_PICTURES_OF=mid: of the hospital with eight theatres;
OPALE_PICTURES_IN=en: its names in English).
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_hospitals import generate
from pictures import (
    PROFILE,
    assert_lanes_told,
    cut,
    names,
    of_theme,
    share,
    signed,
    solved_study,
    the_day,
    work_on,
)  # fmt: skip
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from solving_bench import PRETEND

from data.demo.what_ifs import what_ifs
from planner.boards.compare import ghosts
from planner.boards.roster import roster_board
from planner.boards.theatre import theatre_board
from planner.hand_edits import Rename
from planner.study import BASE
from planner.words import say
from ui.window import worker
from ui.window.actions import specs
from ui.window.app import window
from ui.window.boards.compare_board import SideBoard
from ui.window.boards.theatre_span import read_span
from ui.window.focus import stops
from ui.window.help import KeysDialog
from ui.window.look.tokens import DARK, LIGHT, THEMES
from ui.window.main_window import MainWindow
from ui.window.settings import Settings

ROLE = QAccessible.Role
VIEWS = ("theatre", "week", "month", "roster", "facts", "rules", "compare", "solve")
LANGUAGES = ("fr", "en")
LOOKS = [("fr", "light"), ("en", "dark"), ("fr", "contrast")]
KEPT = bool(os.environ.get("OPALE_PICTURES"))
if KEPT:
    LOOKS += [("fr", "dark"), ("en", "light"), ("en", "contrast")]
QUICK = {("en", "dark"): "theatre", ("fr", "contrast"): "roster"}
"""The view that a look has in the quick tier; the first look has all."""
LOOKED_AT = [
    pytest.param(
        *look, view, marks=[] if KEPT or QUICK.get(look, view) == view else pytest.mark.long
    )
    for look in LOOKS
    for view in VIEWS
]
SIZES = ((1366, 768), (1280, 640))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def shown(qapp: object, place: Path) -> Iterator[MainWindow]:
    """A window in which a manager has worked for a morning; the worker is at work on the base.

    The real worker is there where pictures are kept; it takes both cores as long as they are taken.
    """
    patch = pytest.MonkeyPatch()
    patch.setenv("OPALE_STATE", str(place / "state"))
    if not KEPT:
        words = (sys.executable, "-P", str(PRETEND), "wait")
        patch.setattr(worker, "worker_command", lambda: words)
    settings = Settings(QSettings(str(place / "window.ini"), QSettings.Format.IniFormat))
    settings.lang, settings.theme = "fr", "light"
    made = window(settings)
    made.show()
    assert made.files.open(solved_study(place))
    assert made.bench.document is not None
    work_on(made.bench.document, os.environ.get("OPALE_PICTURES_IN", "fr"))
    yield made
    made.bench.take(None)
    made.close()
    made.deleteLater()
    patch.undo()


@pytest.fixture
def reader() -> Iterator[None]:
    """Somebody listens: only then Qt tells of changes of what was asked for before."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def show(main: MainWindow, view: str, lang: str = "fr", theme: str = "light") -> None:
    """Bring a view up as it is meant to be looked at."""
    bench, document = main.bench, main.bench.document
    assert document is not None
    bench.speak(lang)
    main._wear(theme)
    child = next(s.name for s in document.study.scenarios if s.parent is not None)
    if child != named(lang):
        bench.do(Rename(scenario=child, name=named(lang)))
    document.show(BASE if view == "solve" else named(lang))
    boards = ("theatre", "week", "month", "solve")
    bench.settings.keep("theatre/lanes", "yes" if view == "month" else "no")
    main.show_view("theatre" if view in boards else view)
    page = main.current_page()
    if view in boards:
        page.day = the_day(document) if view != "solve" else 0
        page.differences = view == "theatre"
        page.show_span(read_span(view))
        page.lanes.settle()
        page.lanes.fold()
    tabs = main.around.right_dock.tabs
    tabs.setCurrentWidget(
        main.around.right_dock.solve if view == "solve" else main.around.right_dock.breaches
    )
    bench.settle()  # panels show the scenario that is open, not the one before
    settle()
    if view == "compare":
        end = time.monotonic() + 30
        while page.compared is None and time.monotonic() < end:
            QTest.qWait(20)
        settle()


def named(lang: str) -> str:
    """Give the name of the what-if."""
    return what_ifs(generate(PROFILE, 1), PROFILE)[0].title(lang)


def settle() -> None:
    """Let everything that was put off happen."""
    for _ in range(4):
        QApplication.processEvents()
    QTest.qWait(1)


def keep(main: MainWindow, name: str) -> QImage:
    """Take a picture of the window, and keep it where somebody wants them."""
    picture = main.grab().toImage()
    folder = os.environ.get("OPALE_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert picture.save(str(Path(folder) / f"{name}.png"))
    return picture


def assert_whole(main: MainWindow) -> None:
    """See to it that nothing on a window is cut off, once all is laid out."""
    found, end = cut(main), time.monotonic() + 3
    while found and time.monotonic() < end:
        QTest.qWait(20)
        found = cut(main)
    assert not found, "\n".join(found)


def working(main: MainWindow, qtbot: QtBot) -> None:
    """Have the worker at work on the base, with a plan of its own."""
    solver, document = main.bench.solver, main.bench.document
    assert document is not None
    if solver.run is None:
        document.show(BASE)
        assert solver.start(seconds=600.0, afresh=True)
        qtbot.waitUntil(lambda: solver.run is None or solver.run.plans >= 1, timeout=60_000)


@pytest.mark.parametrize(("lang", "theme", "view"), LOOKED_AT)
def test_nothing_is_cut_off_and_colours_are_the_themes(
    shown: MainWindow, qtbot: QtBot, lang: str, theme: str, view: str
) -> None:
    shown.resize(1366, 768)
    if view == "solve":
        working(shown, qtbot)
    show(shown, view, lang, theme)
    picture = keep(shown, f"{view}-{lang}-{theme}")
    assert_whole(shown)
    tokens = of_theme(picture, THEMES[theme], "paper", "chrome", "side")
    assert tokens["paper"] > 0.08, tokens
    assert tokens["chrome"] > 0.02, tokens
    other = LIGHT if theme == "dark" else DARK
    assert share(picture, other.paper) < 0.001
    if shown.around.banner.isVisible():
        token = "stale_soft" if view == "solve" else "own_soft"
        banner = shown.around.banner.grab().toImage()
        assert of_theme(banner, THEMES[theme], token)[token] > 0.4


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_cut_off_in_a_low_window(shown: MainWindow, qtbot: QtBot, view: str) -> None:
    shown.resize(1280, 640)
    if view == "solve":
        working(shown, qtbot)
    show(shown, view)
    keep(shown, f"{view}-1280-fr-light")
    assert_whole(shown)


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_the_start_page(main: MainWindow, place: Path, lang: str, theme: str) -> None:
    for name in ("bloc-central.opale", "cardio.opale"):
        (place / name).touch()
        main.bench.settings.opened(place / name)
    main.bench.speak(lang)
    main._wear(theme)
    for size in SIZES:
        main.resize(*size)
        settle()
        assert_whole(main)
    main.resize(1366, 768)
    settle()
    picture = keep(main, f"start-{lang}-{theme}")
    tokens = of_theme(picture, THEMES[theme], "paper", "chrome")
    assert tokens["paper"] > 0.1, tokens


def test_a_cut_label_would_be_found(main: MainWindow) -> None:
    """The planted fault: a title in a third of the room that it needs."""
    settle()
    page = main.page("start")
    assert cut(main) == []
    page.hello.setFixedWidth(40)  # type: ignore[attr-defined]
    settle()
    assert any(page.hello.text() in found for found in cut(main))  # type: ignore[attr-defined]


# --- what a screen reader is told ---------------------------------------------------------------


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["theatre", "week"])
def test_bars_marks_and_ghosts_of_theatres_are_all_told(
    shown: MainWindow, view: str, lang: str
) -> None:
    show(shown, view, lang)
    page, document = shown.current_page(), shown.bench.document
    assert document is not None
    page.differences = True
    page.refresh()
    days = page.days()
    outcome = document.beside_parent()
    board = theatre_board(outcome, days)
    bands = [band for day in board.days for row in day.rows for band in row.bands]
    pieces = [piece for band in bands for piece in band.pieces]
    over = [each for day in board.days for row in day.rows for each in row.over]
    pieces += [piece for each in over for piece in each.pieces]
    haunted = [g for (day, _), found in ghosts(outcome).items() if day in days for g in found]
    told = names(page.view, ROLE.ListItem)
    idle = sum(len(day.idle) for day in board.days)
    bars = len(pieces) + len(haunted)
    assert len(told) == bars + len(bands) + sum(bool(e.open) for e in over) + idle
    for piece in pieces:
        assert any(name.startswith(f"{piece.bar.case.id} · ") for name in told)
    ghostly = say("board.ghost", lang, reference=say("banner.base", lang), case="", start=0, end=0)
    ghostly = ghostly.partition(":")[0].rstrip()
    assert sum(name.startswith(ghostly) for name in told) == len(haunted) > 0
    marks = 0
    for wanted in ("hard", "soft", "accepted"):
        expected = sum(signed(piece.bar.breaches, wanted) for piece in pieces)
        expected += sum(signed(band.breaches, wanted) for band in bands)
        words = say(f"theatre.breach.{wanted}", lang, sentence="")
        found = sum(any(li.startswith(words) for li in name.splitlines()) for name in told)
        assert found == expected, wanted
        marks += expected
    assert marks
    tray = names(page.tray.list, ROLE.ListItem)
    assert len(tray) == len(board.tray)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["theatre", "week", "month"])
def test_lanes_of_shared_things_are_all_told(shown: MainWindow, view: str, lang: str) -> None:
    show(shown, view, lang)
    page, document = shown.current_page(), shown.bench.document
    assert document is not None
    assert_lanes_told(document.outcome(), page.days(), names(page.lanes.view, ROLE.ListItem))
    if view == "month":
        days = [session.day in page.days() for session in document.problem.sessions]
        assert len(names(page.view, ROLE.ListItem)) == sum(days)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_duties_marks_and_shortages_of_the_roster_are_all_told(
    shown: MainWindow, lang: str
) -> None:
    show(shown, "roster", lang)
    page, document = shown.current_page(), shown.bench.document
    assert document is not None
    board = roster_board(document.beside_parent(), document.study.pins(document.name))
    told = names(page.grid.duties, ROLE.Cell)
    cells = [(row, cell) for row in board.rows for cell in row.cells]
    assert len(told) == len(cells)
    for wanted in ("hard", "soft", "accepted"):
        expected = sum(signed(row.on(cell.day), wanted) for row, cell in cells)
        words = say(f"roster.breach.{wanted}", lang, told="")
        assert sum(f", {words}" in name for name in told) == expected, wanted
    assert any(signed(row.on(cell.day), "hard") for row, cell in cells)
    before = say("board.before", lang, shifts="").rstrip()
    moved = sum(cell.before is not None for _, cell in cells)
    assert sum(before in name for name in told) == moved > 0
    cover = names(page.grid.cover, ROLE.Cell)
    assert len(cover) == len(board.cover) * len(board.days)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_boards_of_a_comparison_are_told(shown: MainWindow, lang: str) -> None:
    show(shown, "compare", lang)
    page, document = shown.current_page(), shown.bench.document
    assert document is not None
    here, there = document.outcome(BASE), document.outcome(named(lang))
    ghostly = 0
    for day in page.pane.days:
        page.pane.go(day)
        settle()
        sides = [side for side in page.findChildren(SideBoard) if side.isVisible()]
        pairs = ((here, there), (there, here))
        for side, (own, other) in zip(sides, pairs, strict=True):
            told = names(side.view, ROLE.ListItem)
            used = {theatre.id for theatre in side.model.scene.theatres}
            rows = [row for d in theatre_board(own, (day,)).days for row in d.rows]
            bands = [band for row in rows if row.theatre.id in used for band in row.bands]
            across = ghosts(own.against(other)).items()
            haunted = [
                g for (on, room), found in across if on == day and room in used for g in found
            ]
            bars = sum(len(band.pieces) for band in bands)
            assert len(told) == len(bands) + bars + len(haunted)
            ghostly += len(haunted)
    assert ghostly > 0


def test_focus_walks_through_all_parts_and_back(shown: MainWindow, qtbot: QtBot) -> None:
    shown.resize(1366, 768)
    show(shown, "theatre")
    with qtbot.waitActive(shown):
        shown.activateWindow()
    shown.current_page().setFocus(Qt.FocusReason.OtherFocusReason)
    parts = shown.focus.areas()
    assert len(parts) >= 9
    start = parts.index(shown.current_page().view)

    def at(place: int) -> bool:
        here, now = parts[place % len(parts)], shown.focusWidget()
        return now is here or here.isAncestorOf(now)

    for step in range(1, len(parts) + 1):
        QTest.keyClick(shown, Qt.Key.Key_F6)
        assert at(start + step), step
    QTest.keyClick(shown, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert at(start - 1)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Escape)
    assert at(start)


def test_tab_goes_on_from_part_to_part(shown: MainWindow) -> None:
    """What Tab reaches stands in the order of the parts."""
    show(shown, "theatre")
    parts = shown.focus.areas()
    order = [place for place, part in enumerate(parts) for _ in stops(part)]
    every = [stop for part in parts for stop in stops(part)]
    chain = [order[every.index(now)] for now in shown.focus.ring()]
    assert chain == sorted(chain)
    assert len(chain) == len(every)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_keys_are_listed_and_nothing_of_it_is_cut(main: MainWindow, lang: str) -> None:
    main.bench.speak(lang)
    dialog = KeysDialog(main.bench, main.actions_, main)
    dialog.show()
    settle()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    for spec in specs():
        for key in spec.keys:
            form = QKeySequence.SequenceFormat.NativeText
            assert any(QKeySequence(key).toString(form) in line for line in words), key
    assert cut(dialog) == []
    dialog.close()
