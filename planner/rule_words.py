"""A rule in words: its family, its parameters, its sentence, whom it is for.

The words are messages: `family.FAMILY`, `field.rule.TYPE.NAME` or `field.rule.NAME` for a parameter,
`option.rule.NAME.VALUE` for a choice, `unit.UNIT` for a number, `says.TYPE` for the sentence and
`brief.TYPE` for the same in a few words. A sentence names the parameters in braces; `{bounds}` tells
`least` and `most` together, `{span}` a window with its length, `{more}` the parameters with a message
`more.NAME` that are not as usual.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from planner.clock import Horizon
from planner.facts import facts
from planner.fields import FieldSpec, specs
from planner.plain import text_of
from planner.problem import Problem
from planner.rules.contract import Rule, Scope
from planner.sentences import tag_words
from planner.words import clock, known, listing, minutes, number, percent, say

SHIFT_TAGS: Final = frozenset({"tag", "before", "after", "heavier", "spared"})
"""Names of parameters of roster rules that hold the tag of a shift."""
_TOGETHER: Final = {"heavier": "heavier_by"}
"""A parameter that says nothing without another one."""
_OWN: Final = frozenset(spec.name for spec in specs(Rule))

Mark = Callable[[str], str]
"""What is done to each value in a sentence, to make it stand out."""


def parameters(rule: Rule[Any, Any] | type[Rule[Any, Any]]) -> tuple[FieldSpec, ...]:
    """Give what a rule type has beside what all rules have."""
    cls = rule if isinstance(rule, type) else type(rule)
    return tuple(spec for spec in specs(cls) if spec.name not in _OWN)


def seldom(rule: Rule[Any, Any]) -> frozenset[str]:
    """Give the parameters that most rules of a type leave as they are, and that this one does.

    They are those that a sentence names only where they are not as usual (`more.NAME`).
    """
    named = {spec.name for spec in parameters(rule) if known(f"more.{spec.name}")}
    named |= {name for name, other in _TOGETHER.items() if other in named}
    return frozenset(
        spec.name
        for spec in parameters(rule)
        if spec.name in named and getattr(rule, spec.name) == spec.default
    )


def family(rule: Rule[Any, Any] | type[Rule[Any, Any]], lang: str) -> str:
    """Give the words of the family of a rule."""
    return say(f"family.{rule.family}", lang)


def field_words(type_name: str, name: str, lang: str) -> str:
    """Give the words of a field of a rule, in lower case; its bare name where there are none."""
    for message in (f"field.rule.{type_name}.{name}", f"field.rule.{name}"):
        if known(message):
            return say(message, lang)
    return name


def value_words(
    rule: type[Rule[Any, Any]], spec: FieldSpec, value: Any, horizon: Horizon, lang: str
) -> str:
    """Write a value of a parameter with its unit, for reading."""
    if value is None:
        return say("bounds.none", lang)
    match spec.form:
        case "whole":
            return amount_words(spec.unit, value, lang)
        case "time":
            return clock(value)
        case "flag":
            return say("compare.yes" if value else "compare.no", lang)
        case "choice":
            return option_words(spec.name, value, lang)
        case "weekdays":
            return weekday_words(value, lang)
        case "words":
            return " → ".join(tag_words(word, lang) for word in value)
        case "tags" if not value:
            return "–"
        case "pairs":
            return ", ".join(f"{tag_words(word, lang)} {number(n, lang)}" for word, n in value)
        case "text" if spec.name == "carried":
            return measure_words(value, lang)
        case "scope":
            return scope_words(value, lang) or say("scope.everything", lang)
        case "text" if rule.part == "roster" and spec.name in SHIFT_TAGS:
            return tag_words(value, lang)
    return text_of(spec, value, horizon)


def amount_words(unit: str, value: int, lang: str) -> str:
    """Write a number with its unit: 12 h, 6 days, 80%, 0.52."""
    match unit:
        case "minute":
            return minutes(value)
        case "per cent":
            return percent(value / 100, lang)
        case "hundredth":
            return number(value / 100, lang, 2)
        case "":
            return number(value, lang)
    return say(f"unit.{unit}", lang, n=value)


def measure_words(measure: str, lang: str) -> str:
    """Give the words of a carried measure; one of the house stands as it is written."""
    return say(f"measure.{measure}", lang) if known(f"measure.{measure}") else measure


def option_words(name: str, value: str, lang: str) -> str:
    """Give the words of one of the choices of a parameter."""
    message = f"option.rule.{name}.{value}"
    return say(message, lang) if known(message) else value


def weekday_words(days: Iterable[int], lang: str) -> str:
    """List weekdays by name, or say that any day is meant."""
    found = sorted(days)
    if len(found) in (0, 7):
        return say("weekday.any" if found else "weekday.none", lang)
    return listing([say(f"date.weekday.long.{day}", lang) for day in found], lang)


def scope_words(scope: Scope, lang: str) -> str:
    """Say whom a rule is for; nothing where it is for everyone."""
    return ", ".join(
        f"{kind_words(kind, lang)} {' / '.join(sorted(tags))}" for kind, tags in scope.tags
    )


def kind_words(kind: str, lang: str) -> str:
    """Give the words of a kind of tag."""
    message = f"scope.{kind}"
    return say(message, lang) if known(message) else kind


def _plainly(words: str) -> str:
    return words


def sentence(rule: Rule[Any, Any], horizon: Horizon, lang: str, *, mark: Mark = _plainly) -> str:
    """Say what a rule asks, with the parameters that it has now."""
    told = say(f"says.{rule.type}", lang, **_facts(rule, horizon, lang, mark))
    who = scope_words(rule.scope, lang)
    return f"{told} {say('says.for', lang, who=mark(who))}" if who else told


def brief(rule: Rule[Any, Any], horizon: Horizon, lang: str) -> str:
    """Say the parameters of a rule in a few words, and whom it is for."""
    told = say(f"brief.{rule.type}", lang, **_facts(rule, horizon, lang, _plainly))
    who = scope_words(rule.scope, lang)
    return f"{told} · {who}" if who else told


def source_words(rule: Rule[Any, Any], lang: str) -> str:
    """Say where a rule comes from: that of a pack in the reader's language, any other as it stands.

    A pack cites its law in the language of the law; what it says beside is in the catalogue. Values
    that are experience are named as such, so that they are never taken for law.
    """
    message = f"source {rule.source}"
    told = say(message, lang) if rule.source and known(message) else rule.source
    marked = [field_words(rule.type, name, lang) for name in sorted(rule.expert)]
    if not marked:
        return told
    experience = say("source.expert", lang, names=listing(marked, lang))
    return f"{told} – {experience}" if told else experience


def _facts(rule: Rule[Any, Any], horizon: Horizon, lang: str, mark: Mark) -> Mapping[str, str]:
    cls = type(rule)
    words = {
        spec.name: value_words(cls, spec, getattr(rule, spec.name), horizon, lang)
        for spec in parameters(rule)
    }
    window = getattr(rule, "window", None)
    if window is not None:
        length = "of" if "of" in words else "weeks" if window == "block" else "days"
        n = getattr(rule, length)
        words["span"] = say(f"span.{window}", lang, length=words[length], n=n)
    if {"least", "most"} <= words.keys():
        words["bounds"] = _bounds(rule, words, lang)
    marked = {name: mark(told) for name, told in words.items()}
    besides = [
        say(f"more.{spec.name}", lang, **marked)
        for spec in parameters(rule)
        if known(f"more.{spec.name}") and getattr(rule, spec.name) != spec.default
    ]
    return marked | {"more": "".join(f", {clause}" for clause in besides)}


def _bounds(rule: Rule[Any, Any], words: Mapping[str, str], lang: str) -> str:
    """Tell a minimum and a maximum as one; a minimum that is the least there can be is none."""
    low, high = getattr(rule, "least"), getattr(rule, "most")  # noqa: B009 - only some rules have them
    least = next(spec for spec in parameters(rule) if spec.name == "least")
    if low is not None and not least.optional and low <= least.low and high is not None:
        low = None
    told = {"low": words["least"], "high": words["most"]}
    if low is None or high is None:
        what = "low" if low is not None else "none" if high is None else "high"
    else:
        what = "same" if low == high else "both"
    return say(f"bounds.{what}", lang, **told)


def carried(problem: Problem, rule: Rule[Any, Any] | type[Rule[Any, Any]]) -> dict[str, list[str]]:
    """Give the tags by which the scope of a rule can tell apart what there is: kind → tags."""
    known_facts = facts(problem)
    tags: Mapping[Any, Mapping[str, frozenset[str]]]
    match rule.scoped:
        case "person":
            tags = known_facts.staff_tags
        case "case":
            tags = known_facts.case_tags
        case "session":
            tags = known_facts.session_tags
        case "surgeon":
            tags = known_facts.surgeon_tags
        case kind:
            ids = [str(record.id) for record in problem.records(kind)] if kind else []
            return {kind: sorted(ids)} if ids else {}
    found: dict[str, set[str]] = {}
    for each in tags.values():
        for kind, values in each.items():
            found.setdefault(kind, set()).update(value for value in values if value)
    return {kind: sorted(values) for kind, values in found.items() if values}


def shift_tags(problem: Problem) -> list[str]:
    """Give the tags of shifts that there are, then the shifts' own ids."""
    found = {tag for shift in problem.shifts for tag in shift.tags}
    return [*sorted(found), *(str(shift.id) for shift in problem.shifts)]
