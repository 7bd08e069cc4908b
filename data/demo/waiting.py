"""The waiting list of a demo hospital: who waits, for what, since when, and with what needs."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from data.demo.kinds import GAMMA, Branch, Kind
from data.demo.period import HORIZON, TODAY
from data.demo.streams import Stream
from planner.cases import Case, CaseId, Duration, Priority, PriorityId, ProcedureId
from planner.hospital import EquipmentId, SpecialtyId, WardId


class Urgency(NamedTuple):
    """A priority class: longest wait, mean wait so far, share among urgent kinds and the others."""

    id: str
    name: str
    wait: int
    waited: float
    urgent: float
    usual: float


URGENCIES: Final = (
    Urgency("P1b", "Sous 72 heures", 3, 2.0, 0.02, 0.02),
    Urgency("P2", "Sous 4 semaines", 28, 10.0, 0.60, 0.132),
    Urgency("P3", "Sous 3 mois", 90, 40.0, 0.28, 0.414),
    Urgency("P4", "Au-delà de 3 mois", 180, 85.0, 0.10, 0.434),
)
"""2, 18, 40 and 40 % of the list in all."""

LONGEST: Final = 1.5
"""Nobody has waited more than this many times the longest wait of her class."""

PATIENT: Final = 0.08
SURGEON: Final = 0.05
"""σ of the logarithm of what patient and surgeon add to a procedure's mean."""

FLAGS: Final = (("latex", 0.01), ("infectious", 0.03), ("insulin", 0.06))
ASA: Final = (("asa1", 0.25), ("asa2", 0.48), ("asa3", 0.24), ("asa4", 0.03))


class Stay(NamedTuple):
    """Where a patient sleeps: day surgery has a place in the day unit and no night."""

    mode: str = "day"
    ward: str | None = "UCA"
    before: int = 0
    nights: int = 0
    intensive: str | None = None
    intensive_nights: int = 0


Bedding = Callable[[str, int, Stream], str]
"""Chooses a ward for a specialty and a number of nights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that a waiting list is drawn from.

    `able` gives surgeons by kind, `capacity` session minutes by specialty, `intensive` the unit
    that watches over a specialty's patients.
    """

    profile: str
    seed: int
    branches: tuple[Branch, ...]
    count: int
    able: Mapping[str, Mapping[str, float]]
    capacity: Mapping[str, int]
    bedding: Bedding
    intensive: Callable[[str], str]
    intensive_median: float = 1.5

    def stream(self, entity: str) -> Stream:
        """Give the stream of one kind of facts."""
        return Stream(self.profile, self.seed, entity)


def priorities() -> tuple[Priority, ...]:
    """Give the records of the priority classes."""
    return tuple(Priority(id=PriorityId(u.id), name=u.name, wait=u.wait) for u in URGENCIES)


def waiting_list(intake: Intake) -> tuple[Case, ...]:
    """Draw the waiting list, stratified by specialty, kind, class and surgeon.

    Where a specialty owns sessions, the means of its cases are scaled together, by a few per cent,
    so that its load is the hospital's own for every seed.
    """
    counts = _shares([branch.share for branch in intake.branches], intake.count)
    kinds = []
    for branch, count in zip(intake.branches, counts, strict=True):
        stream = intake.stream(f"case kind {branch.id}")
        kinds.append(stream.dealt(branch.kinds, [kind.share for kind in branch.kinds], count))
    classes = iter(_classes(intake.stream("case class"), [k for dealt in kinds for k in dealt]))
    cases = []
    for branch, dealt in zip(intake.branches, kinds, strict=True):
        cases += _of_branch(intake, branch, dealt, [next(classes) for _ in dealt])
    return tuple(
        replace(case, id=CaseId(f"P-{number:04d}"))
        for number, case in enumerate(intake.stream("case order").shuffled(cases), start=1)
    )


def _shares(weights: Sequence[float], total: int) -> list[int]:
    """Share out a total exactly: whole parts first, then the largest remainders."""
    exact = [weight * total / sum(weights) for weight in weights]
    counts = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for index in order[: total - sum(counts)]:
        counts[index] += 1
    return counts


def _of_branch(
    intake: Intake, branch: Branch, kinds: Sequence[Kind], classes: Sequence[Urgency]
) -> list[Case]:
    streams = {
        entity: intake.stream(f"case {entity} {branch.id}")
        for entity in ("stay", "minutes", "patient", "dates", "surgeon")
    }
    hands = _surgeons(streams["surgeon"], intake, kinds)
    cases = []
    for kind, urgency, surgeon in zip(kinds, classes, hands, strict=True):
        mean, deviation = _minutes(streams["minutes"], kind)
        stay = _stay(streams["stay"], intake, branch, kind)
        case = Case(
            id=CaseId("P-0000"),
            procedure=ProcedureId(kind.id),
            specialty=SpecialtyId(branch.id),
            surgeons=frozenset() if surgeon is None else frozenset({surgeon}),
            priority=PriorityId(urgency.id),
            mean=mean,
            deviation=deviation,
            mode=stay.mode,
            ward=None if stay.ward is None else WardId(stay.ward),
            nights_before=stay.before,
            nights=stay.nights,
            intensive=None if stay.intensive is None else WardId(stay.intensive),
            intensive_nights=stay.intensive_nights,
        )
        case = _patient(streams["patient"], kind, case)
        cases.append(_dates(streams["dates"], urgency, case))
    return _loaded(streams["minutes"], intake, branch, cases)


