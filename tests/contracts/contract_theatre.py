"""Small random theatre weeks: a few sessions and cases, sequenced well, badly or not at all."""

from datetime import timedelta
from random import Random
from typing import Final, NamedTuple

from contract_day_units import with_day_units
from contract_hands import with_hands
from contract_roster import draw_start
from contract_wishes import wishing

from planner.cases import Case, Priority, Procedure, Surgeon
from planner.clock import Horizon
from planner.facts import Facts, facts, nights
from planner.hospital import (
    AnaesthesiaCover,
    Census,
    Equipment,
    Recovery,
    Session,
    Specialty,
    Theatre,
    Ward,
)
from planner.people import Absence
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.hands import spared

SPECIALTIES: Final = ("ORT", "OPH")
FLAGS: Final = ("latex", "infectious", "child")
FEATURES: Final = ("laminar", "robot", "lead")
SOON: Final = (0, 0, 5, 10, 30)
PRIORITIES: Final = (("P1b", 3), ("P2", 28), ("P3", 90), ("P4", 180))


def draw_theatre(rng: Random) -> Problem:
    """Draw 3 to 6 sessions in 2 or 3 rooms over 2 to 4 days, 5 to 12 cases, 3 or 4 surgeons."""
    days = rng.choice((2, 2, 3, 4))
    horizon = Horizon(start=draw_start(rng, days), days=days)
    theatres = tuple(_room(rng, f"R{n}") for n in range(rng.choice((2, 3, 3))))
    equipment = tuple(
        Equipment(id=f"E{n}", quantity=rng.choice((1, 1, 2)), delay=rng.choice((0, 15, 60, 360)))
        for n in range(2)
    )
    wards = _wards(rng)
    mix = rng.choice((SPECIALTIES, SPECIALTIES, SPECIALTIES[:1]))
    procedures = tuple(_procedure(rng, f"X{n}", equipment, mix) for n in range(rng.randint(3, 5)))
    surgeons = tuple(_surgeon(rng, n, procedures) for n in range(rng.randint(3, 4)))
    count, longer = rng.randint(5, 12), rng.choice((1, 1, 2))
    sessions = _sessions(rng, theatres, surgeons, days)
    drawn = Problem(
        horizon=horizon,
        as_of=horizon.start - timedelta(days=rng.randint(0, 10)),
        clock=rng.random() < 0.85,
        noon=rng.choice((720, 750, 780)),
        specialties=tuple(Specialty(id=id) for id in SPECIALTIES),
        theatres=theatres,
        sessions=sessions,
        equipment=equipment,
        recoveries=_recoveries(rng),
        wards=wards,
        census=tuple(
            Census(id=f"C{ward.id}{day}", ward=ward.id, day=day, taken=rng.randint(0, 2))
            for ward in wards
            for day in range(-1, days + 4)
            if rng.random() < 0.4
        ),
        anaesthesia=tuple(_anaesthesia(rng, days)),
        priorities=tuple(Priority(id=id, wait=wait) for id, wait in PRIORITIES),
        procedures=procedures,
        surgeons=surgeons,
        cases=tuple(
            _case(rng, f"K{n:02}", procedures, surgeons, wards, days, longer) for n in range(count)
        ),
        absences=tuple(_absences(rng, surgeons, days)),
    )
    drawn = with_day_units(rng, with_hands(rng, drawn))
    apart = Random()
    apart.setstate(rng.getstate())  # what is drawn of all else stays what it was
    return wishing(apart, drawn)


def _room(rng: Random, id: str) -> Theatre:
    features = frozenset(each for each in FEATURES if rng.random() < 0.6)
    return Theatre(id=id, suite=rng.choice(("north", "north", "south")), features=features)


def _wards(rng: Random) -> tuple[Ward, ...]:
    week = frozenset(range(5)) if rng.random() < 0.3 else frozenset(range(7))
    intensive = Ward(id="ICU", kind="intensive", beds=rng.randint(0, 2))
    return (Ward(id="W", beds=rng.randint(0, 3), open=week), intensive)


def _recoveries(rng: Random) -> tuple[Recovery, ...]:
    start, end = rng.choice((420, 480, 540, 600)), rng.choice((720, 900, 960, 1080))
    if rng.random() < 0.4:
        one = Recovery(
            id="V1", posts=rng.randint(1, 2), start=start, end=end, suites=frozenset({"north"})
        )
        return (one, Recovery(id="V2", posts=1, start=480, end=1000, suites=frozenset({"south"})))
    return (Recovery(id="V1", posts=rng.randint(1, 2), start=start, end=end),)


def _procedure(
    rng: Random, id: str, equipment: tuple[Equipment, ...], mix: tuple[str, ...]
) -> Procedure:
    return Procedure(
        id=id,
        specialty=rng.choice(mix),
        mean=rng.randint(20, 150),
        deviation=rng.randint(5, 60),
        turnover=rng.choice((0, 10, 15, 22, 30)),
        features=frozenset(each for each in FEATURES if rng.random() < 0.3),
        equipment=frozenset(each.id for each in equipment if rng.random() < 0.5),
        anaesthesia=rng.choice(("general", "general", "local")),
        recovery=rng.choice((0, 33, 60, 90, 120, 240)),
    )


