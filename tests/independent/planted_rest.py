"""Plants rests that are too short, runs too long or too short, and what must not follow."""

from planted_diary import ONE, PAST, Diary, Planted, plants

from planner.rules.roster.forbidden_sequence import ForbiddenSequence
from planner.rules.roster.min_gap import MinGap
from planner.rules.roster.rest_after import RestAfter
from planner.rules.roster.rest_days import RestDays
from planner.rules.roster.rest_run import RestRun
from planner.rules.roster.run_length import RunLength
from planner.rules.roster.weekly_rest import WeeklyRest


@plants("min_gap")
def short_gap(diary: Diary) -> Planted:
    """Have a duty begin some minutes before the rest after another is over, or just then."""
    rng = diary.rng
    least = rng.choice((0, 1, 660, 720, rng.randrange(300, 2000)))
    begin, end = diary.hours()
    early = diary.shift("work", begin, end)
    late, apart = {}, (end + least) // 1440 + 4
    for off in {0, 1, 60, 61, diary.some(120), -diary.some(120)}:
        later, start = divmod(end + least - off, 1440)
        if not 60 <= start <= 180:
            late[diary.shift("work", start, start + 300, track="call")] = later
    for day in diary.spots(apart, -apart) if late else ():
        shift = rng.choice([*late])
        other = day + late[shift]
        if other < diary.days:
            diary.work(day, early)
            diary.work(other, shift)
            rest = diary.instant(other, diary.shifts[shift].start) - diary.instant(day, end)
            diary.wrong(other, int(rest < least and other >= 0))
    return Planted(MinGap(id="R", minutes=least), diary.items)


