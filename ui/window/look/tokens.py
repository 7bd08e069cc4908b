"""The colours of the house by use, in a light, a dark and a high-contrast theme.

Every pair of ink and fill was measured to keep at least WCAG AA; colour is never the only sign.
"""

from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """All colours of a theme, as `#RRGGBB`."""

    name: str
    chrome: str  # window, tool bar, titles of docks
    side: str  # docks, row headers
    paper: str  # boards, fields
    alt: str  # every second row
    grid: str  # hairlines
    line: str  # separators
    ctl: str  # borders of controls
    ink: str  # text
    ink2: str  # second text, icons
    hint: str  # counts, labels of axes
    weekend: str  # weekends and holidays
    closed: str  # closed theatres, turnovers
    turn: str  # hatching of turnovers, low risk
    accent: str  # action, current board, published
    accent_hover: str
    on_accent: str  # text on accent
    accent_soft: str  # selected row
    own: str  # belongs to the open scenario
    own_soft: str
    hard: str  # hard breach, shortage, overtime
    hard_soft: str
    soft: str  # soft breach, text
    soft_soft: str
    soft_mark: str  # soft breach, outline and mark
    waived: str  # accepted breach
    waived_soft: str
    better: str  # difference for the better
    worse: str  # difference for the worse
    stale: str  # plan out of date
    stale_soft: str
    focus: str  # selection and focus ring

    @property
    def dark(self) -> bool:
        """Whether ink is lighter than paper."""
        return QColor(self.ink).lightness() > QColor(self.paper).lightness()

    def colour(self, token: str) -> QColor:
        """Give a colour by the name of its use."""
        return QColor(getattr(self, token))


def _theme(name: str, words: str) -> Theme:
    values = words.split()
    names = [each.name for each in fields(Theme)][1:]
    return Theme(name=name, **dict(zip(names, values, strict=True)))


LIGHT: Final = _theme(
    "light",
    "#ECEAE4 #F5F3EE #FFFEFB #F8F6F0 #E6E2D9 #CFC9BC #8A8375 #1F2428 #51575C #5F6468 #EFEBE0"
    " #E9E5DB #807A6E #0E666E #0A5158 #FFFFFF #DBEBEA #743A88 #F2E8F5 #B0241C #FBE5E2 #8A5200"
    " #FCEED2 #B06900 #565C68 #E9EAED #1A5A9E #9A4300 #655018 #F3E9CC #0B5CAD",
)
DARK: Final = _theme(
    "dark",
    "#191C1E #1F2325 #25292C #2A2F32 #353B3F #485055 #828B91 #ECEAE4 #BABEBD #A3A9AA #2F3336"
    " #33383B #8C9398 #62C3C6 #86D5D7 #05282A #1E3E40 #D9AFE7 #3B2B43 #FF9085 #4B2623 #F2BC58"
    " #43361C #E0A030 #BCC1CA #363B41 #8ABDFF #FFB483 #E4CE93 #3B3423 #8EC5FF",
)
CONTRAST: Final = _theme(
    "contrast",
    "#FFFFFF #FFFFFF #FFFFFF #FFFFFF #8A8A8A #4A4A4A #000000 #000000 #1A1A1A #333333 #EDEDED"
    " #E0E0E0 #4A4A4A #00484E #00363B #FFFFFF #D5EFEF #551A6E #F3E3F8 #960000 #FFE3E0 #5E3800"
    " #FFEFC9 #8A5200 #333A47 #E6E8EC #003C85 #742D00 #463600 #F6EBC6 #0033CC",
)
THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
