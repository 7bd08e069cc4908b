"""Goes through each minute in the theatres: who is in the room, who operates, with what, where to.

Every count here is of things that hold a minute; nothing is added up in any other way.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from independent_cases import Placed, Theatres, timed
from independent_folder import Limit, Row, Wrong, minute, up_to_five, words
from independent_hands import needed, never_there, stay_of, tags_of

Minutes = dict[int, list[str]]


def wrong_minutes(theatres: Theatres) -> Iterator[Wrong]:
    """Find the minutes that are wrong."""
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            yield from _JUDGES[limit.type](theatres, limit)


def _crowds(
    theatres: Theatres, limit: Limit, thing: str, most: int, holding: Minutes, *more: str
) -> Iterator[Wrong]:
    """Say once for each set of cases that there are too many of them, since when and how long."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for instant, cases in holding.items():
        if len(cases) > most:
            found[tuple(sorted(cases))].append(instant)
    for together, instants in found.items():
        since = theatres.clock.words(min(instants))
        who = ", ".join(together)
        words = f"{thing} has {who} at {since} for {len(instants)} minutes (most {most})"
        units = len(instants) * (len(together) - most)
        yield limit.wrong(words, *more, *together, amount=units)


def _pairs(
    theatres: Theatres, limit: Limit, thing: str, holding: Minutes, *more: str
) -> Iterator[Wrong]:
    """Say of each two cases that they hold a thing at once, since when and how long."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for instant, cases in holding.items():
        for pair in combinations(sorted(cases), 2):
            found[pair].append(instant)
    for (one, other), instants in found.items():
        since = theatres.clock.words(min(instants))
        words = f"{thing} has {one} and {other} at {since} for {len(instants)} minutes"
        yield limit.wrong(words, *more, one, other, amount=len(instants))


def _rooms(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    held: dict[str, Minutes] = defaultdict(dict)
    for placed in theatres.placed:
        if placed.start is not None and limit.holds(theatres.session_tags(placed.session)):
            used = range(placed.start - placed.turnover, placed.start + placed.minutes)
            _hold(held[placed.theatre["id"]], placed.id, used)
    for room, holding in held.items():
        yield from _pairs(theatres, limit, f"{room}, with turnovers,", holding)


def _starts(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Count the minutes from a start to the nearest one that its session has."""
    for placed in theatres.placed:
        if placed.start is not None and limit.holds(placed.tags):
            begin, end = theatres.span(placed.session)
            if not begin <= placed.start < end:
                off = begin - placed.start if placed.start < begin else placed.start - end + 1
                at = theatres.clock.words(placed.start)
                words = f"{placed.id} starts at {at}, outside {placed.session['id']}"
                yield limit.wrong(words, placed.id, day=placed.date, amount=off)


