"""What a stranger saw on pictures of the window: headers, search, bubble, contrast, status line."""

import pytest
from facts_bench import facts_page
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from theatre_house import shown

from ui.window.boards.theatre_bubble import Bubble
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
    bubble = Bubble(bench, window, lambda: None, lambda: None)
    window.show()
    qtbot.waitExposed(window)
    words = [
        "Short.",
        "A sentence with its arithmetic, which needs two lines of a bubble at least.",
    ]
    for lines in (1, 3, 1, 4):
        bubble.title.setText(words[0])
        bubble.told.setText("\n".join(words[1] for _ in range(lines)))
        bubble.told.show()
        bubble.fit()
        bubble.put_beside((), QRect(100, 100, 20, 20))
        assert bubble.told.height() >= bubble.told.heightForWidth(bubble.told.width())
        window.grab()
        assert bubble.told.height() >= bubble.told.heightForWidth(bubble.told.width())


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
