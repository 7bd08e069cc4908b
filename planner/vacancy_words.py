"""Vacant duties and who could take them, in sentences."""

from collections.abc import Iterator
from typing import Final

from planner.problem import Problem
from planner.sentences import breach_sentence
from planner.vacancies import Taker, Vacancy
from planner.words import number, say

WORTH_SAYING: Final = 2
"""The last tier whose breaches are said; every roster has many of the others."""


def shifts_of(vacancy: Vacancy) -> str:
    """Give the shifts that would do: `N10/N12`."""
    return "/".join(sorted(map(str, vacancy.need.shifts)))


def vacancy_sentence(problem: Problem, vacancy: Vacancy, lang: str) -> str:
    """Say what is needed and not held: the post, the day, the shifts, the skill, how many."""
    facts = {"post": vacancy.label, "shifts": shifts_of(vacancy), "n": vacancy.missing}
    facts["day"] = problem.horizon.date(vacancy.need.day)
    skill = vacancy.need.skill
    if skill is None:
        return say("vacancy", lang, **facts)
    return say("vacancy.skill", lang, skill=skill, **facts)


def taker_title(taker: Taker, lang: str) -> str:
    """Say who would take it by which shift, and what she would do no more."""
    person, _, shift = taker.given
    if taker.instead:
        return say("vacancy.taker.instead", lang, who=person, shift=shift, instead=taker.instead)
    return say("vacancy.taker", lang, who=person, shift=shift)


def taker_price(taker: Taker, lang: str) -> str:
    """Say whether that breaks what must be kept, and what it gains or costs in points."""
    broken = len(taker.broken)
    first = say("vacancy.breaks" if broken else "vacancy.legal", lang, n=broken)
    what = "dearer" if taker.cost > 0 else "cheaper" if taker.cost < 0 else "same"
    return f"{first} {say(f'vacancy.{what}', lang, cost=number(abs(taker.cost), lang))}"


def taker_breaches(problem: Problem, taker: Taker, lang: str) -> Iterator[tuple[bool, str]]:
    """Say what would be broken that is not now: (hard, sentence), hard first, then the dearest."""
    shown = [each for each in taker.new if each.rule.tier <= WORTH_SAYING]
    for each in sorted(shown, key=lambda each: (not each.rule.hard, -each.cost)):
        yield each.rule.hard, breach_sentence(problem, each.rule, each.breach, lang)
