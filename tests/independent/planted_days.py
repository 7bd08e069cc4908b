"""Plants what is wrong on single days: away, not allowed, too long, twice, refused, not as published."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planted_diary import ONE, Diary, Planted, plants

from planner.clock import WEEKDAYS
from planner.people import Request
from planner.rostering import Rotation, RotationLine, Turn
from planner.rules.roster.absence import NotWhileAway
from planner.rules.roster.allowed_shifts import AllowedShifts
from planner.rules.roster.cycle_kept import CycleKept
from planner.rules.roster.duty_length import DutyLength
from planner.rules.roster.one_duty import OneDuty
from planner.rules.roster.publication import Publication
from planner.rules.roster.request import Requests
from planner.rules.roster.roster_kept import RosterKept
from planner.rules.roster.shift_skill import ShiftSkill
from planner.rules.roster.split_day import SplitDay


@plants("absence")
def while_away(diary: Diary) -> Planted:
    """Put absences over duties, beside them to the minute, and a last day before the last duties."""
    start, end = diary.hours()
    shift = diary.shift("work", start, end)
    beside = diary.shift("call", start, end, track="call")
    leaves = diary.days - diary.some(4) if diary.chance() else diary.days
    for day in diary.spots(4, 0, leaves - 2):
        diary.work(day, shift)
        match diary.rng.randrange(7):
            case 6:  # it begins when she leaves
                later, over = divmod(end, 1440)
                diary.absence(day + later, day + later, over, over + 30)
            case 0:
                diary.absence(day, day)
                diary.wrong(day)
            case 1:  # it ends when she begins
                diary.absence(day, day, start - 60, start)
            case 2:
                diary.absence(day, day, start - 60, start + 1)
                diary.wrong(day)
            case 3:  # two reasons, one duty
                diary.absence(day - 1, day, start, start + 30)
                diary.absence(day, day)
                diary.wrong(day)
            case 4:
                diary.work(day, beside)
                diary.absence(day, day + 1)
                diary.wrong(day, 2)
    if leaves < diary.days:
        diary.person(ONE, last=leaves - 1)
        diary.work(leaves, shift, *[beside] * diary.chance())
        diary.wrong(leaves, len(diary.on[ONE][leaves]))
    return Planted(NotWhileAway(id="R"), diary.items)


@plants("allowed_shifts")
def not_allowed(diary: Diary) -> Planted:
    """Have shifts worked that are not on a person's list; two on a day are one day."""
    own = diary.shift("work", *diary.hours())
    other = diary.shift("work", *diary.hours())
    call = diary.shift("call", *diary.hours(), track="call")
    diary.person(ONE, shifts=frozenset({own}))
    for day in diary.spots(2):
        shifts = diary.rng.choice(((own,), (other,), (own, call), (other, call)))
        diary.work(day, *shifts)
        diary.wrong(day, int(shifts != (own,)))
    return Planted(AllowedShifts(id="R"), diary.items)


@plants("shift_skill")
def without_skill(diary: Diary) -> Planted:
    """Have somebody without a skill work shifts that need it."""
    tag = diary.rng.choice(("night", "late", "own"))
    needs = diary.shift(f"work {tag}", *diary.hours())
    call = diary.shift(tag, *diary.hours(), track="call")
    free = diary.shift("work", *diary.hours())
    level = diary.rng.choice((1, 2))
    diary.person(ONE, skills=frozenset({f"planted:{level}"}))
    wanted = diary.rng.choice((1, 2, 2, 3))
    plain = wanted == 2 and diary.chance()  # without a level the skill begins with the second
    for day in diary.spots(2):
        shifts = diary.rng.choice(((needs,), (free,), (needs, call), (free, call)))
        diary.work(day, *shifts)
        diary.wrong(day, int(wanted > level and shifts != (free,)))
    skill = "planted" if plain else f"planted:{wanted}"
    return Planted(ShiftSkill(id="R", tag=tag, skill=skill), diary.items)


@plants("one_duty")
def twice_a_day(diary: Diary) -> Planted:
    """Write two or three shifts into one day and track, and one on each of two tracks."""
    work = [diary.shift("work", *diary.hours()) for _ in range(3)]
    call = diary.shift("call", *diary.hours(), track="call")
    for day in diary.spots(2):
        many = diary.some(3)
        diary.work(day, *work[:many], *[call] * diary.chance())
        diary.wrong(day, many - 1)
    return Planted(OneDuty(id="R"), diary.items)


@plants("duty_length")
def too_long(diary: Diary) -> Planted:
    """Have duties that are some minutes too long or too short, or with too short a break."""
    rng = diary.rng
    least, over = rng.randint(180, 300), rng.randint(300, 420)
    most, pause = rng.randint(540, 800), rng.randint(15, 60)
    off = diary.some(90)
    lengths = {"right": rng.randint(least, most), "long": most + off, "short": least - off}
    lengths |= {"thin": rng.randint(over + 1, most), "thick": over, "spared": most + off}
    made = {}
    for name, length in lengths.items():
        start = rng.randrange(180, 119 + 1440 - length)
        missing = rng.randint(1, pause) if name == "thin" else 0
        there = 0 if name == "thick" else pause - missing
        marked = "work spared" if name == "spared" else "work"
        units = {"long": off, "short": off, "thin": missing}.get(name, 0)
        made[diary.shift(marked, start, start + length, pause=there)] = units
    for day in diary.spots(1):
        shift = rng.choice([*made])
        diary.work(day, shift)
        diary.wrong(day, made[shift])
    asked = {"least": least, "most": most, "over": over, "pause": pause, "spared": "spared"}
    return Planted(DutyLength(id="R", **asked), diary.items)


