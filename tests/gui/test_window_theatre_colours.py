"""What colours mean on the theatre board: specialty, owner or class of urgency, each with its words."""

from dataclasses import replace

import pytest
from kpi_house import case, session
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from theatre_house import PROBLEM, board, opened, told

from planner.cases import Priority
from planner.plan import Placement
from ui.window.actions import Actions
from ui.window.boards.theatre_bars import Look
from ui.window.boards.theatre_colours import (
    COLOURS,
    all_tones,
    band_tone,
    bar_note,
    bar_tone,
    read_colours,
    urgency,
)
from ui.window.boards.theatre_page import TheatrePage
from ui.window.boards.theatre_scene import Item
from ui.window.look.specialties import ranks
from ui.window.look.tokens import THEMES
from ui.window.workbench import Workbench

HOUSE = replace(
    PROBLEM,
    sessions=(
        session("A"),
        session("B", theatre="R2", owners=frozenset({"T"})),
        session("C", 1, owners=frozenset({"S", "T"})),
        session("D", 2, owners=frozenset()),
    ),
    cases=(case("K1", 120), case("K2", 120, priority="P2"), case("K3", 90), case("K4", 90)),
    priorities=(Priority(id="P3", name="Months", wait=90), Priority(id="P2", wait=30)),
)
PLACED = (Placement("K1", "A", "X1", 480), Placement("K2", "B", "X2", 480),
          Placement("K3", "C", "X1", 480), Placement("K4", "D", "X1", 480))  # fmt: skip


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> TheatrePage:
    opened(bench, HOUSE, PLACED)
    return board(bench, qtbot, 1100)


def item(page: TheatrePage, kind: str, id: str) -> Item:
    (number,) = page.model.numbers(kind, id)
    return page.model.item(number)


def look(page: TheatrePage, id: str) -> Look:
    found = item(page, "case", id)
    assert found.bar is not None
    return page.view.painter_.bars.look(page.model.scene, found, found.bar, 150, 50, 1.0)


def test_a_case_takes_the_tone_of_what_colours_mean_and_says_it_in_words(page: TheatrePage) -> None:
    page.show_span("week")
    for colours, tones, notes in (
        ("specialty", ("S", "S", "S", "S"), ("", "", "", "")),
        ("owner", ("S", "T", "S", ""), ("", "S", "", "")),  # K2 is a guest of T's
        ("urgency", tuple(map(urgency, ("P3", "P2", "P3", "P3"))), ("P3", "P2", "P3", "P3")),
    ):
        page.show_colours(colours)  # type: ignore[arg-type]  # one of three
        for id, tone, note in zip(("K1", "K2", "K3", "K4"), tones, notes, strict=True):
            found, scene = item(page, "case", id), page.model.scene
            assert found.bar is not None
            assert bar_tone(scene, found.bar, found.band) == look(page, id).tone == tone
            assert bar_note(scene, found.bar, found.band) == note
            assert not note or all(note in words for words in look(page, id).lengths)
        band = item(page, "session", "B").band
        assert band is not None
        assert band_tone(page.model.scene, band) == ("" if colours == "urgency" else "T")
        page.view.viewport().grab()


def test_a_guest_and_the_class_of_urgency_are_in_the_sentence_whatever_colours_mean(
    page: TheatrePage, bench: Workbench
) -> None:
    for lang, guest, priority in (
        ("en", "specialty S, in a session of T", "priority P2"),
        ("fr", "spécialité S, dans une vacation de T", "priorité P2"),
    ):
        bench.speak(lang)
        (name,) = [name for name in told(page) if name.startswith("K2")]
        assert guest in name
        assert priority in name
        (name,) = [name for name in told(page) if name.startswith("K1")]
        assert guest[:9] not in name


def test_the_label_of_a_session_is_in_the_colours_of_all_its_owners(
    page: TheatrePage, bench: Workbench
) -> None:
    page.open_day(1)
    for theme in THEMES:
        bench.wear(theme)
        for colours, both in (("specialty", False), ("owner", True)):
            page.show_colours(colours)  # type: ignore[arg-type]  # one of three
            picture = page.view.viewport().grab().toImage()
            number = page.model.numbers("session", "C")[0]
            rect = page.view.visualRect(page.model.index(number))
            tones = bench.tones()
            found = [
                spine(picture, tones[id].spine, rect.left() + share, rect.top())
                for id, share in (("S", rect.width() // 4), ("T", 3 * rect.width() // 4))
            ]
            framed = theme == "contrast"  # every frame there is in the colour of its spine
            assert found == [both or framed, both], (theme, colours)
    bench.wear("light")


def spine(picture: QImage, colour: QColor, x: int, y: int) -> bool:
    return any(picture.pixelColor(x, at) == colour for at in range(y, y + 3))


def test_the_legend_says_what_colours_mean(page: TheatrePage, bench: Workbench) -> None:
    bench.speak("en")
    assert [words for words, _ in page.legend.entries][:2] == ["S Surgery", "T Throat"]
    page.show_colours("owner")
    first = [words for words, _ in page.legend.entries][:3]
    assert first == ["colour: owner of the session", "S Surgery", "T Throat"]
    page.show_colours("urgency")
    first = [words for words, _ in page.legend.entries][:3]
    assert first == ["colour: priority class", "P2", "P3 Months"]  # the most urgent first
    page.legend.grab()


def test_the_menu_of_colours_is_checked_and_remembered(page: TheatrePage, bench: Workbench) -> None:
    actions = page.bar.colours.actions()
    assert [action.data() for action in actions] == list(COLOURS)
    actions[2].trigger()
    assert page.model.scene.colours == "urgency"
    assert [action.isChecked() for action in actions] == [False, False, True]
    assert bench.settings.value("theatre/colours", "") == "urgency"
    assert TheatrePage(bench, Actions(bench, bench)).colours == "urgency"
    assert [read_colours(kept) for kept in ("owner", "", None)] == ["owner", *["specialty"] * 2]


def test_four_classes_of_urgency_differ_in_the_form_of_their_spine_too(bench: Workbench) -> None:
    for theme in THEMES.values():
        found = list(ranks([f"U{n}" for n in range(4)], theme).values())
        assert len({tone.form for tone in found}) == 4
        assert len({tone.spine.name() for tone in found}) == 4
    opened(bench, HOUSE, PLACED)
    assert set(all_tones(bench)) == {"S", "T", urgency("P2"), urgency("P3")}


def test_the_bar_leaves_words_out_before_anything_is_cut(
    page: TheatrePage, bench: Workbench
) -> None:
    for lang in ("fr", "en"):
        bench.speak(lang)
        for wide in (600, 700, 745, 860, 923, 1100, 1400):
            for span in ("day", "week", "month"):
                page.show_span(span)  # type: ignore[arg-type]  # a span
                page.resize(wide, 700)
                needed = page.bar.row.sizeHint().width()
                assert needed <= page.bar.width() == wide, (lang, span)
    assert all(button.accessibleName() for button in page.bar.spans.values())
