"""A team begins a rotation: its people dealt over empty lines, and the part of the cover that is theirs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from planner.changes import Add, Change
from planner.commands.contract import CommandRefusedError, Sentence, command
from planner.facts import facts
from planner.people import ShiftId, StaffMember
from planner.plain import to_plain
from planner.problem import Problem
from planner.rostering import LONGEST_CYCLE, CoverRequirement, Rotation, Turn, WeeklyCover
from planner.rules.contract import EVERYONE

_Need: TypeAlias = tuple[frozenset[ShiftId], str | None]
_Numbers: TypeAlias = tuple[int, int, int, int]
"""Least, best, and the prices of one short and one over."""


class _Begun(NamedTuple):
    """A rotation with its people and cover; `others` are those of the team that are not on it."""

    rotation: Rotation
    turns: tuple[Turn, ...]
    weekly: tuple[WeeklyCover, ...]
    others: tuple[str, ...]


def _begun(problem: Problem, team: str, weeks: str) -> _Begun:
    if not weeks.isdecimal() or not 1 <= int(weeks) <= LONGEST_CYCLE:
        raise CommandRefusedError("command_weeks", words=weeks, most=LONGEST_CYCLE)
    members = [person for person in problem.staff if person.team == team]
    if not members:
        raise CommandRefusedError("command_unknown", kind="team", id=team)
    taken = {turn.id for turn in problem.turns}
    free = [p for p in members if p.id not in taken and p.last is None]
    if not free:
        raise CommandRefusedError("rotate_nobody", team=team)
    alike, _ = Counter((person.share, person.shifts) for person in free).most_common(1)[0]
    people = [person for person in free if (person.share, person.shifts) == alike]
    id = _free(f"{team}-{weeks}", {each.id for each in problem.rotations})
    return _Begun(
        rotation=Rotation(id=id, weeks=int(weeks), holidays=_on_holidays(problem, people)),
        turns=tuple(
            Turn(id=person.id, rotation=id, line=place % int(weeks) + 1)
            for place, person in enumerate(people)
        ),
        weekly=tuple(_weekly(problem, id, people)),
        others=tuple(person.id for person in members if person not in people),
    )


def _free(wanted: str, taken: set[str]) -> str:
    id, number = wanted, 2
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    return id


def _on_holidays(problem: Problem, people: list[StaffMember]) -> bool:
    """Tell whether anybody of some people is asked for on a public holiday."""
    known, mine = facts(problem), {person.id for person in people}
    return any(
        need.day in known.holidays and need.least and mine & known.able(EVERYONE, need.skill)
        for need in problem.cover
    )


def _weekly(problem: Problem, id: str, people: list[StaffMember]) -> Iterator[WeeklyCover]:
    """Give their part of what most days of each weekday ask for, weekdays that are alike in one."""
    known, taken = facts(problem), {each.id for each in problem.weekly}
    mine = {person.id for person in people}
    for (shifts, skill), usual in _usual(problem).items():
        able = known.able(EVERYONE, skill)
        part, whole = len(able & mine), len(able)
        days: dict[_Numbers, set[int]] = defaultdict(set)
        for weekday, (least, best, *prices) in usual.items():
            least, best = (round(number * part / whole) if part else 0 for number in (least, best))
            if least or best:
                days[least, best, prices[0], prices[1]].add(weekday)
        for (least, best, below, above), weekdays in days.items():
            wanted = "-".join((id, *sorted(shifts), *((skill,) if skill else ())))
            new = _free(wanted[:55], taken)
            taken.add(new)
            yield WeeklyCover(
                id=new,
                rotation=id,
                weekdays=frozenset(weekdays),
                shifts=shifts,
                skill=skill,
                least=least,
                best=best,
                price_below=below,
                price_above=above,
            )


def _usual(problem: Problem) -> Mapping[_Need, Mapping[int, _Numbers]]:
    """Give what each weekday asks for most often, public holidays left out."""
    known = facts(problem)
    dated: dict[tuple[_Need, int], list[CoverRequirement]] = defaultdict(list)
    for need in problem.cover:
        if 0 <= need.day < problem.horizon.days and need.day not in known.holidays:
            dated[(need.shifts, need.skill), need.day].append(need)
    counted: dict[_Need, dict[int, Counter[_Numbers]]] = defaultdict(lambda: defaultdict(Counter))
    for (what, day), needs in dated.items():
        first = needs[0]
        numbers = (
            sum(need.least for need in needs),
            sum(need.best for need in needs),
            first.price_below,
            first.price_above,
        )
        counted[what][problem.horizon.weekday(day)][numbers] += 1
    return {
        what: {weekday: found.most_common(1)[0][0] for weekday, found in sorted(days.items())}
        for what, days in counted.items()
    }


def _tell(problem: Problem, team: str, weeks: str) -> Iterator[Sentence]:
    begun = _begun(problem, team, weeks)
    yield "rotate.begun", {"n": len(begun.turns), "rotation": begun.rotation.id}
    if begun.others:
        yield "rotate.others", {"n": len(begun.others), "people": ", ".join(begun.others)}
    yield "rotate.weekly" if begun.weekly else "rotate.no_weekly", {"n": len(begun.weekly)}


@command("rotate", "team", "weeks", tell=_tell)
def rotate(problem: Problem, team: str, weeks: str) -> Iterator[Change]:
    """Begin a rotation of so many weeks for a team; its lines are empty until they are found or typed.

    Who works another share of full time or other shifts than most, leaves, or is on a rotation is left
    out. It works on public holidays where they are asked for then.
    """
    begun = _begun(problem, team, weeks)
    yield _add(problem, "rotation", begun.rotation)
    yield from _adds(problem, "turn", begun.turns)
    yield from _adds(problem, "weekly", begun.weekly)


def _adds(problem: Problem, kind: str, records: Iterable[Any]) -> Iterator[Add]:
    return (_add(problem, kind, record) for record in records)


def _add(problem: Problem, kind: str, record: Any) -> Add:
    return Add(kind=kind, id=record.id, record=tuple(to_plain(record, problem.horizon).items()))