@plants("split_day")
def spread(diary: Diary) -> Planted:
    """Have two or three duties a day: in order, a minute too far apart, too short, one too many."""
    rng = diary.rng
    most, least = rng.randint(480, 660), rng.randint(60, 120)
    start = rng.randrange(300, 500)

    def duty(track: str, begin: int, length: int) -> str:
        return diary.shift("work", begin, begin + length, track=track)

    first = duty("work", start, least)
    fits = duty("call", start + most - least, least)
    wide = duty("call", start + most - least + 1, least)
    short = duty("call", start + least, least - 1)
    third = duty("third", start + least, least)
    choices: list[tuple[tuple[str, ...], int]] = [
        *(((first,), 0), ((first, fits), 0), ((first, wide), 1), ((first, short), 1)),
        *(((first, fits, third), 1), ((first, wide, third), 2), ((third, fits), 0)),
    ]
    for day in diary.spots(1):
        shifts, units = rng.choice(choices)
        diary.work(day, *shifts)
        diary.wrong(day, units)
    return Planted(SplitDay(id="R", most=most, least=least, spells=2), diary.items)


@plants("request")
def refused(diary: Diary) -> Planted:
    """Write wishes of every kind, met and refused, each with its weight."""
    a, b = (diary.shift("work", *diary.hours()) for _ in range(2))
    call = diary.shift("call", *diary.hours(), track="call")
    kept: dict[tuple[str | None, bool], Callable[[list[str]], bool]] = {
        (None, True): lambda shifts: shifts != [],
        (None, False): lambda shifts: shifts == [],
        (a, True): lambda shifts: a in shifts,
        (a, False): lambda shifts: a not in shifts,
    }
    for day in diary.spots(1):
        diary.work(day, *diary.rng.choice(((), (a,), (b,), (a, call), (call,))))
        for shift, wanted in diary.rng.sample([*kept], diary.some(2)):
            weight, id = diary.some(9), f"V{len(diary.more['requests'])}"
            wish = Request(id=id, person=ONE, day=day, shift=shift, wanted=wanted, weight=weight)
            diary.more["requests"].append(wish)
            met = kept[shift, wanted](diary.on[ONE][day])
            diary.wrong(day, 0 if met else weight)
    return Planted(Requests(id="R"), diary.items)


@plants("roster_kept")
def not_as_told(diary: Diary) -> Planted:
    """Publish what is written, then change some days, in and out of the time within which it counts."""
    rng = diary.rng
    a, b = (diary.shift("work", *diary.hours()) for _ in range(2))
    call = diary.shift("call", *diary.hours(), track="call")
    for day in range(diary.days):
        diary.work(day, *rng.choice(((), (a,), (b,), (a, call))))
    first, end = rng.randint(0, 3), diary.days - rng.randint(0, 3)
    diary.promise(-15, end, first)
    as_of = rng.choice((-2, 0, 3))
    diary.ward = replace(diary.ward, as_of=diary.date(as_of))
    within = rng.choice((None, 2, 7))
    for day in diary.spots(2):
        before = diary.on[ONE][day]
        others: list[Any] = [[], [a], [b], [b, call], [a, call]]
        diary.on[ONE][day] = rng.choice([each for each in others if each != before])
        near = within is None or day < as_of + within
        diary.wrong(day, int(first <= day < end and day >= as_of and near))
    return Planted(RosterKept(id="R", within=within), diary.items)


@plants("cycle_kept")
def not_in_the_cycle(diary: Diary) -> Planted:
    """Work two lines that come back, then change some days; what is on another track is free."""
    rng = diary.rng
    a, b = (diary.shift("work", *diary.hours()) for _ in range(2))
    call = diary.shift("call", *diary.hours(), track="call")
    lines = [[rng.choice((None, a, b)) for _ in range(7)] for _ in range(2)]
    lines[0][rng.randrange(7)] = a
    diary.more["rotations"].append(Rotation(id="R", weeks=2, holidays=True))
    for number, line in enumerate(lines, start=1):
        days = dict(zip(WEEKDAYS, line, strict=True))
        diary.more["lines"].append(
            RotationLine(id=f"L{number}", rotation="R", number=number, **days)
        )
    first = rng.randint(1, 2)
    diary.more["turns"].append(Turn(id=ONE, rotation="R", line=first))
    as_of = rng.choice((-2, 0, 3))
    diary.ward = replace(diary.ward, as_of=diary.date(as_of))
    for day in range(diary.days):
        date = diary.date(day)
        turned = (date - dt.date(2024, 1, 1)).days // 7 + first - 1
        shift = lines[turned % 2][date.weekday()]
        diary.work(day, *([shift] if shift else []), *rng.choice(((), (call,))))
    for day in diary.spots(2):
        before = {id for id in diary.on[ONE][day] if id != call}
        others: list[list[Any]] = [[], [a], [b], [b, call]]
        diary.on[ONE][day] = rng.choice([each for each in others if set(each) - {call} != before])
        diary.wrong(day, int(day >= as_of))
    return Planted(CycleKept(id="R"), diary.items)


@plants("publication")
def told_late(diary: Diary) -> Planted:
    """Publish a roster some days too late, in time to the day, or not at all."""
    shift = diary.shift("work", *diary.hours())
    for day in diary.spots(2):
        diary.work(day, shift)
    notice, first = diary.rng.randint(5, 20), diary.rng.randint(0, 5)
    late = diary.rng.randint(-2, 6)
    draft = diary.chance(0.1)
    diary.promise(None if draft else first - notice + late, diary.days, first)
    diary.wrong(first, 0 if draft else max(0, late))
    return Planted(Publication(id="R", notice=notice), diary.items)
