"""Plants windows with too much or too little in them: minutes, days, weekends, hours of a contract."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from planted_diary import ONE, PAST, Diary, Planted, plants

from planner.people import Carried, Contract
from planner.rules.roster.staff_cost import StaffCost
from planner.rules.roster.target_hours import TargetHours
from planner.rules.roster.weekend_count import WeekendCount
from planner.rules.roster.whole_weekends import WholeWeekends
from planner.rules.roster.window_count import WindowCount
from planner.rules.roster.window_sum import WindowSum

MONTHS = {"month": 1, "quarter": 3, "four_months": 4, "year": 12}
KINDS = ("rolling", "rolling", "week", "block", "horizon", *MONTHS)
FIRST_MONDAY = 738886  # 1 January 2024


@plants("window_sum")
def many_minutes(diary: Diary) -> Planted:
    """Let the fullest window have so many minutes too many, or the emptiest so many too few."""
    rng = diary.rng
    measure, split = rng.choice(("effective", "elapsed")), rng.choice(("start", "midnight"))
    shifts = [diary.shift("work", *diary.hours(), pause=rng.randint(0, 40)) for _ in range(2)]
    diary.shift("call", *diary.hours(), track="call")
    _spread(diary, shifts)
    minutes: Counter[int] = Counter()
    for day, ids in diary.on[ONE].items():
        for id in ids:
            own, lasts = diary.shifts[id], diary.lasting(day, id)
            pause = own.pause if measure == "effective" else 0
            midnight = diary.instant(day + 1, 0) - diary.instant(day, own.start)
            here = min(lasts, midnight) if split == "midnight" else lasts
            minutes[day] += max(0, here - pause)
            minutes[day + 1] += lasts - here - max(0, pause - here)
    asked = _bounds(diary, minutes, 300)
    return Planted(WindowSum(id="R", measure=measure, split=split, **asked), diary.items)


@plants("window_count")
def many_days(diary: Diary) -> Planted:
    """Let the fullest window have so many days or duties too many, or the emptiest so many too few."""
    count = diary.rng.choice(("days", "duties", "half_days"))
    ids = [diary.shift("work", *diary.hours(), track=track) for track in ("work", "call")]
    for worth, id in enumerate(ids, start=1):
        diary.shifts[id] = replace(diary.shifts[id], half_days=worth)
    _spread(diary, ids)
    found: Counter[int] = Counter()
    for day, here in diary.on[ONE].items():
        half_days = sum(diary.shifts[id].half_days for id in here)
        found[day] = {"days": min(1, len(here)), "duties": len(here), "half_days": half_days}[count]
    return Planted(WindowCount(id="R", count=count, **_bounds(diary, found, 3)), diary.items)


def _spread(diary: Diary, shifts: list[str]) -> None:
    share = diary.rng.uniform(0.1, 0.9)
    for day in range(-PAST, diary.days):
        here = [shift for shift in shifts if diary.chance(share / 2)]
        diary.work(day, *here)


def _bounds(diary: Diary, each: Counter[int], off: int) -> dict[str, Any]:
    """Draw windows, and a bound so that one of them is off by a number of units that is drawn too."""
    rng = diary.rng
    kind, length, weeks = rng.choice(KINDS), rng.randint(2, 14), rng.randint(2, 4)
    asked: dict[str, Any] = {
        "window": kind,
        "days": length,
        "weeks": weeks,
        "later": rng.randint(0, 3),
    }
    asked["weekdays"] = frozenset(rng.sample(range(7), rng.choice((7, 7, rng.randint(1, 6)))))
    asked["holidays"] = rng.choice(("alike", "too", "never"))
    feasts = {holiday.day for holiday in diary.ward.holidays}

    def counted(day: int) -> bool:
        named, feast = diary.date(day).weekday() in asked["weekdays"], day in feasts
        return {"alike": named, "too": named or feast, "never": named and not feast}[
            asked["holidays"]
        ]

    windows = _windows(diary, kind, length, weeks, asked["later"])
    sums = {days: sum(each[day] for day in days if counted(day)) for days in windows}
    if kind in MONTHS or kind == "block":
        sums = _carrying(diary, each, sums, asked, counted)
    whole = {days: n for days, n in sums.items() if days[0] >= -PAST and days[-1] < diary.days}
    k = rng.randint(0, off)
    many = diary.chance(0.7) or not whole
    least, most = None, max(0, max(sums.values()) - k)
    if not many:
        least, most = min(whole.values()) + k, None
    asked |= {"least": least, "most": most}
    for days, n in sums.items():
        over = 0 if most is None else max(0, n - most)
        under = max(0, least - n) if least is not None and days in whole else 0
        diary.wrong(days[-1], over + under)
    return asked


def _windows(diary: Diary, kind: str, length: int, weeks: int, later: int) -> list[tuple[int, ...]]:
    """List the windows that meet the horizon by their days."""
    if kind == "rolling":
        return [tuple(range(last - length + 1, last + 1)) for last in range(diary.days)]
    found: dict[Any, list[int]] = {}
    for day in range(-400, diary.days + 400):
        date, monday = diary.date(day), (diary.date(day).toordinal() - FIRST_MONDAY) // 7
        if kind in MONTHS:
            key: Any = (date.year, (date.month - 1) // MONTHS[kind])
        else:
            key = {
                "week": monday,
                "block": (monday - later) // weeks,
                "horizon": 0 <= day < diary.days,
            }[kind]
        found.setdefault(key, []).append(day)
    if kind == "horizon":
        return [tuple(range(diary.days))]
    return [tuple(days) for days in found.values() if days[-1] >= 0 and days[0] < diary.days]


def _carrying(
    diary: Diary, each: Counter[int], sums: Any, asked: dict[str, Any], counted: Any
) -> Any:
    """Let an amount stand for some past days of the first window, in place of what was written there."""
    first, *others = sums
    past = [day for day in first if -PAST < day < -1]
    if len(past) < 4 or diary.chance():
        return sums
    since, until = sorted(diary.rng.sample(past, 2))
    amount = diary.rng.randint(0, 900)
    diary.more["carried"].append(
        Carried(id="V", person=ONE, measure="planted", since=since, until=until, amount=amount)
    )
    again = Carried(id="V2", person=ONE, measure="planted", since=until, until=-1, amount=500)
    diary.more["carried"].append(again)  # it shares a day with the first: left out
    asked["carried"] = "planted"
    left = [day for day in first if not since <= day <= until and counted(day)]
    return {first: amount + sum(each[day] for day in left), **{days: sums[days] for days in others}}


@plants("staff_cost")
def paid_by_the_hour(diary: Diary) -> Planted:
    """Pay some duties, or what they are worth beyond the hours that a contract asks."""
    rng = diary.rng
    shifts = [diary.shift("work", *diary.hours(), pause=rng.randint(0, 40)) for _ in range(2)]
    diary.shift("call", *diary.hours(), track="call")
    _spread(diary, shifts)
    hour = rng.randint(1, 90)
    money = sum(
        int((diary.lasting(day, id) - diary.shifts[id].pause) * hour / 60 + 0.5)
        for day, ids in diary.on[ONE].items()
        if 0 <= day < diary.days
        for id in ids
    )
    hours = rng.randint(0, 2)
    diary.more["contracts"].append(Contract(id="planted", week=700 * hours))
    diary.person(ONE, contract="planted", share=100)
    beyond = diary.chance()
    if beyond:
        money -= int(100 * hours * diary.days * hour / 60 + 0.5)
    if money > 0:
        diary.wrong(diary.days - 1, money)
    paid = "beyond" if beyond else "all"
    return Planted(StaffCost(id="R", paid=paid, hour=hour), diary.items)


@plants("target_hours")
def off_contract(diary: Diary) -> Planted:
    """Work some minutes more or less than the contract and its tolerance allow."""
    rng = diary.rng
    shifts = [diary.shift("work", *diary.hours(), pause=rng.randint(0, 40)) for _ in range(2)]
    diary.shift("call", *diary.hours(), track="call")
    _spread(diary, shifts)
    worked = sum(
        diary.lasting(day, id) - diary.shifts[id].pause
        for day, ids in diary.on[ONE].items()
        if 0 <= day < diary.days
        for id in ids
    )
    hours, share = rng.randint(1, 8), rng.choice((50, 80, 100))
    diary.more["contracts"].append(
        Contract(id="planted", week=700 * hours)
    )  # by day: whole minutes
    diary.person(ONE, contract="planted", share=share)
    credit = diary.chance()
    off_from = rng.randrange(diary.days) if diary.chance() else diary.days
    if off_from < diary.days:
        diary.absence(off_from, off_from)
    due = hours * share * (diary.days - int(credit and off_from < diary.days))
    off = min(abs(worked - due), rng.randint(0, 600))
    tolerance = abs(worked - due) - off
    if tolerance <= 20_000:
        diary.wrong(diary.days - 1, off)
    else:
        tolerance = 20_000
        diary.wrong(diary.days - 1, abs(worked - due) - tolerance)
    return Planted(TargetHours(id="R", tolerance=tolerance, credit=credit), diary.items)


@plants("weekend_count")
def many_weekends(diary: Diary) -> Planted:
    """Work some weekends, one day of them or all, and let the limit be so many fewer or more."""
    rng = diary.rng
    days_of = rng.choice((frozenset({5, 6}), frozenset({6, 0}), frozenset({4, 5, 6})))
    window, of = rng.choice(("horizon", "rolling")), diary.some(3)
    tag = rng.choice(("work", "night"))
    shift, other = diary.shift(f"work {tag}", *diary.hours()), diary.shift("call", *diary.hours())
    weekends = [*_weekends(diary, days_of)]
    worked = {}
    for days in weekends:
        chosen = rng.sample(days, rng.randint(0, len(days)))
        for day in range(days[0] - 1, days[-1] + 2):
            if day in chosen:
                diary.work(day, shift)
            elif diary.chance(0.3):
                diary.work(day, shift if day not in days else other)
        worked[days] = chosen
    if window == "horizon":
        inside = sum(any(0 <= day < diary.days for day in days) for days in worked.values())
        groups = {(diary.days - 1, True): inside}
    else:
        known = [days for days in weekends if days[0] >= -PAST and days[-1] < diary.days]
        rows = [known[n : n + of] for n in range(len(known) - of + 1)]
        groups = {
            (row[-1][-1], True): sum(bool(worked[days]) for days in row)
            for row in rows
            if row[-1][-1] >= 0
        }
    k = rng.randint(0, 2)
    most, least = None, None
    if diary.chance(0.7):
        most = max(0, max(groups.values()) - k)
    else:
        least = min(groups.values()) + k
    for (last, _), n in groups.items():
        over = 0 if most is None else max(0, n - most)
        under = 0 if least is None else max(0, least - n)
        diary.wrong(last, over + under)
    asked = {"weekend": days_of, "window": window, "of": of, "least": least, "most": most}
    return Planted(WeekendCount(id="R", tag=tag, **asked), diary.items)


def _weekends(diary: Diary, named: Iterable[int]) -> list[tuple[int, ...]]:
    """Give the weekends that meet the days written, as their days."""
    found: list[list[int]] = []
    for day in range(-PAST - 6, diary.days + 7):
        if diary.date(day).weekday() in named:
            if not found or found[-1][-1] < day - 1:
                found.append([])
            found[-1].append(day)
    return [tuple(days) for days in found if days[-1] >= -PAST and days[0] < diary.days]


@plants("whole_weekends")
def half_weekends(diary: Diary) -> Planted:
    """Work one day of some weekends only."""
    named = diary.rng.choice((frozenset({5, 6}), frozenset({4, 5, 6})))
    shift, other = diary.shift("work", *diary.hours()), diary.shift("call", *diary.hours())
    for days in _weekends(diary, named):
        whole = diary.rng.choice((0, 1, 1))
        for day in days:
            works = diary.chance() if whole else len(days) > 2
            if works and day < diary.days:
                diary.work(day, shift)
            elif diary.chance(0.3):
                diary.work(day, other)
        for one, two in pairwise(days):
            seen = one >= -PAST and 0 <= two < diary.days
            halves = (shift in diary.on[ONE][one]) != (shift in diary.on[ONE][two])
            diary.wrong(two, int(seen and halves))
    return Planted(WholeWeekends(id="R", weekend=named), diary.items)
