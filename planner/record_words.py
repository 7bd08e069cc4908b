"""A record in words, and the value of a field in words: S7 Wed 7 Oct 12:30, 12 h, 14 October.

What a hospital names itself (a case, a person, a theatre) keeps its name; what has an id made of
other things (a session, a requirement, an absence) is told by them.
"""

from functools import lru_cache
from typing import Any, Final

from planner import rule_words
from planner.clock import Horizon
from planner.fields import KINDS, FieldSpec, specs
from planner.people import Absence
from planner.plain import NotPlainError, Plain, value
from planner.problem import Problem
from planner.rules.contract import Rule
from planner.sentences import title
from planner.words import clock, known, listing, minutes, number, percent, say
from planner.words import day as write_day

_OF_A_DAY: Final = ("day", "first")
"""Fields that say on which day a record is."""


def record_words(record: Any, horizon: Horizon, lang: str) -> str:
    """Say which record it is: a rule by its title, what is on a day by place and date."""
    return " ".join(each for each in record_parts(record, horizon, lang) if each)


def record_parts(record: Any, horizon: Horizon, lang: str) -> tuple[str, str]:
    """Give what a record is about and when it is, "" where it is at all times."""
    if isinstance(record, Rule):
        return title(record, lang), ""
    place = _place(record, horizon)
    day = next((getattr(record, name) for name in _OF_A_DAY if hasattr(record, name)), None)
    if not place or day is None:
        return str(record.id), ""
    date = horizon.date(day)
    if isinstance(record, Absence) and record.last != record.first:
        return place, say("compare.days", lang, first=date, last=horizon.date(record.last))
    when = day_words(day, horizon, lang)
    return place, f"{when} {clock(record.start)}" if hasattr(record, "theatre") else when


def _place(record: Any, horizon: Horizon) -> str:
    """Give what stands before the date of a record: a theatre, a person, a post, a ward."""
    for name in ("theatre", "person", "ward"):
        if hasattr(record, name):
            return str(getattr(record, name))
    ending = f"-{horizon.date(record.day).isoformat()}" if hasattr(record, "day") else ""
    return str(record.id).removesuffix(ending) if str(record.id).endswith(ending) and ending else ""


def id_words(problem: Problem, kind: str, id: str, lang: str) -> str:
    """Say which record of a problem has an id; the id itself where there is none."""
    found = next((each for each in problem.records(kind) if each.id == id), None)
    return id if found is None else record_words(found, problem.horizon, lang)


def plain_words(record: Any, field: str, given: Plain, horizon: Horizon, lang: str) -> str:
    """Write the plain value of a field of a record or rule for reading."""
    spec = next((spec for spec in specs(type(record)) if spec.name == field), None)
    if spec is None:
        return str(given)
    try:
        found = value(spec, given, horizon)
    except NotPlainError:
        return str(given)
    if isinstance(record, Rule):
        if spec.name == "tier":
            return (
                say("compare.must", lang) if found == 0 else say("compare.wish", lang, tier=found)
            )
        return rule_words.value_words(type(record), spec, found, horizon, lang) or _nothing(lang)
    kind = next(kind for kind, cls in KINDS.items() if cls is type(record))
    return value_words(kind, spec, found, horizon, lang) or _nothing(lang)


def _nothing(lang: str) -> str:
    return say("compare.nothing", lang)


def value_words(
    kind: str, spec: FieldSpec, found: Any, horizon: Horizon, lang: str, *, brief: bool = False
) -> str:
    """Write the value of a field of a kind of record, "" where there is none.

    `brief`: for a cell of a table, where lists have commas alone and weekdays their short names.
    """
    if found is None:
        return ""
    match spec.form:
        case "whole":
            return _whole_words(spec, found, lang)
        case "day":
            return day_words(found, horizon, lang)
        case "time":
            return clock(found)
        case "flag":
            return say("compare.yes" if found else "compare.no", lang)
        case "choice":
            message = f"option.{kind}.{spec.name}.{found}"
            return say(message, lang) if known(message) else str(found)
        case "words":
            return " ".join(found)
        case "weekdays" if not brief or len(found) == 7:
            return rule_words.weekday_words(found, lang)
        case "days" | "weekdays" | "links" | "tags" | "pairs":
            words = _each(spec, found, horizon, lang)
            return ", ".join(words) if brief else listing(words, lang)
    return str(found)


def _whole_words(spec: FieldSpec, found: int, lang: str) -> str:
    if spec.unit == "minute":
        return minutes(found)
    return percent(found / 100, lang) if spec.unit == "per cent" else number(found, lang)


def _each(spec: FieldSpec, found: Any, horizon: Horizon, lang: str) -> list[str]:
    """Write what a value has several of."""
    match spec.form:
        case "days":
            return [day_words(day, horizon, lang) for day in sorted(found)]
        case "weekdays":
            return [say(f"date.weekday.short.{day}", lang) for day in sorted(found)]
        case "pairs":
            return [f"{word} {n}" for word, n in found]
    return sorted(found)


@lru_cache(maxsize=8000)  # a table scrolls through them
def day_words(day: int, horizon: Horizon, lang: str) -> str:
    """Write a day in the short form, with its year where it is not that of the study."""
    date = horizon.date(day)
    words = write_day(date, lang, "short")
    return words if date.year == horizon.start.year else f"{words} {date.year}"
