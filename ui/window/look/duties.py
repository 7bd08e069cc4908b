"""The colours of shifts by their tone: lightness falls from morning to night, the letter says it all."""

from typing import Final, NamedTuple

from PySide6.QtGui import QColor

from ui.window.look.tokens import Theme


class Duty(NamedTuple):
    """Fill and ink of a tone; an outline for on-call from home, hatching for an absence."""

    fill: QColor
    ink: QColor
    outline: QColor | None = None
    hatched: bool = False


_LIGHT: Final = {
    "morning": ("#FBE9B0", "#4A3A00"),
    "day": ("#CFE8D2", "#17401F"),
    "evening": ("#A9CDEB", "#0C2F4D"),
    "night": ("#2B3A6B", "#FFFFFF"),
    "call": ("#FFFEFB", "#2B3A6B"),
    "training": ("#CFCFCB", "#2A2E31"),
    "away": ("#F8E6E8", "#6E2536"),
}
_DARK: Final = {
    "morning": ("#5A4B20", "#FFF3CF"),
    "day": ("#2F5240", "#E0F5E6"),
    "evening": ("#2B5578", "#E4F1FF"),
    "night": ("#0E1330", "#C9D3FF"),
    "call": ("#25292C", "#C9D3FF"),
    "training": ("#5A5D60", "#FFFFFF"),
    "away": ("#3A3033", "#F2CFD6"),
}


def duties(theme: Theme) -> dict[str, Duty]:
    """Give fill and ink by tone (`planner.boards.roster.Tone`, `training`, `away`)."""
    found = {}
    for tone, (fill, ink) in (_DARK if theme.dark else _LIGHT).items():
        if theme.name == "contrast" and tone != "night":
            fill, ink = "#FFFFFF", "#000000"
        outline = QColor(ink) if tone == "call" or theme.name == "contrast" else None
        if tone == "night" and theme.dark:
            outline = QColor("#6F80CC")
        found[tone] = Duty(QColor(fill), QColor(ink), outline, tone == "away")
    return found
