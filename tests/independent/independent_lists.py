"""Is each case where it may be: theatre, owner, surgeon, day, anaesthesia; and are there beds."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from independent_cases import Placed, Theatres
from independent_folder import WEEKDAYS, Limit, Row, Wrong, date, words, yes

Said = tuple[int, str]  # units, and a sentence


def wrong_lists(theatres: Theatres) -> Iterator[Wrong]:
    """Find the cases that are somewhere, or on a day, where they may not be."""
    seen = Counter(placed.id for placed in theatres.placed)
    for case, times in seen.items():
        if times > 1:
            yield Wrong("placements", "twice", (case,), None, f"{case} is placed {times} times")
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            for placed in theatres.placed:
                session_scope = theatres.session_tags(placed.session)
                if limit.holds(session_scope if limit.type == "owner" else placed.tags):
                    for units, sentence in _JUDGES[limit.type](theatres, limit, placed):
                        words = f"{placed.id} in {placed.session['id']}: {sentence}"
                        yield limit.wrong(words, placed.id, day=placed.date, amount=units)
        if limit.type == "ward_beds":
            yield from _beds(theatres, limit)


def _closed(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    if yes(placed.session["closed"]):
        yield placed.minutes, "the session is closed"


def _start(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    if theatres.folder.clock and placed.start is None:
        yield 1, "no start"


def _surgeon(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    case, surgeon = placed.case, placed.surgeon
    if surgeon is None:
        if not yes(case["unattended"]):
            yield 1, "no surgeon"
        return
    named, does = words(case["surgeons"]), words(surgeon["procedures"])
    if named and surgeon["id"] not in named:
        yield 1, f"{surgeon['id']} is none of its surgeons"
    if does and case["procedure"] not in does:
        yield 1, f"{surgeon['id']} does not do {case['procedure']}"
    if not does and surgeon["specialty"] != case["specialty"]:
        yield 1, f"{surgeon['id']} is of another specialty"


def _owner(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    session, surgeon = placed.session, placed.surgeon
    released = session["release"] != "" and date(session["release"]) <= theatres.folder.as_of
    if released != (limit.numbers["when"] == "after"):
        return
    owners = words(session["owners"])
    if owners and placed.case["specialty"] not in owners:
        yield 1, f"{placed.case['specialty']} in a session of {', '.join(owners)}"
    if session["surgeon"] and surgeon is not None and surgeon["id"] != session["surgeon"]:
        yield 1, f"{surgeon['id']} in the session of {session['surgeon']}"


def _anaesthesia(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    if placed.session["anaesthesia"] == "local" and placed.procedure["anaesthesia"] != "local":
        yield 1, "general anaesthesia in a local session"


def _features(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    there = words(placed.theatre["features"])
    for feature in limit.numbers.get("features") or words(placed.procedure["features"]):
        if feature not in there:
            yield 1, f"{placed.theatre['id']} has no {feature}"


def _day(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[Said]:
    earliest = placed.case["earliest"]
    if earliest and placed.date < date(earliest):
        early = (date(earliest) - placed.date).days
        yield early, f"on {placed.date}, not possible before {earliest}"
    if str(placed.date) in words(placed.case["unavailable"]):
        yield 1, f"on {placed.date}, when the patient cannot come"


def _beds(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Put each patient to bed, night by night, and count who lies there."""
    folder = theatres.folder
    lying: Counter[tuple[str, dt.date]] = Counter()
    for placed in theatres.placed:
        lying.update(_nights(placed))
    taken: Counter[tuple[str, dt.date]] = Counter()
    for row in folder.rows("census"):
        taken[row["ward"], date(row["day"])] += int(row["taken"])
    for ward in folder.rows("wards"):
        if ward["kind"] != limit.numbers["kind"] or not limit.holds({"ward": {ward["id"]}}):
            continue
        for day in folder.dates:
            there = lying[ward["id"], day]
            free = max(0, _beds_open(ward, day) - taken[ward["id"], day])
            if there > free:
                words = f"{ward['id']} on {day}: {there} patients, {free} beds"
                yield limit.wrong(words, ward["id"], day=day, amount=there - free)


def _beds_open(ward: Row, day: dt.date) -> int:
    return int(ward["beds"]) if WEEKDAYS[day.weekday()] in words(ward["open"]) else 0


def _nights(placed: Placed) -> Iterator[tuple[str, dt.date]]:
    case = placed.case
    before, nights = int(case["nights_before"]), int(case["nights"])
    intensive = int(case["intensive_nights"]) if case["intensive"] else 0
    for night in range(-before, max(nights, intensive)):
        bed = case["intensive"] if 0 <= night < intensive else case["ward"]
        if bed:
            yield bed, placed.date + dt.timedelta(days=night)


_JUDGES = {
    "in_session": _closed,
    "needs_start": _start,
    "surgeon_skill": _surgeon,
    "owner": _owner,
    "anaesthesia_type": _anaesthesia,
    "room_features": _features,
    "earliest": _day,
}
JUDGED_LISTS = {*_JUDGES, "ward_beds"}
