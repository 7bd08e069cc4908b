"""Is what was promised or kept apart respected: deliveries, appointments, emergencies, teachers, teams."""

import datetime as dt
from collections.abc import Iterator

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, date, minute, words, yes

Said = tuple[int, str]  # units, and a sentence


def wrong_promises(theatres: Theatres) -> Iterator[Wrong]:
    """Find the cases that break a promise, and the half-days with more theatres than teams."""
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            for placed in theatres.placed:
                if limit.holds(placed.tags):
                    for units, sentence in _JUDGES[limit.type](theatres, limit, placed):
                        words = f"{placed.id} in {placed.session['id']}: {sentence}"
                        yield limit.wrong(words, placed.id, day=placed.date, amount=units)
        if limit.type == "teams":
            yield from _teams(theatres, limit)


def _delivery(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    delivery = placed.case["delivery"]
    if delivery and placed.date < date(delivery):
        early = (date(delivery) - placed.date).days
        yield early, f"on {placed.date}, delivered for on {delivery}"


def _emergency(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    if yes(placed.session["emergency"]) and "emergency" not in words(placed.case["flags"]):
        yield 1, "the session is kept for emergencies"


def _teacher(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    if yes(placed.case["trainee"]) and placed.surgeon and not yes(placed.surgeon["teaches"]):
        yield 1, f"a trainee with {placed.surgeon['id']}, who does not teach"


def _notice(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    today = theatres.folder.as_of
    near = {today + dt.timedelta(days=ahead) for ahead in range(int(limit.numbers["days"]))}
    for row in theatres.folder.rows("appointments"):
        told = date(row["day"])
        if row["id"] == placed.id and told >= today and told != placed.date:
            if told in near or placed.date in near or placed.date < today:
                yield 1, f"on {placed.date} and not on {told}, told too late on {today}"


def _teams(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Walk through the minutes of each half-day: theatres in use, and teams on duty."""
    cover = theatres.folder.rows("teams")
    used = {p.session["id"]: p.session for p in theatres.placed}.values()
    noon = theatres.folder.noon
    for pool in {(row["suites"], row["specialties"]) for row in cover}:
        for day in theatres.folder.dates:
            duty = [
                row
                for row in cover
                if (row["suites"], row["specialties"]) == pool and row["day"] == str(day)
            ]
            for half in (range(noon), range(noon, 2 * 1440)):
                rooms = {
                    session["theatre"]
                    for session in used
                    if session["day"] == str(day)
                    and _in_pool(theatres, session, *pool)
                    and limit.holds(theatres.session_tags(session))
                    and _touches(session, half)
                }
                there = sum(int(row["teams"]) for row in duty if _touches(row, half))
                if len(rooms) > there:
                    names = ", ".join(sorted(rooms))
                    part = "morning" if half.start == 0 else "afternoon"
                    words = f"{day}, {part}: {names} in use, {there} teams"
                    yield limit.wrong(words, *rooms, day=day, amount=len(rooms) - there)


def _in_pool(theatres: Theatres, session: Row, suites: str, specialties: str) -> bool:
    """Tell whether a session asks a pool for a team; one kept for emergencies may have its own."""
    theatre = theatres.theatres[session["theatre"]]
    if session["emergency"] == "yes" and "emergency" in words(theatre["features"]):
        return False
    owned = not specialties or any(
        owner in words(specialties) for owner in words(session["owners"])
    )
    return owned and (not suites or theatre["suite"] in words(suites))


def _touches(row: Row, half: range) -> bool:
    return any(at in half for at in range(minute(row["start"]), minute(row["end"])))


_JUDGES = {
    "delivery": _delivery,
    "emergency_session": _emergency,
    "notice": _notice,
    "teaching": _teacher,
}
JUDGED_PROMISES = {*_JUDGES, "teams"}
