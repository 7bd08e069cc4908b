"""Adds up each session: how many cases, how full, what is left for long cases and emergencies.

And walks through the minutes of each suite for the moments at which an emergency could come in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, date, minute, yes


def wrong_sessions(theatres: Theatres) -> Iterator[Wrong]:
    """Find sessions that are too full or too empty, and days on which nobody could come in."""
    inside: dict[str, list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        inside[placed.session["id"]].append(placed)
    for limit in theatres.folder.limits:
        for session in theatres.sessions.values() if limit.type in _OF_SESSIONS else ():
            if limit.holds(theatres.session_tags(session)):
                here = inside[session["id"]]
                units = _OF_SESSIONS[limit.type](theatres, limit, session, here)
                if units > 0:
                    words_ = f"{session['id']}: {units} too many or too few"
                    day = date(session["day"])
                    yield limit.wrong(words_, session["id"], day=day, amount=units)
        if limit.type == "emergency_reserve":
            yield from _reserves(theatres, limit, inside)
        if limit.type == "break_in":
            yield from _breaks(theatres, limit)


def _many(theatres: Theatres, limit: Limit, session: Row, here: list[Placed]) -> int:
    return len(here) - int(limit.numbers["most"])


def _empty(theatres: Theatres, limit: Limit, session: Row, here: list[Placed]) -> int:
    """Count the minutes that no patient fills: of a session with a case, or of one without."""
    if yes(session["emergency"]):
        return 0
    lasts = len(range(*theatres.span(session)))
    if limit.numbers["count"] == "unopened":
        return 0 if here or yes(session["closed"]) else lasts
    wanted = lasts * int(limit.numbers["target"]) // 100
    return wanted - sum(placed.minutes for placed in here) if here else 0


def _slack(theatres: Theatres, limit: Limit, session: Row, here: list[Placed]) -> int:
    """Give the minutes that the cases and β standard deviations of their sum need beyond its end."""
    if not here:
        return 0
    beta, squares = int(limit.numbers["beta"]), 0
    for placed in here:
        pace = theatres.pace(placed.case, placed.surgeon)  # of 10 000
        squares += (int(placed.case["deviation"]) * pace) ** 2
    slack = 0
    while (slack * 100 * 10_000) ** 2 < beta**2 * squares:
        slack += 1
    return theatres.used(session, here) + slack - len(range(*theatres.span(session)))


def _reserves(theatres: Theatres, limit: Limit, inside: dict[str, list[Placed]]) -> Iterator[Wrong]:
    """Compare what the cases of some sessions leave with what has to stay free."""
    kept, share = limit.numbers["kept"], int(limit.numbers["share"])
    for day in theatres.folder.dates:
        meant = [
            session
            for session in theatres.sessions.values()
            if date(session["day"]) == day and not yes(session["closed"])
            if limit.holds(theatres.session_tags(session))
        ]
        suites = {theatres.theatres[each["theatre"]]["suite"] for each in meant} - {""}
        groups = {tuple(suites) or ("theatre",): meant} if meant else {}
        if kept == "session":
            groups = {(each["id"],): [each] for each in meant if not yes(each["emergency"])}
        for who, sessions in groups.items():
            reserve = _minutes(theatres, sessions) * share // 100 + int(limit.numbers["minutes"])
            if kept == "dedicated":
                sessions = [each for each in sessions if yes(each["emergency"])]
            else:  # no more can be kept free than there is
                reserve = min(reserve, _minutes(theatres, sessions))
            used = sum(theatres.used(each, inside[each["id"]]) for each in sessions)
            short = used + reserve - _minutes(theatres, sessions)
            if short > 0:
                words_ = f"{', '.join(who)} on {day}: {short} minutes of the reserve are used"
                yield limit.wrong(words_, *who, day=day, amount=short)


def _minutes(theatres: Theatres, sessions: list[Row]) -> int:
    return sum(len(range(*theatres.span(session))) for session in sessions)


def _breaks(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Wait, minute by minute, from the first start of a suite's day, for the next case to end."""
    days: dict[tuple[str, dt.date], list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if limit.holds(theatres.session_tags(placed.session)):
            days[placed.theatre["suite"], placed.date].append(placed)
    for (suite, day), cases in days.items():
        ends = {placed.end for placed in cases if placed.end is not None}
        starts = [placed.start for placed in cases if placed.start is not None]
        if len(starts) < len(cases):
            continue
        since = theatres.clock.instant(day, minute(limit.numbers["since"]))
        until = theatres.clock.instant(day, minute(limit.numbers["until"]))
        waited = beyond = 0
        for instant in range(max(since, min(starts)), min(until, max(ends))):
            waited = 1 if instant in ends else waited + 1
            beyond += waited > int(limit.numbers["most"])
        if beyond:
            words_ = f"{suite} on {day}: {beyond} minutes too long until a case ends"
            yield limit.wrong(words_, suite, day=day, amount=beyond)


_OF_SESSIONS = {"session_cases": _many, "session_fill": _empty, "session_slack": _slack}
JUDGED_SESSIONS = {*_OF_SESSIONS, "emergency_reserve", "break_in"}
