"""The examples of a pack: a few days of a person or several, and what the audit has to say of them.

A roster has a word a day: a shift of `SHIFTS` or `OTHERS` (several joined by +), `-` off, `?` unknown; what
stands before `|` is the past.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planner.clock import FIRST_MONDAY, WEEK, Horizon
from planner.hospital import Holiday
from planner.people import (
    Carried,
    Contract,
    ContractId,
    History,
    Promise,
    ShiftId,
    StaffId,
    StaffMember,
)
from planner.plan import Duty, Plan
from planner.problem import Problem
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Rule, audit
from planner.view import RosterView

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _shift(id: str, start: int, end: int, *tags: str) -> ShiftType:
    return ShiftType(id=ShiftId(id), start=start, end=end, tags=frozenset({"work", *tags}))


SHIFTS: Final = (
    _shift("M", 450, 906, "day"),
    _shift("S", 654, 1110, "day", "late"),
    _shift("J9", 450, 990, "day"),
    _shift("J10", 450, 1050, "day"),
    _shift("D12", 450, 1170, "day", "long"),
    _shift("N12", 1170, 1890, "night", "long"),
    _shift("N10", 1260, 1860, "night"),
)
"""The usual shifts of a French theatre suite, by which examples are written."""


def _other(id: str, start: int, end: int, track: str, *tags: str, halves: int = 0) -> ShiftType:
    return ShiftType(
        id=ShiftId(id), start=start, end=end, track=track, tags=frozenset(tags), half_days=halves
    )


OTHERS: Final = (
    _other("L", 480, 1230, "work", "work", "day", "long"),
    _other("LN", 1200, 1950, "work", "work", "night", "long"),
    _other("HS", 450, 810, "work", "work", "day", "overtime"),
    _other("A_N", 1110, 1890, "call", "call"),
    _other("A_WE", 480, 1950, "call", "call"),
    _other("CO", 1320, 1500, "callout", "work", "callout"),
    _other("SO", 870, 1140, "evening", "work", "late"),
    _other("KO", 960, 1080, "evening", "work", "late"),
    _other("TT", 510, 780, "tta", "work", "tta", halves=1),
    _other("G30", 510, 2310, "duty", "work", "night", "duty", halves=5),
    _other("AM", 510, 780, "am", "work", "elective", halves=1),
    _other("PM", 810, 1110, "pm", "work", "elective", halves=1),
    _other("GN", 1110, 1950, "duty", "work", "night", "duty", halves=2),
    _other("G24", 510, 1950, "duty", "work", "night", "duty", halves=4),
)
"""Long days and nights of 12 h 30, overtime, on-call at home with its call-outs, half-days and duties
of doctors: among the shifts of an example that names one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Days of one person or several from `start`, which a rule accepts, or refuses with an amount.

    `roster` has a word a day, persons are parted by `/`, as are their `skills` (joined by +) and their
    `shares`. `holidays` are days of the roster. `carried` is what was counted from a date on to the day
    before the first word. `published` is a roster that was told on the day `told` (0 is the first
    after the past); the facts are of that day 0, or of `as_of`. `cover` has a shift a day that one
    person is needed on.
    """

    rule: str
    roster: str
    start: dt.date
    accepts: bool
    amount: int = 0
    skills: str = ""
    shares: str = ""
    holidays: tuple[int, ...] = ()
    carried: tuple[tuple[str, int], ...] = ()
    published: str = ""
    told: int | None = None
    as_of: int = 0
    cover: str = ""


def first_day(words: str) -> dt.date:
    """Give the first day of an example: a date, or a weekday of a week in June without a clock change.

    Raises:
        ValueError: the words are neither.
    """
    if words in WEEKDAYS:
        return FIRST_MONDAY + dt.timedelta(days=126 * WEEK + WEEKDAYS.index(words))
    return dt.date.fromisoformat(words)


_FIELDS: Final = frozenset(
    {"roster", "start", "amount", "skills", "shares", "holidays", "carried"}
    | {"published", "told", "as_of", "cover"}
)


def roster_example(rule: str, table: Mapping[str, Any], *, accepts: bool) -> Example:
    """Read an example of a rule from its table.

    Raises:
        KeyError: something is missing, or a word means nothing here.
        ValueError: a day, a number or a shift is none.
    """
    for word in table:
        if word not in _FIELDS:
            raise KeyError(word)
    told = table.get("told")
    example = Example(
        rule=rule,
        roster=str(table["roster"]),
        start=first_day(str(table["start"])),
        accepts=accepts,
        amount=0 if accepts else int(table["amount"]),
        skills=str(table.get("skills", "")),
        shares=str(table.get("shares", "")),
        holidays=tuple(int(day) for day in table.get("holidays", ())),
        carried=tuple((str(k), int(n)) for k, n in table.get("carried", {}).items()),
        published=str(table.get("published", "")),
        told=None if told is None else int(told),
        as_of=int(table.get("as_of", 0)),
        cover=str(table.get("cover", "")),
    )
    _shifts(f"{example.roster} {example.published} {example.cover}")
    return example


def example_table(example: Example) -> dict[str, Any]:
    """Give the table of an example: what `roster_example` reads."""
    table: dict[str, Any] = {"roster": example.roster, "start": example.start.isoformat()}
    if not example.accepts:
        table["amount"] = example.amount
    for field in dataclasses.fields(Example):
        value = getattr(example, field.name)
        if field.name in _FIELDS - table.keys() and value != field.default:
            table[field.name] = dict(value) if field.name == "carried" else value
    return table


def situation(rule: Rule[Any, Any], example: Example) -> tuple[Problem, Plan]:
    """Make the smallest problem and plan that show an example: people whom the rule means.

    Raises:
        ValueError: a word of the roster is no shift.
    """
    rows = [row.rpartition("|") for row in example.roster.split("/")]
    ahead = [row[2].split() for row in rows]
    shifts = _shifts(f"{example.roster} {example.published} {example.cover}")
    staff = [_person(rule, example, number) for number in range(len(rows))]
    days, back = max(map(len, ahead)), len(rows[0][0].split())
    horizon = Horizon(start=example.start + dt.timedelta(days=back), days=days)
    pasts = [(person, tuple(row[0].split())) for person, row in zip(staff, rows, strict=True)]
    problem = Problem(
        horizon=horizon,
        as_of=horizon.date(example.as_of),
        holidays=tuple(Holiday(id=f"H{day}", day=day) for day in example.holidays),
        contracts=(Contract(id=staff[0].contract),),
        staff=tuple(staff),
        histories=tuple(History(id=person.id, past=past) for person, past in pasts if past),
        carried=tuple(_carried(rule, example, horizon, staff[0].id, back)),
        shifts=shifts,
        promises=tuple(_promises(example, staff)),
        cover=tuple(_cover(example)),
        rules=(rule,),
    )
    duties = (
        Duty(person.id, day, id)
        for person, words in zip(staff, ahead, strict=True)
        for day, word in enumerate(words)
        for id in _ids(word)
    )
    return problem, Plan.build(duties=duties)


def _shifts(words: str) -> tuple[ShiftType, ...]:
    named = {id for word in words.replace("|", " ").replace("/", " ").split() for id in _ids(word)}
    unknown = named - {shift.id for shift in (*SHIFTS, *OTHERS)}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return (*SHIFTS, *(shift for shift in OTHERS if shift.id in named))


def _carried(
    rule: Rule[Any, Any], example: Example, horizon: Horizon, person: StaffId, back: int
) -> Iterator[Carried]:
    for since, amount in example.carried:
        yield Carried(
            id=since,
            person=person,
            measure=str(getattr(rule, "carried", "")),
            since=horizon.day(dt.date.fromisoformat(since)),
            until=-back - 1,
            amount=amount,
        )


def _promises(example: Example, staff: list[StaffMember]) -> Iterator[Promise]:
    if example.published:
        for person, words in zip(staff, example.published.split("/"), strict=True):
            yield Promise(id=person.id, days=tuple(words.split()), told=example.told)


def _cover(example: Example) -> Iterator[CoverRequirement]:
    for day, word in enumerate(example.cover.split()):
        for id in _ids(word):
            yield CoverRequirement(id=f"{id}-{day}", day=day, shifts=frozenset({id}))


def answer(rule: Rule[Any, Any], example: Example) -> int:
    """Give what the audit says of an example: the units of all breaches."""
    problem, plan = situation(rule, example)
    return sum(breach.amount for breach in audit(rule, RosterView(problem, plan)))


def _ids(word: str) -> tuple[ShiftId, ...]:
    return () if word in ("-", "?") else tuple(ShiftId(id) for id in word.split("+"))


def _person(rule: Rule[Any, Any], example: Example, number: int) -> StaffMember:
    wanted = {kind: sorted(tags) for kind, tags in rule.scope.tags}
    skills = [words.strip() for words in example.skills.split("/")] if example.skills else []
    own = skills[number].split("+") if number < len(skills) and skills[number] else []
    shares = example.shares.split("/") if example.shares else []
    return StaffMember(
        id=StaffId(wanted.get("person", [f"P{number + 1}"])[0]),
        contract=ContractId(wanted.get("contract", ["FPH"])[0]),
        role=wanted.get("role", [""])[0],
        team=wanted.get("team", [""])[0],
        skills=frozenset((*wanted.get("skill", []), *own)),
        share=int(shares[number]) if number < len(shares) else 100,
    )
