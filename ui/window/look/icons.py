"""Icons: Material Design ones by name, recoloured from the tokens of a theme."""

from functools import cache

import qtawesome
from PySide6.QtGui import QIcon, QPixmap

from ui.window.look.tokens import Theme


def icon(name: str, theme: Theme, token: str = "ink2") -> QIcon:  # noqa: S107 - a colour
    """Give an icon, e.g. `play`, in the colour of a token."""
    return _icon(name, getattr(theme, token), theme.hint)


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    made: QIcon = qtawesome.icon(f"mdi6.{name}", color=colour, color_disabled=disabled)
    return made


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
