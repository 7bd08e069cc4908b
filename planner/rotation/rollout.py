"""Rotations on real dates: the duties of their people, and those that are left out and why.

What is left out stays free for others. The past and pinned days stay as they are, so do duties on
tracks that a rotation says nothing of.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from planner.edits import EditRefusedError
from planner.facts import Facts, facts
from planner.fingerprint import fingerprint
from planner.people import ShiftId, StaffMember
from planner.pinning import days as pinned_days
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rotation.wheel import Wheel, wheel
from planner.sick.call import with_cells
from planner.study import Pin, Study

Why: TypeAlias = Literal["absent", "gone", "holiday", "part_time", "not_hers"]
WHYS: Final[tuple[Why, ...]] = ("absent", "gone", "holiday", "part_time", "not_hers")
"""Why a duty is left out: away, after her last day, a public holiday, a part-timer's day off, not a
shift that she may work."""

_Cell: TypeAlias = tuple[str, int, str, str | None]


class LeftOut(NamedTuple):
    """A duty of a rotation that is not laid out, and why."""

    duty: Duty
    why: Why


class Load(NamedTuple):
    """Who gets more minutes of a rotation than her contract has, both as a mean a week."""

    person: str
    worked: int
    due: int


class RolledOut(NamedTuple):
    """A roster with rotations laid out from `first` to `last`.

    `given` counts duties and `people` who have some, `kept` the pinned days that stayed as they were.
    """

    plan: Plan
    first: int
    last: int
    given: int
    people: int
    kept: int
    left_out: tuple[LeftOut, ...]
    over: tuple[Load, ...]


def rolled_out(
    problem: Problem,
    plan: Plan,
    rotations: Sequence[str] = (),
    days: tuple[int, int] | None = None,
    pins: Iterable[Pin] = (),
) -> RolledOut:
    """Lay rotations (all of them unless named) over the days of a period, or from one day to another.

    Raises:
        EditRefusedError: there is no such rotation, it has no people or no duties, or no day is left.
    """
    known = facts(problem)
    wheels = [_turning(problem, id) for id in rotations or _every(problem)]
    first, last = (0, known.horizon.last) if days is None else days
    if last < first:
        dates = {"first": first, "last": last}
        told = {name: known.horizon.date(day).isoformat() for name, day in dates.items()}
        raise EditRefusedError("rotation_backwards", **told)
    first = max(first, known.as_of, 0)
    if first > min(last, known.horizon.last):
        raise EditRefusedError("rotation_past", day=known.horizon.date(known.as_of).isoformat())
    held = _Pinned(pins)
    cells: list[_Cell] = []
    left_out: list[LeftOut] = []
    for turning in wheels:
        for duty, why in _laid(known, turning, range(first, last + 1), held, cells):
            if why is None:
                cells.append((duty.person, duty.day, known.shifts[duty.shift].track, duty.shift))
            else:
                left_out.append(LeftOut(duty, why))
    given = [cell for cell in cells if cell[3] is not None]
    return RolledOut(
        plan=with_cells(problem, plan, cells),
        first=first,
        last=last,
        given=len(given),
        people=len({person for person, *_ in given}),
        kept=len(held.met),
        left_out=tuple(left_out),
        over=tuple(_over(known, wheels)),
    )


def _every(problem: Problem) -> tuple[str, ...]:
    if not problem.rotations:
        raise EditRefusedError("no_rotation")
    return tuple(each.id for each in problem.rotations)


def _turning(problem: Problem, id: str) -> Wheel:
    found = wheel(problem, id)
    if not found.turns:
        raise EditRefusedError("rotation_nobody", id=id)
    if not found.used:
        raise EditRefusedError("rotation_empty", id=id)
    return found


class _Pinned:
    """The days that pins hold, and those of them that were met."""

    def __init__(self, pins: Iterable[Pin]) -> None:
        self.pins = [pin for pin in pins if pin.kind in ("person", "day")]
        self.met: set[tuple[str, int]] = set()

    def holds(self, person: str, day: int) -> bool:
        """Tell whether a day of a person stays as it is."""
        for pin in self.pins:
            first, last = pinned_days(pin)
            if first <= day <= last and pin.id in ("", person):
                self.met.add((person, day))
                return True
        return False


def _laid(
    known: Facts, turning: Wheel, days: range, held: _Pinned, cells: list[_Cell]
) -> Iterator[tuple[Duty, Why | None]]:
    """Empty the cells of a rotation, and give its duties with why they are left out; None: they are not."""
    tracks = sorted({known.shifts[shift].track for shift in turning.used})
    for turn in turning.turns:
        person = known.staff[turn.id]
        for day in days:
            if held.holds(person.id, day):
                continue
            cells += [(person.id, day, track, None) for track in tracks]
            for shift in turning.shifts(turn, known.horizon, day):
                yield Duty(person.id, day, shift), _why(known, turning, person, day, shift)


def _why(known: Facts, turning: Wheel, person: StaffMember, day: int, shift: ShiftId) -> Why | None:
    """Say why a person does not do a duty of her rotation."""
    if known.left(person.id, day):
        return "gone"
    if _away(known, person.id, day, shift):
        return "absent"
    if day in known.holidays and not turning.rotation.holidays:
        return "holiday"
    if person.shifts and shift not in person.shifts:
        return "not_hers"
    if person.share < 100 and any(
        wish.day == day and not wish.wanted and wish.shift in (None, shift)
        for wish in known.requests.get(person.id, ())
    ):
        return "part_time"
    return None


def _away(known: Facts, person: str, day: int, shift: ShiftId) -> bool:
    """Tell whether a shift meets an absence by a minute, that of the day before or after too."""
    start, end = known.span(day, shift)
    return any(
        first < end and start < last
        for other in (day - 1, day, day + 1)
        for stretch in known.away(person, other)
        for first, last in (known.horizon.span(other, *stretch),)
    )


def _over(known: Facts, wheels: Iterable[Wheel]) -> Iterator[Load]:
    """Find whom the weeks of her rotation give more minutes than her contract has, on the whole."""
    for turning in wheels:
        every = [shift for week in turning.weeks for day in week for shift in day]
        worked = sum(known.shifts[id].minutes for id in every if "work" in known.shifts[id].tags)
        mean = worked // turning.rotation.weeks
        for turn in turning.turns:
            person = known.staff[turn.id]
            due = known.contracts[person.contract].week * person.share // 100
            if mean > due > 0:
                yield Load(person.id, mean, due)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOut:
    """Lay rotations over the roster of a scenario, from one day to another (None: all there are)."""

    scenario: str
    rotations: tuple[str, ...] = ()
    days: tuple[int, int] | None = None

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        if not self.rotations:
            return "edit_roll_out_all", {"scenario": self.scenario}
        named = ", ".join(self.rotations)
        return "edit_roll_out", {"n": len(self.rotations), "rotations": named}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def found(self, study: Study) -> RolledOut:
        """Say what it does to a study.

        Raises:
            EditRefusedError: as when it is done.
        """
        scenario, pins = study.scenario(self.scenario), study.pins(self.scenario)
        problem = study.problem(self.scenario)
        return rolled_out(problem, scenario.plan, self.rotations, self.days, pins)

    def apply(self, study: Study) -> Study:
        scenario = study.scenario(self.scenario)
        made_for = scenario.made_for or fingerprint(study.problem(self.scenario))
        plan = self.found(study).plan
        return study.replace(dataclasses.replace(scenario, plan=plan, made_for=made_for))
