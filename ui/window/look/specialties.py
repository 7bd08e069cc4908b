"""The colours of specialties: a spine in one of four forms, and a pale fill.

Ten hues were chosen to keep apart for every kind of colour vision; an eleventh specialty takes the
list again with the next form of spine. The code stands on every band, so nothing hangs on colour.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from PySide6.QtGui import QColor

from ui.window.look.tokens import Theme

Form: TypeAlias = Literal["solid", "double", "dots", "dashes"]
FORMS: Final[tuple[Form, ...]] = ("solid", "double", "dots", "dashes")

_HUES: Final[tuple[tuple[str, Form, str, str, str], ...]] = (
    ("ORT", "solid", "#1F53B1", "#7E86EC", "#173E85"),
    ("VIS", "dashes", "#C24A43", "#FDB68C", "#923832"),
    ("URO", "solid", "#666A01", "#9C9424", "#4C5001"),
    ("GYN", "double", "#9670A0", "#B39EC7", "#705478"),
    ("ORL", "dots", "#008F63", "#12B29A", "#006B4A"),
    ("OPH", "dashes", "#0F86D8", "#79E4F7", "#0B64A2"),
    ("CAR", "solid", "#833046", "#F0708C", "#622434"),
    ("NEU", "dashes", "#43305F", "#B56FB2", "#322447"),
    ("PLA", "double", "#1D4A0C", "#78926B", "#163809"),
    ("URG", "dashes", "#7B8184", "#D3DBD1", "#5C6163"),
)


class Tone(NamedTuple):
    """How a specialty is painted: spine and its form, fill of a bar, border, band of a session."""

    spine: QColor
    form: Form
    fill: QColor
    border: QColor
    band: QColor


def tones(specialties: Sequence[str], theme: Theme) -> dict[str, Tone]:
    """Give the tones of specialties by id: their own hue where the code is known, else the next one."""
    found: dict[str, Tone] = {}
    taken = {id[:3].upper() for id in specialties}
    free = [hue for hue in _HUES if hue[0] not in taken] or list(_HUES)
    turns = 0
    for id in specialties:
        known = next((hue for hue in _HUES if hue[0] == id[:3].upper()), None)
        if known is None:
            known, turn = free[turns % len(free)], turns // len(free)
            known = (known[0], FORMS[(FORMS.index(known[1]) + turn) % 4], *known[2:])
            turns += 1
        found[id] = _tone(known, theme)
    return found


_RANKS: Final = ("VIS", "URO", "OPH", "GYN", "NEU", "URG")
"""The hues of an order from most to least urgent; forms go on beside them."""


def ranks(ids: Sequence[str], theme: Theme) -> dict[str, Tone]:
    """Give the tones of classes by id, in their order; four next to one another differ in form too."""
    hues = [next(hue for hue in _HUES if hue[0] == code) for code in _RANKS]
    found: dict[str, Tone] = {}
    for place, id in enumerate(ids):
        hue = hues[place % len(hues)]
        found[id] = _tone((hue[0], FORMS[place % len(FORMS)], *hue[2:]), theme)
    return found


def _tone(hue: tuple[str, Form, str, str, str], theme: Theme) -> Tone:
    _, form, light, dark, contrast = hue
    paper = QColor(theme.paper)
    if theme.name == "contrast":
        spine = QColor(contrast)
        return Tone(spine, form, QColor("#FFFFFF"), spine, QColor("#FFFFFF"))
    spine = QColor(dark if theme.dark else light)
    fill, border, band = (0.19, 0.6, 0.1) if theme.dark else (0.16, 0.5, 0.055)
    return Tone(
        spine,
        form,
        mixed(paper, spine, fill),
        mixed(paper, spine, border),
        mixed(paper, spine, band),
    )


def mixed(ground: QColor, over: QColor, share: float) -> QColor:
    """Lay a share of a colour over a ground."""
    parts = zip(ground.getRgb()[:3], over.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))