def _surgeon(rng: Random, number: int, procedures: tuple[Procedure, ...]) -> Surgeon:
    specialty = SPECIALTIES[number % 2] if number < 2 else rng.choice(SPECIALTIES)
    own = [p.id for p in procedures if p.specialty == specialty]
    some = frozenset(rng.sample(own, rng.randint(1, len(own)))) if own else frozenset()
    return Surgeon(
        id=f"D{number}",
        specialty=specialty,
        procedures=some if rng.random() < 0.3 else frozenset(),
        pace=rng.choice((80, 100, 100, 115, 130)),
    )


def _sessions(
    rng: Random, theatres: tuple[Theatre, ...], surgeons: tuple[Surgeon, ...], days: int
) -> tuple[Session, ...]:
    slots = [
        (theatre.id, day, *hours)
        for theatre in theatres
        for day in range(days)
        for hours in rng.choice(
            (((480, 750), (780, 1020)), ((480, 990),), ((510, 720), (720, 960)))
        )
    ]
    found = []
    for number, (theatre, day, start, end) in enumerate(
        rng.sample(slots, min(rng.randint(3, 6), len(slots)))
    ):
        owners = frozenset(id for id in SPECIALTIES if rng.random() < 0.5)
        found.append(
            Session(
                id=f"S{number}",
                theatre=theatre,
                day=day,
                start=start,
                end=end,
                owners=owners,
                surgeon=rng.choice(surgeons).id if rng.random() < 0.1 else None,
                release=rng.choice((None, None, rng.randint(-12, days))),
                overtime=rng.choice((0, 0, 30, 60)),
                anaesthesia="local" if rng.random() < 0.15 else "general",
                closed=rng.random() < 0.15,
            )
        )
    return tuple(found)


def _anaesthesia(rng: Random, days: int) -> list[AnaesthesiaCover]:
    found = []
    for day in range(days):
        for part, (start, end) in enumerate(((480, 750), (750, 1080))):
            if rng.random() < 0.75:
                suites = frozenset({"north"}) if rng.random() < 0.3 else frozenset()
                people = rng.choice((0, 1, 1, 2))
                found.append(
                    AnaesthesiaCover(
                        id=f"B{day}{part}",
                        day=day,
                        start=start,
                        end=end,
                        anaesthetists=people,
                        suites=suites,
                    )
                )
    return found