@plants("rest_after")
def short_after_run(diary: Diary) -> Planted:
    """End runs of nights, long enough and one night shorter, and begin by day just too early."""
    rng = diary.rng
    run, least = diary.some(4), rng.randrange(1500, 4000)
    begin = rng.randrange(1100, 1380)
    end = begin + rng.randrange(1690 - begin, 1860 - begin)
    night = diary.shift("work night", begin, end)
    days = {}
    for off in (1, 60, 61, 0, -60):
        later, start = divmod(end + least - off, 1440)
        if not 60 <= start <= 180:
            days[diary.shift("work", start, start + 200, track="call")] = later
    for day in diary.spots(run + least // 1440 + 7, -20) if days else ():
        length = max(1, run + rng.choice((-1, 0, 0, 1)))
        last, shift = day + length - 1, rng.choice([*days])
        other = last + days[shift]
        if other < diary.days:
            for each in range(day, last + 1):
                diary.work(each, night)
            diary.work(other, shift)
            rest = diary.instant(other, diary.shifts[shift].start) - diary.instant(last, end)
            diary.wrong(other, int(length >= run and rest < least and other >= 0))
    return Planted(RestAfter(id="R", run=run, minutes=least), diary.items)


@plants("weekly_rest")
def no_long_rest(diary: Diary) -> Planted:
    """Work through some weeks from the day before them on; all else is free."""
    rng = diary.rng
    weeks, later = rng.choice((1, 1, 2)), rng.randint(0, 1)
    shift = diary.shift("work", *diary.hours(360, 700))
    least = rng.randrange(1500, 2800)
    for first in _blocks(diary, weeks, later):
        last = first + 7 * weeks - 1
        if diary.chance() and last < diary.days:
            for day in range(first - 1, last + 1):
                if not diary.on[ONE][day]:
                    diary.work(day, shift)
            diary.wrong(last)
    return Planted(WeeklyRest(id="R", minutes=least, weeks=weeks, later=later), diary.items)


def _blocks(diary: Diary, weeks: int, later: int) -> list[int]:
    """Give the first days of the blocks that meet the horizon: Mondays, counted from a Monday of 2024."""
    monday = -diary.date(0).weekday()
    number = (diary.date(monday).toordinal() - 738886) // 7 - later  # 1 January 2024
    first = monday - 7 * (number % weeks)
    return list(range(first, diary.days, 7 * weeks))


@plants("rest_days")
def few_rest_days(diary: Diary) -> Planted:
    """Leave some days free in one block, and see how many they are and whether they are as asked."""
    rng = diary.rng
    weeks = rng.choice((1, 2, 2, 4))
    least, together, later = rng.randint(1, 2 * weeks), diary.some(2), rng.randint(0, 1)
    sunday, ends = rng.choice((frozenset({6}), frozenset())), rng.choice(("works", "free"))
    over = diary.chance(0.4)
    shift = diary.shift("work", *((1260, 1830) if over else (420, 900)))
    rule = RestDays(
        id="R",
        weeks=weeks,
        later=later,
        least=least,
        together=together,
        including=sunday,
        night_end=ends,
    )
    first = rng.choice(_blocks(diary, weeks, later))
    block = range(first, first + 7 * weeks)
    free = {*rng.sample(block, rng.randint(0, least))}
    if diary.chance():
        free |= {n for n in block if n - first in (5, 6)}  # a weekend
    for day in block:
        if day not in free and day < diary.days:
            diary.work(day, shift)
    worked = {day for day in block if diary.on[ONE][day]}
    busy = worked | ({day + 1 for day in worked} if over and ends == "works" else set())
    rest = [day for day in block if day not in busy]
    diary.wrong(block[-1], max(0, least - len(rest)))
    runs = [range(day, day + together) for day in rest]
    asked = [run for run in runs if not sunday or any((d - first) % 7 == 6 for d in run)]
    diary.wrong(block[-1], int(not any({*run} <= {*rest} for run in asked)))
    return Planted(rule, diary.items)


@plants("rest_run")
def short_rest(diary: Diary) -> Planted:
    """Work every day but for some runs of days off that are too short or too long by some days."""
    least, most = diary.rng.randint(2, 4), diary.rng.choice((None, 4, 5))
    shift = diary.shift("work", *diary.hours())
    free: set[int] = set()
    for day in diary.spots(9, 2 - PAST):
        length = diary.some(7)
        run = range(day, min(day + length, diary.days))
        free |= {*run}
        after = run[-1] + 1
        if 0 <= after < diary.days:
            diary.wrong(after, max(0, least - len(run)))
        for each in run[most:] if most is not None else ():
            diary.wrong(each, int(each >= 0))
    for day in range(-PAST, diary.days):
        if day not in free:
            diary.work(day, shift)
    return Planted(RestRun(id="R", least=least, most=most), diary.items)


@plants("run_length")
def long_run(diary: Diary) -> Planted:
    """Be free but for some runs of work that are too long or too short by some days."""
    tag = diary.rng.choice(("work", "night", "own"))
    least, most = diary.some(3), diary.rng.randint(3, 6)
    shift = diary.shift(f"work {tag}", *diary.hours())
    call = diary.shift(tag, *diary.hours(), track="call")
    other = diary.shift("call", *diary.hours(), track="call")
    for day in diary.spots(10, 2 - PAST):
        run = range(day, min(day + diary.some(8), diary.days))
        for each in run:
            diary.work(each, *diary.rng.choice(((shift,), (call,), (shift, call))))
        diary.work(run[-1] + 1, other)
        after = run[-1] + 1
        if 0 <= after < diary.days:
            diary.wrong(after, max(0, least - len(run)))
        for each in run[most:]:
            diary.wrong(each, int(each >= 0))
    return Planted(RunLength(id="R", tag=tag, least=least, most=most), diary.items)


@plants("forbidden_sequence")
def in_sequence(diary: Diary) -> Planted:
    """Write a pattern into some stretches of days, and its beginning without its end into others."""
    rng = diary.rng
    shifts = {tag: diary.shift(f"work {tag}", *diary.hours()) for tag in ("a", "b")}
    call = diary.shift("b", *diary.hours(), track="call")
    other = diary.shift("work", *diary.hours())
    inner = [rng.choice(("-", "*", "a/b")) for _ in range(rng.randint(0, 3))]
    pattern = ("a", *inner, "b")
    for day in diary.spots(len(pattern) + 2, -8):
        for place, word in enumerate(pattern[:-1]):
            if word in ("a", "a/b"):
                diary.work(day + place, shifts["a"])
        last, disturbed = day + len(pattern) - 1, False
        for place, word in enumerate(pattern):
            if word in ("-", "*") and diary.chance(0.2):
                diary.work(day + place, other)
                disturbed |= word == "-"
        if diary.chance(0.6):
            diary.work(last, rng.choice((shifts["b"], call)))
            diary.wrong(last, int(not disturbed and 0 <= last < diary.days))
    return Planted(ForbiddenSequence(id="R", pattern=pattern), diary.items)
