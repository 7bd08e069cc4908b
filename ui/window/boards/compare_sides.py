"""Which scenarios stand side by side, and all that is worked out of them, once for each state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from planner.clock import MINUTES_A_DAY
from planner.compare import Comparison, Stale, comparing
from planner.kpis.contract import Outcome
from planner.study import Study
from ui.window.document import Document
from ui.window.panels.states import State, stale, state

LETTERS: Final = "ABCD"
TOKENS: Final = ("ink2", "own", "accent", "soft")
"""The colour of each letter."""
MOST: Final = len(LETTERS)


class Side(NamedTuple):
    """A scenario with its letter; `stale` says why its plan is out of date."""

    place: int
    name: str
    outcome: Outcome
    state: State
    stale: Stale | None

    @property
    def letter(self) -> str:
        """A to D."""
        return LETTERS[self.place]

    @property
    def token(self) -> str:
        """The colour of the letter."""
        return TOKENS[self.place]


@dataclass(frozen=True)
class Compared:
    """Sides with what differs between the reference and the others."""

    sides: tuple[Side, ...]
    comparison: Comparison

    @cached_property
    def reference(self) -> Side:
        """The side that the others are compared with."""
        return next(side for side in self.sides if side.name == self.comparison.reference)

    @cached_property
    def others(self) -> tuple[Side, ...]:
        """The sides beside the reference."""
        return tuple(side for side in self.sides if side is not self.reference)

    def across(self, side: Side) -> Side | None:
        """Give the side whose plan haunts another one: the reference; for itself the only other one."""
        if side is not self.reference:
            return self.reference
        return self.others[0] if len(self.others) == 1 else None

    @cached_property
    def cells(self) -> Mapping[str, Mapping[tuple[int, str], object]]:
        """What each side has on a day in a theatre, in a form that can be compared."""
        return {side.name: _cells(side.outcome) for side in self.sides}

    @cached_property
    def changed(self) -> Mapping[int, frozenset[str]]:
        """The theatres in which any two sides differ, by day."""
        found: dict[int, set[str]] = {}
        known = list(self.cells.values())
        for cell in {cell for each in known for cell in each}:
            if any(each.get(cell) != known[0].get(cell) for each in known[1:]):
                found.setdefault(cell[0], set()).add(cell[1])
        return {day: frozenset(found[day]) for day in sorted(found)}

    @cached_property
    def people(self) -> frozenset[str]:
        """The people with other duties on any side."""
        return frozenset(change.person for change in self.comparison.duties)


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


def kept_sides(study: Study, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give those sides that the study still has."""
    known = {scenario.name for scenario in study.scenarios}
    return tuple(name for name in names if name in known)


def stands(study: Study, compared: Compared | None) -> bool:
    """Tell whether the study still has all the scenarios of a comparison."""
    names = () if compared is None else tuple(side.name for side in compared.sides)
    return bool(names) and kept_sides(study, names) == names


def state_of(document: Document, names: tuple[str, ...], reference: str) -> tuple[object, ...]:
    """Give what a comparison hangs on: equal states need not be worked out again."""
    study = document.study
    facts = ((study.problem(n), study.scenario(n).plan, study.waivers(n)) for n in names)
    marks = tuple(
        (
            id(problem),
            id(plan),
            waivers,
            study.scenario(name).made_for,
            study.scenario(name).forecast,
            study.pins(name),
        )
        for name, (problem, plan, waivers) in zip(names, facts, strict=True)
    )
    return names, reference, marks


def working(
    document: Document, names: tuple[str, ...], reference: str
) -> Iterator[Compared | None]:
    """Work a comparison out in steps, so that the window can breathe between them; the last gives it."""
    study = document.study
    outcomes: dict[str, Outcome] = {}
    sides: list[Side] = []
    for place, name in enumerate(names):
        outcome = outcomes[name] = document.outcome(name)
        yield None
        for _ in outcome.auditing():
            yield None
        sides.append(Side(place, name, outcome, state(study, name), stale(document, name)))
        yield None
    reasons = [side.stale for side in sides if side.stale is not None]
    pins = {name: study.pins(name) for name in names}
    for found in comparing(outcomes, reference, reasons=reasons, pins=pins):
        yield None if found is None else Compared(tuple(sides), found)
