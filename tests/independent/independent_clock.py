"""Which real minute a time on the wall is, found by walking through all minutes of the period.

An instant is a count of real minutes (since 1970, UTC): differences of instants are minutes that
pass, over clock changes too.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

A_DAY = 1440


class Walked:
    """The instants of a period, by what a clock on the wall showed."""

    def __init__(self, zone: str, first: dt.date, last: dt.date) -> None:
        self.zone = ZoneInfo(zone)
        self._shown: dict[int, int] = {}
        day_before = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC) - dt.timedelta(days=1)
        begin = int(day_before.timestamp()) // 60
        for hour in range(begin, begin + ((last - first).days + 4) * A_DAY, 60):
            wall = dt.datetime.fromtimestamp(hour * 60, tz=self.zone)  # it changes on the hour
            shown = wall.toordinal() * A_DAY + wall.hour * 60 + wall.minute
            for minute in range(60):  # what is shown twice is the first of the two
                self._shown.setdefault(shown + minute, hour + minute)
        self._ends = (next(iter(self._shown)), next(reversed(self._shown)))

    def instant(self, date: dt.date, minute: int) -> int:
        """Give the instant of a local time; one that the clock leaps over is where it lands.

        Raises:
            ValueError: it is outside the period.
        """
        shown = date.toordinal() * A_DAY + minute
        if not min(self._ends) <= shown < max(self._ends):
            raise ValueError(f"{date} is outside the period walked through")
        while shown not in self._shown:
            shown += 1
        return self._shown[shown]

    def day(self, date: dt.date) -> range:
        """Give the instants of a civil day."""
        return range(self.instant(date, 0), self.instant(date, A_DAY))

    def shown(self, date: dt.date, instant: int) -> int:
        """Give what the clock shows at an instant, in minutes after midnight of a date."""
        wall = dt.datetime.fromtimestamp(instant * 60, tz=self.zone)
        return (wall.toordinal() - date.toordinal()) * A_DAY + wall.hour * 60 + wall.minute

    def which(self, instant: int) -> str:
        """Say which it is where the clock shows the same twice: (1) or (2), else nothing."""
        shown = [
            dt.datetime.fromtimestamp(at * 60, tz=self.zone).replace(fold=0, tzinfo=None)
            for at in range(instant - 60, instant + 61)
        ]
        earlier, now, later = shown[:60], shown[60], shown[61:]
        return "(2)" if now in earlier else "(1)" if now in later else ""

    def words(self, instant: int) -> str:
        """Write an instant as local date and time."""
        return dt.datetime.fromtimestamp(instant * 60, tz=self.zone).strftime("%Y-%m-%d %H:%M")


@lru_cache(maxsize=4)
def walked(zone: str, first: dt.date, last: dt.date) -> Walked:
    """Walk through a period, once for the last few."""
    return Walked(zone, first, last)
