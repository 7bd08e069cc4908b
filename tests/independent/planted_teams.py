"""Plants what is wrong with people together: cover, hours with nobody there, skills, pairs, shares."""

from decimal import ROUND_HALF_UP, Decimal

from planted_diary import ONE, PAST, Diary, Planted, plants

from planner.people import Carried
from planner.rostering import CoverRequirement
from planner.rules.contract import Scope
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.equity import Equity
from planner.rules.roster.pairing import Pairing
from planner.rules.roster.presence import Presence
from planner.rules.roster.skill_mix import SkillMix

THEM = Scope.of(role=["planted"])


def _people(diary: Diary, number: int) -> list[str]:
    """Have so many people of the planted role, V among them."""
    return [ONE, *(diary.person(f"V{n}") for n in range(1, number))]


@plants("coverage")
def short_cover(diary: Diary) -> Planted:
    """Need so many more, or fewer, of a skill than are there; who has two of the shifts is one."""
    rng = diary.rng
    level = rng.choice(("least", "best", "most"))
    one, two = (
        diary.shift("work", *diary.hours()),
        diary.shift("call", *diary.hours(), track="call"),
    )
    other = diary.shift("work", *diary.hours())
    people = _people(diary, 5)
    for n, who in enumerate(people):
        diary.person(who, skills=frozenset({("planted", "planted:3", "planted:1")[n % 3]}))
    able = [who for n, who in enumerate(people) if n % 3 != 2]
    for day in diary.spots(1):
        here = rng.sample(people, rng.randint(0, 5))
        for who in here:
            diary.work(day, *rng.choice(((one,), (two,), (one, two))), who=who)
        for who in people:
            diary.work(day, *[other] * (who not in here and diary.chance()), who=who)
        there = sum(who in able for who in here)
        off, price = rng.randint(-1, 3), diary.some(50)
        sign = -1 if level == "most" else 1
        asked = max(0, there + sign * off)
        off = sign * (asked - there)
        bounds = {"least": 0, "best": 0, "most": None} | {level: asked}
        prices = {"price_below": price, "price_above": diary.some(50)}
        if level == "most":
            prices = {"price_below": diary.some(50), "price_above": price}
        id = f"V{day}"
        shifts = frozenset({one, two})
        need = CoverRequirement(id=id, day=day, shifts=shifts, skill="planted", **bounds, **prices)
        diary.more["cover"].append(need)
        idle = level == "best" and asked == 0  # a best of nobody asks for nothing
        diary.wrong(day, 0 if idle else price * max(0, off), id)
    return Planted(Coverage(id="R", level=level), diary.items)


@plants("presence")
def nobody_there(diary: Diary) -> Planted:
    """Let people come so many minutes late, or not at all, to hours in which some must be there."""
    rng = diary.rng
    since = rng.randrange(0, 1200)
    since = since if not 60 <= since <= 180 else 0
    hole = rng.randint(5, 40)
    until = min(1440, since + hole + rng.randint(60, 900))
    until = until if not 120 <= until <= 180 else 240
    if 120 <= (since + hole) <= 180:
        hole = 40 if since < 80 else 5
    whole = diary.shift("work own", since, until)
    late = diary.shift("own", since + hole, until)
    people, least = _people(diary, 4), diary.some(3)
    named = frozenset(rng.sample(range(7), rng.choice((7, 7, rng.randint(1, 6)))))
    clock = [f"{at // 60:02d}:{at % 60:02d}" for at in (since, since + hole, until)]
    for day in range(diary.days):
        full, tardy = (
            (least, 0) if diary.chance(0.7) else (rng.randint(0, least), rng.randint(0, 1))
        )
        full = min(full, 4 - tardy)
        for who in people[:full]:
            diary.work(day, whole, who=who)
        for who in people[full : full + tardy]:
            diary.work(day, late, who=who)
        if diary.date(day).weekday() in named:
            edge = diary.instant(day, since + hole)
            first, rest = edge - diary.instant(day, since), diary.instant(day, until) - edge
            diary.wrong(day, max(0, least - full) * first, f"{clock[0]}-{clock[1]}")
            diary.wrong(day, max(0, least - full - tardy) * rest, f"{clock[1]}-{clock[2]}")
    for who in people:
        for day in range(-PAST, 0):
            diary.work(day, whole, who=who)
    times = {"since": since, "until": until, "weekdays": named, "least": least}
    return Planted(Presence(id="R", tag="own", scope=THEM, **times), diary.items, alone=True)


