"""Pins: what each keeps of a plan, which of them a plan does not keep, and setting and freeing them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from planner.cases import CaseId
from planner.commands.contract import days as named
from planner.commands.contract import known
from planner.edits import Edit, EditRefusedError, SetPins
from planner.hand_edits import Assign, Place, TakeOut, Together
from planner.past import over
from planner.people import StaffId
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.runs import MASTER, ROTATION
from planner.study import Pin, Study

KINDS: Final = ("case", "session", "person", "day", "template")
PARTS: Final = {
    "theatre": ("case", "session"),
    "roster": ("person", "day"),
    MASTER: ("template",),
    ROTATION: (),
}
"""Part of a run → the kinds of pins that it keeps."""
_EVER: Final = 10**9


def days(pin: Pin) -> tuple[int, int]:
    """Give the first and the last day that a pin of a roster holds."""
    first = -_EVER if pin.first is None else pin.first
    return first, _EVER if pin.last is None else pin.last


def held(study: Study, name: str) -> tuple[Pin, ...]:
    """Give what a run has to keep: the pins in force, and what is over of a published plan.

    Days of a roster and sessions of theatres that are over are kept as the plan has them, empty ones
    too: what was done instead of what was published is known there.
    """
    pins, until = study.pins(name), over(study, name)
    past: list[Pin] = []
    if until.roster:
        past.append(Pin(kind="day", id="", first=0, last=until.roster - 1))
    if until.theatre:
        sessions = study.problem(name).sessions
        past += [Pin(kind="session", id=each.id) for each in sessions if each.day < until.theatre]
    return (*pins, *(pin for pin in past if pin not in pins))


def missed(study: Study, name: str, before: Study | None = None) -> Iterator[Pin]:
    """Give the pins that a scenario's plan does not keep: it differs from that of whoever set the pin.

    `before` is the study before another plan took the place of the scenario's.
    """
    plan = study.scenario(name).plan
    for owner in (study if before is None else before).line(name):
        if owner.pins and owner.plan is not plan:
            moved = _Moved(owner.plan, plan)
            yield from (pin for pin in owner.pins if moved.has(pin))


class _Moved:
    """What differs between two plans, by what pins name."""

    def __init__(self, one: Plan, other: Plan) -> None:
        placed = set(one.placements) ^ set(other.placements)
        self.duties = set(one.duties) ^ set(other.duties)
        self.ids = {
            "case": {str(each.case) for each in placed},
            "session": {str(each.session) for each in placed},
        }

    def has(self, pin: Pin) -> bool:
        """Tell whether something that a pin holds is among it."""
        if pin.kind in self.ids:
            return pin.id in self.ids[pin.kind]
        first, last = days(pin)
        return any(
            first <= duty.day <= last and (pin.kind == "day" or duty.person == pin.id)
            for duty in self.duties
        )


def put_back(study: Study, name: str, pins: Iterable[Pin]) -> Edit | None:
    """Give the edit that has in a scenario what its pins hold as whoever set them has it; None: it is so."""
    mine = study.scenario(name).plan
    places: dict[CaseId, Placement | None] = {}
    given: dict[tuple[StaffId, int], list[tuple[str, int, str | None]]] = {}
    for pin in pins:
        theirs = study.scenario(owner_of(study, name, pin)).plan
        there = {placement.case: placement for placement in theirs.placements}
        moved = set(theirs.placements) ^ set(mine.placements)
        places |= {each.case: there.get(each.case) for each in moved if _holds(pin, each)}
        for duty in set(theirs.duties) ^ set(mine.duties):
            if _holds(pin, duty):
                given[duty.person, duty.day] = [(duty.person, duty.day, None)]
        for duty in theirs.duties:
            cell = given.get((duty.person, duty.day))
            if cell is not None and (duty.person, duty.day, duty.shift) not in cell:
                cell.append((duty.person, duty.day, duty.shift))
    out = frozenset(str(case) for case, placement in places.items() if placement is None)
    edits: list[Edit] = [TakeOut(scenario=name, cases=out)] if out else []
    edits += [Place(scenario=name, placement=each) for each in places.values() if each is not None]
    if given:
        duties = tuple(each for cell in given.values() for each in cell)
        edits.append(Assign(scenario=name, duties=duties))
    return Together(edits=tuple(edits)) if edits else None


def _holds(pin: Pin, it: Placement | Duty) -> bool:
    """Tell whether a pin holds a decision of a plan."""
    if isinstance(it, Placement):
        return pin.id == {"case": it.case, "session": it.session}.get(pin.kind)
    first, last = days(pin)
    mine = pin.kind == "day" or (pin.kind == "person" and it.person == pin.id)
    return mine and first <= it.day <= last


def owner_of(study: Study, name: str, pin: Pin) -> str:
    """Give the scenario of a line that has set a pin, the nearest one."""
    return next(each.name for each in reversed(study.line(name)) if pin in each.pins)


def toggled(study: Study, name: str, wanted: Sequence[Pin]) -> SetPins:
    """Give the edit that pins all of these, or sets all free where they all are pinned.

    Raises:
        EditRefusedError: one to be set free is pinned by a parent.
    """
    there = study.pins(name)
    if all(covered(pin, there) for pin in wanted):
        return freed(study, name, wanted)
    return fixed(study, name, wanted)


def fixed(study: Study, name: str, wanted: Sequence[Pin]) -> SetPins:
    """Give the edit that pins all of these; what is pinned already, by a parent too, stays so."""
    own, there = study.scenario(name).pins, study.pins(name)
    fresh = (pin for pin in wanted if not covered(pin, there))
    return SetPins(scenario=name, pins=tuple(dict.fromkeys((*own, *fresh))))


def freed(study: Study, name: str, wanted: Sequence[Pin]) -> SetPins:
    """Give the edit that sets all of these free; of a longer pin of a roster the other days stay.

    Raises:
        EditRefusedError: one is pinned by a parent, or by a pin of another kind, and not set free so.
    """
    pins = study.scenario(name).pins
    for one in wanted:
        pins = tuple(part for pin in pins for part in without(pin, one))
    line = study.line(name)
    for one in wanted:
        for scenario in (*line[:-1], None):
            there = pins if scenario is None else scenario.pins
            if any(_overlap(pin, one) for pin in there):
                where = name if scenario is None else scenario.name
                raise EditRefusedError("pinned_elsewhere", scenario=where)
    return SetPins(scenario=name, pins=pins)


def covered(wanted: Pin, pins: Iterable[Pin]) -> bool:
    """Tell whether all that a pin would hold is held already, by one pin or by several together."""
    here, last = days(wanted)
    for begin, end in sorted(days(pin) for pin in pins if _about(pin, wanted)):
        if begin > here:
            return False
        here = max(here, end + 1)
        if here > last:
            return True
    return False


def stretches(places: Iterable[tuple[str, int]]) -> tuple[Pin, ...]:
    """Give the pins that hold some days of people, each as long as the days follow each other."""
    found: dict[str, set[int]] = {}
    for person, day in places:
        found.setdefault(person, set()).add(day)
    return tuple(
        Pin(kind="person", id=person, first=a, last=b)
        for person, there in found.items()
        for a, b in _runs(sorted(there))
    )


def whole_days(places: Iterable[tuple[str, int]]) -> tuple[Pin, ...]:
    """Give the pins that hold the days of some places for everybody."""
    runs = _runs(sorted({day for _, day in places}))
    return tuple(Pin(kind="day", id="", first=a, last=b) for a, b in runs)


def whole_people(places: Iterable[tuple[str, int]]) -> tuple[Pin, ...]:
    """Give the pins that hold all days of the people of some places."""
    return tuple(Pin(kind="person", id=id) for id in dict.fromkeys(id for id, _ in places))


def _about(pin: Pin, wanted: Pin) -> bool:
    """Tell whether a pin holds what another one would, days left aside."""
    same = (pin.kind, pin.id) == (wanted.kind, wanted.id)
    return same or (pin.kind == "day" and wanted.kind in ("day", "person"))


def _overlap(pin: Pin, wanted: Pin) -> bool:
    (first, last), (begin, end) = days(pin), days(wanted)
    return _about(pin, wanted) and first <= end and begin <= last


def without(pin: Pin, gone: Pin) -> Iterator[Pin]:
    """Give what is left of a pin without the days of another one about the same."""
    same = pin.kind == gone.kind and (pin.kind == "day" or pin.id == gone.id)
    if not (same and _overlap(pin, gone)):
        yield pin
        return
    if gone.first is not None and days(pin)[0] < gone.first:
        yield Pin(kind=pin.kind, id=pin.id, first=pin.first, last=gone.first - 1)
    if gone.last is not None and gone.last < days(pin)[1]:
        yield Pin(kind=pin.kind, id=pin.id, first=gone.last + 1, last=pin.last)


def of_part(pins: Iterable[Pin], parts: Collection[str]) -> tuple[Pin, ...]:
    """Give the pins that a run of some parts keeps."""
    kinds = {kind for part in parts for kind in PARTS[part]}
    return tuple(pin for pin in pins if pin.kind in kinds)


def read(problem: Problem, words: str) -> tuple[Pin, ...]:
    """Read pins as they are typed: case/ID, session/ID, template/ID, person/ID[@DAYS] or day/DAYS.

    DAYS is a date, DATE..DATE or a weekday, which means each of the period.

    Raises:
        EditRefusedError: the words are not written so.
        CommandRefusedError: they name what is not there.
    """
    kind, _, rest = words.partition("/")
    if kind not in KINDS or not rest:
        raise EditRefusedError("pin_words", words=words)
    if kind == "day":
        return tuple(Pin(kind=kind, id="", first=a, last=b) for a, b in _runs(named(problem, rest)))
    if kind != "person":
        return (Pin(kind=kind, id=str(known(problem, kind, rest).id)),)
    id, at, when = rest.rpartition("@")
    if not at:
        return (Pin(kind=kind, id=str(known(problem, "staff", rest).id)),)
    person = str(known(problem, "staff", id).id)
    return tuple(Pin(kind=kind, id=person, first=a, last=b) for a, b in _runs(named(problem, when)))


def _runs(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give days that follow each other as first and last."""
    first = None
    for day in found:
        first = day if first is None else first
        if day + 1 not in found:
            yield first, day
            first = None


def strangers(problem: Problem, pins: Iterable[Pin]) -> frozenset[Pin]:
    """Give the pins about what is not among the facts any more."""
    there: dict[str, set[str]] = {}
    found = set()
    for pin in pins:
        kind = "staff" if pin.kind == "person" else pin.kind
        if kind != "day" and kind not in there:
            there[kind] = {str(record.id) for record in problem.records(kind)}
        if kind != "day" and pin.id not in there[kind]:
            found.add(pin)
    return frozenset(found)
