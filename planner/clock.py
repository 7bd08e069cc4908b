"""Days, weeks and elapsed minutes: the only place that builds datetimes.

Day 0 is the first day of the horizon. Between two days the minutes that really pass count, not the
minutes on the wall: a night over the spring change is an hour shorter.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

MINUTES_A_DAY: Final = 1440
WEEK: Final = 7
SATURDAY: Final = 5
SUNDAY: Final = 6
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekdays as they are written; `WEEKDAY_WORDS` has all words that are read."""
FRENCH_WEEKDAYS: Final = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
WEEKDAY_WORDS: Final[Mapping[str, int]] = {
    name: number
    for names in (
        WEEKDAYS,
        FRENCH_WEEKDAYS,
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
    for number, name in enumerate(names)
}
FIRST_DATE, LAST_DATE = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
FIRST_MONDAY: Final = dt.date(2024, 1, 1)
"""The Monday from which blocks of several weeks are counted, the same in every study."""


class Again(int):
    """A minute of a day that the clock shows for the second time: autumn has an hour twice."""


class Twice(int):
    """A minute of a day that the clock shows for the first time of two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The days that a study plans: `days` days from `start`, in the local time of `zone`."""

    start: dt.date
    days: int
    zone: str = "Europe/Paris"

    @property
    def last(self) -> int:
        """The last day of the horizon."""
        return self.days - 1

    def date(self, day: int) -> dt.date:
        """Give the date of a day.

        >>> Horizon(start=dt.date(2026, 10, 5), days=28).date(-1)
        datetime.date(2026, 10, 4)
        """
        return self.start + dt.timedelta(days=day)

    def day(self, date: dt.date) -> int:
        """Give the day of a date."""
        return (date - self.start).days

    def weekday(self, day: int) -> int:
        """Give the weekday of a day; Monday is 0."""
        return (self.start.weekday() + day) % WEEK

    def monday(self, day: int) -> int:
        """Give the first day of the civil week (Monday to Sunday) of a day."""
        return day - self.weekday(day)

    def iso_week(self, day: int) -> tuple[int, int]:
        """Give the ISO year and week of a day; 28 December 2026 to 3 January 2027 is 2026-W53."""
        year, week, _ = self.date(day).isocalendar()
        return year, week

    def block(self, day: int, weeks: int, later: int = 0) -> int:
        """Give the first day of the block of some civil weeks that holds a day.

        Blocks are counted from Monday 1 January 2024, or so many weeks `later`.
        """
        length = weeks * WEEK
        return day - ((self.date(day) - FIRST_MONDAY).days - later * WEEK) % length

    def elapsed(self, day: int, minute: int) -> int:
        """Give the minutes that pass from the start of day 0 to a local time (minutes of its day).

        A local time that the spring change leaves out counts as the moment of the change; one that
        comes twice in autumn is the first of the two.
        """
        over, minute = divmod(minute, MINUTES_A_DAY)
        return _midnight(self.start, self.zone, day + over, minute)

    def wall(self, elapsed: int) -> tuple[int, int]:
        """Give the day and its minute that a clock on the wall shows so many minutes after day 0 began.

        A minute that is shown for the second time is `Again`.

        >>> Horizon(start=dt.date(2026, 3, 28), days=2).wall(1320 + 270)
        (1, 210)
        """
        day = elapsed // MINUTES_A_DAY
        while self.elapsed(day + 1, 0) <= elapsed:
            day += 1
        while self.elapsed(day, 0) > elapsed:
            day -= 1
        return day, _shown(self.start, self.zone, elapsed, day)

    def pieces(self, day: int, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Cut what begins at a local time and lasts `end - start` minutes at each midnight.

        Gives (day, start, end, minutes) with start and end as the wall shows them on that day; what
        ends in an hour that is shown again goes on until that is over, for an axis has it once.
        """
        if end <= MINUTES_A_DAY and self.even(day):
            yield day, start, end, end - start
            return
        now = self.elapsed(day, start)
        finish = now + end - start
        while now < finish:
            here, minute = self.wall(now)
            midnight = self.elapsed(here + 1, 0)
            until = min(finish, midnight)
            yield here, minute, self.drawn(here, minute, until), until - now
            now = midnight

    def drawn(self, day: int, start: int, finish: int) -> int:
        """Give until when a stretch goes on the axis of a day, which has an hour shown twice once.

        `start` is what the wall shows, `finish` is in elapsed minutes, within the day or its end.
        """
        here, end = self.wall(finish)
        if here > day:
            return MINUTES_A_DAY
        if isinstance(end, Again) and not isinstance(start, Again):
            while self.elapsed(day, end) < finish:
                end += 1
        return end

    def passed(self, day: int, minute: int) -> int:
        """Give the minutes that pass from a day's midnight to a local time (minutes of its day).

        >>> Horizon(start=dt.date(2026, 3, 28), days=2).passed(0, 27 * 60)
        1560
        """
        return self.elapsed(day, minute) - self.elapsed(day, 0)

    def again(self, day: int) -> tuple[int, int] | None:
        """Give the stretch that the clock shows for the second time, in minutes after midnight.

        None where no hour comes twice on the day or in the night after it.
        """
        for late in (day, day + 1):
            more = self.more(late)
            if more > 0:
                before = self.elapsed(late, 0) - self.elapsed(day, 0)
                first = next(m for m in range(MINUTES_A_DAY) if self.passed(late, m) > m)
                return before + first, before + first + more
        return None

    def comes_again(self, day: int, minute: int) -> int:
        """Give after how many minutes the clock shows a local time again, 0 where it does not."""
        again = self.again(day)
        if again is None:
            return 0
        more = again[1] - again[0]
        return more if again[0] - more <= self.passed(day, minute) < again[0] else 0

    def shown(self, day: int, start: int, minutes: int) -> int:
        """Give when the wall shows the end of what lasts so long, in minutes after the day's midnight."""
        if start + minutes <= MINUTES_A_DAY and self.even(day):
            return start + minutes
        begin = self.elapsed(day, start)
        if isinstance(start, Again):
            begin += self.more(day)
        here, end = self.wall(begin + minutes)
        return type(end)((here - day) * MINUTES_A_DAY + end)

    def even(self, day: int) -> bool:
        """Tell whether a day has its 24 hours: the clock does not change on it."""
        return self.more(day) == 0

    def more(self, day: int) -> int:
        """Give the minutes that a day has more than 24 hours: 60 in autumn, -60 in spring."""
        return self.elapsed(day + 1, 0) - self.elapsed(day, 0) - MINUTES_A_DAY

    def span(self, day: int, start: int, end: int) -> tuple[int, int]:
        """Give start and end of a stretch in elapsed minutes since the start of day 0."""
        return self.elapsed(day, start), self.elapsed(day, end)

    def elapsed_minutes(self) -> int:
        """Give the length of the whole horizon in minutes that really pass."""
        return self.elapsed(self.days, 0)


@cache
def _midnight(start: dt.date, zone: str, day: int, minute: int) -> int:
    tz = ZoneInfo(zone)
    clock = dt.time(*divmod(minute, 60))
    origin = dt.datetime.combine(start, dt.time.min, tzinfo=tz)
    wall = dt.datetime.combine(start + dt.timedelta(days=day), clock, tzinfo=tz)
    late = 0
    while not _exists(
        wall
    ):  # the minute after the last one that exists is the moment of the change
        wall, late = wall - dt.timedelta(minutes=1), 1
    return int((wall.timestamp() - origin.timestamp()) // 60) + late


@cache
def _shown(start: dt.date, zone: str, elapsed: int, day: int) -> int:
    """Give the minute of a day that the wall shows."""
    tz = ZoneInfo(zone)
    origin = dt.datetime.combine(start, dt.time.min, tzinfo=tz).astimezone(dt.UTC)
    wall = (origin + dt.timedelta(minutes=elapsed)).astimezone(tz)
    days = (wall.date() - start).days - day
    minute = days * MINUTES_A_DAY + wall.hour * 60 + wall.minute
    return Again(minute) if wall.fold else minute


def _exists(wall: dt.datetime) -> bool:
    there = wall.astimezone(dt.UTC).astimezone(wall.tzinfo)
    return there.replace(tzinfo=None, fold=0) == wall.replace(tzinfo=None, fold=0)


def calendar_day(words: str) -> dt.date:
    """Read the ISO date of a study's first day, or of its facts: from 1900 to 2199.

    All days of a study lie within some years of them, and none of these may leave the calendar.

    Raises:
        ValueError: the words are no date, or one of another time.
    """
    found = dt.date.fromisoformat(words)
    if not FIRST_DATE <= found <= LAST_DATE:
        raise ValueError(words)
    return found


def written(minute: int) -> str:
    """Write minutes after midnight as HH:MM; the next day counts on above 24:00.

    >>> written(1530)
    '25:30'
    """
    hours, minutes = divmod(minute, 60)
    return f"{hours:02d}:{minutes:02d}"


def read_time(words: str) -> int:
    """Read HH:MM (or HHhMM) as minutes after midnight.

    Raises:
        ValueError: the words are no time of day up to 48:00.
    """
    hours, _, minutes = words.strip().lower().replace("h", ":").partition(":")
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(words)
    value = int(hours) * 60 + int(minutes)
    if value > 2 * MINUTES_A_DAY:
        raise ValueError(words)
    return value