@plants("skill_mix")
def thin_mix(diary: Diary) -> Planted:
    """Put people together of whom so many too few have a skill."""
    rng = diary.rng
    among, beside = rng.choice(("shift", "team", "day")), rng.choice(("", "novice"))
    least, percent = rng.randint(0, 3), rng.choice((0, 30, 50, 100, 150))
    shift, call = (
        diary.shift("own", *diary.hours()),
        diary.shift("own", *diary.hours(), track="call"),
    )
    people = _people(diary, 6)
    skills = {who: {s for s in ("planted", "novice") if diary.chance()} for who in people}
    teams = {who: rng.choice(("A", "B")) for who in people}
    for who in people:
        diary.person(who, skills=frozenset(skills[who]), team=teams[who])
    for day in diary.spots(1):
        groups: dict[str, set[str]] = {}
        for who in rng.sample(people, rng.randint(0, 6)):
            shifts = rng.choice(((shift,), (call,), (shift, call)))
            diary.work(day, *shifts, who=who)
            for name in {"shift": shifts, "team": (teams[who],), "day": ("own",)}[among]:
                groups.setdefault(name, set()).add(who)
        for name, here in groups.items():
            company = sum(not beside or beside in skills[who] for who in here)
            there = 100 * sum("planted" in skills[who] for who in here)
            if company:
                diary.wrong(day, max(0, 100 * least - there), name)
                diary.wrong(day, max(0, percent * company - there), name)
    asked = {"skill": "planted", "beside": beside, "least": least, "percent": percent}
    rule = SkillMix(id="R", tag="own", among=among, scope=THEM, **asked)
    return Planted(rule, diary.items, alone=True)


@plants("pairing")
def together(diary: Diary) -> Planted:
    """Put people together who must not be, or leave one alone."""
    rng = diary.rng
    pair, by = rng.choice(("apart", "together")), rng.choice(("shift", "day"))
    shift, call = (
        diary.shift("own", *diary.hours()),
        diary.shift("own", *diary.hours(), track="call"),
    )
    people = _people(diary, 4)
    for day in diary.spots(1):
        there: dict[str, int] = {}
        at_work = rng.sample(people, rng.randint(0, 4))
        for who in at_work:
            shifts = rng.choice(((shift,), (call,), (shift, call)))
            diary.work(day, *shifts, who=who)
            for each in shifts:
                there[each] = there.get(each, 0) + 1
        if by == "day":
            there = {"own": len(at_work)}
        for name, number in there.items():
            diary.wrong(day, max(0, number - 1) if pair == "apart" else int(number == 1), name)
    rule = Pairing(id="R", tag="own", pair=pair, by=by, scope=THEM)
    return Planted(rule, diary.items, alone=True)


@plants("equity")
def unfair(diary: Diary) -> Planted:
    """Let one of two bear so many points more or less than her share, the carried ones with them."""
    rng = diary.rng
    points, sunday = diary.some(20), rng.randint(0, 20)
    shift = diary.shift("own", *diary.hours())
    full, half = ONE, diary.person("V1", share=50)
    third = rng.randint(0, 6)  # three thirds of what is needed: two for who works all week
    weekday = next(day for day in range(7) if diary.date(day).weekday() == 2)
    need = CoverRequirement(id="V", day=weekday, shifts=frozenset({shift}), least=3 * third)
    diary.more["cover"].append(need)
    carried = {full: rng.randint(-40, 40), half: rng.randint(-40, 40)}
    for who, amount in carried.items():
        each = Carried(id=who, person=who, measure="planted", since=-20, until=-3, amount=amount)
        diary.more["carried"].append(each)
    memory = rng.choice((None, 1, 4, 52))
    borne = {}
    for who in (full, half):
        days = rng.sample(range(diary.days), rng.randint(0, 8))
        for day in days:
            diary.work(day, shift, who=who)
        sundays = sum(diary.date(day).weekday() == 6 for day in days)
        borne[who] = points * len(days) + sunday * sundays + _faded(carried[who], 2, memory)
    off = {full: abs(borne[full] - 2 * third * points), half: abs(borne[half] - third * points)}
    tier, step = rng.choice((0, 3)), diary.some(20)
    tolerance = max(0, off[full] - diary.some(60))
    for who in (full, half):
        beyond = off[who] - tolerance
        more = 0 if tier == 0 else max(0, beyond - step) + max(0, beyond - 2 * step)
        diary.wrong(diary.days - 1, max(0, beyond) + more, who)
    burdens = (("own", points), ("sunday", sunday))
    rule = Equity(
        id="R",
        tier=tier,
        scope=THEM,
        tag="own",
        burdens=burdens,
        tolerance=tolerance,
        step=step,
        carried="planted",
        memory=memory,
    )
    return Planted(rule, diary.items, alone=True)


def _faded(amount: int, days: int, memory: int | None) -> int:
    """Give what is left of an amount some days after the stretch that it stands for."""
    if memory is None:
        return amount
    left = Decimal(amount) * (7 * memory - days) / (7 * memory)
    return int(left.quantize(Decimal(1), ROUND_HALF_UP))
