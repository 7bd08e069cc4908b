"""Type: Inter, bundled, so that pictures and cut-off tests agree on every machine."""

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

TINY, SMALL, BODY, TITLE, ROOM, LARGE, START = 10, 11, 12, 13, 14, 16, 20
"""Sizes in pixels; nothing is smaller."""

_FOLDER: Final = Path(__file__).parent / "fonts"


def load_fonts() -> str:
    """Load the bundled font files; give the family, that of the system where they are missing."""
    family = ""
    for path in sorted(_FOLDER.glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = families[0] if families else family
    return family or QFont().family()


@cache
def font(size: int = BODY, weight: int = 400, *, italic: bool = False) -> QFont:
    """Give the font of a size in pixels, with figures of equal width."""
    made = QFont("Inter")
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def metrics(size: int = BODY, weight: int = 400, *, italic: bool = False) -> QFontMetricsF:
    """Give the measures of a font."""
    return QFontMetricsF(font(size, weight, italic=italic))


@cache
def width(words: str, size: int = BODY, weight: int = 400) -> float:
    """Give how wide some words are, in pixels."""
    return metrics(size, weight).horizontalAdvance(words)


def fitting(ladder: tuple[str, ...], room: float, size: int = BODY, weight: int = 400) -> str:
    """Give the first label of a ladder, the fullest first, that fits; never a cut one."""
    return next((words for words in ladder if words and width(words, size, weight) <= room), "")


def type_size(words: str, room: float, most: int, weight: int = 400) -> int:
    """Give the largest size of type, `most` at most, in which words fit, else the smallest."""
    sizes = [size for size in (BODY, SMALL, TINY) if size <= most]
    return next((size for size in sizes if width(words, size, weight) <= room), sizes[-1])


def title_size(title: str, room: float) -> tuple[int, int]:
    """Give the size of type in which a title takes two lines at most, and how many it takes."""
    wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    for size in (BODY, SMALL):
        box = metrics(size).boundingRect(QRectF(0, 0, room, 400), int(wrapped), title)
        lines = round(box.height() / metrics(size).lineSpacing())
        if lines <= 2:
            break
    return size, lines
