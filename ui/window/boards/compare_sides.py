"""Which scenarios stand side by side, and all that is worked out of them, once for each state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from data.entrants import Entrant
from planner.clock import MINUTES_A_DAY
from planner.compare import Comparison, Stale, comparing
from planner.kpis.contract import Outcome
from planner.plan_changes import DutyChange
from planner.published import as_published, published_outcome, published_sides
from planner.study import Study
from ui.window.document import Document
from ui.window.panels.states import State, stale, state

MOST: Final = 4
"""Sides whose boards stand one above the other; of more, one is laid over the reference."""
_TOKENS: Final = ("ink2", "own", "accent", "soft")


def letter(place: int) -> str:
    """Give the letter of a place: A to Z, then AA, AB and so on."""
    rest, last = divmod(place, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + last)


def token(place: int) -> str:
    """Give the colour of a letter: one of its own for the first, and those again for the next."""
    return _TOKENS[place if place < MOST else 1 + (place - MOST) % (MOST - 1)]


class Candidate(NamedTuple):
    """A scenario that may stand in the comparison; one of another file is an `entrant` of it.

    `published`: what stands is the plan that the scenario has published, in a study that has it so.
    """

    study: Study
    scenario: str
    file: str = ""
    entrant: Entrant | None = None
    published: bool = False

    @property
    def base(self) -> bool:
        """Whether it is the base of its study."""
        return self.study.scenario(self.scenario).parent is None


Roll = Mapping[str, Candidate]
"""All that may stand in the comparison, by the name under which it is compared."""


class Side(NamedTuple):
    """A scenario with its letter; `stale` says why its plan is out of date."""

    place: int
    name: str
    outcome: Outcome
    state: State
    stale: Stale | None
    of: Candidate

    @property
    def letter(self) -> str:
        """A, B, and so on."""
        return letter(self.place)

    @property
    def token(self) -> str:
        """The colour of the letter."""
        return token(self.place)

    def home(self, study: Study) -> Study:
        """Give the study of the side: the open one as it is now, or that of its file."""
        return self.of.study if self.of.file or self.of.published else study


@dataclass(frozen=True)
class Compared:
    """Sides with what differs between the reference and the others.

    `seen`: the side that is laid over the reference, where there are too many for a board each.
    """

    sides: tuple[Side, ...]
    comparison: Comparison
    seen: str = ""

    @cached_property
    def reference(self) -> Side:
        """The side that the others are compared with."""
        return next(side for side in self.sides if side.name == self.comparison.reference)

    @cached_property
    def others(self) -> tuple[Side, ...]:
        """The sides beside the reference."""
        return tuple(side for side in self.sides if side is not self.reference)

    @property
    def many(self) -> bool:
        """Whether there are more sides than boards."""
        return len(self.sides) > MOST

    @cached_property
    def beside(self) -> tuple[Side, ...]:
        """The sides that are looked at beside the reference: all, or of many the one that is seen."""
        if not self.many:
            return self.others
        return tuple(side for side in self.others if side.name == self.seen) or self.others[:1]

    @cached_property
    def shown(self) -> tuple[Side, ...]:
        """The sides that have a board, in their order; of many the reference comes first."""
        return (self.reference, *self.beside) if self.many else self.sides

    def across(self, side: Side) -> Side | None:
        """Give the side whose plan haunts another one: the reference; for itself the only other one."""
        if side is not self.reference:
            return self.reference
        return self.beside[0] if len(self.beside) == 1 else None

    @cached_property
    def cells(self) -> Mapping[str, Mapping[tuple[int, str], object]]:
        """What each side on show has on a day in a theatre, in a form that can be compared."""
        return {side.name: _cells(side.outcome) for side in self.shown}

    @cached_property
    def changed(self) -> Mapping[int, frozenset[str]]:
        """The theatres in which any two sides on show differ, by day."""
        found: dict[int, set[str]] = {}
        known = list(self.cells.values())
        for cell in {cell for each in known for cell in each}:
            if any(each.get(cell) != known[0].get(cell) for each in known[1:]):
                found.setdefault(cell[0], set()).add(cell[1])
        return {day: frozenset(found[day]) for day in sorted(found)}

    @cached_property
    def on_show(self) -> Comparison:
        """The comparison of the sides on show alone, as far as it tells of whole scenarios."""
        names = tuple(side.name for side in self.shown)
        lent = (each for each in self.comparison.lent if {each.scenario, each.plan_of} <= {*names})
        return replace(self.comparison, scenarios=names, lent=tuple(lent))

    @cached_property
    def duties(self) -> tuple[DutyChange, ...]:
        """What differs in the rosters of the sides on show."""
        names = {side.name for side in self.beside}
        return tuple(each for each in self.comparison.duties if each.scenario in names)

    @cached_property
    def people(self) -> frozenset[str]:
        """The people with other duties on any side on show."""
        return frozenset(change.person for change in self.duties)


def _cells(outcome: Outcome) -> dict[tuple[int, str], object]:
    found: dict[tuple[int, str], list[object]] = {}
    for session in outcome.problem.sessions:
        inside = tuple(
            (each.case.id, each.surgeon, each.start, each.minutes)
            for each in outcome.theatre.inside(session)
        )
        facts = (session.id, session.start, session.end, session.closed, session.owners)
        latest = outcome.theatre.facts.clock(session.day, outcome.theatre.latest(session))
        nights = max(0, latest - 1) // MINUTES_A_DAY
        for day in range(session.day, session.day + nights + 1):
            found.setdefault((day, session.theatre), []).append((facts, inside))
    return {cell: tuple(sessions) for cell, sessions in found.items()}


def default_sides(study: Study, name: str) -> tuple[str, ...]:
    """Give the parent of a scenario and itself; of the base, itself and its first child."""
    scenario = study.scenario(name)
    if scenario.parent is not None:
        return scenario.parent, name
    children = study.children(name)
    return (name, children[0].name) if children else (name,)


def roll(study: Study, opened: str, guests: Iterable[Entrant] = ()) -> Roll:
    """Give all that may stand in the comparison: scenarios, published plans, then other files."""
    found = {each.name: Candidate(study, each.name) for each in study.scenarios}
    for side, name in published_sides(study, opened).items():
        found[side] = Candidate(as_published(study, name), name, published=True)
    for guest in guests:
        file = guest.name.rpartition("#")[0]
        found[guest.name] = Candidate(guest.study, guest.scenario, file, guest)
    return found


def kept_sides(there: Roll, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give those sides that are still there."""
    return tuple(name for name in names if name in there)


