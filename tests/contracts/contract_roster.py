"""Small random rosters: two tracks, unknown days, clock changes, dense and sparse people."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from planner.clock import WEEKDAYS, Horizon
from planner.hospital import Holiday
from planner.people import (
    Absence,
    Carried,
    Contract,
    History,
    Promise,
    Request,
    ShiftId,
    StaffId,
    StaffMember,
)
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, Rotation, RotationLine, ShiftType, Turn

CLOCK_CHANGES: Final = (date(2026, 3, 29), date(2026, 10, 25))
SKILLS: Final = ("senior", "theatre", "recovery")
MEASURES: Final = ("hours", "nights")
SHIFT_TAGS: Final = ("work", "day", "late", "night", "long", "call")
# Two end or begin at midnight; the one on call begins with the morning and ends with the night.
SHIFTS: Final = (
    ShiftType(id="M", start=420, end=870, pause=30, tags=frozenset({"work", "day"}), half_days=1),
    ShiftType(id="S", start=810, end=1290, pause=20, tags=frozenset({"work", "late"}), half_days=1),
    ShiftType(
        id="D12",
        start=420,
        end=1140,
        pause=60,
        tags=frozenset({"work", "day", "long"}),
        half_days=2,
    ),
    ShiftType(id="N10", start=1260, end=1860, tags=frozenset({"work", "night"}), half_days=2),
    ShiftType(
        id="N12", start=1140, end=1860, tags=frozenset({"work", "night", "long"}), half_days=2
    ),
    ShiftType(id="E", start=960, end=1440, tags=frozenset({"work", "late"})),
    ShiftType(id="Z", start=0, end=480, tags=frozenset({"work", "night"})),
    ShiftType(id="C", start=420, end=1860, track="call", tags=frozenset({"call"})),
    ShiftType(id="K", start=1110, end=1920, track="call", tags=frozenset({"work", "call"})),
)


def draw_start(rng: Random, days: int) -> date:
    """Draw the first day; one horizon in four has a clock change in it or at its edge."""
    if rng.random() < 0.25:
        return rng.choice(CLOCK_CHANGES) - timedelta(days=rng.randint(0, days))
    return date(2026, 1, 5) + timedelta(days=rng.randrange(330))


def draw_roster(rng: Random) -> Problem:
    """Draw 4 to 8 people, their past and wishes, and what 5 to 30 days need."""
    days = rng.choice((5, 7, 9, 14, 16, 21, 28, 30))
    shifts = _shifts(rng)
    staff = tuple(_person(rng, f"P{n}", shifts, days) for n in range(rng.randint(4, 8)))
    horizon = Horizon(start=draw_start(rng, days), days=days)
    own = Random(f"{horizon.start} {days} {len(staff)}")  # so that all else stays as it is drawn
    return Problem(
        horizon=horizon,
        as_of=horizon.start - timedelta(days=rng.randint(0, 5)),
        holidays=tuple(
            Holiday(id=f"H{day}", day=day) for day in range(-2, days) if rng.random() < 0.08
        ),
        contracts=(
            Contract(id="FPH", week=2100),
            Contract(id="CDI", week=rng.choice((2250, 1200))),
        ),
        staff=staff,
        absences=tuple(_absences(rng, staff, days)),
        requests=tuple(_requests(rng, staff, shifts, days)),
        histories=tuple(_histories(rng, staff, shifts)),
        carried=tuple(_carried(own, staff)),
        shifts=shifts,
        promises=tuple(_promises(own, staff, shifts, days)),
        cover=tuple(_cover(rng, shifts, days)),
        **_rotations(Random(f"rotation {horizon.start} {days} {len(staff)}"), staff, shifts),
    )


def _shifts(rng: Random) -> tuple[ShiftType, ...]:
    work = [s for s in SHIFTS if s.track == "work"]
    chosen = {s.id for s in rng.sample(work, rng.randint(2, 5))}
    chosen.add(rng.choice(("N10", "N12")))
    chosen.update(rng.choice((("C",), ("K",), ("C", "K"))))
    return tuple(shift for shift in SHIFTS if shift.id in chosen)


def _person(rng: Random, id: str, shifts: tuple[ShiftType, ...], days: int) -> StaffMember:
    ids = [shift.id for shift in shifts]
    some = (
        frozenset(rng.sample(ids, rng.randint(2, len(ids)))) if rng.random() < 0.35 else frozenset()
    )
    return StaffMember(
        id=StaffId(id),
        contract=rng.choice(("FPH", "CDI")),
        role=rng.choice(("nurse", "aide")),
        team=rng.choice(("A", "B")),
        skills=frozenset(skill for skill in SKILLS if rng.random() < 0.6),
        share=rng.choice((50, 80, 100, 100)),
        shifts=some,
        last=rng.randint(-3, days + 3) if rng.random() < 0.15 else None,
    )


def _absences(rng: Random, staff: tuple[StaffMember, ...], days: int) -> list[Absence]:
    found = []
    for number in range(rng.randint(1, 6)):
        first = rng.randint(-2, days - 1)
        partial = rng.random() < 0.4
        start = rng.randrange(0, 1300, 30) if partial else None
        found.append(
            Absence(
                id=f"A{number}",
                person=rng.choice(staff).id,
                first=first,
                last=first + rng.choice((0, 0, 1, 2, 6)),
                start=start,
                end=start + rng.randrange(30, 600, 30) if start is not None else None,
            )
        )
    return found


def _requests(
    rng: Random, staff: tuple[StaffMember, ...], shifts: tuple[ShiftType, ...], days: int
) -> list[Request]:
    return [
        Request(
            id=f"Q{number}",
            person=rng.choice(staff).id,
            day=rng.randint(-1, days) if rng.random() < 0.2 else rng.randrange(days),
            shift=rng.choice(shifts).id if rng.random() < 0.7 else None,
            wanted=rng.random() < 0.5,
            weight=rng.choice((0, rng.randint(1, 9), rng.randint(1, 9))),
        )
        for number in range(rng.randint(4, 16))
    ]


def _histories(
    rng: Random, staff: tuple[StaffMember, ...], shifts: tuple[ShiftType, ...]
) -> list[History]:
    usual = rng.choice((0, 2, 8, 20))
    found = []
    for person in staff:
        length = usual if rng.random() < 0.7 else rng.choice((0, 2, 8, 20))
        if rng.random() < 0.12:
            continue  # no history line: all her negative days are unknown
        unknown = rng.choice((0.0, 0.0, 0.06, 0.3))
        past = draw_days(rng, person, shifts, length, rng.uniform(0.2, 0.95))
        words = ("?" if rng.random() < unknown else "+".join(ids) or "-" for ids in past)
        found.append(History(id=person.id, past=tuple(words)))
    return found


def _carried(rng: Random, staff: tuple[StaffMember, ...]) -> list[Carried]:
    """Draw amounts for stretches of the past that lie apart, meet, or share days."""
    return [
        Carried(
            id=f"K{number}",
            person=rng.choice(staff).id,
            measure=rng.choice(MEASURES),
            since=-(until + rng.choice((0, 1, 6, 20, 90))),
            until=-until,
            amount=rng.choice((0, 2, 5, 600, 3000)),
        )
        for number, until in enumerate(rng.choice((1, 1, 3, 8, 30)) for _ in range(2 * len(staff)))
    ]


def _rotations(
    rng: Random, staff: tuple[StaffMember, ...], shifts: tuple[ShiftType, ...]
) -> dict[str, Any]:
    """Put most people on a rotation of two weeks, or of one with holidays; some lines are empty."""
    ids = [shift.id for shift in shifts]
    rotations = (Rotation(id="A", weeks=2), Rotation(id="B", weeks=1, holidays=True))
    lines = []
    for each in rotations:
        for number in range(1, each.weeks + 1):
            week = {day: rng.choice((None, None, *ids)) for day in WEEKDAYS if rng.random() < 0.8}
            id = f"{each.id}{number}"
            lines.append(RotationLine(id=id, rotation=each.id, number=number, **week))
    turns = [
        Turn(id=person.id, rotation=each.id, line=rng.randint(1, each.weeks))
        for person in staff
        for each in [rng.choice((*rotations, *rotations, None))]
        if each is not None
    ]
    return {"rotations": rotations, "lines": tuple(lines), "turns": tuple(turns)}


def _promises(
    rng: Random, staff: tuple[StaffMember, ...], shifts: tuple[ShiftType, ...], days: int
) -> list[Promise]:
    found = []
    for person in staff:
        if rng.random() < 0.8:
            drawn = draw_days(rng, person, shifts, rng.choice((days, days, days // 2)), 0.6)
            words = ("?" if rng.random() < 0.1 else "+".join(ids) or "-" for ids in drawn)
            told = rng.choice((None, -20, -15, -14, -3, 0))
            found.append(Promise(id=person.id, days=tuple(words), told=told))
    return found


def _cover(rng: Random, shifts: tuple[ShiftType, ...], days: int) -> list[CoverRequirement]:
    found = []
    for number in range(rng.randint(4, 14)):
        least = rng.randint(0, 4)
        best = rng.choice((0, least, least + 1, least + 2))
        found.append(
            CoverRequirement(
                id=f"N{number}",
                day=rng.randrange(days),
                shifts=frozenset(s.id for s in rng.sample(shifts, rng.randint(1, len(shifts)))),
                skill=rng.choice((None, *SKILLS)),
                least=least,
                best=best,
                most=None if rng.random() < 0.3 else max(least, best) + rng.randint(0, 1),
                price_below=rng.randint(1, 5),
                price_above=rng.randint(1, 5),
            )
        )
    return found


def draw_days(
    rng: Random, person: StaffMember, shifts: tuple[ShiftType, ...], days: int, density: float
) -> list[tuple[ShiftId, ...]]:
    """Draw what a person does on some days: at most one shift a track, the same for a few days."""
    own = [s for s in shifts if not person.shifts or s.id in person.shifts]
    tracks = dict.fromkeys(shift.track for shift in own)
    sticky = rng.choice((0.0, 0.5, 0.85))
    found: list[list[ShiftId]] = [[] for _ in range(days)]
    for track in tracks:
        chance = density if track == "work" else density * rng.choice((0.2, 0.6))
        usable = [shift.id for shift in own if shift.track == track]
        now: ShiftId | None = None
        for day in range(days):
            if day == 0 or rng.random() >= sticky:
                now = rng.choice(usable) if rng.random() < chance else None
            if now is not None:
                found[day].append(now)
    return [tuple(ids) for ids in found]


def draw_duties(rng: Random, problem: Problem, strange: float = 0.0) -> Plan:
    """Draw a roster in which each person has her own density; a few people have no duty.

    `strange` is how often a day has any shift, allowed or not, beside what it has already.
    """
    duties = []
    dense = rng.random() < 0.3
    for person in problem.staff:
        density = rng.uniform(0.85, 1.0) if dense else rng.choice((0.0, 0.15, 0.4, 0.6, 0.8, 1.0))
        drawn = draw_days(rng, person, problem.shifts, problem.horizon.days, density)
        for day, ids in enumerate(drawn):
            more = {rng.choice(problem.shifts).id} if rng.random() < strange else set()
            duties += [Duty(person.id, day, id) for id in sorted({*ids, *more})]
    return Plan.build(duties=duties)


def draw_strangers(rng: Random, problem: Problem, plan: Plan) -> Plan:
    """Change some duties into shifts of the same track that the person may not work."""
    tracks = {shift.id: shift.track for shift in problem.shifts}
    duties = []
    for duty in plan.duties:
        others = [id for id in tracks if tracks[id] == tracks[duty.shift]]
        strange = rng.random() < 0.2
        duties.append(duty._replace(shift=rng.choice(others)) if strange else duty)
    return plan.with_duties(duties)


def draw_cell_edit(rng: Random, problem: Problem, plan: Plan) -> tuple[Plan, str, int]:
    """Change one cell of a roster: the new plan, the person and the day."""
    person = rng.choice(problem.staff)
    day = rng.randrange(problem.horizon.days)
    tracks = {shift.id: shift.track for shift in problem.shifts}
    own = [s.id for s in problem.shifts if not person.shifts or s.id in person.shifts]
    track = tracks[rng.choice(own)]
    kept, before = [], None
    for duty in plan.duties:
        if (duty.person, duty.day) == (person.id, day) and tracks[duty.shift] == track:
            before = duty.shift
        else:
            kept.append(duty)
    choices = [None, *(id for id in own if tracks[id] == track)]
    after = rng.choice([id for id in choices if id != before] or [None])
    if after is not None:
        kept.append(Duty(person.id, day, after))
    return plan.with_duties(kept), person.id, day
