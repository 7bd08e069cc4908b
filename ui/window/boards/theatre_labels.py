"""Where the label of a session stands over its band: its code first, then all that has room beside it."""

from typing import Final, NamedTuple

from ui.window.look.type import TINY, fitting, width

APART: Final = 8.0
"""Between the label of a session and what stands at its right end."""
BADGE: Final = 18.0
"""Room that the badge of a session takes at its right end, with what keeps it from words."""
_BADGE_ITSELF, _CLOSE, _EDGE = 13.0, 3.0, 2.0
"""What little a badge, the gap before it, and the gap at an edge can do with."""


class Label(NamedTuple):
    """What is written, and where, counted from the left edge of the band."""

    words: str = ""
    at: float = 5.0
    dot: float = 0.0
    """Middle of the dot of a change; 0 for none."""
    low: bool = False
    """Whether the badge goes to the foot of the band, to leave the code its room."""
    upright: bool = False


def label_of(names: tuple[str, ...], wide: float, taken: float, *, badge: bool, own: bool) -> Label:
    """Fit a label into the width of a band; `taken`: what number and badge take at its right end."""
    left = 15.0 if own else 5.0
    words = fitting(names, wide - left - taken - APART, TINY, 500)
    if words:
        return Label(words, left, 8.0 if own else 0.0)
    code = names[-1]
    needs = width(code, TINY, 500)
    for dot in (4.1, 0.0) if own else (0.0,):
        at = 8.0 if dot else _EDGE
        if badge and at + needs + _CLOSE + _BADGE_ITSELF <= wide:
            return Label(code, at, dot)
        if at + needs + _EDGE <= wide:
            return Label(code, at, dot, low=badge)
    return Label(code, upright=True)
