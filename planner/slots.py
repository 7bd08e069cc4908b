"""Good places for one patient in a plan as it stands, what each costs, and why the others are none."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from planner.cases import Case, CaseId
from planner.clock import written
from planner.edits import EditRefusedError
from planner.facts import facts
from planner.hospital import Session, SessionId
from planner.plan import Placement
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.sentences import title
from planner.words import clauses, number, say


class Item(NamedTuple):
    """What a place adds to the cost by one rule, or takes away."""

    rule: Rule[Any, Any]
    cost: int


class Slot(NamedTuple):
    """A place for a case: what it adds to the score of the plan, and by which rules, the largest first."""

    placement: Placement
    cost: int
    items: tuple[Item, ...]


class Why(NamedTuple):
    """The first reason for which some sessions are no place for a case: a message id and its facts."""

    what: str
    sessions: tuple[SessionId, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The best places for a case, and why all other sessions are none; `new`: no record has it yet."""

    case: Case
    problem: Problem
    slots: tuple[Slot, ...] = ()
    refused: tuple[Why, ...] = ()
    seconds: float = 0.0
    new: bool = False


def new_case(problem: Problem, procedure: str, surgeon: str | None, priority: str) -> Case:
    """Make the case of a new patient, as long as the procedure usually takes.

    Raises:
        EditRefusedError: there is no such procedure, surgeon or class of urgency.
    """
    known = facts(problem)
    found = next((each for each in problem.procedures if each.id == procedure), None)
    if found is None:
        raise EditRefusedError("slots_no_procedure", id=procedure)
    if surgeon is not None and surgeon not in known.surgeons:
        raise EditRefusedError("event_no_surgeon", id=surgeon)
    urgency = next((each for each in problem.priorities if each.id == priority), None)
    if urgency is None:
        raise EditRefusedError("event_no_priority", id=priority)
    id = next(name for name in _names() if name not in known.cases)
    return Case(
        id=CaseId(id),
        procedure=found.id,
        specialty=found.specialty,
        surgeons=frozenset(filter(None, (surgeon,))),
        priority=urgency.id,
        mean=found.mean,
        deviation=found.deviation,
        listed=known.as_of,
        due=known.as_of + urgency.wait,
    )


def _names() -> Iterable[str]:
    yield "NEW"
    yield from (f"NEW-{n}" for n in range(2, 1_000_000))


def place_words(problem: Problem, slot: Slot, lang: str) -> str:
    """Say where a place is: day, theatre, time, surgeon."""
    known = facts(problem)
    session = known.sessions[slot.placement.session]
    return say(
        "slots.place",
        lang,
        day=problem.horizon.date(session.day),
        theatre=session.theatre,
        session=session.id,
        start=slot.placement.start or 0,
        surgeon=slot.placement.surgeon or "–",
    )


def short_words(problem: Problem, slot: Slot, lang: str) -> str:
    """Say where a place is in a few words."""
    session = facts(problem).sessions[slot.placement.session]
    return say(
        "slots.place.short",
        lang,
        day=problem.horizon.date(session.day),
        theatre=session.theatre,
        start=slot.placement.start or 0,
        surgeon=slot.placement.surgeon or "–",
    )


def price_words(slot: Slot, lang: str) -> str:
    """Say what a place adds to the cost of the plan or takes away."""
    what = "slots.dearer" if slot.cost > 0 else "slots.cheaper" if slot.cost < 0 else "slots.same"
    return say(what, lang, cost=abs(slot.cost))


def item_words(item: Item, lang: str) -> str:
    """Say an item with its rule."""
    sign = "+" if item.cost > 0 else ""
    return say("slots.item", lang, rule=title(item.rule, lang), cost=sign + number(item.cost, lang))


def why_words(why: Why, lang: str) -> str:
    """Say why some sessions are no place."""
    rules = ", ".join(title(rule, lang) for rule in why.facts.get("rules", ()))
    told = dict(why.facts) | {"rules": rules}
    return say(f"slots.why.{why.what}", lang, n=len(why.sessions), **told)


def none_words(found: Slots, lang: str) -> str:
    """Say that there is no place, and why, the reason of most sessions first."""
    reasons = [why_words(why, lang) for why in found.refused]
    who = say("slots.new", lang) if found.new else found.case.id
    told = {"case": who, "reasons": clauses(reasons, lang)}
    return say("slots.none" if reasons else "slots.no_session", lang, **told)


def document(found: Slots, lang: str) -> dict[str, Any]:
    """Give places and reasons as plain values, the best place first."""
    return {
        "case": found.case.id,
        "slots": [_slot(found.problem, slot, lang) for slot in found.slots],
        "refused": [
            {
                "reason": why.what,
                "sessions": list(why.sessions),
                "sentence": why_words(why, lang),
            }
            for why in found.refused
        ],
        "sentence": "" if found.slots else none_words(found, lang),
        "seconds": round(found.seconds, 3),
    }


def _slot(problem: Problem, slot: Slot, lang: str) -> dict[str, Any]:
    session: Session = facts(problem).sessions[slot.placement.session]
    date: dt.date = problem.horizon.date(session.day)
    start = slot.placement.start
    return {
        "day": date.isoformat(),
        "session": session.id,
        "theatre": session.theatre,
        "start": None if start is None else written(start),
        "surgeon": slot.placement.surgeon,
        "cost": slot.cost,
        "items": [
            {"rule": each.rule.id, "cost": each.cost, "sentence": item_words(each, lang)}
            for each in slot.items
        ],
        "sentence": place_words(problem, slot, lang),
        "short": short_words(problem, slot, lang),
        "price": price_words(slot, lang),
    }
