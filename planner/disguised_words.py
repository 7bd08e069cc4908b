"""Words that anybody may type and that rules read all the same: those of a list stay, others get codes.

A word is one of a list if a pack of rules or the program reads it, if a catalogue of the house has it
as a code, or if so many carry it that it tells nobody. Any other may be a sentence about somebody.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from planner import demand, packs
from planner.packs.pack import USUAL
from planner.plan_demand import HIGH_RISK
from planner.problem import Problem
from planner.rarity import FEW
from planner.rules.contract import Scope
from planner.study import Study

FAMILIES: Final[Mapping[tuple[str, str], str]] = {
    ("staff", "role"): "role",
    ("staff", "team"): "team",
    ("staff", "skills"): "skill",
    ("cover", "skill"): "skill",
    ("weekly", "skill"): "skill",
    ("rule", "skill"): "skill",
    ("rule", "beside"): "skill",
    ("case", "flags"): "flag",
}
"""Kind and field → which words it holds: those of scopes by that name, too."""
LETTERS: Final[Mapping[str, str]] = {"role": "R", "team": "T", "skill": "Q", "flag": "F"}
"""The letter of the codes of each."""
_CARRIED: Final = {("staff", "role"), ("staff", "team"), ("staff", "skills"), ("case", "flags")}
_LEVEL: Final = re.compile(r"[:=][0-4]$")
_AGE: Final = re.compile(r"\d{1,3}([-–]\d{1,3})?\+?")
_YEARS: Final = re.compile(r"(\d{1,3})(?=[^\W\d_]|\s|$)")


def plain_age(text: str) -> str:
    """Give an age or a span of ages as it is; of other words, the number of years that they begin with.

    >>> [plain_age(text) for text in ("50-59", "90+", "75 ans, veuve", "12/03/1951", "née en 1951")]
    ['50-59', '90+', '75', '', '']
    """
    words = text.strip()
    if _AGE.fullmatch(words):
        return words
    years = _YEARS.match(words)
    return years[1] if years else ""


def stem(word: str) -> tuple[str, str]:
    """Give a skill and what stands for its level.

    >>> stem("ortho:3"), stem("ortho")
    (('ortho', ':3'), ('ortho', ''))
    """
    found = _LEVEL.search(word)
    return (word, "") if found is None else (word[: found.start()], found[0])


def words(study: Study) -> Mapping[str, frozenset[str]]:
    """Give all such words of a study, those of its changes and rules included, by what they are."""
    found: dict[str, set[str]] = defaultdict(set)
    changes = tuple(study.all_changes())
    for (kind, field), family in FAMILIES.items():
        for record in study.base.records(kind):
            found[family] |= _plain(getattr(record, field, None))
        for change in changes:
            if change.kind == kind:
                found[family] |= set(_changed(change, field))
    for rule in study.base.records("rule"):
        for kind, tags in rule.scope.tags:
            if kind in LETTERS:
                found[kind] |= _plain(tags)
    for change in changes:
        for scope in _changed_scopes(change):
            for kind in scope.keys() & LETTERS.keys():
                found[kind] |= _plain(scope[kind])
    return {family: frozenset(found[family] - {""}) for family in LETTERS}


def of_a_list(study: Study) -> Mapping[str, frozenset[str]]:
    """Give the words of a study that are of a list, by what they are."""
    counts: Counter[tuple[str, str]] = Counter()
    for kind, field in _CARRIED:
        family = FAMILIES[kind, field]
        for record in study.base.records(kind):
            counts.update((family, word) for word in _plain(getattr(record, field)))
    ids = _ids(study.base)
    return {
        family: frozenset(
            word
            for word in every
            if counts[family, word] >= FEW or {word, word.casefold()} & (_known() | ids)
        )
        for family, every in words(study).items()
    }


def _ids(problem: Problem) -> frozenset[str]:
    kinds = ("specialty", "shift", "contract", "ward", "recovery", "equipment", "procedure")
    return frozenset(str(each.id).casefold() for kind in kinds for each in problem.records(kind))


@cache
def _known() -> frozenset[str]:
    """Give the words that packs of rules and the program read, without regard to case."""
    rules = [rule for name in packs.names() for rule in packs.load(name).rules]
    found = {*USUAL["flag"], *HIGH_RISK, "teaching", *(f"asa{n}" for n in range(1, 6))}
    found |= {demand.NURSES, demand.IBODE, demand.FLOATS, demand.ANAESTHETIC_NURSES}
    found |= {demand.ASSISTANTS, demand.ANAESTHETISTS}
    for rule in rules:
        found |= {getattr(rule, name, "") for name in ("skill", "beside")}
        for kind, tags in rule.scope.tags:
            found |= tags if kind in LETTERS else set()
    return frozenset(stem(word)[0].casefold() for word in found if word)


def _plain(value: Any) -> set[str]:
    if not value:
        return set()
    each = [value] if isinstance(value, str) else value
    return {stem(word)[0] for word in each if isinstance(word, str)}


def _changed(change: Any, field: str) -> Iterator[str]:
    if getattr(change, "field", "") == field:
        for value in (getattr(change, "expected", None), getattr(change, "value", None)):
            yield from _plain(value)
    for name, value in getattr(change, "record", ()):
        if name == field:
            yield from _plain(value)


def _changed_scopes(change: Any) -> Iterator[Mapping[str, Any]]:
    values = [value for name, value in getattr(change, "record", ()) if name == "scope"]
    if getattr(change, "field", "") == "scope":
        values += [getattr(change, "expected", None), getattr(change, "value", None)]
    for value in values:
        yield dict(value.tags) if isinstance(value, Scope) else value if value else {}
