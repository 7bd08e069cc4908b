"""The house: theatres, their sessions, equipment, recovery, beds and anaesthesia cover.

A session is the unit of capacity: one theatre, one day, from `start` to `end`, with an owner.
Times are minutes after midnight of the session's day.
"""

from dataclasses import dataclass
from typing import Final, NewType

from planner import fields

OWN_TEAM: Final = "emergency"
"""The feature of a theatre with an emergency team of its own, day and night: a fixed part of the needs."""

SpecialtyId = NewType("SpecialtyId", str)
TheatreId = NewType("TheatreId", str)
SessionId = NewType("SessionId", str)
EquipmentId = NewType("EquipmentId", str)
RecoveryId = NewType("RecoveryId", str)
WardId = NewType("WardId", str)


@fields.record("holiday")
@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A public holiday, as data: which ones count is the hospital's own list."""

    id: str = fields.key()
    day: int = fields.day()
    name: str = fields.text("")


@fields.record("specialty")
@dataclass(frozen=True, slots=True, kw_only=True)
class Specialty:
    """A surgical specialty, owner of sessions."""

    id: SpecialtyId = fields.key()
    name: str = fields.text("")


@fields.record("theatre")
@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """An operating theatre: a room for one case at a time, with features (laminar, robot …).

    `beside` are theatres near enough for a surgeon to work in both at once; one of two may say so.
    """

    id: TheatreId = fields.key()
    name: str = fields.text("")
    suite: str = fields.text("")
    features: frozenset[str] = fields.tags()
    beside: frozenset[TheatreId] = fields.links("theatre")


@fields.record("session")
@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A theatre for one stretch of one day; `owners` are specialties, none: open to all.

    `surgeon` narrows the owners to one surgeon. `release` is the day from which others may use the
    session (None: never). `overtime` is how many minutes it may run late. `closed`: nobody works.
    `emergency`: kept for emergencies; no planned case comes in.
    """

    id: SessionId = fields.key()
    theatre: TheatreId = fields.link("theatre")
    day: int = fields.day()
    start: int = fields.time()
    end: int = fields.time()
    owners: frozenset[SpecialtyId] = fields.links("specialty")
    surgeon: str | None = fields.link("surgeon", optional=True)
    release: int | None = fields.day(optional=True)
    overtime: int = fields.whole(60, unit="minute", high=600)
    anaesthesia: str = fields.choice("general", "general", "local")
    closed: bool = fields.flag(False)
    emergency: bool = fields.flag(False)

    @property
    def by_clock(self) -> int:
        """What the clock shows from its start to its end; how long it lasts says `Facts.length`."""
        return max(self.end - self.start, 0)


WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@fields.record("template")
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTemplate:
    """A session of the master surgical schedule, which comes back each `cycle` weeks.

    `week` counts from 1 within the cycle. `release` are the days before the session from which
    others may use it (None: never). The rest is as in a session.
    """

    id: str = fields.key()
    theatre: TheatreId = fields.link("theatre")
    cycle: int = fields.whole(1, unit="week", low=1, high=4)
    week: int = fields.whole(1, unit="week", low=1, high=4)
    weekday: str = fields.choice("mon", *WEEKDAYS)
    start: int = fields.time()
    end: int = fields.time()
    owners: frozenset[SpecialtyId] = fields.links("specialty")
    surgeon: str | None = fields.link("surgeon", optional=True)
    release: int | None = fields.whole(unit="day", high=365, optional=True)
    overtime: int = fields.whole(60, unit="minute", high=600)
    anaesthesia: str = fields.choice("general", "general", "local")
    closed: bool = fields.flag(False)
    emergency: bool = fields.flag(False)


@fields.record("equipment")
@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Devices or trays that cases share; each is free again `delay` minutes after a case ends.

    `delay` is the way to the next room for a device, the reprocessing for a tray.
    """

    id: EquipmentId = fields.key()
    name: str = fields.text("")
    quantity: int = fields.whole(1, unit="device", high=1000)
    delay: int = fields.whole(0, unit="minute", high=1440)


@fields.record("recovery")
@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A recovery room (PACU): posts, opening hours and the suites that it serves (empty: all)."""

    id: RecoveryId = fields.key()
    name: str = fields.text("")
    posts: int = fields.whole(1, unit="post", high=1000)
    start: int = fields.time(480)
    end: int = fields.time(1140)
    suites: frozenset[str] = fields.tags()


@fields.record("ward")
@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """Beds counted per day: a surgical ward, a week ward that shuts on some weekdays, or intensive care.

    A bed is needed on a day when the patient spends the night that begins on that day. A `day` unit
    has places from `start` to `end` instead, which day cases take in turn.
    """

    id: WardId = fields.key()
    name: str = fields.text("")
    kind: str = fields.choice("ward", "ward", "intensive", "day")
    beds: int = fields.whole(1, unit="bed", high=10_000)
    open: frozenset[int] = fields.weekdays()
    start: int = fields.time(420)
    end: int = fields.time(1200)


@fields.record("census")
@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Beds of a ward that others (emergencies, patients already in) hold or that are shut on a day."""

    id: str = fields.key()
    ward: WardId = fields.link("ward")
    day: int = fields.day()
    taken: int = fields.whole(0, unit="bed")


@fields.record("anaesthesia")
@dataclass(frozen=True, slots=True, kw_only=True)
class AnaesthesiaCover:
    """Anaesthetists on duty in a stretch of a day, for the theatres of some suites (empty: all)."""

    id: str = fields.key()
    day: int = fields.day()
    start: int = fields.time()
    end: int = fields.time()
    anaesthetists: int = fields.whole(1, unit="person", high=1000)
    suites: frozenset[str] = fields.tags()


@fields.record("team")
@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCover:
    """Theatre teams on duty in a stretch of a day, for the theatres of some suites (empty: all).

    With `specialties` they are teams for the sessions of these owners, beside those for all.
    """

    id: str = fields.key()
    day: int = fields.day()
    start: int = fields.time()
    end: int = fields.time()
    teams: int = fields.whole(1, unit="team", high=1000)
    suites: frozenset[str] = fields.tags()
    specialties: frozenset[SpecialtyId] = fields.links("specialty")