def _classes(stream: Stream, kinds: Sequence[Kind]) -> list[Urgency]:
    """Deal out priority classes, apart for urgent kinds and the others."""
    found: list[Urgency | None] = [None] * len(kinds)
    for urgent in (True, False):
        places = [i for i, kind in enumerate(kinds) if kind.urgent is urgent]
        weights = [u.urgent if urgent else u.usual for u in URGENCIES]
        for place, urgency in zip(
            places, stream.dealt(URGENCIES, weights, len(places)), strict=True
        ):
            found[place] = urgency
    return [urgency for urgency in found if urgency is not None]


def _surgeons(stream: Stream, intake: Intake, kinds: Sequence[Kind]) -> list[str | None]:
    """Name a surgeon for nine cases in ten; rare kinds are given first, then by minutes left."""
    found: list[str | None] = [None] * len(kinds)
    given: dict[str, float] = {}
    places = sorted(
        range(len(kinds)), key=lambda i: (len(intake.able[kinds[i].id]), stream.share())
    )
    for place in places:
        able = intake.able[kinds[place].id]
        least = min(able, key=lambda s: (given.get(s, 0.0) / able[s] * stream.between(0.9, 1.1), s))
        given[least] = given.get(least, 0.0) + kinds[place].mean + kinds[place].turnover
        found[place] = least if stream.happens(0.9) else None
    return found


def _minutes(stream: Stream, kind: Kind) -> tuple[int, int]:
    """Draw a case's own mean and deviation; together with the draw they keep the kind's CV."""
    factor = stream.lognormal(-(PATIENT**2) / 2, PATIENT) * stream.lognormal(
        -(SURGEON**2) / 2, SURGEON
    )
    left = math.sqrt(max(kind.cv**2 - PATIENT**2 - SURGEON**2, (kind.cv / 2) ** 2))
    mean = kind.mean * factor
    return max(10, round(mean)), max(1, round(mean * left))


def _stay(stream: Stream, intake: Intake, branch: Branch, kind: Kind) -> Stay:
    """Draw day surgery or nights: a lognormal rounded to whole nights, one at least."""
    intensive = stream.happens(kind.icu)
    day = stream.happens(kind.day)
    nights = max(1, round(kind.nights * stream.lognormal(0.0, kind.spread)))
    watched = max(1, round(intake.intensive_median * stream.lognormal(0.0, 0.6)))
    before = 1 if kind.nights >= 6 and stream.happens(0.5) else 0
    if day and not intensive:
        return Stay()
    if not intensive:
        return Stay("inpatient", intake.bedding(branch.id, nights, stream), before, nights)
    nights = max(nights, watched)
    ward = intake.bedding(branch.id, max(nights, 2), stream)
    unit = intake.intensive(branch.id)
    return Stay("inpatient", ward, before, nights, unit, min(watched, nights))


def _patient(stream: Stream, kind: Kind, case: Case) -> Case:
    """Draw age, sex, flags and the equipment that not every case of the kind needs."""
    mean, deviation, youngest, oldest = kind.age
    age = min(oldest, max(youngest, round(stream.normal(mean, deviation))))
    flags = {flag for flag, chance in FLAGS if stream.happens(chance)}
    flags.add(stream.weighted([name for name, _ in ASA], [share for _, share in ASA]))
    if age < 10:
        flags.add("child")
    sex = stream.one(("f", "m"))
    extra = kind.extra is not None and stream.happens(kind.extra[1])
    equipment = frozenset({EquipmentId(kind.extra[0])} if kind.extra is not None and extra else ())
    low = age // 10 * 10
    return replace(
        case,
        age=f"{low}-{low + 9}",
        sex=kind.sex or sex,
        flags=frozenset(flags),
        equipment=equipment,
    )


def _dates(stream: Stream, urgency: Urgency, case: Case) -> Case:
    """Draw the wait so far (truncated exponential), days when the patient cannot come, work-up.

    The most urgent are ready and come at once.
    """
    longest = LONGEST * urgency.wait
    kept = 1 - math.exp(-longest / urgency.waited)
    waited = int(-urgency.waited * math.log(1 - kept * stream.share()))
    listed = TODAY - waited
    gone, first, length = stream.happens(0.15), stream.whole(0, HORIZON.last), stream.whole(7, 14)
    not_ready, ready = stream.happens(0.08), TODAY + stream.whole(7, 21)
    if urgency.wait < 7:
        gone = not_ready = False
    return replace(
        case,
        listed=listed,
        due=listed + urgency.wait,
        earliest=ready if not_ready else None,
        unavailable=frozenset(range(first, min(first + length, HORIZON.days)) if gone else ()),
    )


def _loaded(stream: Stream, intake: Intake, branch: Branch, cases: list[Case]) -> list[Case]:
    """Scale the means of a specialty's cases together to its load, give or take one point."""
    minutes = intake.capacity.get(branch.id)
    if not minutes or not cases or branch.load is None:
        return cases
    turnovers = {kind.id: kind.turnover for kind in branch.kinds}
    wanted = minutes * (branch.load + stream.between(-0.01, 0.01))
    wanted -= sum(turnovers[case.procedure] for case in cases)
    factor = wanted / sum(case.mean for case in cases)
    found, exact, given = [], 0.0, 0
    for case in cases:  # the rounding of one case is carried into the next
        exact += case.mean * factor
        mean = max(5, round(exact) - given)
        given += mean
        deviation = max(1, round(case.deviation * factor))
        found.append(replace(case, mean=mean, deviation=deviation))
    return found


def load(cases: Sequence[Case], turnovers: Mapping[str, int], minutes: int) -> float:
    """Give the load of some cases on session minutes: (mean + turnover) over minutes."""
    return sum(case.mean + turnovers[case.procedure] for case in cases) / minutes


def lasting(case: Case) -> Duration:
    """Give the distribution of a case's minutes."""
    return Duration(mean=case.mean, deviation=case.deviation, shift=GAMMA * case.mean)
