"""Duties that are needed and that nobody holds: which they are, and who could take one at what price.

The price is that of the audit: the roster with the duty is judged again where it differs.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from planner.facts import Facts, facts
from planner.hand_edits import assigned
from planner.kpis.contract import Outcome
from planner.live import Change, would_break
from planner.people import StaffMember
from planner.rostering import CoverRequirement
from planner.score import Judged

Given = tuple[str, int, str | None]
"""A person, a day and a shift, as `Assign` takes them."""


class Vacancy(NamedTuple):
    """A requirement with fewer people than it needs at least; `label` is the post."""

    label: str
    need: CoverRequirement
    missing: int


class Taker(NamedTuple):
    """Somebody who could take a vacant duty: what is given, which shift she has instead, its price.

    `cost` is what all breaches cost then, less what they cost now, hard ones apart.
    """

    given: Given
    instead: str
    new: tuple[Judged, ...]
    hard: int
    cost: int

    @property
    def key(self) -> tuple[bool, int, int]:
        """What to order by: legal ones first, then the cheapest."""
        return bool(self.broken), self.hard, self.cost

    @property
    def broken(self) -> tuple[Judged, ...]:
        """The rules that must be kept and would not be."""
        return tuple(each for each in self.new if each.rule.hard and each.cost > 0)


def takers(
    outcome: Outcome,
    need: CoverRequirement,
    held: Callable[[str, int], bool] = lambda _person, _day: False,
) -> Iterator[Taker | None]:
    """Try everybody who could count for a requirement and does not, one at a step (None: refused).

    Who is away or pinned that day, lacks the skill or may work none of its shifts, is not tried; of
    several shifts the cheapest for her is given.
    """
    known = facts(outcome.problem)
    tracks = {str(id): shift.track for id, shift in known.shifts.items()}
    for person in outcome.problem.staff:
        if not able(known, need, person) or held(str(person.id), need.day):
            continue
        here = {shift.id for shift in outcome.roster.shifts(person.id, need.day)}
        if here & need.shifts:
            continue
        yield taker(outcome, need, person, tracks)


def able(known: Facts, need: CoverRequirement, person: StaffMember) -> bool:
    """Tell whether somebody could count for a requirement: there, with its skill, and one of its shifts."""
    if need.skill is not None and need.skill not in person.abilities:
        return False
    if person.shifts and not person.shifts & need.shifts:
        return False
    return not known.off(person.id, need.day)


def taker(
    outcome: Outcome, need: CoverRequirement, person: StaffMember, tracks: Mapping[str, str]
) -> Taker | None:
    """Give what it costs that somebody takes a duty, by the cheapest shift for her; None: there is none."""
    found = []
    for shift in sorted(need.shifts):
        if (person.shifts and shift not in person.shifts) or shift not in tracks:
            continue
        given = (str(person.id), need.day, str(shift))
        there = outcome.roster.shifts(person.id, need.day)
        instead = next((str(s.id) for s in there if s.track == tracks[shift]), "")
        change = would_break(outcome, assigned(outcome.plan, (given,), tracks))
        before, after = outcome.judgement.score, change.outcome.judgement.score
        cost = sum(after.tiers) - sum(before.tiers)
        found.append(Taker(given, instead, _worse(change), after.hard - before.hard, cost))
    return min(found, key=lambda each: each.key, default=None)


def _worse(change: Change) -> tuple[Judged, ...]:
    """Give the breaches that come or grow; one that only shrinks is no price."""
    was = {(each.rule.id, each.breach.about): each.breach.amount for each in change.gone}
    return tuple(
        each
        for each in change.new
        if each.breach.amount > was.get((each.rule.id, each.breach.about), 0)
    )
