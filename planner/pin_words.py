"""Pins in words: what one holds, and where that is in a plan."""

from collections.abc import Iterable
from typing import Any

from planner.cases import CaseId
from planner.facts import facts
from planner.hospital import SessionId
from planner.pinning import KINDS
from planner.problem import Problem
from planner.study import Pin
from planner.view import TheatreView
from planner.words import listing, say


def pin_words(problem: Problem, pin: Pin, lang: str) -> str:
    """Say what a pin holds: case K1; session A (R1, Mon 5 Oct); Mon 5 Oct of P1; Mon 5 Oct, everybody."""
    if pin.kind == "session":
        session = facts(problem).sessions.get(SessionId(pin.id))
        if session is not None:
            day = problem.horizon.date(session.day)
            return say("pin.session", lang, id=pin.id, theatre=session.theatre, day=day)
    if pin.kind in ("person", "day"):
        return say(f"pin.{pin.kind}", lang, id=pin.id, days=_days(problem, pin, lang))
    return say(f"pin.{pin.kind}.id", lang, id=pin.id)


def _days(problem: Problem, pin: Pin, lang: str) -> str:
    told: dict[str, Any] = {
        name: problem.horizon.date(day)
        for name, day in (("first", pin.first), ("last", pin.last))
        if day is not None
    }
    if pin.first is not None and pin.first == pin.last:
        return say("pin.days.one", lang, **told)
    return say(f"pin.days.{'_'.join(told) or 'all'}", lang, **told)


def place_words(view: TheatreView, pin: Pin, lang: str) -> str:
    """Say where a plan has a case that is pinned; "" for other pins."""
    if pin.kind != "case":
        return ""
    placed = view.where(CaseId(pin.id))
    if placed is None:
        return say("pin.waits", lang)
    session = placed.session
    start = session.start if placed.start is None else placed.start
    day = view.problem.horizon.date(session.day)
    return say("pin.place", lang, theatre=session.theatre, day=day, start=start)


def tally(pins: Iterable[Pin], lang: str) -> str:
    """Count pins by kind: 12 cases and 1 session."""
    count = dict.fromkeys(KINDS, 0)
    for pin in pins:
        count[pin.kind] = count.get(pin.kind, 0) + 1
    return listing((say(f"pin.n.{kind}", lang, n=n) for kind, n in count.items() if n), lang)