def _ends(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    more = int(limit.numbers["grace"])
    inside: dict[str, list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if limit.holds(theatres.session_tags(placed.session)):
            inside[placed.session["id"]].append(placed)
    for id, together in inside.items():
        if any(placed.end is None for placed in together):
            continue  # a sum
        session = theatres.sessions[id]
        overtime = int(session["overtime"]) if limit.numbers["after"] == "allowed" else 0
        begin, end = theatres.span(session)
        bound = max(begin, end) + overtime + more
        last = max(together, key=lambda placed: placed.end or 0)
        late = (last.end or 0) - bound
        if late > 0:
            words = f"{last.id} is in {id} {late} minutes too late"
            yield limit.wrong(words, id, day=last.date, amount=late)


def _surgeons(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for id, surgeon in theatres.surgeons.items():
        busy: Minutes = {}
        mine = [placed for placed in theatres.placed if placed.surgeon is surgeon]
        for placed in timed(mine) if limit.holds(tags_of(surgeon)) else ():
            part = needed(placed)
            after = range(part.stop, part.stop + int(limit.numbers["changeover"]))
            _hold(busy, placed.id, [*part, *after])
        yield from _pairs(theatres, limit, id, busy, id)


def _hold(holding: Minutes, case: str, instants: Iterable[int]) -> None:
    for instant in instants:
        holding.setdefault(instant, []).append(case)


def _absences(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed in theatres.placed:
        if placed.surgeon is not None and limit.holds(placed.tags):
            surgeon, minutes = placed.surgeon["id"], placed.minutes
            if not never_there(theatres, placed, surgeon):
                minutes = theatres.absences.minutes_away(surgeon, placed.inside, placed.date)
            if minutes:
                words = f"{surgeon} is away for {minutes} minutes of {placed.id}"
                yield limit.wrong(words, placed.id, day=placed.date, amount=minutes)


def _equipment(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for device in theatres.folder.rows("equipment"):
        if not limit.holds({"equipment": {device["id"]}}):
            continue
        used: Minutes = {}
        for placed in timed(p for p in theatres.placed if device["id"] in p.equipment):
            held = range(placed.inside.start, placed.inside.stop + int(device["delay"]))
            _hold(used, placed.id, held)
        id, quantity = device["id"], int(device["quantity"])
        yield from _crowds(theatres, limit, id, quantity, used, id)


def _recovering(theatres: Theatres) -> Iterator[tuple[Placed, Row, range]]:
    for placed in theatres.placed:
        room = theatres.recovery(placed)
        stay = up_to_five(int(placed.procedure["recovery"]))
        if room is not None and stay and placed.end is not None:
            yield placed, room, range(placed.end, placed.end + stay)


def _posts(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for room in theatres.recoveries:
        if limit.holds({"recovery": {room["id"]}, "suite": set(words(room["suites"]))}):
            id, posts = room["id"], int(room["posts"])
            lying: Minutes = {}
            if posts and int(limit.numbers.get("wait", 0)):
                continue  # those who find none wait in the theatre
            come = (p for p in theatres.placed if theatres.recovery(p) is room and stay_of(p))
            for placed in timed(come):
                stay = range(placed.inside.stop, placed.inside.stop + stay_of(placed))
                _hold(lying, placed.id, stay)
            yield from _crowds(theatres, limit, id, posts, lying, id)


def _recovery_hours(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed, room, stay in _recovering(theatres):
        opens = theatres.clock.instant(placed.date, minute(room["start"]))
        closes = theatres.clock.instant(placed.date, minute(room["end"]))
        begin, _ = theatres.span(placed.session)  # a case counts from there at the earliest
        late = stay.stop + max(0, begin - (placed.start or 0)) - closes
        for shut in (opens - stay.start, late):
            if shut > 0 and limit.holds(placed.tags):
                words = f"{placed.id} is at {room['id']} {shut} minutes when it is shut"
                yield limit.wrong(words, placed.id, day=placed.date, amount=shut)


def _anaesthetists(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Walk through the minutes of each half-day: theatres in use, and anaesthetists on duty."""
    cover = theatres.folder.rows("anaesthesia")
    noon = theatres.folder.noon
    used = {p.session["id"]: p.session for p in theatres.placed}.values()
    for pool in {row["suites"] for row in cover}:
        for day in theatres.folder.dates:
            sessions = [s for s in used if _asks(theatres, limit, s, pool, day)]
            duty = [row for row in cover if row["suites"] == pool and row["day"] == str(day)]
            for half in (range(noon), range(noon, 2 * 1440)):
                rooms = {session["theatre"] for session in sessions if _touches(session, half)}
                there = sum(int(row["anaesthetists"]) for row in duty if _touches(row, half))
                most = int(limit.numbers["ratio"]) * there
                if len(rooms) > most:
                    part = "morning" if half.start == 0 else "afternoon"
                    names = ", ".join(sorted(rooms))
                    words = f"{day}, {part}: {names} in use, {there} anaesthetists"
                    yield limit.wrong(words, *rooms, day=day, amount=len(rooms) - most)


def _asks(theatres: Theatres, limit: Limit, session: Row, pool: str, day: dt.date) -> bool:
    suites = words(pool)
    suite = theatres.theatres[session["theatre"]]["suite"]
    here = session["day"] == str(day) and (not suites or suite in suites)
    asks = here and session["anaesthesia"] == "general"
    return asks and limit.holds(theatres.session_tags(session))


def _touches(row: Row, half: range) -> bool:
    return any(at in half for at in range(minute(row["start"]), minute(row["end"])))


_JUDGES = {
    "room_overlap": _rooms,
    "in_session": _starts,
    "session_overtime": _ends,
    "surgeon_overlap": _surgeons,
    "surgeon_away": _absences,
    "anaesthetists": _anaesthetists,
    "equipment": _equipment,
    "recovery_posts": _posts,
    "recovery_hours": _recovery_hours,
}
JUDGED_MINUTES = set(_JUDGES)
