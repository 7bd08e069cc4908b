"""Goes through the minutes of surgeons: who is needed where, in how many theatres, and on which way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from independent_cases import Placed, Theatres, timed
from independent_folder import Limit, Row, Tags, Wrong, up_to_five, words


def wrong_hands(theatres: Theatres) -> Iterator[Wrong]:
    """Find what is wrong with surgeons of two theatres, second surgeons, ways and waits."""
    for limit in theatres.folder.limits:
        if limit.type in _JUDGES:
            yield from _JUDGES[limit.type](theatres, limit)


def needed(placed: Placed) -> range:
    """Give the instants on which the surgeon who operates is needed."""
    inside = placed.inside
    if placed.surgeon is None or placed.surgeon["rooms"] == "1":
        return inside
    opening, closing = int(placed.procedure["opening"]), int(placed.procedure["closing"])
    part = range(inside.start + opening, inside.stop - closing)
    return part if part else inside


def attended(placed: Placed) -> int:
    """Count the minutes for which the surgeon is needed, whatever the start."""
    if placed.surgeon is None or placed.surgeon["rooms"] == "1":
        return placed.minutes
    left = placed.minutes - int(placed.procedure["opening"]) - int(placed.procedure["closing"])
    return left if left > 0 else placed.minutes


def tags_of(surgeon: Row) -> Tags:
    """What a rule may ask for of a surgeon."""
    return {"specialty": {surgeon["specialty"]}, "surgeon": {surgeon["id"]}}


def seconds(theatres: Theatres, placed: Placed, limit: Limit) -> list[str]:
    """Give the second surgeons of a case that a limit is for."""
    named = [theatres.surgeons[id] for id in words(placed.case["partners"])]
    return [surgeon["id"] for surgeon in named if limit.holds(tags_of(surgeon))]


def never_there(theatres: Theatres, placed: Placed, surgeon: str) -> bool:
    """Tell whether somebody is away for some minute of a case wherever it starts in its session."""
    away = theatres.absences.stretches(surgeon, placed.date, 1)
    begin, end = theatres.span(placed.session)
    starts = (range(start, start + placed.minutes) for start in range(begin, end))
    return bool(away) and not any(all(_apart(inside, each) for each in away) for inside in starts)


def _two_rooms(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for id, surgeon in theatres.surgeons.items():
        if surgeon["rooms"] == "1" or not limit.holds(tags_of(surgeon)):
            continue
        mine = [p for p in theatres.placed if p.surgeon is surgeon]
        together = _at_once([(placed, placed.inside) for placed in mine])
        for cases, minutes in together:
            names = sorted(placed.id for placed in cases)
            if len(cases) > 2:
                units = minutes * (len(cases) - 2)
                yield limit.wrong(f"{id} has {', '.join(names)} at once", id, *names, amount=units)
        for one, other, minutes in _pairs(together):
            if not _side_by_side(one.theatre, other.theatre):
                rooms = f"{one.theatre['id']} and {other.theatre['id']}"
                pair = f"{id} has {one.id} and {other.id} at once"
                yield limit.wrong(f"{pair}, in {rooms}", id, one.id, other.id, amount=minutes)


Together = list[tuple[list[Placed], int]]


def _at_once(holds: Iterable[tuple[Placed, Sequence[int]]]) -> Together:
    """Give each set of cases that hold something at once, and for how many minutes."""
    minutes: dict[int, list[Placed]] = defaultdict(list)
    for placed, instants in holds:
        for instant in instants:
            minutes[instant].append(placed)
    sets = {tuple(sorted(p.id for p in each)): each for each in minutes.values()}
    times = Counter(tuple(sorted(p.id for p in each)) for each in minutes.values())
    return [(each, times[ids]) for ids, each in sets.items() if len(each) > 1]


def _pairs(together: Together) -> Iterator[tuple[Placed, Placed, int]]:
    """Give each two cases that do, and for how many minutes."""
    by_id = {placed.id: placed for cases, _ in together for placed in cases}
    times: Counter[tuple[str, ...]] = Counter()
    for cases, minutes in together:
        for pair in combinations(sorted(placed.id for placed in cases), 2):
            times[pair] += minutes
    for (one, other), minutes in times.items():
        yield by_id[one], by_id[other], minutes


def _side_by_side(one: Row, other: Row) -> bool:
    if one["id"] == other["id"]:
        return True
    return other["id"] in words(one["beside"]) or one["id"] in words(other["beside"])


def _partners(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    for placed in theatres.placed:
        for id in seconds(theatres, placed, limit):
            yield from _second(theatres, limit, placed, id)
    for id, surgeon in theatres.surgeons.items():
        if not limit.holds(tags_of(surgeon)):
            continue
        cases = ((p, id in words(p.case["partners"])) for p in theatres.placed)
        mine = timed(p for p, helps in cases if helps or p.surgeon is surgeon)
        second = [p for p in mine if id in words(p.case["partners"])]
        first = [p for p in mine if p not in second]
        holds = [(p, p.inside) for p in second] + [(p, needed(p)) for p in first]
        for one, other, together in _pairs(_at_once(holds)):
            if one in second or other in second:
                text = f"{one.id} and {other.id} need {id} at once"
                yield limit.wrong(text, id, one.id, other.id, amount=together)


def _second(theatres: Theatres, limit: Limit, placed: Placed, id: str) -> Iterator[Wrong]:
    if placed.surgeon is not None and placed.surgeon["id"] == id:
        text = f"{id} operates {placed.id}, and is its second surgeon"
        yield limit.wrong(text, placed.id, amount=placed.minutes)
        return
    if never_there(theatres, placed, id):
        text = f"{id} is away whenever {placed.id} could start"
        yield limit.wrong(text, placed.id, amount=placed.minutes)
        return
    minutes = theatres.absences.minutes_away(id, placed.inside, placed.date)
    if minutes:
        text = f"{id} is away for {minutes} minutes of {placed.id}"
        yield limit.wrong(text, placed.id, id, amount=minutes)


def _apart(one: range, other: range) -> bool:
    return one.stop <= other.start or other.stop <= one.start


def _ways(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    way = int(limit.numbers["way"])
    for id, surgeon in theatres.surgeons.items():
        mine = [p for p in theatres.placed if p.surgeon is surgeon and p.start is not None]
        for one, other in combinations(mine if limit.holds(tags_of(surgeon)) else [], 2):
            first, second = one.inside, other.inside
            near = set(range(first.start, first.stop + way))
            if one.theatre["suite"] != other.theatre["suite"]:
                units = len(near & set(range(second.start, second.stop + way)))
                if units:
                    text = f"{id} has less than {way} minutes between {one.id} and {other.id}"
                    yield limit.wrong(text, id, one.id, other.id, amount=units)


def _waits(theatres: Theatres, limit: Limit) -> Iterator[Wrong]:
    """Walk through the minutes of each recovery room and day where patients may wait for a post."""
    most = int(limit.numbers.get("wait", 0))
    for room in theatres.recoveries if most else ():
        if not limit.holds({"recovery": {room["id"]}, "suite": set(words(room["suites"]))}):
            continue
        posts = int(room["posts"])
        for day in theatres.folder.dates if posts else ():
            come = [p for p in theatres.placed if p.date == day and theatres.recovery(p) is room]
            come = timed(p for p in come if stay_of(p))
            for placed, waited in _queue(come, posts):
                text = f"{placed.id} waits {len(waited)} minutes for a post of {room['id']}"
                if len(waited) > most:
                    yield limit.wrong(text, placed.id, room["id"], amount=len(waited) - most)
                yield from _blocking(theatres, limit, placed, waited)


def _queue(come: list[Placed], posts: int) -> Iterator[tuple[Placed, list[int]]]:
    """Let patients in, first come first served; give the minutes on which each waits before."""
    ends = {placed.id: placed.inside.stop for placed in come}
    queue = sorted(come, key=lambda placed: (ends[placed.id], placed.id))
    lying: list[int] = []  # when each leaves
    instant = min(ends.values(), default=0)
    while queue:
        lying = [leaves for leaves in lying if leaves > instant]
        if ends[queue[0].id] <= instant and len(lying) < posts:
            first = queue.pop(0)
            lying.append(instant + stay_of(first))
            yield first, list(range(ends[first.id], instant))
        else:
            instant += 1


def _blocking(
    theatres: Theatres, limit: Limit, placed: Placed, waited: list[int]
) -> Iterator[Wrong]:
    for other in theatres.placed:
        same = other.theatre is placed.theatre and other.date == placed.date
        if same and other.id != placed.id and other.start is not None:
            held = range(other.start - other.turnover, other.inside.stop)
            units = sum(instant in held for instant in waited)
            if units:
                text = f"{placed.id} still waits in {placed.theatre['id']} when {other.id} begins"
                yield limit.wrong(text, placed.id, other.id, amount=units)


def stay_of(placed: Placed) -> int:
    """Give the minutes in the recovery room."""
    return up_to_five(int(placed.procedure["recovery"]))


_JUDGES = {
    "two_rooms": _two_rooms,
    "partners": _partners,
    "travel": _ways,
    "recovery_posts": _waits,
}
JUDGED_HANDS = set(_JUDGES)
