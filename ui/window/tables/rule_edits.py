"""What a hand does to rules: every edit is a change of the open scenario, a value to be undone."""

import dataclasses
from typing import Any

from planner.amending import Amend
from planner.changes import Add, Change, ChangeSet, Set, removal
from planner.edits import Edit
from planner.fields import FieldSpec, specs
from planner.hand_edits import Inherit, Together
from planner.plain import plain, to_plain
from planner.problem import Problem
from planner.rule_words import field_words, value_words
from planner.rules import catalogue
from planner.rules.contract import Rule
from planner.sentences import title
from ui.window.document import Document
from ui.window.tables.rule_origin import Origins
from ui.window.workbench import Workbench

NEW_TIER = 4
"""A new rule is a wish of the last level, until somebody makes more of it."""


def tune(bench: Workbench, rule: Rule[Any, Any], **values: Any) -> bool:
    """Give fields of a rule other values; steps on the same fields are one step to undo."""
    document = bench.document
    if document is None:
        return False
    known = {spec.name: spec for spec in specs(type(rule))}
    before = {name: getattr(rule, name) for name in values}
    changes = tuple(
        _set(rule, known[name], value, document.problem)
        for name, value in values.items()
        if value != before[name]
    )
    if not changes:
        return False
    told = known[changes[0].field]
    was = _inherited(document, rule, told.name)
    name = _named(bench, rule, told, was, values[told.name])
    burst = f"rule {document.name} {rule.id} {' '.join(values)}"
    edit = Amend(scenario=document.name, group=ChangeSet(name=name, changes=changes))
    return bench.do(edit, burst=burst)


def _inherited(document: Document, rule: Rule[Any, Any], field: str) -> Any:
    """Give what the parent scenario has in a field: before stands what is inherited."""
    parent = document.scenario.parent
    rules = document.problem.rules if parent is None else document.study.problem(parent).rules
    above = next((each for each in rules if each.id == rule.id and each.type == rule.type), rule)
    return getattr(above, field)


def _named(bench: Workbench, rule: Rule[Any, Any], spec: FieldSpec, before: Any, after: Any) -> str:
    """Name a change in few words: the list of changes is narrow."""
    words = bench.say(f"rule.{rule.type}")
    field = field_words(rule.type, spec.name, bench.lang)
    if field.casefold() != words.casefold():
        words = f"{words}, {field}"
    was, now = shown(bench, rule, spec, before), shown(bench, rule, spec, after)
    return bench.say("rules.changed", what=words, before=was, after=now)


def _set(rule: Rule[Any, Any], spec: FieldSpec, value: Any, problem: Problem) -> Set:
    horizon = problem.horizon
    was, now = plain(spec, getattr(rule, spec.name), horizon), plain(spec, value, horizon)
    return Set(kind="rule", id=rule.id, field=spec.name, expected=was, value=now)


def shown(bench: Workbench, rule: Rule[Any, Any], spec: FieldSpec, value: Any) -> str:
    """Write a value of any field of a rule."""
    document = bench.document
    assert document is not None
    if spec.name == "tier":
        return strength(bench, value)
    if spec.name == "weight" and value is None:
        return bench.say("rules.usual")
    return value_words(type(rule), spec, value, document.problem.horizon, bench.lang)


def strength(bench: Workbench, tier: int) -> str:
    """Say how strong a rule is: must, wish 1 to wish 4."""
    return bench.say("rules.wish_level", tier=tier) if tier else bench.say("rules.must")


def restored(scenario: str, rule: Rule[Any, Any], origins: Origins, *names: str) -> Edit | None:
    """Give the edit by which fields of a rule (all of them) have inherited values again."""
    fields = [name for name in origins.own_fields(rule) if not names or name in names]
    edits = tuple(
        Inherit(scenario=scenario, kind="rule", id=rule.id, field=name) for name in fields
    )
    return Together(edits=edits) if edits else None


def copied(bench: Workbench, rule: Rule[Any, Any]) -> str | None:
    """Add a rule like another one; give its id."""
    document = bench.document
    if document is None:
        return None
    id = free_id(document.problem, rule.id)
    twin = dataclasses.replace(
        rule,
        id=id,
        title_fr=_copy_of(rule.title_fr, "fr"),
        title_en=_copy_of(rule.title_en, "en"),
    )
    return _added(bench, twin)


def _copy_of(words: str, lang: str) -> str:
    from planner.words import say

    return say("rules.copy_of", lang, title=words)[:200] if words else ""


def made(bench: Workbench, type_name: str) -> str | None:
    """Add a rule of a type, with the parameters that are usual; give its id."""
    document = bench.document
    if document is None:
        return None
    cls = catalogue()[type_name]
    return _added(bench, cls(id=free_id(document.problem, type_name), tier=NEW_TIER))


def _added(bench: Workbench, rule: Rule[Any, Any]) -> str | None:
    assert bench.document is not None
    record = tuple(to_plain(rule, bench.document.problem.horizon).items())
    name = bench.say("rules.added", title=title(rule, bench.lang))
    done = _record(bench, name, Add(kind="rule", id=rule.id, record=record))
    return rule.id if done else None


def removed(bench: Workbench, rule: Rule[Any, Any]) -> bool:
    """Take a rule away."""
    if bench.document is None:
        return False
    name = bench.say("rules.removed", title=title(rule, bench.lang))
    return _record(bench, name, removal(bench.document.problem, "rule", rule.id))


def _record(bench: Workbench, name: str, change: Change) -> bool:
    document = bench.document
    if document is None:
        return False
    group = ChangeSet(name=name, changes=(change,))
    return bench.do(Amend(scenario=document.name, group=group))


def free_id(problem: Problem, id: str) -> str:
    """Give an id that no rule has yet: the wanted one, or one with a number after it."""
    taken = {rule.id for rule in problem.rules}
    if id not in taken:
        return id
    number = 2
    while f"{id}-{number}" in taken:
        number += 1
    return f"{id}-{number}"
