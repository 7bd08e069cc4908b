"""Goes through the minutes of a day: who comes first, at what time, after what, and all at once.

Day units too: who has a place there in which minute, and who is not home when they close.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from independent_cases import Placed, Theatres
from independent_folder import WEEKDAYS, Limit, Row, Wrong, date, minute, up_to_five, words


def wrong_order(theatres: Theatres) -> Iterator[Wrong]:
    """Find the cases that come at a wrong time, in a wrong order, or find no place."""
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            yield from _JUDGES[limit.type](theatres, limit)


def _order(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Compare all pairs of a session, or of a theatre and day."""
    together: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if placed.start is not None:
            together[_sessions(theatres, limit, placed)].append(placed)
    for sessions, cases in together.items():
        for one in cases:
            if _rank(limit, one) < _FAR and any(_out(limit, one, other) for other in cases):
                words = f"{one.id} does not come {limit.numbers['position']}"
                yield limit.wrong(words, *sessions, day=one.date)


_FAR = 10**9


def _sessions(theatres: Theatres, limit: Limit, placed: Placed) -> tuple[str, ...]:
    if limit.numbers["within"] == "session":
        return (placed.session["id"],)
    same = ("theatre", "day")
    return tuple(
        id
        for id, row in theatres.sessions.items()
        if all(row[key] == placed.session[key] for key in same)
    )


def _rank(limit: Limit, placed: Placed) -> int:
    """Give the age that counts, 0 where none does, and very much for those who are not meant."""
    if not limit.holds(placed.tags) or placed.minutes < int(limit.numbers["longer"]):
        return _FAR
    if not limit.numbers["by_age"]:
        return 0
    digits = ""
    for letter in placed.case["age"].strip():
        if not letter.isdecimal():
            break
        digits += letter
    return int(digits) if digits else _FAR - 1


def _out(limit: Limit, one: Placed, other: Placed) -> bool:
    assert one.start is not None
    assert other.start is not None
    mine, theirs = _rank(limit, one), _rank(limit, other)
    if limit.numbers["position"] == "first":
        return other.start < one.start and theirs > mine
    return other.start > one.start and (theirs == _FAR or theirs < mine)


