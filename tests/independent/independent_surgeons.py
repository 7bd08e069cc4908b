"""Goes through the days of each surgeon: theatres, suites, waits between cases; and her fair share."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, words, yes
from independent_hands import needed, tags_of


def wrong_surgeons(theatres: Theatres) -> Iterator[Wrong]:
    """Find the days on which surgeons change or wait, and those who have more than their share."""
    days: dict[tuple[str, dt.date], list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if placed.surgeon is not None:
            days[placed.surgeon["id"], placed.date].append(placed)
    for limit in theatres.folder.limits:
        for (id, day), cases in days.items() if limit.type in _OF_DAYS else ():
            if limit.holds(tags_of(theatres.surgeons[id])):
                units = _OF_DAYS[limit.type](theatres.surgeons[id], cases)
                if units > 0:
                    yield limit.wrong(f"{id} on {day}: {units}", id, day=day, amount=units)
        if limit.type == "fair_share":
            yield from _shares(theatres, limit)


def _rooms(surgeon: Row, cases: list[Placed]) -> int:
    return len({placed.theatre["id"] for placed in cases}) - int(surgeon["rooms"])


def _suites(surgeon: Row, cases: list[Placed]) -> int:
    return len({placed.theatre["suite"] for placed in cases}) - 1


def _idle(surgeon: Row, cases: list[Placed]) -> int:
    """Take the minutes of her cases off those from her first start to her last end."""
    parts = [needed(placed) for placed in cases if placed.start is not None]
    if len(parts) < len(cases):
        return 0
    whole = range(min(part.start for part in parts), max(part.stop for part in parts))
    return len(whole) - sum(len(part) for part in parts)


def _shares(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    used: dict[str, int] = defaultdict(int)
    for placed in theatres.placed:
        if placed.surgeon is not None and _shared(placed.session):
            used[placed.surgeon["id"]] += placed.minutes
    tolerance = int(limit.numbers["tolerance"])
    for id, fair in _fair(theatres).items():
        if limit.holds(tags_of(theatres.surgeons[id])):
            times = (1,) if limit.hard else (1, 2)  # a soft one counts twice beyond twice as much
            bounds = [fair * (100 + tolerance * each) // 100 for each in times]
            units = sum(max(0, used[id] - bound) for bound in bounds)
            if units:
                words_ = f"{id}: {used[id]} minutes, {fair} are fair"
                yield limit.wrong(words_, id, day=theatres.folder.dates[-1], amount=units)


def _shared(session: Row) -> bool:
    return not (yes(session["closed"]) or yes(session["emergency"]) or session["surgeon"])


def _fair(theatres: Theatres) -> dict[str, int]:
    """Divide the shared sessions of each specialty as its surgeons' waiting lists are long."""
    asked: dict[str, Fraction] = defaultdict(Fraction)
    for case in theatres.cases.values():
        for id in (candidates := _candidates(theatres, case)):
            asked[id] += Fraction(theatres.minutes(case, None), len(candidates))
    specialty_of = {id: row["specialty"] for id, row in theatres.surgeons.items()}
    everyone = {specialty_of[id] for id in asked}
    there: dict[str, Fraction] = defaultdict(Fraction)
    for session in theatres.sessions.values():
        owners = set(words(session["owners"])) or everyone
        for owner in owners if _shared(session) else ():
            there[owner] += Fraction(len(range(*theatres.span(session))), len(owners))
    fair = {}
    for id, specialty in specialty_of.items():
        team = [other for other in specialty_of if specialty_of[other] == specialty]
        whole = sum(asked[other] for other in team)
        if len(team) > 1 and whole:
            fair[id] = round(there[specialty] * asked[id] / whole)
    return fair


def _candidates(theatres: Theatres, case: Row) -> list[str]:
    """Give the surgeons for whom a case waits."""
    if yes(case["unattended"]):
        return []
    named = words(case["surgeons"])
    if named:
        return [id for id in theatres.surgeons if id in named]
    return [id for id, row in theatres.surgeons.items() if row["specialty"] == case["specialty"]]


_OF_DAYS = {"room_change": _rooms, "suite_change": _suites, "surgeon_idle": _idle}
JUDGED_SURGEONS = {*_OF_DAYS, "fair_share"}
