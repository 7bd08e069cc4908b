"""What a hand does to records: every edit is a change of the open scenario, named for what it changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.amending import Amend, carried
from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.clock import Horizon
from planner.commands.need import following
from planner.fields import KINDS, FieldSpec, specs
from planner.plain import plain, to_plain, value
from planner.problem import Problem
from planner.record_words import id_words
from planner.study import Study
from planner.words import WIDE, listing
from ui.window.document import Document
from ui.window.tables import cells
from ui.window.tables.leaving import do_recording
from ui.window.tables.record_columns import short
from ui.window.workbench import Workbench

_FIELDS = 3
"""How many fields a name tells; more are counted."""


def change_of(kind: str, record: Any, spec: FieldSpec, after: Any, horizon: Horizon) -> Set | None:
    """Give the change by which a field has another value; None where it has it already."""
    before = getattr(record, spec.name)
    if after == before:
        return None
    was, now = plain(spec, before, horizon), plain(spec, after, horizon)
    return Set(kind=kind, id=record.id, field=spec.name, expected=was, value=now)


def addition(kind: str, values: Mapping[str, Any], horizon: Horizon) -> Add:
    """Give the change that adds a record made of values by field."""
    record = to_plain(KINDS[kind](**values), horizon)
    return Add(kind=kind, id=str(values["id"]), record=tuple(record.items()))


def record_changes(bench: Workbench, changes: Sequence[Change]) -> bool:
    """Record changes in the open scenario, in place of those of the same fields before."""
    document = bench.document
    if document is None or not changes:
        return False
    edit = Amend(scenario=document.name, group=group_of(bench, document, changes))
    stays = {each.id for each in following(document.problem, changes)}
    done = do_recording(bench, document.name, edit, changes)
    if done and stays:  # a command moves them: here it may be corrected field by field
        bench.told.emit(bench.say("facts.cover_stays", n=len(stays)), False)
    return done


def group_of(bench: Workbench, document: Document, changes: Sequence[Change]) -> ChangeSet:
    """Put changes of one kind into a group named for them."""
    name = named(bench, document.study, document.name, changes)
    return ChangeSet(name=name, changes=tuple(changes))


def inherit(bench: Workbench, kind: str, id: str, field: str) -> bool:
    """Give a field the value of the parent scenario again."""
    document = bench.document
    if document is None or document.scenario.parent is None:
        return False
    above = _field(document.study.problem(document.scenario.parent), kind, id, field)
    here = _field(document.problem, kind, id, field)
    if above is None or here is None:
        return False
    change = change_of(kind, here[0], here[1], getattr(above[0], field), document.problem.horizon)
    return change is not None and record_changes(bench, [change])


def carry(bench: Workbench, kind: str, id: str, field: str) -> bool:
    """Give the parent scenario the value that a field has in the open one."""
    document = bench.document
    if document is None or document.scenario.parent is None:
        return False
    study, parent, horizon = document.study, document.scenario.parent, document.problem.horizon
    above, here = (_field(p, kind, id, field) for p in (study.problem(parent), document.problem))
    if above is None or here is None:
        return False
    change = change_of(kind, above[0], here[1], getattr(here[0], field), horizon)
    if change is None:
        return False
    name = named(bench, study, parent, [change])
    edit = carried(study, document.name, kind, id, field, name)
    return do_recording(bench, parent, edit, [change])


def _field(problem: Problem, kind: str, id: str, field: str) -> tuple[Any, FieldSpec] | None:
    """Give a record and the description of a field; None: there is no such record."""
    record = next((each for each in problem.records(kind) if each.id == id), None)
    if record is None:
        return None
    return record, next(spec for spec in specs(type(record)) if spec.name == field)


def named(bench: Workbench, study: Study, scenario: str, changes: Sequence[Change]) -> str:
    """Name changes of one kind as the list of changes shows them: record, field, both values."""
    say, kind, first = bench.say, changes[0].kind, changes[0]
    ids = list(dict.fromkeys(change.id for change in changes))
    problem, lang = study.problem(scenario), bench.lang
    told = [id_words(problem, kind, id, lang) for id in (ids[0], ids[-1])]
    who = told[0] if len(ids) == 1 else say("facts.from_to", first=told[0], last=told[1])
    if isinstance(first, Set) and len(changes) == 1:
        return _one(bench, study, scenario, first)
    if all(isinstance(change, Set) for change in changes):
        return say("facts.many", id=who, fields=_fields(bench, changes))
    one = say(f"kind.{kind}") if len(ids) == 1 else say(f"kinds.{kind}")
    message = "facts.removed" if isinstance(first, Remove) else "facts.added"
    return say(message, kind=one, id=who)


def _fields(bench: Workbench, changes: Sequence[Change]) -> str:
    names = dict.fromkeys(change.field for change in changes if isinstance(change, Set))
    if len(names) > _FIELDS:
        return bench.say("facts.fields", n=len(names))
    kind = changes[0].kind
    known = {spec.name: spec for spec in specs(KINDS[kind])}
    return listing([short(kind, known[name], bench.lang) for name in names], bench.lang)


def _one(bench: Workbench, study: Study, scenario: str, change: Set) -> str:
    """Name the change of one field: before stands what is inherited, not what was there in between."""
    spec = next(each for each in specs(KINDS[change.kind]) if each.name == change.field)
    horizon, parent = study.base.horizon, study.scenario(scenario).parent
    before = value(spec, change.expected, horizon)
    if parent is not None:
        above = _field(study.problem(parent), change.kind, change.id, change.field)
        before = before if above is None else getattr(above[0], change.field)
    after = value(spec, change.value, horizon)
    was, now = (shown(change.kind, spec, each, horizon, bench.lang) for each in (before, after))
    if spec.unit == "minute" and was.endswith(f"{WIDE}min") and now.endswith(f"{WIDE}min"):
        was = was.removesuffix(f"{WIDE}min")  # 45 → 51 min
    field = short(change.kind, spec, bench.lang)
    who = id_words(study.problem(scenario), change.kind, change.id, bench.lang)
    return bench.say("facts.set", id=who, field=field, before=was, after=now)


def shown(kind: str, spec: FieldSpec, value: Any, horizon: Horizon, lang: str) -> str:
    """Write a value for reading; a dash where there is none."""
    words = cells.shown(kind, spec, value, horizon, lang)
    return f"{words[:57]}…" if len(words) > 60 else words or "–"
