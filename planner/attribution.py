"""Why did a figure move? The difference of an additive indicator, split into causes that add up.

Every amount belongs to a key (a case, a session, a person …). Where only facts or only the plan of a
key moved, that is the cause of its whole amount. Where both did, the plan of before is looked at
under the facts of now: what moves then is due to the facts, the rest to the plan. The amounts of all
causes sum to the difference exactly.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from planner.kpis.contract import Amounts, Key, Outcome
from planner.plan import Plan
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


class Moved(NamedTuple):
    """What moved of a key: its facts, what is planned of it (message ids), or neither by itself.

    `whole` is what happened to a key that is new, gone or given away: nothing of it is split.
    """

    facts: str = ""
    plan: str = ""
    whole: str = ""

    def one(self, around: str) -> str:
        """Give the cause of an amount that is not split; `around` where the key itself is as it was."""
        return self.whole or self.plan or self.facts or around


Between = Callable[[], Amounts | None]
"""What gives the amounts of the plan of before under the facts of now; None: they are not known."""


def causes(
    before: Amounts, after: Amounts, pair: "Pair", between: Between | None = None
) -> tuple[Cause, ...]:
    """Split the difference `after − before` by what happened to each key; largest share first."""
    deltas = {
        key: delta
        for key in sorted(before.keys() | after.keys())
        if (delta := after.get(key, 0) - before.get(key, 0))
    }
    both = [key for key in deltas if pair.both_moved(key)]
    middle = between() if both and between is not None else None
    shares: dict[str, dict[str, int]] = defaultdict(dict)
    for key, delta in deltas.items():
        for what, amount in _parts(key, delta, before, middle, pair):
            shares[what][key[1]] = amount
    found = [_cause(what, share) for what, share in shares.items()]
    return tuple(sorted(found, key=lambda cause: (-abs(cause.amount), cause.what)))


def _parts(
    key: Key, delta: int, before: Amounts, middle: Amounts | None, pair: "Pair"
) -> Iterator[tuple[str, int]]:
    if key[0] in _JUDGED:
        yield pair.judged(key, delta), delta
    elif middle is None or not pair.both_moved(key):
        yield pair.happened(key), delta
    else:
        moved = pair.moved(key)
        by_facts = middle.get(key, 0) - before.get(key, 0)
        if by_facts:
            yield moved.facts, by_facts
        if delta - by_facts:
            yield moved.plan, delta - by_facts


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
        self._known: dict[Key, Moved] = {}

    def happened(self, key: Key) -> str:
        """Name what happened to a key, its plan before its facts; the same for every indicator."""
        kind = key[0] if key[0] in _NAMED else "record"
        return self.moved(key).one(f"cause.{kind}_around")

    def both_moved(self, key: Key) -> bool:
        """Tell whether an amount of a key has two causes: its facts, and what is planned of it."""
        moved = self.moved(key)
        return bool(moved.facts and moved.plan and not moved.whole)

    def moved(self, key: Key) -> Moved:
        """Tell what moved of a key."""
        known = self._known.get(key)
        if known is None:
            kind, id = key
            told = _NAMED.get(kind)
            before, after = self._records(kind, id)
            known = Moved() if told is None else told(self, id, before, after)
            self._known[key] = known
        return known

    @cached_property
    def between(self) -> Outcome:
        """The plan of before under the facts of now, but for what names records that have gone."""
        problem, plan = self.other.problem, self.reference.plan
        cases, sessions, people, shifts = (
            {str(record.id) for record in problem.records(kind)}
            for kind in ("case", "session", "staff", "shift")
        )
        kept = Plan.build(
            (p for p in plan.placements if p.case in cases and p.session in sessions),
            (d for d in plan.duties if d.person in people and d.shift in shifts),
        )
        return Outcome(problem, kept, self.other.waivers, self.reference)

    def _records(self, kind: str, id: str) -> tuple[Any, Any]:
        """Give the record of a key on both sides, None where it is not there."""
        if kind not in self._indexes:
            sides = (self.reference.problem, self.other.problem)
            was, now = ({r.id: r for r in side.records(kind)} for side in sides)
            self._indexes[kind] = (was, now)
        before, after = self._indexes[kind]
        return before.get(id), after.get(id)

    def _differ(self, kind: str, id: str | None) -> bool:
        """Tell whether a record is another one on the two sides."""
        was, now = self._records(kind, id or "")
        return bool(was != now)

    # --- theatres ---------------------------------------------------------------------------------

    def case(self, id: str, before: Any, after: Any) -> Moved:
        """Tell where a case went, and whether it is another one."""
        if before is None or after is None:
            return Moved(whole="cause.case_added" if before is None else "cause.case_removed")
        facts = "cause.case_facts" if self._other_case(before, after) else ""
        was, now = self._where(id)
        if was is None or now is None:
            plan = "cause.case_placed" if was is None else "cause.case_left_out"
            return Moved(facts, "" if was is now else plan)
        if was.session.day != now.session.day:
            plan = "cause.case_other_day"
        elif was.session.id != now.session.id:
            plan = "cause.case_other_session"
        elif was.surgeon != now.surgeon:
            plan = "cause.case_other_surgeon"
        else:
            plan = "cause.case_other_start" if was.start != now.start else ""
        if facts and plan and self._records("session", was.session.id)[1] is None:
            return Moved(whole=plan)  # the old place is no more: nothing to look at between the two
        return Moved(facts, plan)

    def _other_case(self, before: Any, after: Any) -> bool:
        return bool(before != after) or self._differ("procedure", before.procedure)

    def _where(self, id: Any) -> tuple[Placed | None, Placed | None]:
        return self.reference.theatre.where(id), self.other.theatre.where(id)

    def session(self, id: str, before: Any, after: Any) -> Moved:
        """Tell what became of a session: opened, closed, given to others, or used otherwise."""
        if before is None or (after is not None and before.closed and not after.closed):
            return Moved(whole="cause.session_opened")
        if after is None or (after.closed and not before.closed):
            return Moved(whole="cause.session_closed")
        if before.owners != after.owners:
            return Moved(whole="cause.session_other_owner")
        was = {placed.case.id: placed for placed in self.reference.theatre.inside(before)}
        now = {placed.case.id: placed for placed in self.other.theatre.inside(after)}
        facts = "cause.session_facts" if before != after else ""
        if not facts and any(self._other_inside(each) for each in was):
            facts = "cause.session_case_facts"
        if was.keys() != now.keys():
            return Moved(facts, "cause.session_other_cases")
        starts = any(was[id].start != now[id].start for id in was)
        return Moved(facts, "cause.session_other_starts" if starts else "")

    def _other_inside(self, id: str) -> bool:
        before, after = self._records("case", id)
        return before is None or after is None or self._other_case(before, after)

    def surgeon(self, id: str, before: Any, after: Any) -> Moved:
        """Tell what a surgeon does otherwise, and whether she or her cases are other ones."""
        was, now = self._operated[0].get(id, {}), self._operated[1].get(id, {})
        facts = "cause.surgeon_facts" if before != after else ""
        if not facts and any(self._other_inside(each) for each in was):
            facts = "cause.surgeon_case_facts"
        if was.keys() != now.keys():
            return Moved(facts, "cause.surgeon_other_cases")
        return Moved(facts, "cause.surgeon_other_times" if was != now else "")

    @cached_property
    def _operated(self) -> tuple[Mapping[str, Mapping[str, Any]], ...]:
        """Case → (session, start) by surgeon, on both sides."""
        return tuple(_by_surgeon(outcome) for outcome in (self.reference, self.other))

    def ward(self, id: str, before: Any, after: Any) -> Moved:
        """Tell whether patients or beds moved."""
        sides = (self.reference.problem, self.other.problem)
        was, now = (_taken(problem, id) for problem in sides)
        facts = "" if before == after and was == now else "cause.ward_beds"
        return Moved(facts, "" if self._same_placements else "cause.ward_patients")

    @cached_property
    def _same_placements(self) -> bool:
        return set(self.reference.plan.placements) == set(self.other.plan.placements)

    # --- people -----------------------------------------------------------------------------------

    def staff(self, id: str, before: Any, after: Any) -> Moved:
        """Tell what a person does otherwise, and what else moved for her."""
        if before is None or after is None:
            return Moved(whole="cause.staff_added" if before is None else "cause.staff_removed")
        was, now = _duties(self.reference, id), _duties(self.other, id)
        facts = self._of_person(id, {shift for _, shift in was})
        if was == now:
            return Moved(facts)
        if len(was) == len(now):
            return Moved(facts, "cause.staff_other_duties")
        more = len(now) > len(was)
        return Moved(facts, "cause.staff_more_duties" if more else "cause.staff_fewer_duties")

    def _of_person(self, id: str, worked: set[str]) -> str:
        """Tell which facts moved for a person: her own, those of her shifts, both or none."""
        own = self._own[0].get(id) != self._own[1].get(id)
        if any(self._differ("shift", shift) for shift in worked):
            return "cause.staff_facts_and_shifts" if own else "cause.staff_shifts"
        return "cause.staff_facts" if own else ""

    @cached_property
    def _own(self) -> tuple[Mapping[str, list[Any]], ...]:
        """What may count of each person, on both sides: contract, share, absences, requests."""
        return tuple(_facts_of(outcome.problem) for outcome in (self.reference, self.other))

    def cover(self, id: str, before: Any, after: Any) -> Moved:
        """Tell whether people or the need moved."""
        if before is None or after is None:
            return Moved(whole="cause.cover_added" if before is None else "cause.cover_removed")
        was, now = (each.get(before.day) for each in self._on_duty)
        return Moved(
            "cause.cover_need" if before != after else "",
            "cause.cover_people" if was != now else "",
        )

    @cached_property
    def _on_duty(self) -> tuple[Mapping[int, set[tuple[str, str]]], ...]:
        """Who does what, by day, on both sides."""
        return tuple(_by_day(outcome.plan) for outcome in (self.reference, self.other))

    # --- what only an audit finds -----------------------------------------------------------------

    def judged(self, key: Key, delta: int) -> str:
        """Name the cause of what an audit finds: the plan, facts, or both together, for better or worse.

        A second audit could tell facts and plan apart, and would cost as much as the comparison.
        """
        kind, id = key
        if kind != "rule":
            return f"cause.{kind}_cost"
        if self._differ("rule", id):
            return "cause.rule_changed"
        if self._same_plan or self._same_facts:
            why = "facts" if self._same_plan else "plan"
        else:
            why = "both"
        return f"cause.rule_{why}_{'better' if delta < 0 else 'worse'}"

    @cached_property
    def _same_plan(self) -> bool:
        return self._same_placements and set(self.reference.plan.duties) == set(
            self.other.plan.duties
        )

    @cached_property
    def _same_facts(self) -> bool:
        return self.reference.problem is self.other.problem or (
            self.reference.problem == self.other.problem
        )


_NAMED: Mapping[str, Callable[[Pair, str, Any, Any], Moved]] = {
    "case": Pair.case,
    "session": Pair.session,
    "surgeon": Pair.surgeon,
    "staff": Pair.staff,
    "cover": Pair.cover,
    "ward": Pair.ward,
}
_JUDGED: Final = frozenset({"rule", "contract"})
"""The kinds of key of what an audit finds."""
assert _NAMED.keys() | _JUDGED <= ATTRIBUTES.keys()


def _by_surgeon(outcome: Outcome) -> dict[str, dict[str, tuple[str, int | None]]]:
    found: dict[str, dict[str, tuple[str, int | None]]] = defaultdict(dict)
    for placed in outcome.theatre.all_placed():
        if placed.surgeon is not None:
            found[placed.surgeon][placed.case.id] = (placed.session.id, placed.start)
    return found


def _duties(outcome: Outcome, id: str) -> list[tuple[int, str]]:
    worked = outcome.roster.duties(id, 0, outcome.problem.horizon.last)
    return [(each.day, each.shift.id) for each in worked]


def _by_day(plan: Plan) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for duty in plan.duties:
        found[duty.day].add((str(duty.person), str(duty.shift)))
    return found


def _facts_of(problem: Problem) -> Mapping[str, list[Any]]:
    contracts = {contract.id: contract for contract in problem.contracts}
    found: dict[str, list[Any]] = {
        person.id: [replace(person, name=""), contracts.get(person.contract)]
        for person in problem.staff
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
