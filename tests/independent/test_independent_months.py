"""Months in a row by the next period: what is carried adds up against a count from the exported files.

October to January has the end of summer time and of a year in it, March to May its beginning. The
count reads the CSV files that each period was exported to, and reckons time by `zoneinfo`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import pytest
from checker import check
from independent_folder import Folder, date, minute, words

from data.exporting import catalogue
from data.next_period import write_next_period
from data.study_file import open_study
from planner.clock import Horizon
from planner.hospital import Holiday
from planner.people import Absence, Carried, Contract, History, StaffMember
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import audit
from planner.rules.roster.equity import Equity
from planner.rules.roster.window_sum import WindowSum
from planner.study import BASE, Scenario, Study
from planner.view import RosterView

DAY = dt.timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
FEASTS = ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-04-05", "2027-05-01")
POINTS = (("night", 10), ("saturday", 10), ("sunday", 12), ("holiday", 15))
CARRIED = {"I1": 17}
Item: TypeAlias = tuple[str, str, dt.date]  # rule, person, last day


class Told(NamedTuple):
    """What the files of one period say: minutes and shifts by person and date, points beyond a share."""

    minutes: Counter[tuple[str, dt.date]]
    shifts: dict[tuple[str, dt.date], str]
    balance: dict[str, int]


def ward(start: dt.date) -> Problem:
    """Make five people on days, nights and on-call, one part-time, one away, one who leaves."""
    work = frozenset({"work"})
    shifts = (
        ShiftType(id="D", start=420, end=1140, pause=60, tags=work),
        ShiftType(id="N", start=1140, end=1860, pause=45, tags=work | {"night"}),
        ShiftType(id="A", start=480, end=1920, track="call", tags=frozenset({"call"})),
    )
    shares = {"I1": 100, "I2": 80, "I3": 50, "I4": 100, "I5": 100}
    days = (dt.date.fromisoformat(feast) for feast in FEASTS)
    return Problem(
        horizon=Horizon(start=start, days=28),
        as_of=start,
        holidays=tuple(Holiday(id=str(day), day=(day - start).days) for day in days),
        contracts=(Contract(id="C", week=2100),),
        staff=tuple(
            StaffMember(id=id, contract="C", share=share, last=70 if id == "I5" else None)
            for id, share in shares.items()
        ),
        absences=(Absence(id="leave", person="I4", first=10, last=60),),
        histories=(History(id="I1", past=("N", "-", "D")), History(id="I2", past=("?", "D"))),
        carried=(
            Carried(
                id="k", person="I1", measure="balance", since=-30, until=-4, amount=CARRIED["I1"]
            ),
            Carried(id="h", person="I1", measure="hours", since=-9, until=-5, amount=500),
        ),
        shifts=shifts,
        cover=tuple(
            CoverRequirement(id=f"{shift}{day}", day=day, shifts=frozenset({shift}), least=1)
            for day in range(28)
            for shift in ("D", "N")
        ),
        rules=(
            Equity(id="fair", burdens=POINTS, tolerance=0, carried="balance"),
            WindowSum(id="year", window="year", most=0, carried="hours"),
        ),
    )


def draw(problem: Problem, random: Random) -> Plan:
    """Draw who works what; nights of the same person come together, as they do."""
    duties = []
    for person in problem.staff:
        for day in range(problem.horizon.days):
            drawn = random.choice(["D", "N", "N", "D+A", "A", "-", "-", "-"])
            duties += [Duty(person.id, day, shift) for shift in drawn.split("+") if shift != "-"]
    return Plan.build(duties=duties)


def read(path: Path) -> Told:
    """Count from the files of a period."""
    folder = Folder(path)
    feasts = {date(row["day"]) for row in folder.rows("holidays")}
    shifts = folder.by_id("shifts")
    night = {id for id, row in shifts.items() if "night" in words(row["tags"])}
    minutes: Counter[tuple[str, dt.date]] = Counter()
    worked: dict[tuple[str, dt.date], list[str]] = {}
    points: Counter[str] = Counter()

    def weight(shift: str, day: dt.date) -> int:
        marks = (shift in night, day.weekday() == 5, day.weekday() == 6, day in feasts)
        return sum(n for (_, n), there in zip(POINTS, marks, strict=True) if there)

    for row in folder.duties:
        who, day, shift = row["person"], date(row["date"]), shifts[row["shift"]]
        worked.setdefault((who, day), []).append(shift["id"])
        if "work" in words(shift["tags"]):
            minutes[who, day] += _passed(day, shift["start"], shift["end"]) - int(shift["pause"])
            points[who] += weight(shift["id"], day)
    asked = sum(
        int(row["least"]) * min(weight(shift, date(row["day"])) for shift in words(row["shifts"]))
        for row in folder.rows("cover")
    )
    there = {
        row["id"]: int(row["share"]) * len([*_days(folder, row)]) for row in folder.rows("staff")
    }
    fair = {who: Fraction(asked * n, sum(there.values())) for who, n in there.items()}
    balance = {who: points[who] - int(fair[who] + Fraction(1, 2)) for who in there}
    return Told(minutes, {at: "+".join(sorted(ids)) for at, ids in worked.items()}, balance)


def _passed(day: dt.date, start: str, end: str) -> int:
    first, last = (_stamp(day, minute(at)) for at in (start, end))
    return int(last - first) // 60


def _stamp(day: dt.date, at: int) -> float:
    later, within = divmod(at, 1440)
    time = dt.time(within // 60, within % 60)
    return dt.datetime.combine(day + later * DAY, time, PARIS).timestamp()


def _days(folder: Folder, person: dict[str, str]) -> Iterator[dt.date]:
    away = [
        (date(row["first"]), date(row["last"]))
        for row in folder.rows("absences")
        if row["person"] == person["id"]
    ]
    for day in folder.dates:
        gone = person["last"] and day > date(person["last"])
        if not gone and not any(first <= day <= last for first, last in away):
            yield day


def follow(problem: Problem, plan: Plan, path: Path) -> Problem:
    """Publish a plan and give the problem of the study that is written for the period after."""
    scenario = Scenario(name=BASE, parent=None, plan=plan, published=plan)
    write_next_period(Study(id="s", base=problem, scenarios=(scenario,)), BASE, path)
    with open_study(path) as opened:
        return opened.study.base


@pytest.mark.parametrize("start", [dt.date(2026, 10, 5), dt.date(2027, 3, 1)], ids=str)
def test_months_in_a_row_add_up(start: dt.date, tmp_path: Path) -> None:
    random, problem, told = Random(str(start)), ward(start), list[Told]()
    for month in range(4):
        plan, folder = draw(problem, random), tmp_path / f"{month}"
        catalogue()["csv"].write(problem, plan, folder)
        told.append(read(folder))
        units = _as_counted(problem, plan, told)
        problem = follow(problem, plan, tmp_path / f"{month}.opale")
    assert _checked(folder) == units  # the last month's alone: it walks through a year and more
    assert problem.horizon.start == start + 112 * DAY
    catalogue()["csv"].write(problem, Plan(), tmp_path / "last")
    last = Folder(tmp_path / "last")
    shifts = {at: words for period in told for at, words in period.shifts.items()}
    for row in last.rows("histories"):
        mine = [shifts.get((row["id"], start + n * DAY), "-") for n in range(112)]
        assert words(row["past"])[-112:] == mine
    found = {
        (row["person"], date(row["since"]), date(row["until"])): int(row["amount"])
        for row in last.rows("carried")
        if row["id"] not in ("k", "h")
    }
    periods = [(start + n * 28 * DAY, period.balance) for n, period in enumerate(told)]
    assert found == {
        (who, first, first + 27 * DAY): points
        for first, balance in periods
        for who, points in balance.items()
        if points
    }


def _as_counted(problem: Problem, plan: Plan, told: list[Told]) -> Counter[Item]:
    """Give the units of both rules, after comparing them to the count."""
    units: Counter[Item] = Counter()
    for rule in problem.rules:
        for breach in audit(rule, RosterView(problem, plan)):
            key = rule.id, breach.about.subjects[0], problem.horizon.date(breach.about.last)
            units[key] = breach.amount
    first, end = problem.horizon.date(0), problem.horizon.date(problem.horizon.last)
    expected = _before((first - 28 * (len(told) - 1) * DAY).year)
    for person in problem.staff:
        points = sum(period.balance[person.id] for period in told)
        expected["fair", person.id, end] = abs(points + CARRIED.get(person.id, 0))
        for period in told:
            for (who, day), n in period.minutes.items():
                if who == person.id:
                    expected["year", who, dt.date(day.year, 12, 31)] += n
    now = {"fair", *(dt.date(year, 12, 31) for year in (first.year, end.year))}
    asked = {key: n for key, n in expected.items() if n and (key[0] in now or key[2] in now)}
    assert units == asked
    return units


def _checked(folder: Path) -> Counter[Item]:
    found: Counter[Item] = Counter()
    for wrong in check(folder).wrong:
        assert wrong.day is not None
        found[wrong.rule, wrong.who[0], wrong.day] += wrong.amount
    return found


def _before(year: int) -> Counter[Item]:
    """Give what the ward began with, by hand: a day and a night before, and 500 minutes carried."""
    last = dt.date(year, 12, 31)
    return Counter({("year", "I1", last): 660 + 675 + 500, ("year", "I2", last): 660})
