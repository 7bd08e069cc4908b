"""Another priority scheme: classes, cases, due dates and the rules that name classes move together.

A case goes to the first class that lets it wait as long as it may now, give or take a tenth; it is
then due its class's longest wait after it was listed. A rule that named old classes names the new
ones that take their place, so that its weight means what it meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.cases import Case, Priority, PriorityId
from planner.changes import Add, Change, Set, removal
from planner.commands.contract import CommandRefusedError, Sentence, command
from planner.packs.pack import PackError
from planner.packs.scheme import PriorityClass, PriorityScheme, load_scheme
from planner.plain import to_plain
from planner.problem import Problem
from planner.rules.contract import Rule, Scope
from planner.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A scheme laid over the facts of a problem."""

    problem: Problem
    scheme: PriorityScheme
    language: str

    def case_class(self, case: Case) -> PriorityClass:
        """Give the class of a case, by its own longest wait, else by that of its class."""
        if case.due is not None and case.due >= case.listed:
            return self.scheme.class_for(case.due - case.listed)
        waits = {each.id: each.wait for each in self.problem.priorities}
        return self.scheme.class_for(waits.get(case.priority, self.scheme.classes[-1].wait))

    def counts(self) -> Mapping[str, Counter[str]]:
        """Count the cases by old class and new class, the most urgent old class first."""
        old = sorted(self.problem.priorities, key=lambda each: each.wait)
        found: dict[str, Counter[str]] = {each.id: Counter() for each in old}
        for case in self.problem.cases:
            found.setdefault(case.priority, Counter())[self.case_class(case).code] += 1
        return found

    def places(self) -> Mapping[str, str]:
        """Give the old class in whose place each new class comes.

        The one from which most of its cases are; without cases the one whose wait leads to it, the
        most urgent of several; else the old class of who may wait as long.
        """
        old = sorted(self.problem.priorities, key=lambda each: each.wait)
        if not old:
            return {}
        counts = self.counts()
        led = {each.id: self.scheme.class_for(each.wait).code for each in old}
        found = {}
        for new in self.scheme.classes:
            best = max(old, key=lambda each: (counts[each.id][new.code], led[each.id] == new.code))
            if not counts[best.id][new.code] and led[best.id] != new.code:
                best = next((each for each in old if each.wait >= new.wait), old[-1])
            found[new.code] = str(best.id)
        return found

    def rules(self) -> Iterator[tuple[Rule[Any, Any], tuple[str, ...]]]:
        """Give the rules that name classes, each with the new classes that it is to name."""
        places = self.places()
        for rule in self.problem.rules:
            wanted = dict(rule.scope.tags).get("priority")
            if wanted is not None and places:
                yield rule, tuple(new for new, old in places.items() if old in wanted)


def _mapping(problem: Problem, scheme: str, language: str = "") -> _Mapping:
    try:
        found = load_scheme(scheme)
    except PackError as error:
        raise CommandRefusedError(error.what, **error.facts) from error
    if language not in ("", *LANGUAGES):
        languages = ", ".join(LANGUAGES)
        raise CommandRefusedError("command_language", words=language, languages=languages)
    return _Mapping(problem, found, language or found.language)


def _tell(problem: Problem, *words: str) -> Iterator[Sentence]:
    mapping = _mapping(problem, *words)
    for old, counted in mapping.counts().items():
        to = ", ".join(f"{new} ({number})" for new, number in counted.items())
        if to:
            yield "priorities.mapped", {"old": old, "to": to, "n": counted.total()}
    yield "priorities.how", {"scheme": mapping.scheme.name}
    off = sorted(str(rule.id) for rule, named in mapping.rules() if rule.enabled and not named)
    moved = [rule for rule, named in mapping.rules() if named and _scope(rule, named) != rule.scope]
    yield "priorities.rules", {"n": len(moved)}
    if off:
        yield "priorities.rules_off", {"n": len(off), "rules": ", ".join(off)}
    expert = [each.code for each in mapping.scheme.classes if each.expert]
    if expert:
        yield "priorities.expert", {"classes": ", ".join(expert)}


@command("priorities", "scheme", "language", optional=1, tell=_tell)
def priorities(problem: Problem, *words: str) -> Iterator[Change]:
    """Replace the priority classes by those of a scheme, with their names in a language."""
    mapping = _mapping(problem, *words)
    yield from _classes(mapping)
    yield from _cases(mapping)
    new = {each.code for each in mapping.scheme.classes}
    for old in problem.priorities:
        if old.id not in new:
            yield removal(problem, "priority", old.id)
    places = mapping.places()
    for rule, named in mapping.rules():
        yield from _rule(rule, named, places)


def _classes(mapping: _Mapping) -> Iterator[Change]:
    problem = mapping.problem
    before = {str(each.id): each for each in problem.priorities}
    for each in mapping.scheme.classes:
        name = each.title_fr if mapping.language == "fr" else each.title_en
        there = before.get(each.code)
        if there is None:
            fresh = Priority(id=PriorityId(each.code), name=name, wait=each.wait)
            record = tuple(to_plain(fresh, problem.horizon).items())
            yield Add(kind="priority", id=each.code, record=record)
        else:
            yield from _set("priority", each.code, "name", there.name, name)
            yield from _set("priority", each.code, "wait", there.wait, each.wait)


def _cases(mapping: _Mapping) -> Iterator[Change]:
    horizon = mapping.problem.horizon
    for case in mapping.problem.cases:
        new = mapping.case_class(case)
        due = horizon.date(case.listed + new.wait).isoformat()
        before = None if case.due is None else horizon.date(case.due).isoformat()
        yield from _set("case", case.id, "priority", case.priority, new.code)
        yield from _set("case", case.id, "due", before, due)


def _scope(rule: Rule[Any, Any], named: Iterable[str]) -> Scope:
    return Scope.of(**{**dict(rule.scope.tags), "priority": named})


def _rule(
    rule: Rule[Any, Any], named: tuple[str, ...], places: Mapping[str, str]
) -> Iterator[Change]:
    """Let a rule name the new classes, in its titles too; one that means nobody is switched off."""
    if not named:
        yield from _set("rule", rule.id, "enabled", rule.enabled, False)
        return
    before, after = rule.scope, _scope(rule, named)
    if before == after:
        return
    yield from _set("rule", rule.id, "scope", _plain(before), _plain(after))
    old = sorted(dict(before.tags)["priority"], key=len, reverse=True)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, old))})(?!\w)")

    def instead(found: re.Match[str]) -> str:
        return ", ".join(new for new, was in places.items() if was == found[0]) or found[0]

    for field in ("title_fr", "title_en"):
        title = getattr(rule, field)
        yield from _set("rule", rule.id, field, title, words.sub(instead, title))


def _plain(scope: Scope) -> dict[str, Any]:
    return {kind: sorted(tags) for kind, tags in scope.tags}


def _set(kind: str, id: str, field: str, before: Any, after: Any) -> Iterator[Set]:
    if before != after:
        yield Set(kind=kind, id=id, field=field, expected=before, value=after)
