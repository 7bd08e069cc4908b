"""Cases that may be recognised by what is unusual about them, though nobody is named."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from planner.cases import Case
from planner.problem import Problem
from planner.record_words import record_words
from planner.words import say

FEW: Final = 5
"""Cases of one kind under which they may be recognised."""
Kind: TypeAlias = tuple[str, str, str, frozenset[str], bool]


class Rare(NamedTuple):
    """A case of which there are few alike, and how many those are, itself included."""

    case: Case
    alike: int


def kind_of(case: Case) -> Kind:
    """Give what makes a case like others: procedure, class, age and what is special."""
    return case.procedure, case.priority, case.age, case.flags, case.intensive is not None


def rare_cases(cases: Iterable[Case]) -> tuple[Rare, ...]:
    """Give the cases of which there are few alike, the rarest first."""
    there = tuple(cases)
    numbers = Counter(map(kind_of, there))
    found = (Rare(case, numbers[kind_of(case)]) for case in there)
    return tuple(
        sorted((e for e in found if e.alike < FEW), key=lambda each: (each.alike, each.case.id))
    )


def rare_lines(problem: Problem, found: Iterable[Rare], lang: str) -> list[str]:
    """Say of each rare case what it is, and how many there are of its kind."""
    named = {each.id: record_words(each, problem.horizon, lang) for each in problem.procedures}
    return [
        say(
            "share.rare.case",
            lang,
            case=case.id,
            what=", ".join(_parts(case, named.get(case.procedure, case.procedure), lang)),
            n=alike,
        )
        for case, alike in found
    ]


def _parts(case: Case, procedure: str, lang: str) -> list[str]:
    special = [*sorted(case.flags)]
    if case.intensive is not None:
        special.append(say("share.rare.intensive", lang))
    age = [say("share.rare.age", lang, age=case.age)] if case.age else []
    return [procedure, str(case.priority), *age, *special]
