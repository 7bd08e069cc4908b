"""Pins and accepted breaches that differ, in sentences."""

from collections.abc import Iterable, Iterator
from typing import Final

from planner.compare import Comparison
from planner.held import PinChange, WaiverChange
from planner.pin_words import pin_words
from planner.problem import Problem
from planner.rules.contract import Waiver
from planner.sentences import title
from planner.words import listing, say

_STATES: Final = {(False, True): "new", (True, False): "gone", (True, True): "other"}


def held_sentences(
    comparison: Comparison, scenario: str, problem: Problem, lang: str
) -> Iterator[str]:
    """Say what pins and accepted breaches a scenario has otherwise than the reference."""
    pins = (change for change in comparison.pins if change.scenario == scenario)
    yield from pin_sentences(pins, problem, lang)
    waivers = (change for change in comparison.waivers if change.scenario == scenario)
    yield from waiver_sentences(waivers, problem, lang)


def pin_sentences(changes: Iterable[PinChange], problem: Problem, lang: str) -> Iterator[str]:
    """Say which pins are new, gone or hold on other days."""
    for change in changes:
        before, after = (
            "" if pin is None else pin_words(problem, pin, lang)
            for pin in (change.before, change.after)
        )
        state = _STATES[bool(before), bool(after)]
        yield say(f"compare.pin.{state}", lang, pin=after or before, before=before)


def waiver_sentences(changes: Iterable[WaiverChange], problem: Problem, lang: str) -> Iterator[str]:
    """Say which breaches are accepted here only, no more, or otherwise."""
    titles = {rule.id: title(rule, lang) for rule in problem.rules}
    for change in changes:
        waiver = change.after or change.before
        assert waiver is not None
        state = _STATES[change.before is not None, change.after is not None]
        yield say(
            f"compare.waiver.{state}",
            lang,
            rule=titles.get(waiver.rule, waiver.rule),
            names=listing(sorted(waiver.subjects), lang),
            days=_days(problem, waiver, lang),
            why=_why(change.after, change.before),
        )


def _days(problem: Problem, waiver: Waiver, lang: str) -> str:
    first, last = (problem.horizon.date(day) for day in (waiver.first, waiver.last))
    return say("compare.day" if first == last else "compare.days", lang, first=first, last=last)


def _why(after: Waiver | None, before: Waiver | None) -> str:
    known = after or before
    return "" if known is None else known.reason
