"""The tail of a session in a picture: until when chance may take it, and how likely it ends late."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from data.report.shapes import group, line, path, text, wide
from planner.boards.theatre import Band
from planner.clock import MINUTES_A_DAY
from planner.forecast_words import chance, expectation

if TYPE_CHECKING:
    from data.report.theatre_svg import Scene

_HALF: Final = 4.4
"""Half of the height of a tail at the planned end."""
_SIZE: Final = 7.5


def number_over(band: Band, next_start: int | None, scene: "Scene") -> str:
    """Give the chance where it has to stand over the band, "" where it stands beside its tail."""
    if band.outdated:
        return "▷ ?"
    if band.expected is None or _beside(band, next_start, scene):
        return ""
    return f"▷ {chance(band.expected.late, scene.lang)}"


def tail(band: Band, next_start: int | None, y: float, scene: "Scene") -> Iterator[Markup]:
    """Draw the tail of a session around a height, up to the start of the next one."""
    found = band.expected
    if found is None:
        return
    begin, tip = scene.x(_planned(band)), scene.x(_last(band))
    edge = tip if next_start is None else min(tip, scene.x(next_start))
    if edge > begin:
        cut = _HALF * (tip - edge) / (tip - begin)
        way = f"M{begin:.5g} {y - _HALF:.5g}L{edge:.5g} {y - cut:.5g}V{y + cut:.5g}"
        shapes = [path(f"{way}L{begin:.5g} {y + _HALF:.5g}z", "wedge")]
        tick = scene.x(found.half)
        if begin < tick < edge:
            high = _HALF * (tip - tick) / (tip - begin) + 1.5
            shapes.append(line(tick, y - high, tick, y + high, "half"))
        if _beside(band, next_start, scene):
            shapes.append(text(tip + 3, y + 2.7, chance(found.late, scene.lang), "chance"))
        yield group(f"tail {found.risk}", " · ".join(expectation(found, scene.lang)), shapes)


def _planned(band: Band) -> int:
    return max((bar.end for bar in band.bars), default=band.session.end)


def _last(band: Band) -> int:
    assert band.expected is not None
    return min(max(band.expected.nearly, _planned(band)), MINUTES_A_DAY)


def _beside(band: Band, next_start: int | None, scene: "Scene") -> bool:
    """Tell whether the number has room between the tip of the tail and what comes next."""
    if band.expected is None or _last(band) <= _planned(band):
        return False
    room = wide(chance(band.expected.late, scene.lang)) * _SIZE + 6
    edge = scene.edge if next_start is None else scene.x(next_start)
    return scene.x(_last(band)) + room <= edge
