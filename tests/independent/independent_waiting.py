"""Goes through the waiting list: who is left out, late, moved, or not where and when she wished."""

import datetime as dt
from collections.abc import Iterator

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, date, minute, words


def wrong_waiting(theatres: Theatres) -> Iterator[Wrong]:
    """Find the cases that wait, are late, or have not what they were promised or wish."""
    for limit in theatres.folder.limits:
        for case in theatres.cases.values() if limit.type in _OF_CASES else ():
            if limit.holds(theatres.case_tags(case)):
                yield from _OF_CASES[limit.type](theatres, limit, case)
        for placed in theatres.placed if limit.type in _OF_PLACED else ():
            if limit.holds(placed.tags):
                units, words_ = _OF_PLACED[limit.type](theatres, limit, placed)
                if units > 0:
                    words_ = f"{placed.id} in {placed.session['id']}: {words_}"
                    yield limit.wrong(words_, placed.id, day=placed.date, amount=units)


def _left_out(theatres: Theatres, limit: Limit, case: Row) -> Iterator[Wrong]:
    last = theatres.folder.dates[-1]
    impossible = any(case[key] and date(case[key]) > last for key in ("earliest", "delivery"))
    if impossible or theatres.seen[case["id"]]:
        return
    units = 1
    if limit.numbers["measure"] == "minutes":
        units = theatres.minutes(case, None)
        if case["due"] and date(case["due"]) <= last:
            units += units // 2 + units % 2  # half as many again, a whole minute
    yield limit.wrong(f"{case['id']} is left out", case["id"], day=last, amount=units)


def _moved(theatres: Theatres, limit: Limit, case: Row) -> Iterator[Wrong]:
    """Lay the day and session that a patient was told beside those that she has."""
    last, id = theatres.folder.dates[-1], case["id"]
    for told in theatres.told[id]:
        day = date(told["day"])
        if day < theatres.folder.as_of:
            continue
        if not theatres.seen[id]:
            units = int(limit.numbers["out"]) if day <= last else 0
            if units:
                yield limit.wrong(f"{id} is left out, promised {day}", id, day=last, amount=units)
            continue
        now = [placed for placed in theatres.placed if placed.id == id][-1]
        key = "other_day" if now.date != day else "other_session"
        same = now.date == day and told["session"] in ("", now.session["id"])
        if not same and int(limit.numbers[key]):
            words_ = f"{id} is in {now.session['id']}, promised {told['session'] or day}"
            yield limit.wrong(words_, id, day=now.date, amount=int(limit.numbers[key]))


Counted = tuple[int, str]  # units, and a sentence


def _days_since(placed: Placed, since: str, begin: dt.date) -> int:
    """Count the days of the horizon from a date on to the operation."""
    day, days = max(date(since), begin), 0
    while day < placed.date:
        day, days = day + dt.timedelta(days=1), days + 1
    return days


def _waits(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    days = _days_since(placed, placed.case["listed"], theatres.folder.start)
    return days, f"waits {days} days more"


def _late(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    due = placed.case["due"]
    days = _days_since(placed, due, theatres.folder.start) if due else 0
    return days, f"{days} days late that a plan could avoid, due {due}"


def _early(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    """Count a day case's minutes after the time until it starts, in its session at the earliest."""
    if placed.case["mode"] != "day":
        return 0, ""
    opens, _ = theatres.span(placed.session)
    start = opens if placed.start is None else max(opens, placed.start)
    bound = theatres.clock.instant(placed.date, minute(limit.numbers["since"]))
    return len(range(bound, start)), f"starts at {theatres.clock.words(start)}"


def _wish(limit: Limit, placed: Placed) -> str:
    if limit.numbers["whose"] == "patient":
        return placed.case["prefers"]
    return placed.surgeon["prefers"] if placed.surgeon is not None else ""


def _halves(theatres: Theatres, session: Row) -> set[str]:
    """Give the halves of the day of which a session has something."""
    found = set()
    if minute(session["start"]) < theatres.folder.noon:
        found.add("morning")
    if minute(session["end"]) > theatres.folder.noon:
        found.add("afternoon")
    return found


def _half(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    wish = _wish(limit, placed)
    missed = wish != "" and wish not in _halves(theatres, placed.session)
    return int(missed), f"nothing of the {wish}"


def _half_start(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    wish, both = _wish(limit, placed), len(_halves(theatres, placed.session)) == 2
    if not wish or placed.start is None or not both:
        return 0, ""
    noon = theatres.clock.instant(placed.date, theatres.folder.noon)
    wrong = range(noon, placed.start) if wish == "morning" else range(placed.start, noon)
    return len(wrong), f"starts {len(wrong)} minutes outside the {wish}"


def _suite(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    wished = words(placed.case["suites"])
    return int(bool(wished) and placed.theatre["suite"] not in wished), "in another suite"


def _told_start(theatres: Theatres, limit: Limit, placed: Placed) -> Counted:
    for told in theatres.told[placed.id]:
        if told["session"] == placed.session["id"] and told["start"] and placed.start is not None:
            start = theatres.clock.instant(placed.date, minute(told["start"]))
            off = abs(start - placed.start)
            return off, f"{off} minutes off the start that was told"
    return 0, ""


_OF_CASES = {"unscheduled": _left_out, "stability": _moved}
_OF_PLACED = {
    "waiting": _waits,
    "due_date": _late,
    "early_day_cases": _early,
    "half_day_wish": _half,
    "half_day_start": _half_start,
    "suite_wish": _suite,
    "start_kept": _told_start,
}
JUDGED_WAITING = {*_OF_CASES, *_OF_PLACED}
