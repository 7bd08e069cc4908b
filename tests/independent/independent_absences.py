"""When staff members and surgeons are away, as stretches of real minutes."""

import datetime as dt
from collections import defaultdict

from independent_clock import Walked
from independent_folder import Folder, Row, date, minute


class Absences:
    """The absences of an export by person."""

    def __init__(self, folder: Folder, clock: Walked) -> None:
        self.clock = clock
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in folder.rows("absences"):
            self._rows[row["person"]].append(row)

    def of(self, person: str) -> list[Row]:
        """Give the absences of a person."""
        return self._rows.get(person, [])

    def stretches(self, person: str, first: dt.date, days: int) -> list[range]:
        """Give the instants on which a person is away on some days: whole days or hours of them."""
        found = []
        for row in self._rows[person]:
            for number in range(days):
                day = first + dt.timedelta(days=number)
                if date(row["first"]) <= day <= date(row["last"]):
                    found.append(self._stretch(row, day))
        return found

    def minutes_away(self, person: str, inside: range, day: dt.date) -> int:
        """Count the minutes of a stretch that begins on a day on which a person is away."""
        days = 2 + len(inside) // 1440
        stretches = self.stretches(person, day - dt.timedelta(days=1), days + 2)
        return sum(any(instant in away for away in stretches) for instant in inside)

    def _stretch(self, row: Row, day: dt.date) -> range:
        if not row["start"] or not row["end"]:
            return self.clock.day(day)
        begin = self.clock.instant(day, minute(row["start"]))
        return range(begin, self.clock.instant(day, minute(row["end"])))
