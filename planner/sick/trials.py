"""What it costs a person by herself to have other shifts: only the rules that reach one person alone.

Most of what stands against somebody standing in is hers alone (rest, hours, runs). It is judged by the
audit of these rules on her days only, before the roster as a whole is judged with her in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from planner.kpis.contract import Outcome
from planner.people import ShiftId
from planner.rules.blocks import Area
from planner.rules.contract import Rule, audit
from planner.score import Judged, forgiven
from planner.view import RosterView

HER: Final = "person"

Change = tuple[int, str, ShiftId | None]
"""A day, a track, and the shift on it; None: off."""


class Cost(NamedTuple):
    """Hard and soft points; the former weigh more than any of the latter."""

    hard: int = 0
    soft: int = 0


def _sum(items: Iterable[Judged]) -> Cost:
    hard = soft = 0
    for each in items:
        if each.rule.hard:
            hard += each.cost
        else:
            soft += each.cost
    return Cost(hard, soft)


class Trials:
    """Changes of single people tried on a roster, each judged once."""

    def __init__(self, outcome: Outcome) -> None:
        self._waivers = outcome.waivers
        rules = [r for r in outcome.problem.rules if r.enabled and r.part == "roster"]
        hers = [rule for rule in rules if rule.reach == HER]
        self._hard = [rule for rule in hers if rule.hard]
        self._soft = [rule for rule in hers if not rule.hard]
        self._known: dict[tuple[str, tuple[Any, ...]], int] = {}
        self._move(outcome)

    def moved(self, outcome: Outcome, people: Iterable[str]) -> None:
        """Go on from a roster in which some people have other shifts."""
        changed = set(people)
        self._known = {key: cost for key, cost in self._known.items() if key[0] not in changed}
        self._move(outcome)

    def _move(self, outcome: Outcome) -> None:
        self._view: RosterView = outcome.roster
        now: dict[str, list[Judged]] = defaultdict(list)
        self._shared: list[Judged] = []
        self._on: dict[frozenset[int], Cost] = {}
        for each in outcome.judgement.judged:
            if each.rule.reach == HER:
                for subject in each.breach.about.subjects:
                    now[subject].append(each)
            elif each.rule.part == "roster":
                self._shared.append(each)
        self._now = {person: _sum(items) for person, items in now.items()}

    def shared(self, days: frozenset[int]) -> Cost:
        """Give what rules over several people cost on some days: it may go away, and no more can."""
        known = self._on.get(days)
        if known is None:
            areas = [Area(None, day, day) for day in days]
            known = self._on[days] = _sum(
                each
                for each in self._shared
                if any(area.meets(each.breach.about) for area in areas)
            )
        return known

    def hard(self, person: str, changes: Sequence[Change], enough: int) -> int:
        """Give the hard points that changes add to a person, below 0 where they take some away.

        At least: it stops to count above `enough`. The rule that is in the way is asked first next time,
        as it is in the way of most.
        """
        now = self._now.get(person, Cost()).hard
        key = person, (enough, *changes)
        known = self._known.get(key)
        if known is None:
            known = -now
            for number, cost in self._costs(person, changes, self._hard):
                known += cost
                if known > enough:
                    self._hard.insert(0, self._hard.pop(number))
                    break
            self._known[key] = known
        return known

    def soft(self, person: str, changes: Sequence[Change]) -> int:
        """Give the soft points that changes add to a person."""
        key = person, tuple(changes)
        known = self._known.get(key)
        if known is None:
            now = self._now.get(person, Cost()).soft
            known = self._known[key] = (
                sum(cost for _, cost in self._costs(person, changes, self._soft)) - now
            )
        return known

    def _costs(
        self, person: str, changes: Sequence[Change], rules: Iterable[Rule[Any, Any]]
    ) -> Iterator[tuple[int, int]]:
        """Give what each breach costs, with the number of its rule."""
        tried = self._view.trying(person, changes)
        area = Area(frozenset({person}))
        for number, rule in enumerate(rules):
            for breach in audit(rule, tried, area):
                waived = forgiven(rule, breach, self._waivers)
                yield number, Judged(rule=rule, breach=breach, waived=waived).cost
