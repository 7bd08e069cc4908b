"""The lines that were found for a rotation, in sentences: what changes, its cost, what is left broken."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from planner.problem import Problem
from planner.rotation.comparing import Turned
from planner.rotation.wheel import Weeks
from planner.score import Judged, Judgement
from planner.sentences import breach_sentence, title
from planner.words import listing, minutes, number, say

_TOLD: Final = 2
"""The last tier whose breaches are told; most rosters have some of the others."""
OFF: Final = "–"


def explained(turned: Turned, lang: str, *, lines: bool = True) -> Iterator[str]:
    """Say which lines were found, or that they stay; what they cost beside those of now, and break.

    Without `lines` where a table shows them.
    """
    rotation, whole = turned.unrolled.wheel.rotation, turned.unrolled
    if not turned.changed:
        yield say("rotation.stays", lang, rotation=rotation.id)
    else:
        yield say("rotation.changed", lang, n=len(turned.changed), rotation=rotation.id)
        if lines:
            yield "\n".join(line_words(turned.weeks, lang))
    costs = {name: number(_total(found), lang) for name, found in _both(turned)}
    broken = {f"{name}_hard": found.score.breaches for name, found in _both(turned)}
    yield say("rotation.cost", lang, n=whole.weeks, **costs, **broken)
    hours = _mean(whole.problem, turned.weeks)
    yield say("rotation.hours", lang, hours=minutes(hours))
    for shift, people in whole.refused.items():
        who = listing(people, lang)
        yield say("rotation.refused", lang, n=len(people), shift=shift, people=who)
    yield from _left(whole.problem, turned.after, lang)
    if whole.aside:
        names = ", ".join(title(rule, lang) for rule in whole.aside)
        yield say("rotation.aside", lang, n=len(whole.aside), rules=names)


def line_words(weeks: Weeks, lang: str) -> Iterator[str]:
    """Write each line as a word a day, Monday first."""
    for place, week in enumerate(weeks, start=1):
        days = "  ".join("+".join(day) or OFF for day in week)
        yield say("rotation.line", lang, number=place, days=days)


def _both(turned: Turned) -> tuple[tuple[str, Judgement], tuple[str, Judgement]]:
    return ("before", turned.before), ("after", turned.after)


def _total(found: Judgement) -> int:
    return sum(found.score.tiers)


def _mean(problem: Problem, weeks: Weeks) -> int:
    """Give the minutes of work of a line on average."""
    shifts = {shift.id: shift for shift in problem.shifts}
    every = [shifts[id] for week in weeks for day in week for id in day]
    return sum(shift.minutes for shift in every if "work" in shift.tags) // max(1, len(weeks))


def _left(problem: Problem, found: Judgement, lang: str) -> Iterator[str]:
    """Say what is broken, a sentence a rule: how often in all cycles together, and the first time."""
    by_rule: dict[str, list[Judged]] = defaultdict(list)
    for each in found.judged:
        if each.cost > 0 and each.rule.tier <= _TOLD:
            by_rule[each.rule.id].append(each)
    for them in sorted(by_rule.values(), key=lambda found: (found[0].rule.tier, -_cost(found))):
        first = min(them, key=lambda it: (it.breach.about.first, it.breach.about.subjects))
        sentence = breach_sentence(problem, first.rule, first.breach, lang)
        what = "rotation.hard" if first.rule.hard else "rotation.soft"
        yield say(what, lang, n=len(them), sentence=sentence)


def _cost(them: list[Judged]) -> int:
    return sum(each.cost for each in them)


def answer_document(turned: Turned, lang: str) -> dict[str, Any]:
    """Give the lines before and after as a plain document, with the sentences."""
    return {
        "rotation": turned.unrolled.wheel.rotation.id,
        "weeks": turned.unrolled.weeks,
        "lines": [[list(day) for day in week] for week in turned.weeks],
        "changed": [{"line": line, "weekday": day} for line, day in turned.changed],
        "aside": [rule.id for rule in turned.unrolled.aside],
        "told": list(explained(turned, lang)),
    }