def _hours(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Wait, minute by minute, from the start of a case for the moment that counts."""
    for placed in theatres.placed:
        if not limit.holds(placed.tags):
            continue
        begin, end = theatres.span(placed.session)
        late = begin if placed.start is None else max(begin, placed.start)
        early = end if placed.start is None else min(end, placed.start)
        passes = {"start": 0, "end": placed.minutes, "recovered": placed.minutes + _rest(placed)}
        more = passes[limit.numbers["moment"]]
        for what, start in (("until", late), ("since", early)):
            if limit.numbers.get(what, "none") != "none":
                bound = theatres.clock.instant(placed.date, minute(limit.numbers[what]))
                late = start + more - bound
                missed = late if what == "until" else -late
                if missed > 0:
                    at = theatres.clock.words(start + more)
                    words = f"{limit.numbers['moment']} of {placed.id} at {at}, not {what} {bound}"
                    yield limit.wrong(words, placed.id, day=placed.date, amount=missed)


def _rest(placed: Placed) -> int:
    return up_to_five(int(placed.procedure["recovery"]))


def _cleaning(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for dirty in theatres.placed:
        if dirty.end is None or not limit.holds(dirty.tags):
            continue
        cleaned = set(range(dirty.end, dirty.end + int(limit.numbers["minutes"])))
        for other in theatres.placed:
            same = other.theatre["id"] == dirty.theatre["id"] and other.id != dirty.id
            if same and other.start is not None:
                used = range(other.start - other.turnover, other.start + other.minutes)
                minutes = len(cleaned & set(used))
                if minutes:
                    words = f"{minutes} minutes of the cleaning after {dirty.id} are {other.id}'s"
                    yield limit.wrong(words, dirty.id, other.id, amount=minutes)


def _at_once(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Hold each case's start for so many minutes, and count them minute by minute."""
    pools: dict[tuple[dt.date, tuple[str, ...]], list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        if placed.start is not None and limit.holds(theatres.session_tags(placed.session)):
            for who in _counted(theatres, limit, placed):
                pools[placed.date, who].append(placed)
    for (day, who), cases in pools.items():
        held: dict[int, set[str]] = defaultdict(set)
        units: Counter[frozenset[str]] = Counter()
        for placed in cases:
            assert placed.start is not None
            for instant in range(placed.start, placed.start + int(limit.numbers["minutes"])):
                held[instant].add(placed.id)
        noon = theatres.clock.instant(day, theatres.folder.noon)
        most = [_most(theatres, limit, day, who, morning) for morning in (False, True)]
        for instant, ids in held.items():
            there = most[instant < noon]
            if there and len(ids) > there:
                units[frozenset(ids)] += len(ids) - there
        for together, amount in units.items():
            names = sorted(together)
            text = f"{day}: {', '.join(names)} start too close"
            yield limit.wrong(text, *who, *names, day=day, amount=amount)


def _counted(theatres: Theatres, limit: Limit, placed: Placed) -> Iterator[tuple[str, ...]]:
    """Give the pools in which a start counts."""
    suite = placed.theatre["suite"]
    if limit.numbers["per"] == "suite":
        yield (suite or placed.theatre["id"],)
        return
    if "general" not in (placed.session["anaesthesia"], "") or (
        placed.procedure["anaesthesia"] != "general"
    ):
        return
    cover = theatres.folder.rows("anaesthesia")
    for pool in dict.fromkeys(row["suites"] for row in cover):
        suites = words(pool)
        if not suites or suite in suites:
            ids = [r["id"] for r in cover if r["suites"] == pool and r["day"] == str(placed.date)]
            yield tuple(ids or sorted(suites) or ["anaesthesia"])


def _most(
    theatres: Theatres, limit: Limit, day: dt.date, who: tuple[str, ...], morning: bool
) -> int:
    """Give how many may start; 0: they are not counted."""
    if limit.numbers["per"] == "suite":
        return int(limit.numbers["most"])
    noon = theatres.folder.noon
    half = range(noon) if morning else range(noon, 3 * 1440)
    there = 0
    for row in theatres.folder.rows("anaesthesia"):
        if row["id"] in who and row["day"] == str(day):
            if any(at in half for at in range(minute(row["start"]), minute(row["end"]))):
                there += int(row["anaesthetists"])
    return int(limit.numbers["most"]) * there


def _patients(theatres: Theatres) -> Iterator[tuple[Placed, Row, int]]:
    """Give the patients of day units, with their minutes from the end of the case to going home."""
    for placed in theatres.placed:
        ward = theatres.wards.get(placed.case["ward"])
        if placed.case["mode"] == "day" and ward is not None and ward["kind"] == "day":
            yield placed, ward, _rest(placed) + up_to_five(int(placed.procedure["stay"]))


def _home(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed, unit, after in _patients(theatres):
        if limit.holds(placed.tags):
            begin, _ = theatres.span(placed.session)
            start = begin if placed.start is None else max(begin, placed.start)
            closes = theatres.clock.instant(placed.date, minute(unit["end"]))
            late = start + placed.minutes + after - closes
            if late > 0:
                words = f"{placed.id} is not home when {unit['id']} closes"
                yield limit.wrong(words, placed.id, day=placed.date, amount=late)


def _places(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    arrival = int(limit.numbers["arrival"])
    found: dict[tuple[str, dt.date], list[tuple[Placed, int]]] = defaultdict(list)
    for placed, unit, after in _patients(theatres):
        if limit.holds({"ward": {unit["id"]}}):
            found[unit["id"], placed.date].append((placed, after))
    for (id, day), patients in found.items():
        unit, places = theatres.wards[id], _free(theatres, id, day)
        if not limit.numbers["again"]:
            clock, opens, closes = theatres.clock, minute(unit["start"]), minute(unit["end"])
            open_ = len(range(clock.instant(day, opens), clock.instant(day, closes)))
            units = (len(patients) - places) * open_
            if units > 0:
                text = f"{day}: {len(patients)} patients of {id}"
                yield limit.wrong(text, id, day=day, amount=units)
        elif all(placed.start is not None for placed, _ in patients):
            lying: dict[int, set[str]] = defaultdict(set)
            for placed, after in patients:
                assert placed.start is not None
                for instant in range(placed.start - arrival, placed.start + placed.minutes + after):
                    lying[instant].add(placed.id)
            sets = Counter(frozenset(ids) for ids in lying.values() if len(ids) > places)
            for together, minutes in sets.items():
                text, units = f"{day}: too many in {id}", minutes * (len(together) - places)
                yield limit.wrong(text, id, *sorted(together), day=day, amount=units)
        else:
            needed = sum(arrival + placed.minutes + after for placed, after in patients)
            units = needed - places * _opening(theatres, unit, day, arrival)
            if units > 0:
                text = f"{day}: {id} would need {needed} minutes"
                yield limit.wrong(text, id, day=day, amount=units)


def _free(theatres: Theatres, unit: str, day: dt.date) -> int:
    row = theatres.wards[unit]
    taken: Counter[tuple[str, str]] = Counter()
    for each in theatres.folder.rows("census"):
        taken[each["ward"], each["day"]] += int(each["taken"])
    if WEEKDAYS[day.weekday()] not in words(row["open"]):
        return 0
    return max(0, int(row["beds"]) - taken[unit, str(day)])


def _opening(theatres: Theatres, unit: Row, day: dt.date, arrival: int) -> int:
    """Count the minutes from the first arrival that there can be until the unit closes."""
    starts: Iterable[int] = (
        minute(row["start"]) - arrival
        for row in theatres.sessions.values()
        if date(row["day"]) == day
    )
    first = min([minute(unit["start"]), *starts])
    return max(0, minute(unit["end"]) - first)


_JUDGES = {
    "case_order": _order,
    "case_hours": _hours,
    "cleaning": _cleaning,
    "starts": _at_once,
    "day_unit_hours": _home,
    "day_places": _places,
}
JUDGED_ORDER = set(_JUDGES)
