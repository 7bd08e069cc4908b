"""Plans without start times: does what a day asks for fit into its minutes at all?

Where a case has no start, no minute can be looked at; what must hold is that some start exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from independent_cases import Placed, Theatres
from independent_folder import Limit, Row, Wrong, minute, up_to_five, words
from independent_hands import attended, tags_of


def wrong_sums(theatres: Theatres) -> Iterator[Wrong]:
    """Find the days and cases that no start times could make right."""
    if all(placed.start is not None for placed in theatres.placed):
        return
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            yield from _JUDGES[limit.type](theatres, limit)


def _without(placed: Iterable[Placed], key: str) -> Iterator[tuple[Row, list[Placed]]]:
    """Give the cases of each surgeon or session and day one of which has no start."""
    found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for each in placed:
        thing = each.surgeon if key == "surgeon" else each.session
        if thing is not None:
            found[thing["id"], str(each.date)].append(each)
    for together in found.values():
        if any(each.start is None for each in together):
            thing = together[0].surgeon if key == "surgeon" else together[0].session
            assert thing is not None
            yield thing, together


def _open(theatres: Theatres, day: str, longer: int = 0) -> set[int]:
    """Give the instants of a day on which a case may run in some theatre, overtime included."""
    return {
        instant
        for session in theatres.sessions.values()
        if session["day"] == day
        for begin, end in (theatres.span(session),)
        for instant in range(begin, end + int(session["overtime"]) + longer)
    }


def _ends(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for session, together in _without(theatres.placed, "session"):
        if limit.holds(theatres.session_tags(session)):
            overtime = int(session["overtime"]) if limit.numbers["after"] == "allowed" else 0
            begin, end = theatres.span(session)
            there = end - begin + overtime + int(limit.numbers["grace"])
            needed, day = theatres.used(session, together), together[0].date
            if needed > there:
                words = f"the cases of {session['id']} need {needed} minutes of {there}"
                yield limit.wrong(words, session["id"], day=day, amount=needed - there)


def _surgeons(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    more = int(limit.numbers["changeover"])
    for surgeon, together in _without(theatres.placed, "surgeon"):
        if limit.holds({"specialty": {surgeon["specialty"]}, "surgeon": {surgeon["id"]}}):
            there = _open(theatres, str(together[0].date))
            for away in theatres.absences.stretches(surgeon["id"], together[0].date, 1):
                there -= set(away)
            there |= {instant + n for instant in there for n in range(1, more + 1)}
            needed = sum(attended(placed) + more for placed in together)
            if needed > len(there):
                words = f"{surgeon['id']} needs {needed} minutes of {len(there)}"
                words = f"{words} on {together[0].date}"
                yield limit.wrong(words, surgeon["id"], amount=needed - len(there))


def _equipment(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for device in theatres.folder.rows("equipment"):
        days: dict[str, list[Placed]] = defaultdict(list)
        for placed in theatres.placed:
            if device["id"] in placed.equipment and limit.holds({"equipment": {device["id"]}}):
                days[str(placed.date)].append(placed)
        delay = int(device["delay"])
        for day, together in days.items():
            there = int(device["quantity"]) * len(_open(theatres, day, longer=delay))
            needed = sum(placed.minutes + delay for placed in together)
            if needed > there and any(placed.start is None for placed in together):
                words = f"{device['id']} is needed for {needed} minutes of {there} on {day}"
                yield limit.wrong(words, device["id"], amount=needed - there)


def _posts(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    days: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for placed in theatres.placed:
        room = theatres.recovery(placed)
        if room is not None and _stay(placed):
            if limit.holds({"recovery": {room["id"]}, "suite": set(words(room["suites"]))}):
                days[room["id"], str(placed.date)].append(placed)
    rooms = theatres.folder.by_id("recoveries")
    for (id, day), together in days.items():
        hours = len(range(*_times(rooms[id]))) + int(limit.numbers.get("wait", 0))
        there = int(rooms[id]["posts"]) * hours
        needed = sum(map(_stay, together))
        if needed > there and any(placed.start is None for placed in together):
            words_ = f"{id} is needed for {needed} minutes of {there} on {day}"
            yield limit.wrong(words_, id, amount=needed - there)


def _recovery_hours(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed in theatres.placed:
        room = theatres.recovery(placed)
        if placed.start is None and room is not None and limit.holds(placed.tags):
            soonest = minute(placed.session["start"]) + placed.minutes + _stay(placed)
            late = soonest - _times(room)[1] if _stay(placed) else 0
            if late > 0:
                words = f"{placed.id} is not out of {room['id']} before it closes"
                yield limit.wrong(words, placed.id, day=placed.date, amount=late)


def _seconds(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Add up the days of those who are second surgeons of some case, placed or not."""
    named = {id for case in theatres.cases.values() for id in words(case["partners"])}
    for id in sorted(named):
        if not limit.holds(tags_of(theatres.surgeons[id])):
            continue
        days: dict[str, list[Placed]] = defaultdict(list)
        for placed in theatres.placed:
            operates = placed.surgeon is not None and placed.surgeon["id"] == id
            if operates or id in words(placed.case["partners"]):
                days[str(placed.date)].append(placed)
        for day, together in days.items():
            there = len(_open(theatres, day))
            second = [placed for placed in together if id in words(placed.case["partners"])]
            needed = sum(p.minutes if p in second else attended(p) for p in together)
            if needed > there and any(placed.start is None for placed in together):
                words_ = f"{id} is needed for {needed} minutes of {there} on {day}"
                yield limit.wrong(words_, id, amount=needed - there)


def _times(room: Row) -> tuple[int, int]:
    return minute(room["start"]), minute(room["end"])


def _stay(placed: Placed) -> int:
    return up_to_five(int(placed.procedure["recovery"]))


_JUDGES = {
    "session_overtime": _ends,
    "surgeon_overlap": _surgeons,
    "equipment": _equipment,
    "recovery_posts": _posts,
    "partners": _seconds,
    "recovery_hours": _recovery_hours,
}
