"""What a stranger saw on pictures of the window: headers, search, bubble, contrast, status line."""

import pytest
from facts_bench import facts_page
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from theatre_house import shown

from planner.rostering import ShiftType
from ui.window.boards.roster_tiles import Tiles
from ui.window.boards.theatre_bubble import Bubble
from ui.window.look.tokens import THEMES
from ui.window.panels.parts import relook
from ui.window.tables.facts_page import STEPS
from ui.window.workbench import Workbench


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_days_of_a_week_say_in_the_same_words_how_full_they_are(
    bench: Workbench, qtbot: QtBot, lang: str
) -> None:
    bench.speak(lang)
    page = shown(bench, qtbot)
    page.show_span("week")
    known = set()
    for wide in range(700, 1700, 8):
        page.resize(wide, 700)
        told = list(page.view.times.fills().values())
        assert len(told) in (0, 2)
        lettered = {any(letter.isalpha() for letter in words) for words in told}
        assert len(lettered) < 2
        known |= lettered
    assert known == {True, False}  # wide days have words, narrow ones numbers alone


class Hints(QObject):
    """Hints of a system that wishes for high contrast."""

    contrastPreferenceChanged = Signal()  # noqa: N815 - Qt's name
    wish = Qt.ContrastPreference.HighContrast

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        return self.wish


def test_high_contrast_is_that_of_the_system_unless_chosen_by_hand(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Styles:
        def __init__(self) -> None:
            self.hints = Hints()

        def accessibility(self) -> Hints:
            return self.hints

        def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's name
            return Qt.ColorScheme.Dark

    styles = Styles()
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: styles)
    bench.wear("")
    assert bench.theme.name == "contrast"
    bench.wear("light")
    assert bench.theme.name == "light"
    bench._follow()
    assert bench.theme.name == "light"
    styles.hints.wish = Qt.ContrastPreference.NoPreference
    bench.wear("")
    assert bench.theme.name == "dark"
    styles.hints.wish = Qt.ContrastPreference.HighContrast
    bench._follow()
    assert bench.theme.name == "contrast"


def test_a_bubble_is_as_high_as_its_words_after_a_picture_of_it(
    bench: Workbench, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    qtbot.waitExposed(window)
    told = "A sentence with its arithmetic, which needs two lines of a bubble, P-0030."
    title = "A title that has two lines in the bubble because it is so long indeed"
    bubble = Bubble(bench, window, lambda: None, lambda: None)
    bubble.keep.hide()
    bubble.back.hide()
    for many, first, keys in ((1, "A short title", "Escape: back to S3 at 08:00"), (2, title, "")):
        relook(bubble.told, "soft" if keys == "" else "hard")
        bubble.title.setText(first)
        bubble.told.setText("\n".join([told] * many))
        bubble.keys.setText(keys)
        bubble.keys.setVisible(bool(keys))
        bubble.fit()
        bubble.put_beside((), QRect(100, 100, 20, 20))
        window.grab()
        for each in (bubble.title, bubble.told, bubble.keys):
            assert not each.isVisible() or each.height() >= each.heightForWidth(each.width())


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("wide", [24, 25, 30])
def test_the_mark_of_a_wish_lies_on_no_letter(bench: Workbench, theme: str, wide: int) -> None:
    tiles = Tiles(
        THEMES[theme], 1.0, {id: ShiftType(id=id, start=420, end=1140) for id in ("D", "D12")}
    )
    plain = tiles.tile("", wide, 14, wished=True).toImage()
    ground = tiles.tile("D", 60, 14, wished=True).toImage()  # its letter is far to the right
    lettered = tiles.tile("D12", wide, 14, wished=True).toImage()
    assert plain != lettered
    under = [(x, y) for x in range(2, 7) for y in range(2, 4)]
    assert all(lettered.pixel(x, y) == ground.pixel(x, y) for x, y in under)
    high = tiles.tile("D12", wide, 24, wished=True)
    assert high.toImage() == tiles.tile("D12", wide, 24).toImage()


@pytest.mark.parametrize("wide", sorted({step[0] for step in STEPS}))
def test_the_search_of_facts_shows_the_number_of_a_case(
    bench: Workbench, qtbot: QtBot, wide: int
) -> None:
    bench.speak("fr")
    shown(bench, qtbot)
    page = facts_page(bench, qtbot)
    search, ends = page.search, []
    for room in (wide, 400):
        search.setFixedWidth(room)
        search.setClearButtonEnabled(room > STEPS[-1][0])
        search.setText("P-0048")
        search.end(False)
        QApplication.processEvents()
        ends.append(search.cursorRect().center().x())
    assert ends[0] == ends[1]  # nothing was pushed out at the left
