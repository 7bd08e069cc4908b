"""Why did a figure move? The difference of an additive indicator, split into causes that add up.

Every amount belongs to a key (a case, a session, a person …). What happened to the key between two
outcomes names the cause; the amounts of all causes sum to the difference exactly.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from planner.kpis.contract import Amounts, Key, Outcome
from planner.problem import ATTRIBUTES, Problem
from planner.view import Placed


class Cause(NamedTuple):
    """A named cause (message id), its share of the difference, and whom it concerns by how much.

    `amounts` stand in the order of `subjects`, the largest first, and sum to `amount`.
    """

    what: str
    amount: int
    subjects: tuple[str, ...]
    amounts: tuple[int, ...]


class Share(NamedTuple):
    """What happened to an assignment (message id), whose it is, and how far it moves a figure by itself."""

    what: str
    subject: str
    amount: float


def causes(before: Amounts, after: Amounts, pair: "Pair") -> tuple[Cause, ...]:
    """Split the difference `after − before` by what happened to each key; largest share first."""
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for key in sorted(before.keys() | after.keys()):
        delta = after.get(key, 0) - before.get(key, 0)
        if delta:
            shares[pair.happened(key)][key[1]] = delta
    found = [_cause(what, share) for what, share in shares.items()]
    return tuple(sorted(found, key=lambda cause: (-abs(cause.amount), cause.what)))


def _cause(what: str, share: Mapping[str, int]) -> Cause:
    subjects = sorted(share, key=lambda subject: (-abs(share[subject]), subject))
    amounts = tuple(share[id] for id in subjects)
    return Cause(what, sum(amounts), tuple(subjects), amounts)


class Pair:
    """Two outcomes: what happened between the reference and the other (message ids `cause.…`)."""

    def __init__(self, reference: Outcome, other: Outcome) -> None:
        self.reference = reference
        self.other = other
        self._indexes: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        self._known: dict[Key, str] = {}

    def happened(self, key: Key) -> str:
        """Name what happened to a key; the same for every indicator."""
        known = self._known.get(key)
        if known is None:
            kind, id = key
            before, after = self._records(kind, id)
            known = self._known[key] = _NAMED[kind](self, id, before, after)
        return known

    def _records(self, kind: str, id: str) -> tuple[Any, Any]:
        """Give the record of a key on both sides, None where it is not there."""
        if kind not in self._indexes:
            sides = (self.reference.problem, self.other.problem)
            was, now = ({r.id: r for r in side.records(kind)} for side in sides)
            self._indexes[kind] = (was, now)
        before, after = self._indexes[kind]
        return before.get(id), after.get(id)

    def case(self, id: str, before: Any, after: Any) -> str:
        """Tell where a case went."""
        if before is None or after is None:
            return "cause.case_added" if before is None else "cause.case_removed"
        was, now = self._where(id)
        if was is None or now is None:
            if was is now:
                return "cause.case_facts"
            return "cause.case_placed" if was is None else "cause.case_left_out"
        if was.session.day != now.session.day:
            return "cause.case_other_day"
        if was.session.id != now.session.id:
            return "cause.case_other_session"
        if was.surgeon != now.surgeon:
            return "cause.case_other_surgeon"
        return "cause.case_other_start" if was.start != now.start else "cause.case_facts"

    def _where(self, id: Any) -> tuple[Placed | None, Placed | None]:
        return self.reference.theatre.where(id), self.other.theatre.where(id)

    def session(self, id: str, before: Any, after: Any) -> str:
        """Tell what became of a session: opened, closed, given to others, or used otherwise."""
        if before is None or (after is not None and before.closed and not after.closed):
            return "cause.session_opened"
        if after is None or (after.closed and not before.closed):
            return "cause.session_closed"
        if before.owners != after.owners:
            return "cause.session_other_owner"
        was = {placed.case.id: placed for placed in self.reference.theatre.inside(before)}
        now = {placed.case.id: placed for placed in self.other.theatre.inside(after)}
        if was.keys() != now.keys():
            return "cause.session_other_cases"
        if before != after:
            return "cause.session_facts"
        if any(was[id].start != now[id].start for id in was):
            return "cause.session_other_starts"
        return "cause.session_case_facts"

    def surgeon(self, id: str, before: Any, after: Any) -> str:
        """Tell what a surgeon does otherwise."""
        was, now = self._operated[0].get(id, {}), self._operated[1].get(id, {})
        if was.keys() != now.keys():
            return "cause.surgeon_other_cases"
        return "cause.surgeon_other_times" if was != now else "cause.surgeon_facts"

    @cached_property
    def _operated(self) -> tuple[Mapping[str, Mapping[str, Any]], ...]:
        """Case → (session, start) by surgeon, on both sides."""
        return tuple(_by_surgeon(outcome) for outcome in (self.reference, self.other))

    def staff(self, id: str, before: Any, after: Any) -> str:
        """Tell what a person does otherwise."""
        if before is None or after is None:
            return "cause.staff_added" if before is None else "cause.staff_removed"
        was, now = _duties(self.reference, id), _duties(self.other, id)
        if was == now:
            return self._kept(id, {shift for _, shift in was})
        if len(was) == len(now):
            return "cause.staff_other_duties"
        return "cause.staff_more_duties" if len(now) > len(was) else "cause.staff_fewer_duties"

    def _kept(self, id: str, worked: set[str]) -> str:
        """Tell what else moved for a person with the same duties: her own facts, her shifts, or neither."""
        own = self._own[0].get(id) != self._own[1].get(id)
        if any(was != now for was, now in (self._records("shift", shift) for shift in worked)):
            return "cause.staff_facts_and_shifts" if own else "cause.staff_shifts"
        return "cause.staff_facts" if own else "cause.staff_around"

    @cached_property
    def _own(self) -> tuple[Mapping[str, list[Any]], ...]:
        """The facts of each person, on both sides: contract, absences, requests and herself."""
        return tuple(_facts_of(outcome.problem) for outcome in (self.reference, self.other))

    def cover(self, id: str, before: Any, after: Any) -> str:
        """Tell whether people or the need moved."""
        if before == after:
            return "cause.cover_people"
        if before is None or after is None:
            return "cause.cover_added" if before is None else "cause.cover_removed"
        return "cause.cover_need"

    def ward(self, id: str, before: Any, after: Any) -> str:
        """Tell whether patients or beds moved."""
        sides = (self.reference.problem, self.other.problem)
        was, now = (_taken(problem, id) for problem in sides)
        return "cause.ward_patients" if before == after and was == now else "cause.ward_beds"

    def rule(self, id: str, before: Any, after: Any) -> str:
        """Tell whether the plan or the rule moved."""
        return "cause.rule_plan" if before == after else "cause.rule_changed"


_NAMED: Mapping[str, Any] = {
    "case": Pair.case,
    "session": Pair.session,
    "surgeon": Pair.surgeon,
    "staff": Pair.staff,
    "cover": Pair.cover,
    "ward": Pair.ward,
    "rule": Pair.rule,
}
assert _NAMED.keys() <= ATTRIBUTES.keys()


def _by_surgeon(outcome: Outcome) -> dict[str, dict[str, tuple[str, int | None]]]:
    found: dict[str, dict[str, tuple[str, int | None]]] = defaultdict(dict)
    for placed in outcome.theatre.all_placed():
        if placed.surgeon is not None:
            found[placed.surgeon][placed.case.id] = (placed.session.id, placed.start)
    return found


def _duties(outcome: Outcome, id: str) -> list[tuple[int, str]]:
    worked = outcome.roster.duties(id, 0, outcome.problem.horizon.last)
    return [(each.day, each.shift.id) for each in worked]


def _facts_of(problem: Problem) -> Mapping[str, list[Any]]:
    contracts = {contract.id: contract for contract in problem.contracts}
    found: dict[str, list[Any]] = {
        person.id: [person, contracts.get(person.contract)] for person in problem.staff
    }
    records: tuple[Any, ...] = (*problem.absences, *problem.requests)
    for record in records:
        if record.person in found:
            found[record.person].append(record)
    return found


def _taken(problem: Problem, ward: str) -> dict[int, int]:
    taken: dict[int, int] = defaultdict(int)
    for census in problem.census:
        if census.ward == ward:
            taken[census.day] += census.taken
    return taken