def _case(
    rng: Random,
    id: str,
    procedures: tuple[Procedure, ...],
    surgeons: tuple[Surgeon, ...],
    wards: tuple[Ward, ...],
    days: int,
    longer: int,
) -> Case:
    procedure = rng.choice(procedures)
    own = [s.id for s in surgeons if s.specialty == procedure.specialty]
    named = frozenset(rng.sample(own, 1)) if own and rng.random() < 0.6 else frozenset()
    priority, wait = rng.choice(PRIORITIES)
    listed = -rng.choice((1, 2, wait // 2, wait, wait + 20))
    mode = rng.choice(("inpatient", "inpatient", "inpatient", "day", "day", "outpatient"))
    stays = rng.choice((1, 1, 2, 3)) if mode == "inpatient" else 0
    intensive = rng.randint(1, stays) if stays and rng.random() < 0.35 else 0
    return Case(
        id=id,
        procedure=procedure.id,
        specialty=procedure.specialty,
        surgeons=named,
        unattended=rng.random() < 0.06,
        priority=priority,
        mean=max(10, procedure.mean * longer + rng.randint(-15, 30)),
        deviation=procedure.deviation,
        listed=listed,
        due=rng.choice((listed + wait, max(listed, rng.randint(-3, days)), None)),
        earliest=rng.randint(0, days) if rng.random() < 0.25 else None,
        unavailable=frozenset(day for day in range(days) if rng.random() < 0.08),
        mode=mode,
        ward=wards[0].id if stays else None,
        nights_before=rng.choice((0, 0, 1)) if stays else 0,
        nights=stays,
        intensive=wards[1].id if intensive else None,
        intensive_nights=intensive,
        equipment=frozenset({"E0"}) if rng.random() < 0.1 else frozenset(),
        flags=frozenset(flag for flag in FLAGS if rng.random() < 0.15),
    )


def _absences(rng: Random, surgeons: tuple[Surgeon, ...], days: int) -> list[Absence]:
    found = []
    for number in range(rng.randint(0, 6)):
        partial = rng.random() < 0.7
        start = rng.choice((420, 480, 600, 720, 750, 840)) if partial else None
        first = rng.randint(-1, days - 1)
        found.append(
            Absence(
                id=f"A{number}",
                person=rng.choice(surgeons).id,
                first=first,
                last=first + rng.choice((0, 0, 1)),
                start=start,
                end=start + rng.choice((60, 120, 300)) if start is not None else None,
            )
        )
    return found


# --- plans ---------------------------------------------------------------------------------------


def draw_choice(rng: Random, problem: Problem, case: Case, strange: float) -> Placement | None:
    """Draw where a case goes: mostly where it belongs, sometimes anywhere with anybody."""
    known = facts(problem)
    if rng.random() < strange:
        anybody = [None, *(surgeon.id for surgeon in problem.surgeons)]
        surgeon = None if case.unattended else rng.choice(anybody)
        return Placement(case.id, rng.choice(problem.sessions).id, surgeon)
    open_to = [s for s in problem.sessions if not s.closed and known.open_to(s, case.specialty)]
    by = known.surgeons_for(case)
    if not open_to or not by:
        return None
    return Placement(case.id, rng.choice(open_to).id, rng.choice(by))


def draw_placements(
    rng: Random,
    problem: Problem,
    starts: str,
    strange: float | None = None,
    density: float | None = None,
) -> Plan:
    """Draw a plan; `starts`: "none", "tidy" (rooms and surgeons never twice), "wild", "rush" or "some".

    In a rush all start as their sessions begin, or just after.
    """
    density = rng.choice((0.25, 0.6, 0.85, 1.0)) if density is None else density
    odd = rng.choice((0.0, 0.1, 0.3)) if strange is None else strange
    chosen = [
        placement
        for case in problem.cases
        if rng.random() < density
        and (placement := draw_choice(rng, problem, case, odd)) is not None
    ]
    rng.shuffle(chosen)
    if not problem.clock or starts == "none":
        return Plan.build(chosen)
    if starts == "tidy":
        return Plan.build(_tidy(facts(problem), chosen, pause=rng.choice((0, 0, 5, 60))))
    known = facts(problem)
    if starts == "rush":
        begun = {s.id: s.start for s in problem.sessions}
        return Plan.build(p._replace(start=begun[p.session] + rng.choice(SOON)) for p in chosen)
    kept_out = 0.4 if starts == "some" else 0.0
    return Plan.build(
        p if rng.random() < kept_out else p._replace(start=_anywhen(rng, known.sessions[p.session]))
        for p in chosen
    )


def _anywhen(rng: Random, session: Session) -> int:
    early = session.start - rng.choice((0, 0, 60))
    return rng.randrange(early, session.end + rng.choice((1, 1, 60)), 5)


def _tidy(known: Facts, placements: list[Placement], pause: int) -> list[Placement]:
    """Sequence by session start, each case as early as its room and surgeon are free.

    A surgeon of two theatres is free in the first and last minutes of her cases.
    """
    room: dict[tuple[str, int], int] = {}
    hands: dict[tuple[str | None, int], int] = {}
    found = []
    sessions = known.sessions
    for placement in sorted(placements, key=lambda p: (sessions[p.session].start, p.session)):
        session, case = sessions[placement.session], known.cases[placement.case]
        place, who = (session.theatre, session.day), (placement.surgeon, session.day)
        start = session.start
        if place in room:
            start = max(start, room[place] + known.turnover(case))
        opening, closing = 0, 0
        if placement.surgeon is not None:
            opening, closing = spared(known, case, placement.surgeon)
            start = max(start, hands.get(who, 0) - opening)
        start += -start % 5
        if start + known.minutes(case, placement.surgeon) > 1440:
            continue  # no day is so full
        room[place] = start + known.minutes(case, placement.surgeon)
        hands[who] = room[place] - closing + pause
        found.append(placement._replace(start=start))
    return found


class CaseEdit(NamedTuple):
    """One case moved, brought in or left out: the new plan, and what and which days it touched."""

    plan: Plan
    case: str
    sessions: frozenset[str]
    first: int
    last: int


def draw_case_edit(rng: Random, problem: Problem, plan: Plan) -> CaseEdit:
    """Change one case of a plan; the days are those of its whole stay, before and after."""
    known = facts(problem)
    case = rng.choice(problem.cases)
    kept = [p for p in plan.placements if p.case != case.id]
    old = [p for p in plan.placements if p.case == case.id]
    new = draw_choice(rng, problem, case, 0.3) if not old or rng.random() < 0.75 else None
    if old and new is not None and rng.random() < 0.3:
        new = old[0]  # the same place, at another time
    if new is not None and any(p.start is not None for p in plan.placements):
        new = new._replace(start=_anywhen(rng, known.sessions[new.session]))
    touched = [*old, *([] if new is None else [new])]
    days = [known.sessions[p.session].day for p in touched]
    stays = [stay for day in days for stay in nights(case, day)]
    return CaseEdit(
        plan.with_placements([*kept, *([] if new is None else [new])]),
        case.id,
        frozenset(p.session for p in touched),
        min([*days, *(first for _, first, _ in stays)], default=0),
        max([*days, *(last for _, _, last in stays)], default=problem.horizon.last),
    )
