"""Icons: Material Design ones by name, recoloured from the tokens of a theme.

They come from the font that `qtawesome` brings. Importing it would load a second face of all of Qt
before the first picture, a fifth of the time that a start takes; so its font is read by itself.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
)

from ui.window.look.tokens import Theme

_FONT: Final = "materialdesignicons6-webfont"
FAINT: Final = 0.45
"""How much of its colour an icon keeps that cannot be used now."""
_SHARE: Final = 0.875
"""The height of a letter in that of its icon: the font has its own margins."""


def icon(name: str, theme: Theme, token: str = "ink2") -> QIcon:  # noqa: S107 - a colour
    """Give an icon, e.g. `play`, in the colour of a token.

    Raises:
        KeyError: the font has none of that name.
    """
    return _icon(name, getattr(theme, token), theme.hint)


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Letter(_letters()[name], colour, disabled))


@cache
def _letters() -> dict[str, str]:
    """Give the letter of each icon."""
    (path,) = _folder().glob(f"{_FONT}-charmap-*.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in found.items()}


@cache
def _family() -> str:
    (path,) = _folder().glob(f"{_FONT}-[0-9]*.ttf")
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _folder() -> Path:
    spec = find_spec("qtawesome")  # looked for, and not loaded
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "fonts"


class _Letter(QIconEngine):
    """Paints a letter of the font at any size."""

    def __init__(self, letter: str, colour: str, disabled: str) -> None:
        super().__init__()
        self.letter, self.colour, self.disabled = letter, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint it into a rectangle."""
        painter.save()
        font = QFont(_family())
        font.setPixelSize(max(1, round(_SHARE * rect.height())))
        painter.setFont(font)
        painter.setPen(QColor(self.disabled if mode == QIcon.Mode.Disabled else self.colour))
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(FAINT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.letter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Give it as a picture, which Qt keeps: boards and buttons ask for the same all the time."""
        colour = self.disabled if mode == QIcon.Mode.Disabled else self.colour
        key = f"{self.letter} {colour} {mode.value} {size.width()} {size.height()}"
        known = QPixmap()
        if QPixmapCache.find(key, known):
            return known
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, made)
        return made

    def clone(self) -> QIconEngine:
        """Give another of the same."""
        return _Letter(self.letter, self.colour, self.disabled)


def pixmap(
    name: str,
    theme: Theme,
    token: str = "ink2",  # noqa: S107 - a colour
    size: int = 16,
    ratio: float = 1.0,
) -> QPixmap:
    """Give an icon as a picture, to be painted at `size` logical pixels."""
    made = icon(name, theme, token).pixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    return made
