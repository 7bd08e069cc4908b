"""Changes as they are typed: KIND/ID.FIELD=VALUE, a file of records, or a command in words."""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.refused import JsonWords
from data.state import reason
from planner.changes import (
    STUDY_FIELDS,
    Add,
    Adjust,
    Change,
    ChangeSet,
    Remove,
    Set,
    apply,
    own_plain,
    removal,
    spec_of,
)
from planner.clock import MINUTES_A_DAY, calendar_day, read_time
from planner.commands import expand, told
from planner.commands.contract import AtHand
from planner.commands.dated import dated
from planner.commands.need import following
from planner.fields import KINDS
from planner.plain import Plain, from_plain, from_text, plain, to_plain
from planner.problem import ATTRIBUTES, ORDERS, Problem
from ui.cli.sentences import Told
from ui.cli.speech import say

_FIELD: Final = re.compile(r"(\w+)/([^=]+)\.(\w+)=(.*)", re.DOTALL)
_RECORD: Final = re.compile(r"(\w+)/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The changes of one call, as they were typed."""

    sets: tuple[str, ...] = ()
    adjusts: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    command: str | None = None
    words: tuple[str, ...] = ()
    name: str | None = None
    since: date | None = None
    until: date | None = None


def group_of(problem: Problem, asked: Asked, hand: AtHand | None = None) -> ChangeSet:
    """Make the named group of changes that is asked for; `hand` is for commands that read the plan.

    Raises:
        Told: something is not written as a change is, or names what is not there.
        CommandRefusedError: the command does not fit the facts.
        NotPlainError: a value does not fit its field.
    """
    changes = _typed(problem, asked)
    names = [*asked.sets, *asked.adjusts, *asked.adds, *asked.removes]
    if asked.command is not None:
        group = expand(_after(problem, changes), *_command(asked), hand=hand)
        changes += group.changes
        names.append(group.name)
    if not changes:
        raise Told("cli.change.none")
    group = ChangeSet(name=asked.name or ", ".join(names)[:200], changes=tuple(changes))
    found = dated(problem, group, asked.since, asked.until)
    return replace(found, name=asked.name) if asked.name else found


def told_of(problem: Problem, asked: Asked, hand: AtHand | None = None) -> list[str]:
    """Say what a call does to the facts of a problem, beyond what it was asked.

    Raises:
        As `group_of`.
    """
    if asked.since is not None or asked.until is not None:
        return []  # that would be about all days
    changes = _typed(problem, asked)
    typed = len(asked.sets) + len(asked.adjusts) + len(asked.removes)
    followed = {change.id for change in changes[typed:] if change.kind == "cover"}
    lines = [say("cli.change.follow", n=len(followed))] if followed and not asked.adds else []
    if asked.command is not None:
        found = told(_after(problem, changes), *_command(asked), hand=hand)
        lines += [say(what, **facts) for what, facts in found]
    return lines


def _typed(problem: Problem, asked: Asked) -> list[Change]:
    """Make the changes that are typed one by one, and those of cover that follow them."""
    if asked.words and asked.command is None:
        raise Told("cli.change.words", words=" ".join(asked.words))
    sets = [_set(problem, words) for words in asked.sets]
    changes: list[Change] = [
        *sets,
        *_adjusts(problem, sets, asked.adjusts),
        *(change for path in asked.adds for change in _adds(problem, Path(path))),
        *(_remove(problem, words) for words in asked.removes),
    ]
    return [*changes, *following(problem, changes)]


def _after(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Give the facts that a command meets: those that are typed with it are done first."""
    return apply(problem, (ChangeSet(name="", changes=tuple(changes)),))[0]


def _command(asked: Asked) -> list[str]:
    found = [*shlex.split(asked.command or ""), *asked.words]
    if not found:
        raise Told("cli.change.none")
    return found


def _set(problem: Problem, words: str) -> Set:
    kind, id, field, value = _parts(words, "cli.change.set")
    if kind == "problem":
        return _set_own(problem, field, value)
    record = _record(problem, kind, id)
    spec = spec_of(record, field)
    horizon = problem.horizon
    return Set(
        kind=kind,
        id=id,
        field=field,
        expected=plain(spec, getattr(record, field), horizon),
        value=plain(spec, from_text(spec, value, horizon), horizon),
    )


def _set_own(problem: Problem, field: str, words: str) -> Set:
    """Set a field of the problem itself: the date of the facts, the order of tiers, noon."""
    try:
        value = _own_value(field, words)
    except ValueError as error:
        names = ", ".join(STUDY_FIELDS)
        raise Told("cli.change.own", field=field, value=words, fields=names) from error
    expected = own_plain(problem, field)
    return Set(kind="problem", id="problem", field=field, expected=expected, value=value)


def _own_value(field: str, words: str) -> Plain:
    if field == "as_of":
        return calendar_day(words).isoformat()
    if field == "noon" and (noon := read_time(words)) <= MINUTES_A_DAY:
        return noon
    if field == "order" and words in ORDERS:
        return words
    raise ValueError(words)


def _adjusts(problem: Problem, sets: list[Set], asked: Sequence[str]) -> Iterator[Adjust]:
    """Read numbers to add, each to what the changes before it have made of its field."""
    group = ChangeSet(name="", changes=tuple(sets))
    for words in asked:
        problem, _ = apply(problem, (group,))
        change = _adjust(problem, words)
        group = ChangeSet(name="", changes=(change,))
        yield change


def _adjust(problem: Problem, words: str) -> Adjust:
    """Read a number to add; one that leaves the bounds is refused, as it would be cut in silence."""
    kind, id, field, value = _parts(words, "cli.change.adjust")
    record = _record(problem, kind, id)
    spec = spec_of(record, field)
    try:
        delta = int(value.replace("\u2212", "-"))
    except ValueError as error:
        raise Told("cli.change.adjust", words=words) from error
    if spec.form not in ("whole", "time"):
        raise Told("cli.change.no_number", field=f"{kind}.{field}")
    before = getattr(record, field)
    if before is not None and not spec.low <= before + delta <= spec.high:
        facts = {"low": spec.low, "high": spec.high, "value": before, "after": before + delta}
        raise Told("cli.change.beyond", words=words, **facts)
    return Adjust(kind=kind, id=id, field=field, delta=delta)


def _remove(problem: Problem, words: str) -> Remove:
    found = _RECORD.fullmatch(words)
    if found is None:
        raise Told("cli.change.remove", words=words)
    kind, id = found.groups()
    _record(problem, kind, id)
    return removal(problem, kind, id)


def _parts(words: str, message: str) -> tuple[str, str, str, str]:
    found = _FIELD.fullmatch(words)
    if found is None:
        raise Told(message, words=words)
    kind, id, field, value = found.groups()
    return kind, id, field, value


def _record(problem: Problem, kind: str, id: str) -> Any:
    if kind not in ATTRIBUTES:
        raise Told("cli.change.no_kind", kind=kind, kinds=", ".join(ATTRIBUTES))
    for record in problem.records(kind):
        if record.id == id:
            return record
    raise Told("cli.change.no_record", kind=say(f"kind.{kind}"), id=id)


def _adds(problem: Problem, path: Path) -> Iterator[Add]:
    """Read a record, or a list of them, each with its `kind`; for rules with a `type` too."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Told("cli.change.unopened", path=str(path), why=reason(error)) from error
    except (ValueError, RecursionError) as error:
        why = JsonWords.of_json(error)
        raise Told("cli.change.no_json", path=str(path), why=why) from error
    for values in content if isinstance(content, list) else [content]:
        if not isinstance(values, dict) or values.get("kind") not in (*KINDS, "rule"):
            raise Told("cli.change.no_record_file", path=str(path), kinds=", ".join(ATTRIBUTES))
        kind = values["kind"]
        given = {name: value for name, value in values.items() if name != "kind"}
        record = from_plain(kind, given, problem.horizon)
        whole = to_plain(record, problem.horizon)
        if any(each.id == record.id for each in problem.records(kind)):
            raise Told("change_there", target=f"{kind}/{record.id}")
        yield Add(kind=kind, id=record.id, record=tuple(whole.items()))
