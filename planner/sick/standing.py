"""Who may stand in for people who are sick: rosters with few other duties, judged by the audit alone.

Each lost duty that leaves somebody short is offered to everybody who could do it, first as the only
duty that changes, then with one more: a duty that she gives up instead, or one that another takes
over from her. What breaks a hard rule that holds without it is refused. It needs no model and no
compiled rules: only what an answer touches is audited again, and of what cannot be better than the
best one only what is hers alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from planner.amending import Amend
from planner.day_repair import Repair
from planner.edits import AdoptPlan
from planner.facts import facts
from planner.kpis.contract import Outcome
from planner.live import again
from planner.people import ShiftId
from planner.plan import Duty, Plan
from planner.rostering import CoverRequirement
from planner.rules.contract import Waiver
from planner.score import Judged, Score
from planner.sick.call import Called, begun, with_cells
from planner.sick.struck import struck
from planner.sick.trials import Change, Trials
from planner.study import Study

UNREST: Final = 60
"""What it counts to ask somebody for another duty, as a wish of hers refused does."""
REACHES: Final = ("nothing", "one", "two")
"""How far an answer goes: nobody stands in, one cell changes for a lost duty, or two."""
_FEW: Final = 4
"""People whose first change alone is not good enough, who are tried with a second one."""
_BESIDE: Final = (-1, 0, 1)
"""Who takes a duty over in second place has rested the day before, and rests the day after."""
_AROUND: Final = 6
"""Days before and after a lost duty on which one may be given up instead."""


class Cell(NamedTuple):
    """A person's day on a track, with the shift before and after; None: off."""

    person: str
    day: int
    track: str
    before: str | None
    after: str | None


class StandIns(NamedTuple):
    """A roster after a sick call: what changes against the one in which nobody stands in.

    `new` are the breaches that the roster before the call did not have.
    """

    reach: str
    cells: tuple[Cell, ...] = ()
    score: Score = Score()
    new: tuple[Judged, ...] = ()

    @property
    def unrest(self) -> int:
        """What is asked of people, in points."""
        return UNREST * len(self.cells)

    @property
    def cost(self) -> int:
        """What answers are compared by, after hard breaches."""
        return sum(self.score.tiers) + self.unrest

    @property
    def key(self) -> tuple[int, int]:
        """What to order answers by: less is better, hard breaches first."""
        return self.score.hard, self.cost


class Repaired(NamedTuple):
    """The answers to a sick call, the best first; that nobody stands in is always among them."""

    called: Called
    answers: tuple[StandIns, ...]
    seconds: float = 0.0

    @property
    def nothing(self) -> StandIns:
        """The answer in which nobody stands in."""
        return next(each for each in self.answers if each.reach == "nothing")


def stand_ins(
    called: Called,
    before: Outcome,
    waivers: Sequence[Waiver] = (),
    held: Callable[[str, int], bool] = lambda _person, _day: False,
    stop: Callable[[], bool] = lambda: False,
) -> Repaired:
    """Answer a sick call; `before` is the roster that it strikes, `held` tells a pinned day of a person."""
    nobody = struck(before, called, waivers)
    search = _Search(called, nobody, held, stop)
    found = [search.answer("nothing", before)]
    for reach, step in (("one", search.one), ("two", search.two)):
        for duty in called.lost:
            if stop():
                break
            step(duty)
        answer = search.answer(reach, before)
        if answer.cells != found[-1].cells:
            found.append(answer)
    found.sort(key=lambda each: each.key)
    return Repaired(called, tuple(found))


def made(called: Called, answer: StandIns) -> Plan:
    """Give the roster of an answer."""
    return with_cells(called.problem, called.plan, map(_set, answer.cells))


def adopting(study: Study, scenario: str, called: Called, answer: StandIns, at: str) -> Repair:
    """Give the edit that takes a sick call into a scenario, and an answer to it as its roster.

    A plan that was out of date before stays so: the call is not what it was made for either.
    """
    made_for = study.scenario(scenario).made_for if study.stale(scenario) else None
    return Repair(
        edits=(
            Amend(scenario=scenario, group=called.group),
            AdoptPlan(scenario=scenario, plan=made(called, answer), made_for=made_for),
        ),
        event=called.call.words,
        at=at,
    )


