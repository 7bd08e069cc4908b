"""What-ifs made ready for a hospital: the set of domain reference 8.3, with its own rooms and people.

Each is a title and commands that anybody could type; what a hospital has nothing for is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from planner.changes import Change, ChangeSet, apply
from planner.clock import WEEK
from planner.commands import expand
from planner.commands.contract import CommandRefusedError
from planner.facts import facts
from planner.hospital import Session
from planner.plan import Plan
from planner.problem import Problem
from planner.words import say

Words: TypeAlias = tuple[str, ...]
"""A command and its words: ("close-room", "S3", "wednesday")."""
TUESDAY: Final = 1
WEDNESDAY: Final = 2
LONG_SHIFT: Final = 660
"""Minutes from which a shift is one of a pattern of twelve hours."""
HALVES: Final = 2
"""Half-days a week that a specialty gives up."""
DAYS_OUT: Final = 3
"""Days for which a device is out of order."""
ILL: Final = 2
"""People who are ill."""
BETAS: Final = ("84", "25")


class WhatIf(NamedTuple):
    """A scenario to try: the id of its name among the sentences, its commands, and facts of its name.

    `weekday` among the facts is a number, Monday is 0.
    """

    name: str
    commands: tuple[Words, ...]
    facts: tuple[tuple[str, str | int], ...] = ()

    def title(self, lang: str) -> str:
        """Say the name of the scenario in a language."""
        told = dict(self.facts)
        if "weekday" in told:
            told["weekday"] = say(f"date.weekday.long.{told['weekday']}", lang)
        return say(self.name, lang, **told)

    def group(self, problem: Problem, name: str) -> ChangeSet:
        """Expand its commands, one after another, into a group of changes of that name.

        Raises:
            CommandRefusedError: the facts of the problem do not have what a command needs.
        """
        changes: list[Change] = []
        for words in self.commands:
            found = expand(problem, *words)
            problem = apply(problem, (found,))[0]
            changes += found.changes
        return ChangeSet(name=name, changes=tuple(changes))


def gallery(problem: Problem, plan: Plan) -> Iterator[WhatIf]:
    """Give the what-ifs that a hospital has the facts for; `plan` says who works when."""
    for make in _READY:
        found = make(problem, plan)
        if found is None:
            continue
        try:
            found.group(problem, "")
        except CommandRefusedError:
            continue
        yield found


def released(problem: Problem, giver: str, taker: str) -> tuple[Words, ...]:
    """Give the last two half-days of every week of one specialty to another."""
    whole = max((session.by_clock for session in problem.sessions), default=0)
    halves: dict[int, list[Session]] = {}
    for session in problem.sessions:
        if giver in session.owners and session.by_clock < whole and not session.closed:
            halves.setdefault(session.day // WEEK, []).append(session)
    chosen = [session for week in halves.values() for session in week[-HALVES:]]
    return tuple(("move-session", session.id, taker) for session in chosen)


def _baseline(_problem: Problem, _plan: Plan) -> WhatIf | None:
    return WhatIf("gallery.baseline", ())


def _released(problem: Problem, _plan: Plan) -> WhatIf | None:
    """From the specialty with most half-days to the one with most hours of cases."""
    whole = max((session.by_clock for session in problem.sessions), default=0)
    halves = Counter(o for s in problem.sessions if s.by_clock < whole for o in s.owners)
    asked: Counter[str] = Counter()
    for case in problem.cases:
        asked[str(case.specialty)] += case.mean
    giver = max(sorted(halves), key=lambda each: halves[each], default=None)
    others = sorted(each for each in asked if each != giver)
    if giver is None or not others:
        return None
    taker = max(others, key=lambda each: asked[each])
    commands = released(problem, str(giver), taker)
    facts: tuple[tuple[str, str | int], ...] = (("giver", str(giver)), ("taker", taker))
    return WhatIf("gallery.released", commands, facts) if commands else None


def _closed(problem: Problem, _plan: Plan) -> WhatIf | None:
    horizon = problem.horizon
    rooms = sorted({str(s.theatre) for s in problem.sessions if _on(problem, s, WEDNESDAY)})
    if not rooms or not horizon.days:
        return None
    facts: tuple[tuple[str, str | int], ...] = (("theatre", rooms[-1]), ("weekday", WEDNESDAY))
    return WhatIf("gallery.closed", (("close-room", rooms[-1], "wednesday"),), facts)


def _on(problem: Problem, session: Session, weekday: int) -> bool:
    return not session.closed and problem.horizon.weekday(session.day) == weekday


def _longer(_problem: Problem, _plan: Plan) -> WhatIf | None:
    return WhatIf("gallery.longer", (("lengthen", "sessions", "90", "all"),))


def _dedicated(problem: Problem, _plan: Plan) -> WhatIf | None:
    rooms = sorted({str(s.theatre) for s in problem.sessions if not s.closed})
    if not rooms:
        return None
    return WhatIf("gallery.dedicated", (("emergency", rooms[0]),), (("theatre", rooms[0]),))


def _spread(_problem: Problem, _plan: Plan) -> WhatIf | None:
    return WhatIf("gallery.spread", (("emergency-share", "12"),), (("share", 12),))


def _demand(problem: Problem, _plan: Plan) -> WhatIf | None:
    """Of P2 where there is such a class, else of the class with most cases."""
    counts = Counter(str(case.priority) for case in problem.cases)
    if not counts:
        return None
    chosen = "P2" if "P2" in counts else max(sorted(counts), key=lambda each: counts[each])
    return WhatIf("gallery.demand", (("demand", chosen, "10"),), (("priority", chosen),))


def _beds(problem: Problem, _plan: Plan) -> WhatIf | None:
    """In week 3, or the last one that there is."""
    weeks = problem.horizon.days // WEEK
    if not problem.wards or not weeks:
        return None
    week = min(3, weeks)
    when = _dates(problem, (week - 1) * WEEK, week * WEEK - 1)
    return WhatIf("gallery.beds", (("cut-beds", "all", "15", when),), (("week", week),))


def _durations(_problem: Problem, _plan: Plan) -> WhatIf | None:
    return WhatIf("gallery.durations", (("durations", "15"),))


def _slack(problem: Problem, _plan: Plan) -> WhatIf | None:
    known = {str(getattr(rule, "beta", "")) for rule in problem.rules}
    beta = next((each for each in BETAS if each not in known), BETAS[0])
    return WhatIf("gallery.slack", (("slack", beta),), (("beta", int(beta)),))


def _pattern(problem: Problem, _plan: Plan) -> WhatIf | None:
    """For the first team, where there are a long day and a long night to work."""
    long = {
        str(shift.id): "night" in shift.tags
        for shift in problem.shifts
        if shift.end - shift.start >= LONG_SHIFT and "call" not in shift.tags
    }
    for team in sorted({person.team for person in problem.staff if person.team}):
        chosen = [_first(long, night=night) for night in (False, True)]
        if all(chosen):
            return WhatIf("gallery.pattern", (("pattern", team, *chosen),), (("team", team),))
    return None


def _first(long: Mapping[str, bool], *, night: bool) -> str:
    return next((id for id in sorted(long) if long[id] == night), "")


def _leave(problem: Problem, _plan: Plan) -> WhatIf | None:
    teams = Counter(person.team for person in problem.staff if person.team)
    if not teams:
        return None
    team = max(sorted(teams), key=lambda each: teams[each])
    when = _dates(problem, 0, problem.horizon.last)
    return WhatIf("gallery.leave", (("leave", team, "20", when),), (("team", team),))


def _breakdown(problem: Problem, _plan: Plan) -> WhatIf | None:
    """Of the device that most cases need."""
    known = facts(problem)
    needed = Counter(str(each) for case in problem.cases for each in known.equipment_of(case))
    if not needed or problem.horizon.days < DAYS_OUT:
        return None
    device = max(sorted(needed), key=lambda each: needed[each])
    monday = next((d for d in range(problem.horizon.days) if problem.horizon.weekday(d) == 0), 0)
    first = min(monday, problem.horizon.days - DAYS_OUT)
    when = _dates(problem, first, first + DAYS_OUT - 1)
    return WhatIf("gallery.breakdown", (("breakdown", device, when),), (("device", device),))


def _ill(problem: Problem, plan: Plan) -> WhatIf | None:
    """Two of those on duty on the first Tuesday, or the first two of the staff who are there."""
    horizon, known = problem.horizon, facts(problem)
    day = next((d for d in range(horizon.days) if horizon.weekday(d) == TUESDAY), None)
    if day is None:
        return None
    there = [str(p.id) for p in problem.staff if not known.off(p.id, day)]
    working = {str(duty.person) for duty in plan.duties if duty.day == day}
    there.sort(key=lambda person: person not in working)
    if len(there) < ILL:
        return None
    people, when = "+".join(there[:ILL]), horizon.date(day).isoformat()
    names: tuple[tuple[str, str | int], ...] = (("one", there[0]), ("other", there[1]))
    return WhatIf("gallery.ill", (("absent", people, when),), names)


def _dates(problem: Problem, first: int, last: int) -> str:
    return "..".join(problem.horizon.date(day).isoformat() for day in (first, last))


_READY: Final[tuple[Callable[[Problem, Plan], WhatIf | None], ...]] = (
    _baseline, _released, _closed, _longer, _dedicated, _spread, _demand, _beds, _durations, _slack,
    _pattern, _leave, _breakdown, _ill,
)  # fmt: skip
"""In the order of domain reference 8.3."""