def stands(there: Roll, compared: Compared | None) -> bool:
    """Tell whether all the scenarios of a comparison are still there."""
    names = () if compared is None else tuple(side.name for side in compared.sides)
    return bool(names) and kept_sides(there, names) == names


def state_of(there: Roll, names: tuple[str, ...], reference: str) -> tuple[object, ...]:
    """Give what a comparison hangs on: equal states need not be worked out again."""
    marks = []
    for study, name, file, *_ in (there[name] for name in names):
        scenario = study.scenario(name)
        facts = (id(study.problem(name)), id(scenario.plan), study.waivers(name))
        marks.append(
            (file, facts, scenario.made_for, scenario.forecast, study.pins(name)),
        )
    return names, reference, tuple(marks)


def working(
    document: Document,
    there: Roll,
    names: tuple[str, ...],
    reference: str,
    before: Compared | None = None,
) -> Iterator[Compared | None]:
    """Work a comparison out in steps, so that the window can breathe between them; the last gives it.

    What was judged for the comparison `before` is not judged again.
    """
    outcomes: dict[str, Outcome] = {}
    sides: list[Side] = []
    for place, name in enumerate(names):
        one = there[name]
        outcome = outcomes[name] = _judged(document, name, one, before)
        yield None
        for _ in outcome.auditing():
            yield None
        mark = None if one.published else _mark(document, name, one)
        sides.append(Side(place, name, outcome, state(one.study, one.scenario), mark, one))
        yield None
    reasons = [side.stale for side in sides if side.stale is not None]
    pins = {side.name: side.of.study.pins(side.of.scenario) for side in sides}
    for found in comparing(outcomes, reference, reasons=reasons, pins=pins):
        yield None if found is None else _compared(tuple(sides), found)


def _compared(sides: tuple[Side, ...], found: Comparison) -> Compared:
    """Set sides beside each other; nobody has to choose between a plan and the one that went out."""
    searched = {side.name for side in sides if not side.of.published}
    lent = tuple(each for each in found.lent if each.plan_of in searched)
    return Compared(sides, replace(found, lent=lent))


def _mark(document: Document, name: str, one: Candidate) -> Stale | None:
    return stale(document, name) if one.entrant is None else one.entrant.stale


def _judged(document: Document, name: str, one: Candidate, before: Compared | None) -> Outcome:
    """Give the outcome of a scenario: of many sides the document remembers only the last few."""
    if one.entrant is not None:
        return one.entrant.outcome
    study, scenario = one.study, one.study.scenario(one.scenario)
    for side in () if before is None else before.sides:
        known = side.outcome
        same = known.problem is study.problem(one.scenario) and known.plan is scenario.plan
        if same and tuple(known.waivers) == study.waivers(one.scenario):
            if known.forecast == scenario.forecast:
                return known
    if one.published:
        return published_outcome(document.study, one.scenario) or document.outcome(one.scenario)
    return document.outcome(name)
