"""The master grid of a demo hospital, repeated over the four weeks as sessions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from data.demo.period import HORIZON, WEEKS, stamp
from planner.hospital import Session, SessionId, SpecialtyId, TheatreId

NOON: Final = 750


class Slot(NamedTuple):
    """A stretch of a theatre on a weekday: part J (whole day), M (morning) or A (afternoon)."""

    weekday: int
    theatre: str
    part: str
    specialty: str
    weeks: frozenset[int] = frozenset(range(WEEKS))


class Hours(NamedTuple):
    """When theatres open and close, and how long their last session may run late."""

    start: int = 480
    end: int = 990
    overtime: int = 60

    def part(self, part: str) -> tuple[int, int]:
        """Give start and end of a part of the day."""
        return (NOON if part == "A" else self.start), (NOON if part == "M" else self.end)


def read_grid(words: Sequence[str]) -> tuple[Slot, ...]:
    """Read lines such as `S6 Tue OPH/ORL`: a theatre, a weekday, a day or its two halves.

    `-` leaves a half free.
    """
    found = []
    for line in words:
        theatre, weekday, owners = line.split()
        halves = owners.split("/")
        parts = "J" if len(halves) == 1 else "MA"
        day = ("Mon", "Tue", "Wed", "Thu", "Fri").index(weekday)
        found += [Slot(day, theatre, p, s) for p, s in zip(parts, halves, strict=True) if s != "-"]
    return tuple(found)


def sessions(slots: Iterable[Slot], hours: Hours) -> tuple[Session, ...]:
    """Give the sessions of four weeks, by day and theatre; only a room's last may run late."""
    slots = tuple(slots)
    mornings = {(s.weekday, s.theatre, w) for s in slots if s.part == "A" for w in s.weeks}
    found = []
    for slot in slots:
        start, end = hours.part(slot.part)
        for week in slot.weeks:
            day = 7 * week + slot.weekday
            followed = slot.part == "M" and (slot.weekday, slot.theatre, week) in mornings
            found.append(
                Session(
                    id=SessionId(f"{slot.theatre}-{stamp(day)}-{slot.part}"),
                    theatre=TheatreId(slot.theatre),
                    day=day,
                    start=start,
                    end=end,
                    owners=frozenset({SpecialtyId(slot.specialty)}),
                    overtime=0 if followed else hours.overtime,
                )
            )
    return tuple(sorted(found, key=lambda session: (session.day, session.theatre, session.start)))


def capacity(sessions: Iterable[Session]) -> Mapping[str, int]:
    """Give the session minutes that each specialty owns in the four weeks."""
    found: dict[str, int] = {}
    for session in sessions:
        for owner in session.owners:
            found[owner] = found.get(owner, 0) + session.minutes
    return found


def weekday_minutes(sessions: Iterable[Session], specialty: str) -> Mapping[int, int]:
    """Give the session minutes of a specialty by weekday."""
    found: dict[int, int] = {}
    for session in sessions:
        if SpecialtyId(specialty) in session.owners:
            weekday = HORIZON.weekday(session.day)
            found[weekday] = found.get(weekday, 0) + session.minutes
    return dict(sorted(found.items()))
