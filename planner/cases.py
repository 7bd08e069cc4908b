"""What is to be operated: procedures, priority classes and the cases of the waiting list.

Nobody's name: a case is a pseudonymous code. Durations are distributions (domain reference 4.1,
shifted lognormal); plans use their rounded mean.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NewType

from planner import fields
from planner.hospital import EquipmentId, SessionId, SpecialtyId, WardId

ProcedureId = NewType("ProcedureId", str)
PriorityId = NewType("PriorityId", str)
CaseId = NewType("CaseId", str)

EMERGENCY: Final = "emergency"
"""The flag of a case that came in as an emergency: it may use what is kept for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A shifted lognormal duration: X = shift + LN(μ, σ), in minutes (Stepaniak et al. 2009)."""

    mean: float
    deviation: float
    shift: float = 0.0

    @property
    def sigma(self) -> float:
        """σ of the logarithm: σ² = ln(1 + (s / (m − γ))²)."""
        return math.sqrt(math.log1p((self.deviation / (self.mean - self.shift)) ** 2))

    @property
    def mu(self) -> float:
        """μ of the logarithm: ln(m − γ) − σ² / 2."""
        return math.log(self.mean - self.shift) - self.sigma**2 / 2

    def quantile(self, share: float) -> float:
        """Give the minutes that a share of cases does not exceed: γ + exp(μ + z·σ)."""
        return self.shift + math.exp(self.mu + NormalDist().inv_cdf(share) * self.sigma)


@fields.record("priority")
@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A class of urgency with the longest wait in days."""

    id: PriorityId = fields.key()
    name: str = fields.text("")
    wait: int = fields.whole(180, unit="day", high=4000)


@fields.record("procedure")
@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A kind of operation: the turnover before it, what it needs, and how long it usually lasts.

    `mean` and `deviation` are minutes from room in to room out; `shift` is γ of the distribution.
    `turnover` are the minutes between the case before and this one. `features` must be in the room,
    `equipment` is held during the case. `recovery` are minutes in the recovery room, `stay` those
    that a day case then spends in its day unit. A surgeon of two theatres is not needed in the first
    `opening` and the last `closing` minutes.
    """

    id: ProcedureId = fields.key()
    name: str = fields.text("")
    specialty: SpecialtyId = fields.link("specialty")
    mean: int = fields.whole(60, unit="minute", low=1, high=1440)
    deviation: int = fields.whole(15, unit="minute", high=1440)
    shift: int = fields.whole(0, unit="minute", high=1440)
    turnover: int = fields.whole(15, unit="minute", high=240)
    features: frozenset[str] = fields.tags()
    equipment: frozenset[EquipmentId] = fields.links("equipment")
    anaesthesia: str = fields.choice("general", "general", "local")
    recovery: int = fields.whole(75, unit="minute", high=1440)
    stay: int = fields.whole(120, unit="minute", high=1440)
    opening: int = fields.whole(0, unit="minute", high=1440)
    closing: int = fields.whole(0, unit="minute", high=1440)


@fields.record("surgeon")
@dataclass(frozen=True, slots=True, kw_only=True)
class Surgeon:
    """A surgeon as a calendar: who may do what, and how fast against the procedure's mean.

    `procedures` empty: all of the specialty. `pace` is per cent of the usual minutes. `rooms` are the
    theatres in which she may have a case at once. `teaches`: trainees operate with her. `prefers` is
    the half of the day that she would rather have.
    """

    id: str = fields.key()
    name: str = fields.text("")
    specialty: SpecialtyId = fields.link("specialty")
    procedures: frozenset[ProcedureId] = fields.links("procedure")
    pace: int = fields.whole(100, unit="per cent", low=25, high=400)
    rooms: int = fields.whole(1, unit="theatre", low=1, high=2)
    teaches: bool = fields.flag(False)
    prefers: str = fields.choice("", "", "morning", "afternoon")


@fields.record("case")
@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A patient on the waiting list, under a code.

    `surgeons` empty: any of the specialty; `unattended`: planned without a surgeon at all.
    `mean` and `deviation` are this case's own minutes for a surgeon of pace 100. `listed` is the day
    the wait began, `due` the last day of the longest wait, `earliest` the first possible day.
    `nights` after the operation are spent in `ward`, the first `intensive_nights` of them in the
    intensive ward `intensive`, `nights_before` in `ward` too; the `ward` of a day case is a day unit.
    `delivery` is the day from which its implant, graft or rented set is there. `partners` are surgeons
    who are needed for all of it besides the one who operates. `trainee`: a trainee operates. The
    patient would rather come in the half of the day `prefers`, and to one of `suites` (empty: any).
    """

    id: CaseId = fields.key()
    procedure: ProcedureId = fields.link("procedure")
    specialty: SpecialtyId = fields.link("specialty")
    surgeons: frozenset[str] = fields.links("surgeon")
    unattended: bool = fields.flag(False)
    priority: PriorityId = fields.link("priority")
    mean: int = fields.whole(60, unit="minute", low=1, high=1440)
    deviation: int = fields.whole(15, unit="minute", high=1440)
    listed: int = fields.day(0)
    due: int | None = fields.day(optional=True)
    earliest: int | None = fields.day(optional=True)
    unavailable: frozenset[int] = fields.days()
    mode: str = fields.choice("inpatient", "inpatient", "day", "outpatient")
    ward: WardId | None = fields.link("ward", optional=True)
    nights_before: int = fields.whole(0, unit="night", high=60)
    nights: int = fields.whole(0, unit="night", high=365)
    intensive: WardId | None = fields.link("ward", optional=True)
    intensive_nights: int = fields.whole(0, unit="night", high=365)
    equipment: frozenset[EquipmentId] = fields.links("equipment")
    delivery: int | None = fields.day(optional=True)
    partners: frozenset[str] = fields.links("surgeon")
    trainee: bool = fields.flag(False)
    prefers: str = fields.choice("", "", "morning", "afternoon")
    suites: frozenset[str] = fields.tags()
    flags: frozenset[str] = fields.tags()
    age: str = fields.text("")
    sex: str = fields.choice("", "", "f", "m")
    note: str = fields.text("")


@fields.record("appointment")
@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What a patient was promised: the day, and where it was published, the session and the start.

    `id` is the case; `told` is the day on which the patient was told (None: before the study).
    """

    id: CaseId = fields.link("case")
    day: int = fields.day()
    session: SessionId | None = fields.link("session", optional=True)
    start: int | None = fields.time(optional=True)
    told: int | None = fields.day(optional=True)
