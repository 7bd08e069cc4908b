"""A sick call and the answers to it, in sentences and as a document: what it costs, and whom to tell."""

from collections.abc import Iterator
from typing import Any, Final

from planner.clock import written
from planner.day_events import read_event
from planner.day_words import event_sentence, moment_words
from planner.edits import EditRefusedError
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.sick.call import Called, is_sick_call, read_sick_call
from planner.sick.standing import Cell, Repaired, StandIns
from planner.words import listing, number, say

WORTH_SAYING: Final = 2
"""The last tier whose breaches are said; every roster has many of the others."""


def typed_words(event: str, lang: str) -> str:
    """Say an event that is known as it was typed, without a full stop; as typed if it is none."""
    try:
        if is_sick_call(event):
            call = read_sick_call(event)
            people = listing(call.people, lang)
            return say("sick.typed", lang, people=people, first=call.first, last=call.last)
        return event_sentence(read_event(event), lang).removesuffix(".")
    except EditRefusedError:
        return event


def call_sentence(called: Called, lang: str) -> str:
    """Say who is away, and how many duties are lost."""
    call = called.call
    return say(
        "sick.event",
        lang,
        n=len(called.lost),
        people=listing(call.people, lang),
        first=call.first,
        last=call.last,
    )


def title(answer: StandIns, lang: str) -> str:
    """Say in a few words what an answer does."""
    if answer.reach == "nothing":
        return say("sick.nothing", lang)
    return say("sick.changes", lang, n=len(answer.cells))


def cost(answer: StandIns, nothing: StandIns, lang: str) -> str:
    """Say what an answer costs against nobody standing in, and what it breaks."""
    broken = answer.score.breaches
    first = say("sick.hard" if broken else "sick.legal", lang, n=broken)
    if answer is nothing:
        return first
    more, people = answer.cost - nothing.cost, answer.unrest - nothing.unrest
    what = "sick.dearer" if more > 0 else "sick.cheaper" if more < 0 else "sick.same"
    told = {"roster": _signed(more - people, lang), "people": _signed(people, lang)}
    return f"{first} {say(what, lang, cost=abs(more), **told)}"


def _signed(points: int, lang: str) -> str:
    return f"{'+' if points > 0 else ''}{number(points, lang)}"


def broken(called: Called, answer: StandIns, lang: str) -> Iterator[tuple[bool, str]]:
    """Say what is broken that was not before the call: (hard, sentence), hard first, then the dearest."""
    shown = [each for each in answer.new if each.rule.tier <= WORTH_SAYING]
    for each in sorted(shown, key=_order):
        yield each.rule.hard, breach_sentence(called.problem, each.rule, each.breach, lang)


def _order(each: Judged) -> tuple[bool, int]:
    return not each.rule.hard, -each.cost


def cell_sentence(called: Called, cell: Cell, lang: str) -> str:
    """Say to a person what changes for her on a day."""
    what = "stands_in" if cell.before is None else "off" if cell.after is None else "other"
    return say(
        f"sick.cell.{what}",
        lang,
        person=cell.person,
        date=called.problem.horizon.date(cell.day),
        before=cell.before or "",
        after=cell.after or "",
    )


def numbered(found: Repaired) -> tuple[tuple[int, StandIns], ...]:
    """Number the answers for who chooses: the best is 1, that nobody stands in is always 0."""
    others = [each for each in found.answers if each is not found.nothing]
    return tuple(
        (0 if each is found.nothing else others.index(each) + 1, each) for each in found.answers
    )


def document(found: Repaired, lang: str) -> dict[str, Any]:
    """Give a sick call and the answers to it as plain values, the best first."""
    called, horizon = found.called, found.called.problem.horizon
    return {
        "event": called.call.words,
        "sentence": call_sentence(called, lang),
        "moment": moment_words(called.problem, called.moment, lang),
        "day": horizon.date(called.moment.day).isoformat(),
        "now": written(called.moment.now),
        "lost": [
            {"person": each.person, "day": horizon.date(each.day).isoformat(), "shift": each.shift}
            for each in called.lost
        ],
        "best": numbered(found)[0][0],
        "answers": [_answer(found, each, number, lang) for number, each in numbered(found)],
        "seconds": round(found.seconds, 3),
    }


def _answer(found: Repaired, answer: StandIns, number: int, lang: str) -> dict[str, Any]:
    called, score = found.called, answer.score
    horizon = called.problem.horizon
    cells = [
        {
            "person": cell.person,
            "day": horizon.date(cell.day).isoformat(),
            "track": cell.track,
            "from": cell.before,
            "to": cell.after,
        }
        for cell in answer.cells
    ]
    return {
        "number": number,
        "reach": answer.reach,
        "title": title(answer, lang),
        "cost": cost(answer, found.nothing, lang),
        "score": {
            "hard": score.hard,
            "breaches": score.breaches,
            "waived": score.waived,
            "tiers": list(score.tiers),
            "total": score.total,
        },
        "unrest": answer.unrest,
        "cells": cells,
        "breaches": [
            {"hard": hard, "sentence": told} for hard, told in broken(called, answer, lang)
        ],
        "told": {"staff": [cell_sentence(called, cell, lang) for cell in answer.cells]},
    }
