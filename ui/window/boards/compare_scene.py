"""The theatre boards of a day beside each other: the same theatres and hours, ghosts of another plan."""

from typing import NamedTuple

from planner.boards.codes import short_codes, tiny_codes
from planner.boards.compare import Haunted, ghosts, with_ghosts
from planner.boards.origins import origins
from planner.boards.theatre import TheatreBoard, theatre_board, theatre_days
from planner.hospital import Theatre
from planner.published import published_title
from planner.study import Study
from ui.window.boards.compare_sides import Candidate, Compared, Side
from ui.window.boards.theatre_scene import Scene, items, shortest
from ui.window.workbench import Shown, Workbench


class Rows(NamedTuple):
    """The theatres of a day: those shown, and those without difference that are hidden."""

    shown: tuple[Theatre, ...]
    hidden: tuple[Theatre, ...]


def days_of(compared: Compared, *, differences: bool) -> tuple[int, ...]:
    """Give the days with a difference, or all with anything on a board."""
    if differences:
        return tuple(compared.changed)
    return tuple(sorted({d for side in compared.shown for d in theatre_days(side.outcome)}))


def rows_of(compared: Compared, day: int, *, differences: bool) -> Rows:
    """Give the theatres of a day, in the order of the first problem that has them."""
    known = {t.id: t for side in compared.shown for t in side.outcome.problem.theatres}
    there = {cell[1] for cells in compared.cells.values() for cell in cells if cell[0] == day}
    used = [theatre for theatre in known.values() if theatre.id in there]
    if not differences:
        return Rows(tuple(used), ())
    changed = compared.changed.get(day, frozenset())
    return Rows(
        tuple(theatre for theatre in used if theatre.id in changed),
        tuple(theatre for theatre in used if theatre.id not in changed),
    )


def scenes(
    bench: Workbench, study: Study, compared: Compared, day: int, theatres: tuple[Theatre, ...]
) -> tuple[Scene, ...]:
    """Make the scene of each side on show, all on the same axis."""
    boards = []
    for side in compared.shown:
        across = compared.across(side)
        outcome = side.outcome
        if across is not None:
            outcome = outcome.against(across.outcome)
        haunted = {} if across is None else _of(day, ghosts(outcome))
        boards.append((outcome, theatre_board(outcome, (day,)), haunted))
    hours = _hours([with_ghosts(board, theatres, found) for _, board, found in boards])
    there = [tuple(items(board, (day,), theatres, found)) for _, board, found in boards]
    least = shortest(item for each in there for item in each)
    found = []
    for side, (outcome, board, _), shown in zip(compared.shown, boards, there, strict=True):
        across = compared.across(side)
        home, scenario = side.home(study), side.of.scenario
        pins = home.pins(scenario)
        stale = () if side.stale is None else side.stale.inputs
        procedures = [str(each.id) for each in outcome.problem.procedures]
        found.append(
            Scene(
                outcome=outcome,
                board=board,
                days=(day,),
                theatres=theatres,
                hours=hours,
                items=shown,
                pinned=frozenset(pin.id for pin in pins if pin.kind == "case"),
                shut=frozenset(pin.id for pin in pins if pin.kind == "session"),
                origins=origins(home, scenario),
                stale=frozenset(e.id for e in stale if e.kind in ("case", "session")),
                reference="" if across is None else lettered(bench, across),
                codes=short_codes(procedures),
                tiny=tiny_codes(procedures),
                least=least,
            )
        )
    return tuple(found)


def _of(day: int, haunted: Haunted) -> Haunted:
    """Give the ghosts of a day."""
    return {cell: there for cell, there in haunted.items() if cell[0] == day}


def _hours(boards: list[TheatreBoard]) -> tuple[int, int]:
    days = [day for board in boards for day in board.days]
    first = min((day.first for day in days), default=480)
    return first, max((day.last for day in days), default=1080)


def titled(bench: Workbench, one: Candidate) -> str:
    """Give the name of a scenario, that of its file before it where that is another one."""
    name = bench.say("banner.base") if one.base else one.scenario
    if one.published:
        return published_title(name, bench.lang)
    return bench.say("compare_view.of_file", file=one.file, name=name) if one.file else name


def title(bench: Workbench, side: Side) -> str:
    """Give the name of a side's scenario."""
    return titled(bench, side.of)


def as_seen(bench: Workbench, compared: Compared) -> Shown:
    """Give a comparison with the names of its sides, as a report has it."""
    outcomes = {side.name: side.outcome for side in compared.sides}
    return Shown(
        compared.comparison, outcomes, {side.name: title(bench, side) for side in compared.sides}
    )


def lettered(bench: Workbench, side: Side) -> str:
    """Give a side's letter and name."""
    return bench.say("compare_view.side", letter=side.letter, name=title(bench, side))
