"""What a new grid is judged by: numbers that a hospital may change."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterOptions:
    """How the owners of templates are weighed against each other, in the points of the score.

    `fill` is the per cent of a session that cases and their turnovers fill (85 to 90 keep delays
    short: Tyler et al. 2003). `keep` is the per cent of its minutes that a specialty keeps at least;
    `keeps` says it for some specialties. `change` is the price of a dated session that gets another
    owner, `bed` that of a bed at the peak of a ward: that of a bed-day too many on three days of four
    weeks. `shut` is the price of a bed-day in a ward that is shut. A minute of waiting list without a
    place costs what the rules on cases left out say, or 60 where there are none.
    """

    fill: int = 85
    keep: int = 50
    keeps: tuple[tuple[str, int], ...] = ()
    change: int = 500
    bed: int = 9000
    shut: int = 750

    def kept(self, specialty: str) -> int:
        """Give the per cent of its minutes that a specialty keeps at least."""
        return dict(self.keeps).get(specialty, self.keep)


BOUNDS: Final = {
    "fill": (1, 100),
    "keep": (0, 100),
    "change": (0, 1_000_000),
    "bed": (0, 1_000_000),
    "shut": (0, 1_000_000),
}
"""Lowest and highest value of each option that is a number."""
