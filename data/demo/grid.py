"""The master schedule of a demo hospital: templates, and the sessions of the four weeks made of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from data.demo.period import HOLIDAYS, HORIZON, WEEKS
from planner.hospital import WEEKDAYS, Session, SessionTemplate, SpecialtyId, TheatreId
from planner.master import sessions_of

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


def templates(slots: Iterable[Slot], hours: Hours) -> tuple[SessionTemplate, ...]:
    """Give the templates of a grid, as they stand; only a room's last of a day may run late."""
    slots = tuple(slots)
    mornings = {(s.weekday, s.theatre, w) for s in slots if s.part == "A" for w in s.weeks}
    found = []
    for slot in slots:
        start, end = hours.part(slot.part)
        cycle, weeks = _cycle(slot.weeks)
        for week in weeks:
            followed = slot.part == "M" and (slot.weekday, slot.theatre, week) in mornings
            turn = f"-{week + 1}" if cycle > 1 else ""
            found.append(
                SessionTemplate(
                    id=f"{slot.theatre}-{WEEKDAYS[slot.weekday]}-{slot.part}{turn}",
                    theatre=TheatreId(slot.theatre),
                    cycle=cycle,
                    week=week + 1,
                    weekday=WEEKDAYS[slot.weekday],
                    start=start,
                    end=end,
                    owners=frozenset({SpecialtyId(slot.specialty)}),
                    overtime=0 if followed else hours.overtime,
                )
            )
    return tuple(found)


def _cycle(weeks: frozenset[int]) -> tuple[int, tuple[int, ...]]:
    """Give the shortest cycle of weeks of the period: the first of them begins one, whatever its length."""
    for cycle in (1, 2, WEEKS):
        turns = {week % cycle for week in weeks}
        if weeks == {week for week in range(WEEKS) if week % cycle in turns}:
            break
    return cycle, tuple(sorted(turns))


def sessions(master: Iterable[SessionTemplate]) -> tuple[Session, ...]:
    """Give the sessions of four weeks, by day, theatre and start."""
    holidays = {holiday.day for holiday in HOLIDAYS}
    return tuple(session for _, session in sessions_of(master, HORIZON, NOON, holidays))


def capacity(sessions: Iterable[Session]) -> Mapping[str, int]:
    """Give the session minutes that each specialty owns in the four weeks."""
    found: dict[str, int] = {}
    for session in sessions:
        for owner in session.owners:
            found[owner] = found.get(owner, 0) + session.by_clock
    return found


def weekday_minutes(sessions: Iterable[Session], specialty: str) -> Mapping[int, int]:
    """Give the session minutes of a specialty by weekday."""
    found: dict[int, int] = {}
    for session in sessions:
        if SpecialtyId(specialty) in session.owners:
            weekday = HORIZON.weekday(session.day)
            found[weekday] = found.get(weekday, 0) + session.by_clock
    return dict(sorted(found.items()))
