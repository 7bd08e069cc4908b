"""Breaches, faults and notes as sentences: made only when shown, in the reader's language.

Besides its own facts a breach's sentence may use `who` (the first subject), `subjects` (all),
`first` and `last` (the dates of the days looked at) and `rule` (its title). A fact whose name is
`day` or ends in `_day` is a day number and becomes a date; so are `until`, a day before those looked
at, and `promised`, a day of which the patient was told. Tags of shifts in `tag` and `pattern`
are said in the reader's words (`tag.night`); a tag of the house's own stays as it is.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from planner.problem import Fault, Problem
from planner.rules.contract import Breach, Rule
from planner.words import day, known, say

_DAYS: Final = ("day", "until", "promised")
_DATE: Final = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")


def breach_sentence(problem: Problem, rule: Rule[Any, Any], breach: Breach, lang: str) -> str:
    """Say a breach with its arithmetic."""
    about, horizon = breach.about, problem.horizon
    facts: dict[str, Any] = {
        "who": about.subjects[0] if about.subjects else "",
        "subjects": list(about.subjects),
        "first": horizon.date(about.first),
        "last": horizon.date(about.last),
        "rule": title(rule, lang),
        "amount": breach.amount,
        "n": breach.amount,
        **breach.facts,
    }
    for name, value in facts.items():
        if isinstance(value, int) and (name in _DAYS or name.endswith("_day")):
            facts[name] = horizon.date(value)
        elif name in ("tag", "pattern"):
            facts[name] = ", ".join(tag_words(word, lang) for word in str(value).split())
        elif value == "-":  # a day of a roster without a shift
            facts[name] = say("board.off", lang)
    return say(about.what, lang, **facts)


def tag_words(word: str, lang: str) -> str:
    """Say a word of a pattern: a tag, some joined by `/`, `-` a day off, or `*` any day."""
    tags = [word] if word == "-" else word.split("/")
    said = (say(f"tag.{tag}", lang) if known(f"tag.{tag}") else tag for tag in tags)
    return f" {say('list.or', lang)} ".join(said)


def title(rule: Rule[Any, Any], lang: str) -> str:
    """Give the title of a rule in a language: its own, else its type's, else its id."""
    own = rule.title_fr if lang == "fr" else rule.title_en
    if own:
        return own
    message = f"rule.{rule.type}"
    return say(message, lang) if known(message) else rule.id


def fault_sentence(fault: Fault, lang: str) -> str:
    """Say what is wrong with a record."""
    return say(f"fault.{fault.what}", lang, **place(fault, lang), **dict(fault.facts))


def fault_hint(fault: Fault, lang: str) -> str:
    """Say what to do about a fault, and what it does until then where its kind of record tells."""
    message = f"fault.{fault.what}.{fault.kind}.hint"
    message = message if known(message) else f"fault.{fault.what}.hint"
    return say(message, lang, **place(fault, lang), **dict(fault.facts))


def fault_words(fault: Fault, lang: str) -> str:
    """Say what is wrong with a record, and what to do about it."""
    return f"{fault_sentence(fault, lang)}. {fault_hint(fault, lang)}"


def remark_words(what: str, facts: Mapping[str, Any], lang: str) -> str:
    """Say a remark of a run, and what to do about it where that is known; a fault is one too."""
    message = next((name for name in (f"remark.{what}", what) if known(name)), what)
    facts = {name: _dated(value, lang) for name, value in facts.items()}
    told = say(message, lang, **facts)
    hint = f"{message}.hint"
    return f"{told}. {say(hint, lang, **facts)}" if known(hint) else told


def _dated(value: Any, lang: str) -> Any:
    """Write the dates within a text, as 2026-10-05, in a language; one alone is for its sentence."""
    if not isinstance(value, str) or _DATE.fullmatch(value):
        return value
    return _DATE.sub(lambda found: day(dt.date.fromisoformat(found[0]), lang, "short"), value)


def place(fault: Fault, lang: str) -> dict[str, Any]:
    """Give the facts that say where a fault is: kind and field in words, and the id."""
    field = f"field.{fault.kind}.{fault.field}"
    return {
        "kind": say(f"kind.{fault.kind}", lang),
        "id": fault.id,
        "field": say(field, lang) if fault.field and known(field) else fault.field,
    }


def date_of(problem: Problem, day: int) -> dt.date:
    """Give the date of a day of a problem."""
    return problem.horizon.date(day)
