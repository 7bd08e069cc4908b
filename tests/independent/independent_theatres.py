"""Goes through each minute in the theatres: who is in the room, who operates, with what, where to.

Every count here is of things that hold a minute; nothing is added up in any other way.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, minute, up_to_five, words
from independent_hands import needed

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
        yield limit.wrong(words, *more, *together)


def _rooms(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    inside: dict[str, Minutes] = defaultdict(lambda: defaultdict(list))
    meant = [p for p in theatres.placed if limit.holds(theatres.session_tags(p.session))]
    for placed in meant:
        for instant in placed.inside:
            inside[placed.theatre["id"]][instant].append(placed.id)
    for room, holding in inside.items():
        yield from _crowds(theatres, limit, room, 1, holding)
    for placed in meant:
        if placed.start is not None:
            turning = range(placed.start - placed.turnover, placed.start)
            holding = inside[placed.theatre["id"]]
            others = Counter(case for instant in turning for case in holding.get(instant, ()))
            for case, minutes in others.items():
                if case != placed.id:
                    words = f"{case} is still in {placed.theatre['id']} for {minutes} minutes"
                    yield limit.wrong(
                        f"{words} of the turnover before {placed.id}", case, placed.id
                    )


def _starts(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed in theatres.placed:
        if placed.start is not None and limit.holds(placed.tags):
            if placed.start not in range(*theatres.span(placed.session)):
                at = theatres.clock.words(placed.start)
                words = f"{placed.id} starts at {at}, outside {placed.session['id']}"
                yield limit.wrong(words, placed.id, day=placed.date)


def _ends(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    more = int(limit.numbers["grace"])
    inside: dict[str, list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if limit.holds(theatres.session_tags(placed.session)):
            inside[placed.session["id"]].append(placed)
    for id, together in inside.items():
        session = theatres.sessions[id]
        overtime = int(session["overtime"]) if limit.numbers["after"] == "allowed" else 0
        last = theatres.span(session)[1] + overtime + more
        for placed in together:
            late = sum(instant >= last for instant in placed.inside)
            if late:
                words = f"{placed.id} is in {id} {late} minutes too late"
                yield limit.wrong(words, id, day=placed.date)


def _surgeons(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    busy: dict[str, Minutes] = defaultdict(lambda: defaultdict(list))
    for placed in theatres.placed:
        surgeon = placed.surgeon
        if surgeon is not None and placed.end is not None:
            if limit.holds({"specialty": {surgeon["specialty"]}, "surgeon": {surgeon["id"]}}):
                part = needed(placed)
                after = range(part.stop, part.stop + int(limit.numbers["changeover"]))
                _hold(busy[surgeon["id"]], placed.id, [*part, *after])
    for surgeon_id, holding in busy.items():
        yield from _crowds(theatres, limit, surgeon_id, 1, holding, surgeon_id)


def _hold(holding: Minutes, case: str, instants: Iterable[int]) -> None:
    for instant in instants:
        holding[instant].append(case)


def _absences(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed in theatres.placed:
        if placed.surgeon is not None and limit.holds(placed.tags):
            surgeon = placed.surgeon["id"]
            minutes = theatres.absences.minutes_away(surgeon, placed.inside, placed.date)
            if minutes:
                words = f"{surgeon} is away for {minutes} minutes of {placed.id}"
                yield limit.wrong(words, placed.id, day=placed.date)


def _equipment(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for device in theatres.folder.rows("equipment"):
        if not limit.holds({"equipment": {device["id"]}}):
            continue
        used: Minutes = defaultdict(list)
        for placed in theatres.placed:
            if device["id"] in placed.equipment and placed.end is not None:
                back = range(placed.end, placed.end + int(device["delay"]))
                _hold(used, placed.id, [*placed.inside, *back])
        id, quantity = device["id"], int(device["quantity"])
        yield from _crowds(theatres, limit, id, quantity, used, id)


def _recovering(theatres: Theatres) -> Iterator[tuple[Placed, Row, range]]:
    for placed in theatres.placed:
        room = theatres.recovery(placed)
        stay = up_to_five(int(placed.procedure["recovery"]))
        if room is not None and stay and placed.end is not None:
            yield placed, room, range(placed.end, placed.end + stay)


def _posts(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    lying: dict[str, Minutes] = defaultdict(lambda: defaultdict(list))
    for placed, room, stay in _recovering(theatres):
        _hold(lying[room["id"]], placed.id, stay)
    for room in theatres.folder.rows("recoveries"):
        if limit.holds({"recovery": {room["id"]}, "suite": set(words(room["suites"]))}):
            id, posts = room["id"], int(room["posts"])
            if posts and int(limit.numbers.get("wait", 0)):
                continue  # those who find none wait in the theatre
            yield from _crowds(theatres, limit, id, posts, lying[id], id)


def _recovery_hours(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed, room, stay in _recovering(theatres):
        opens = theatres.clock.instant(placed.date, minute(room["start"]))
        closes = theatres.clock.instant(placed.date, minute(room["end"]))
        shut = sum(not opens <= instant < closes for instant in stay)
        if shut and limit.holds(placed.tags):
            words = f"{placed.id} is in {room['id']} for {shut} minutes when it is shut"
            yield limit.wrong(words, placed.id, day=placed.date)


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
                    yield limit.wrong(words, *rooms, day=day)


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