def _set(cell: Cell) -> tuple[str, int, str, str | None]:
    return cell.person, cell.day, cell.track, cell.after


_Option = tuple[tuple[Cell, ...], dict[str, list[Change]], int]
"""Cells, the same by person, and what others share on their days."""


def _by_person(cells: Iterable[Cell]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for cell in cells:
        after = None if cell.after is None else ShiftId(cell.after)
        found[cell.person].append((cell.day, cell.track, after))
    return found


class _Search:
    """The roster as it is mended, cell by cell."""

    def __init__(
        self,
        called: Called,
        nobody: Outcome,
        held: Callable[[str, int], bool],
        stop: Callable[[], bool],
    ) -> None:
        self.called = called
        self.problem = called.problem
        self.facts = facts(called.problem)
        self.held = held
        self.stop = stop
        self.outcome = nobody
        self.trials = Trials(nobody)
        self.cells: dict[tuple[str, int, str], Cell] = {}
        self.sick = frozenset(called.call.people)
        self.tracks = {shift.id: shift.track for shift in self.problem.shifts}
        self.tried: dict[Duty, list[tuple[tuple[int, int], Cell]]] = {}

    # --- steps ------------------------------------------------------------------------------------

    def one(self, duty: Duty) -> None:
        """Let the one stand in for a lost duty who costs least, if it is worth it."""
        if not self._missed(duty):
            return
        tried = self._cheapest(((cell,) for cell in self._takers(duty)), _FEW)
        self.tried[duty] = [(cost, cells[0]) for cost, cells in tried]
        if tried and self._gains(tried[0][0]):
            self._take(tried[0][1])

    def two(self, duty: Duty) -> None:
        """Try a second change beside the first, for a lost duty that is missed or costs much."""
        if not self._missed(duty):
            return
        pairs = (
            (first, second)
            for _, first in self.tried.get(duty, ())[:_FEW]
            if self._free(first)
            for second in (*self._given_up(first), *self._passed_on(first))
        )
        tried = self._cheapest(pairs, 1)
        if tried and self._gains(tried[0][0]) and not self.stop():
            self._take(tried[0][1])

    def answer(self, reach: str, before: Outcome) -> StandIns:
        """Give the roster as it stands, with the breaches that the one before the call has not."""
        known = {(each.rule.id, each.breach.about) for each in before.judgement.judged}
        judged = self.outcome.judgement
        new = (each for each in judged.judged if (each.rule.id, each.breach.about) not in known)
        cells = tuple(
            self.cells[key] for key in sorted(self.cells, key=lambda k: (k[1], k[0], k[2]))
        )
        return StandIns(reach, cells, judged.score, tuple(new))

    # --- what could be -----------------------------------------------------------------------------

    def _needs(self, duty: Duty) -> list[CoverRequirement]:
        """Give the requirements that a lost duty counted for."""
        person = next(each for each in self.problem.staff if each.id == duty.person)
        return [
            need
            for need in self.problem.cover
            if need.day == duty.day
            and duty.shift in need.shifts
            and need.skill in (None, *person.abilities)
        ]

    def _missed(self, duty: Duty) -> bool:
        """Tell whether somebody is short on the day of a lost duty for want of it."""
        ids = {need.id for need in self._needs(duty)}
        judged = self.outcome.judgement.judged
        return any(ids.intersection(each.breach.about.subjects) for each in judged)

    def _takers(self, duty: Duty) -> Iterator[Cell]:
        """Give the cells that could take a lost duty, or another shift that counts as it did."""
        needs = self._needs(duty)
        shifts = sorted({shift for need in needs for shift in need.shifts})
        skills = {need.skill for need in needs}
        for person in self.problem.staff:
            if person.id in self.sick or not skills.intersection((None, *person.abilities)):
                continue
            for shift in shifts:
                if person.shifts and shift not in person.shifts:
                    continue
                cell = self._cell(person.id, duty.day, self.tracks[shift], shift)
                if cell.before != shift and self._free(cell):
                    yield cell

    def _given_up(self, first: Cell) -> Iterator[Cell]:
        """Give the duties around the first change that the same person could give up for it."""
        for day in range(first.day - _AROUND, first.day + _AROUND + 1):
            if day == first.day or not 0 <= day <= self.problem.horizon.last:
                continue
            cell = self._cell(first.person, day, first.track, None)
            if cell.before is not None and self._free(cell):
                yield cell

    def _passed_on(self, first: Cell) -> Iterator[Cell]:
        """Give the people who could do what the first change takes her from."""
        if first.before is None:
            return
        for person in self.problem.staff:
            if person.id in self.sick or person.id == first.person:
                continue
            if person.shifts and first.before not in person.shifts:
                continue
            days = (
                self._cell(person.id, first.day + n, first.track, first.before) for n in _BESIDE
            )
            before, cell, after = days
            rested = before.before is None and cell.before is None and after.before is None
            if rested and self._free(cell):
                yield cell

    def _cell(self, person: str, day: int, track: str, after: str | None) -> Cell:
        shifts = self.outcome.roster.shifts(person, day)
        before = next((shift.id for shift in shifts if shift.track == track), None)
        return Cell(person, day, track, before, after)

    def _free(self, cell: Cell) -> bool:
        """Tell whether a cell may change: not begun, not pinned, not changed already."""
        if (cell.person, cell.day, cell.track) in self.cells or self.held(cell.person, cell.day):
            return False
        shifts = (shift for shift in (cell.before, cell.after) if shift is not None)
        return not any(begun(self.problem, cell.day, shift, self.called.moment) for shift in shifts)

    # --- what it costs -----------------------------------------------------------------------------

    def _cheapest(
        self, options: Iterable[tuple[Cell, ...]], few: int
    ) -> list[tuple[tuple[int, int], tuple[Cell, ...]]]:
        """Judge options on the whole roster, the most promising first; give those judged, best first.

        It ends where none that is left can be better than the best, after a `few` at least.
        """
        found: list[tuple[tuple[int, int], tuple[Cell, ...]]] = []
        for bound, cells in self._promising(options):
            enough = len(found) >= few and bound >= min(found)[0]
            if enough or self.stop():
                break
            found.append((self._cost(cells), cells))
        return sorted(found, key=lambda each: each[0])

    def _promising(
        self, options: Iterable[tuple[Cell, ...]]
    ) -> Iterator[tuple[tuple[int, int], tuple[Cell, ...]]]:
        """Give options by what they cost at best: what is each person's alone, and all else mended."""
        score, groups = self.outcome.judgement.score, defaultdict[int, list[_Option]](list)
        for cells in options:
            if self.stop():
                return
            hers = _by_person(cells)
            shared = self.trials.shared(frozenset(cell.day for cell in cells))
            hard = sum(
                self.trials.hard(person, changes, shared.hard) for person, changes in hers.items()
            )
            groups[score.hard + hard - shared.hard].append((cells, hers, shared.soft))
        for hard in sorted(groups):
            within = []
            for place, (cells, hers, soft) in enumerate(groups[hard]):
                more = sum(self.trials.soft(person, changes) for person, changes in hers.items())
                least = sum(score.tiers) + more - soft + UNREST * len(cells)
                within.append((least, place, cells))
            for least, _, cells in sorted(within):
                yield (hard, least), cells

    def _after(self, cells: Sequence[Cell]) -> Outcome:
        return again(self.outcome, with_cells(self.problem, self.outcome.plan, map(_set, cells)))

    def _cost(self, cells: Sequence[Cell]) -> tuple[int, int]:
        score = self._after(cells).judgement.score
        return score.hard, sum(score.tiers) + UNREST * len(cells)

    def _gains(self, cost: tuple[int, int]) -> bool:
        score = self.outcome.judgement.score
        return cost[0] <= score.hard and cost < (score.hard, sum(score.tiers))

    def _take(self, cells: Sequence[Cell]) -> None:
        self.outcome = self._after(cells)
        self.trials.moved(self.outcome, [cell.person for cell in cells])
        self.cells |= {(cell.person, cell.day, cell.track): cell for cell in cells}
