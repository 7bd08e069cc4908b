"""The placed cases of an export, each with the real minutes that it lasts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from independent_absences import Absences
from independent_clock import Walked
from independent_folder import Folder, Row, Tags, Wrong, date, minute, up_to_five, words, yes


class Placed(NamedTuple):
    """A case in a session; `start` and `end` are instants, None where the case has no start."""

    id: str
    case: Row
    procedure: Row
    session: Row
    theatre: Row
    surgeon: Row | None
    date: dt.date
    minutes: int
    turnover: int
    start: int | None
    end: int | None
    tags: Tags

    @property
    def inside(self) -> range:
        """The instants on which the patient is in the theatre."""
        if self.start is None or self.end is None:
            return range(0)
        return range(self.start, self.end)

    @property
    def equipment(self) -> set[str]:
        """All devices and trays that the case needs."""
        return set(words(self.procedure["equipment"])) | set(words(self.case["equipment"]))


def timed(cases: Iterable[Placed]) -> list[Placed]:
    """Leave out the days on which a case has no start: these are judged by their sums."""
    found = list(cases)
    days = {placed.date for placed in found if placed.start is None}
    return [placed for placed in found if placed.date not in days]


class Theatres:
    """All facts and placements of theatres."""

    def __init__(self, folder: Folder, clock: Walked) -> None:
        self.folder, self.clock = folder, clock
        self.cases = folder.by_id("cases")
        self.procedures = folder.by_id("procedures")
        self.sessions = folder.by_id("sessions")
        self.theatres = folder.by_id("theatres")
        self.recoveries = folder.rows("recoveries")
        self.wards = folder.by_id("wards")
        self.surgeons = folder.by_id("surgeons")
        self.absences = Absences(folder, clock)
        self.told: dict[str, list[Row]] = defaultdict(list)
        for row in folder.rows("appointments"):
            self.told[row["id"]].append(row)
        self.unreadable: list[Wrong] = []
        self.placed = [placed for row in folder.placements if (placed := self._placed(row))]
        self.seen = Counter(placed.id for placed in self.placed)

    def session_tags(self, session: Row) -> Tags:
        """What a rule may ask for of a session."""
        suite = self.theatres[session["theatre"]]["suite"]
        owners = set(words(session["owners"]))
        room = {"theatre": {session["theatre"]}, "suite": {suite}, "session": {session["id"]}}
        return {"specialty": owners, **room}

    def case_tags(self, case: Row) -> Tags:
        """What a rule may ask for of a case."""
        tags = {kind: {case[kind]} for kind in ("priority", "specialty", "procedure", "mode")}
        tags |= {"anaesthesia": {self.procedures[case["procedure"]]["anaesthesia"]}}
        watched = {case["intensive"]} if int(case["intensive_nights"]) else set()
        wards = ({case["ward"]} | watched) - {""}
        tags |= {"ward": wards, "bed": {self.wards[ward]["kind"] for ward in wards}}
        return tags | {"flag": set(words(case["flags"])), "case": {case["id"]}}

    def span(self, session: Row) -> tuple[int, int]:
        """Give the instants at which a session begins and ends."""
        day = date(session["day"])
        begin, end = minute(session["start"]), minute(session["end"])
        return self.clock.instant(day, begin), self.clock.instant(day, end)

    def minutes(self, case: Row, surgeon: Row | None) -> int:
        """Give the planned minutes of a case."""
        mean, factor = int(case["mean"]), self.pace(case, surgeon)
        return up_to_five(mean, factor, 10_000) if self.folder.clock else round(mean * factor / 1e4)

    def pace(self, case: Row, surgeon: Row | None) -> int:
        """Give how much longer than its own minutes a case lasts, of 10 000."""
        return (int(surgeon["pace"]) if surgeon else 100) * (100 + self._longer(case))

    def turnover(self, case: Row) -> int:
        """Give the planned turnover before a case."""
        minutes = int(self.procedures[case["procedure"]]["turnover"])
        return up_to_five(minutes) if self.folder.clock else minutes

    def used(self, session: Row, inside: Sequence[Placed]) -> int:
        """Add the minutes and turnovers of a session's cases, less the longest turnover there can be.

        For the turnover before its first case lies outside it.
        """
        if not inside:
            return 0
        able = [case for case in self.cases.values() if self._may(session, case)]
        spare = max((self.turnover(case) for case in able), default=0)
        return sum(placed.minutes + placed.turnover for placed in inside) - spare

    def _may(self, session: Row, case: Row) -> bool:
        """Tell whether a case may come into a session, as far as a hard rule of owners says."""
        for limit in self.folder.limits_of("owner"):
            if limit.hard and not limit.scope and limit.numbers["when"] == "before":
                owners = words(session["owners"])
                released = session["release"] and date(session["release"]) <= self.folder.as_of
                return not owners or case["specialty"] in owners or bool(released)
        return True

    def recovery(self, placed: Placed) -> Row | None:
        """Give where a patient recovers: a room for the theatre's suite before one for all."""
        own = [r for r in self.recoveries if placed.theatre["suite"] in words(r["suites"])]
        for_all = [r for r in self.recoveries if not words(r["suites"])]
        return next(iter(own + for_all), None)

    def _placed(self, row: Row) -> Placed | None:
        case, session = self.cases.get(row["case"]), self.sessions.get(row["session"])
        surgeon = self.surgeons.get(row["surgeon"])
        known = case is not None and session is not None
        if not known or (row["surgeon"] and surgeon is None):
            self._misfit(row, "names a case, session or surgeon that is not there")
            return None
        assert case is not None
        assert session is not None
        procedure, day = self.procedures[case["procedure"]], date(session["day"])
        minutes = self.minutes(case, surgeon)
        start = end = None
        if row["start"]:
            start = self.clock.instant(day, minute(row["start"]))
            end = start + minutes
            mark = row["end"].partition(" ")[2] or self.clock.which(end)
            told = minute(row["end"]) if row["end"] else None, mark
            if row["end"] and told != (self.clock.shown(day, end), self.clock.which(end)):
                self._misfit(row, f"ends at {row['end']}, and should last {minutes} minutes")
        theatre = self.theatres[session["theatre"]]
        if row["room"] != theatre["id"] or row["date"] != session["day"]:
            self._misfit(row, f"is not in the theatre or on the day of {session['id']}")
        place = (session, theatre, surgeon, day, minutes, self.turnover(case))
        return Placed(case["id"], case, procedure, *place, start, end, self.case_tags(case))

    def _longer(self, case: Row) -> int:
        """Give by how many per cent a trainee takes longer."""
        if not yes(case["trainee"]):
            return 0
        lessons = [lesson for lesson in self.folder.lessons if lesson.holds(self.case_tags(case))]
        return max((int(lesson.numbers["longer"]) for lesson in lessons), default=0)

    def _misfit(self, row: Row, words: str) -> None:
        self.unreadable.append(
            Wrong("placements", "fits", (row["case"],), None, f"{row['case']} {words}")
        )
