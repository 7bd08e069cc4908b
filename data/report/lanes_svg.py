"""What recovery rooms, beds and devices hold on a day, as SVG below the day's theatres: a lane a thing."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from data.report.shapes import badge, box, drawing, fitting, group, line, path, text
from planner.boards.lane_words import lane_name, lane_sentence
from planner.boards.theatre_lanes import Lane, Step, Thing
from planner.words import say

if TYPE_CHECKING:
    from data.report.theatre_svg import Scene

LANE: Final = 15
_TOP, _FOOT = 2.5, 1.5


def lanes_svg(
    lanes: Sequence[tuple[Thing, Lane]], scene: "Scene", names: float, width: float
) -> Markup:
    """Draw the lanes of a day that hold anything; nothing where none does."""
    used = [(thing, lane) for thing, lane in lanes if lane.peak or lane.sign]
    if not used:
        return Markup("")
    label = say("lane.title", scene.lang)
    shapes = (
        group(
            f"held {lane.sign}".strip(),
            lane_sentence(scene.problem, thing, lane, None, scene.lang),
            _lane(thing, lane, place * LANE, scene, (names, width)),
        )
        for place, (thing, lane) in enumerate(used)
    )
    return drawing(width, LANE * len(used) + 1, "board lanes", label, shapes)


def _lane(
    thing: Thing, lane: Lane, y: float, scene: "Scene", sides: tuple[float, float]
) -> Iterator[Markup]:
    names, width = sides
    yield box(0, y, width, LANE, "paper")
    yield line(0, y, width, y, "grid")
    yield text(6, y + 10, fitting(names - 8, 7, lane_name(thing), thing.id), "second")
    high = (LANE - _TOP - _FOOT) / max(1, lane.there, lane.peak)
    foot = y + LANE - _FOOT
    way = "".join(_stairs(lane, scene, (names, width), foot, high))
    if way:
        yield path(way, "stairs")
    for step in lane.steps:
        begin, end = _across(step, scene, (names, width))
        if lane.over(step) and end > begin:
            top = foot - step.asked * high
            yield box(begin, top, end - begin, lane.over(step) * high, "beyond")
    yield line(names, foot - lane.there * high, width, foot - lane.there * high, "there")
    yield text(width - 4, y + 10, f"{lane.peak}/{lane.there}", "fill")
    if lane.sign:
        yield badge(width - 30, y + LANE / 2, lane.sign)


def _stairs(
    lane: Lane, scene: "Scene", sides: tuple[float, float], foot: float, high: float
) -> Iterator[str]:
    """Give the way round what is held, up to what there is."""
    last = -1
    for step in lane.steps:
        begin, end = _across(step, scene, sides)
        level = foot - min(step.asked, lane.there) * high
        if step.start != last:
            yield f"{'' if last < 0 else f'V{foot:.4g}'}M{begin:.5g} {foot:.4g}"
        yield f"V{level:.4g}H{end:.5g}"
        last = step.end
    if last >= 0:
        yield f"V{foot:.4g}"


def _across(step: Step, scene: "Scene", sides: tuple[float, float]) -> tuple[float, float]:
    """Give where a step begins and ends, inside the picture."""
    names, width = sides
    return tuple(min(width, max(names, scene.x(each))) for each in (step.start, step.end))  # type: ignore[return-value]
