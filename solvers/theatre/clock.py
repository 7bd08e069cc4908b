"""What rules in force say about the clock of one day, sorted for those who give starts.

Hard hours become bounds of starts; what holds something becomes groups; all other verbs are kept
with the price of a unit, 0 where they bind. All minutes are those that pass after midnight of the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from planner.facts import Facts
from planner.problem import Problem
from planner.rules.blocks import About
from planner.rules.contract import Rule, Waiver
from planner.rules.theatre_space import Option
from planner.rules.timing import (
    Choice,
    Cumulative,
    Idle,
    Late,
    NoOverlap,
    Stretch,
    TheatreDay,
    Verb,
    Within,
)

FAR: Final = 3 * 1440
"""A minute that no theatre day reaches."""


class Group(NamedTuple):
    """Stretches of which at most `capacity` may hold at a time, one less in each busy time.

    `price` is 0 where a hard rule says so; else what a minute too many costs.
    """

    stretches: tuple[Stretch, ...]
    capacity: int
    busy: tuple[tuple[int, int], ...]
    price: int


class Said(NamedTuple):
    """A verb with the price of a unit; a price of 0: it binds, but for units that a waiver forgives."""

    verb: Verb
    price: int
    free: int = 0


def timed(rules: Iterable[Rule[Any, Any]]) -> tuple[Rule[Any, Any], ...]:
    """Give the rules that say something about the clock."""
    return tuple(rule for rule in rules if type(rule).timing is not Rule.timing)


def choice_of(number: int, option: Option) -> Choice:
    """Make an option a choice of a day, under a number of that day."""
    return Choice(
        number, option.case, option.session, option.surgeon, option.minutes, option.turnover
    )


@dataclass(slots=True)
class DayClock:
    """The choices of a day with their first and last possible starts, groups and other verbs.

    `again` is the hour that the clock shows for the second time: no start lies there. `opens` says when
    sessions begin.
    """

    choices: tuple[Choice, ...]
    low: list[int]
    high: list[int]
    again: tuple[int, int] | None = None
    opens: Mapping[str, int] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Clocks:
    """Makes the clock of a day from the rules in force; waivers loosen hard bounds."""

    def __init__(
        self, problem: Problem, facts: Facts, rules: Iterable[Any], waivers: Iterable[Waiver]
    ) -> None:
        self.problem = problem
        self.facts = facts
        self.rules = timed(rules)
        self._waivers: dict[str, tuple[Waiver, ...]] = {}
        for waiver in waivers:
            self._waivers[waiver.rule] = (*self._waivers.get(waiver.rule, ()), waiver)

    def day(self, day: int, choices: Sequence[Choice]) -> DayClock:
        """Ask all rules about some choices of a day, numbered from 0."""
        sessions = self.facts.sessions_on.get(day, ())
        made = DayClock(
            tuple(choices),
            [0] * len(choices),
            [FAR - choice.minutes for choice in choices],
            self.facts.again(day),
            {session.id: self.facts.opens(session) for session in sessions},
        )
        seen = TheatreDay(
            problem=self.problem,
            facts=self.facts,
            day=day,
            sessions=sessions,
            choices=made.choices,
        )
        for rule in self.rules:
            for verb in rule.timing(seen):
                self._take(made, rule, verb)
        return made

    def _take(self, made: DayClock, rule: Rule[Any, Any], verb: Verb) -> None:
        price = 0 if rule.hard else rule.price
        if not price and not rule.hard:
            return
        if isinstance(verb, NoOverlap):
            made.groups.append(Group(verb.stretches, 1, verb.busy, price))
        elif isinstance(verb, Cumulative):
            made.groups.append(Group(verb.stretches, verb.capacity, verb.busy, price))
        elif rule.hard and isinstance(verb, Within | Late):
            self._bound(made, verb, self._free(rule, verb.about))
        elif not rule.hard or not isinstance(verb, Idle):
            free = self._free(rule, verb.about) if rule.hard else 0
            made.said.append(Said(verb, price, free))

    def _bound(self, made: DayClock, verb: Within | Late, free: int) -> None:
        if isinstance(verb, Late):
            for number in verb.choices:
                last = verb.limit + free - made.choices[number].minutes
                made.high[number] = min(made.high[number], last)
            return
        number = verb.choice
        if verb.low is not None:
            made.low[number] = max(made.low[number], verb.low - free)
        if verb.high is not None:
            last = verb.high + free - verb.stay - made.choices[number].minutes
            made.high[number] = min(made.high[number], last)

    def _free(self, rule: Rule[Any, Any], about: About) -> int:
        """Give the units that a waiver forgives."""
        waivers = self._waivers.get(rule.id, ())
        return max((w.most for w in waivers if w.covers(about)), default=0)


def hold(choice: Choice, stretch: Stretch) -> tuple[int, int]:
    """Give (minutes before the start, minutes of the whole stretch); before is negative after it."""
    if stretch.origin == "end":
        return -choice.minutes, stretch.after
    if stretch.origin == "start":
        return stretch.before, stretch.before + stretch.after
    return stretch.before, stretch.before + choice.minutes + stretch.after
