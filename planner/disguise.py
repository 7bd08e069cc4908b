"""A study without names: people and cases get pseudonyms, free text goes, dates move by whole weeks.

Whoever has the secret can turn it back. What is told apart stays apart: the same code has the same
pseudonym everywhere, and in every later copy made with the same secret. Catalogues of the house
(specialties, theatres, procedures, shifts …) keep their labels; a scan of the written file says
whether a code or a text of a person or a case is left (`data/scan.py`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final

from planner import fields, packs
from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set
from planner.disguised_codes import HOUSE, TAGS, codes, hides, made_codes
from planner.disguised_words import FAMILIES, LETTERS, of_a_list, plain_age, stem, words
from planner.fingerprint import fingerprint
from planner.moved_dates import moved
from planner.plan import Duty, Placement, Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules.contract import Scope, Waiver
from planner.study import BASE, Pin, Scenario, Study
from planner.words import ENGLISH, say

FREE: Final = frozenset(
    {
        *(("staff", "name"), ("surgeon", "name"), ("case", "note")),
        *(("absence", "reason"), ("holiday", "name")),
        *(("theatre", "name"), ("recovery", "name"), ("ward", "name"), ("rotation", "name")),
        *((kind, "name") for kind in ("equipment", "contract", "shift", "priority")),
        *(("rule", "title_fr"), ("rule", "title_en"), ("rule", "source")),
    }
)
"""Fields that anything may be written into; what a house has is shown by its code.

A holiday's name tells its date.
"""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No digits: the code of a case, `P-2978`, is in no pseudonym by chance, and a scan finds no false trace."""
_SHORTEST: Final = 7
"""Letters of a pseudonym: so many that hardly two codes share one, and each hangs on its own code alone."""
_PSEUDONYM: Final = re.compile(rf"\b[A-Z]-[{_LETTERS}]{{{_SHORTEST},}}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguise:
    """What is written instead: `names` by code, scenarios by name, `weeks` that dates move by.

    `texts`: free text stays; else only what is among the `public` texts, those of packs of rules.
    `words`: roles, teams, skills and flags by what they are; those `listed` stay.
    """

    names: Mapping[str, str]
    scenarios: Mapping[str, str]
    weeks: int
    public: frozenset[str] = frozenset()
    texts: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def back(self) -> "Disguise":
        """Give what turns it back: codes and dates, not what is no longer there."""
        return Disguise(
            names={new: old for old, new in self.names.items()},
            weeks=-self.weeks,
            scenarios={new: old for old, new in self.scenarios.items()},
            texts=True,
            words={
                kind: {new: old for old, new in each.items()} for kind, each in self.words.items()
            },
        )

    # --- words ----------------------------------------------------------------------------------

    def dated(self, text: str) -> str:
        """Give a code with the dates in it moved."""
        return moved(text, self.weeks)

    def code(self, text: str) -> str:
        """Give the pseudonym of a code of a person or a case."""
        return self.names.get(text) or self.dated(text)

    def word(self, family: str, text: str) -> str:
        """Give a role, team, skill or flag that is no word of a list as a code, its level as it is."""
        name, level = stem(text)
        if name in self.listed.get(family, ()):
            return self.dated(text)
        known = self.words.get(family, {}).get(name)
        return self.dated(text) if known is None else known + level

    def told(self, text: str) -> str:
        """Give a text with other codes where it has pseudonyms of ours, as names of changes do."""
        return _PSEUDONYM.sub(lambda found: self.names.get(found[0], found[0]), text)

    def date(self, day: date) -> date:
        """Give a date moved."""
        return day + timedelta(weeks=self.weeks)

    def _value(self, kind: str, field: str, value: Any) -> Any:
        """Give the value of a field, plain or not."""
        if (kind, field) in FREE and not self.texts:
            return "" if isinstance(value, str) and value not in self.public else value
        if (kind, field) == ("case", "age") and not self.texts:
            return plain_age(value) if isinstance(value, str) else value
        family = FAMILIES.get((kind, field))
        if family is not None:
            return self._word(value, lambda text: self.word(family, text))
        if isinstance(value, Scope):
            return Scope(tags=tuple((tag, self._tags(tag, words)) for tag, words in value.tags))
        hidden = hides(kind, field)
        return self._word(value, self.code if hidden else self.dated, scope=field == "scope")

    def _tags(self, tag: str, words: Iterable[str]) -> frozenset[str]:
        if tag in LETTERS:
            return frozenset(self.word(tag, each) for each in words)
        return frozenset(map(self.code if tag in TAGS else self.dated, words))

    def _word(self, value: Any, change: Callable[[str], str], *, scope: bool = False) -> Any:
        match value:
            case str():
                return change(value)
            case frozenset():
                return frozenset(self._word(each, change) for each in value)
            case tuple():
                return tuple(self._word(each, change) for each in value)
            case list():
                return [self._word(each, change) for each in value]
            case dict() if scope:
                return {tag: sorted(self._tags(tag, words)) for tag, words in value.items()}
            case dict():
                return {key: self._word(each, change) for key, each in value.items()}
        return value

    # --- values ---------------------------------------------------------------------------------

    def problem(self, problem: Problem) -> Problem:
        """Give a problem disguised; days count from its first day, so they need no change."""
        horizon = replace(problem.horizon, start=self.date(problem.horizon.start))
        changed: dict[str, Any] = {
            ATTRIBUTES[kind]: tuple(self.record(kind, each) for each in problem.records(kind))
            for kind in ATTRIBUTES
        }
        return replace(problem, horizon=horizon, as_of=self.date(problem.as_of), **changed)

    def record(self, kind: str, record: Any) -> Any:
        """Give a record disguised."""
        new = {}
        for spec in fields.specs(type(record)):
            before = getattr(record, spec.name)
            after = self._value(kind, spec.name, before)
            if after != before:
                new[spec.name] = after
        return replace(record, **new) if new else record

    def plan(self, plan: Plan) -> Plan:
        """Give a plan disguised."""
        return Plan.build(
            (
                Placement(
                    self.code(each.case),  # type: ignore[arg-type]
                    self.code(each.session),  # type: ignore[arg-type]
                    None if each.surgeon is None else self.code(each.surgeon),
                    each.start,
                )
                for each in plan.placements
            ),
            (
                Duty(self.code(d.person), d.day, self.dated(d.shift))  # type: ignore[arg-type]
                for d in plan.duties
            ),
        )

    def changes(self, number: int, group: ChangeSet) -> ChangeSet:
        """Give a group of changes disguised, in an order that tells nothing; its name is free text."""
        name = self.told(group.name) if self.texts else str(number)
        alike = groupby(map(self._change, group.changes), key=lambda change: change.kind)
        mixed = (change for _, each in alike for change in sorted(each, key=lambda c: c.id))
        return replace(group, name=name, changes=tuple(mixed))

    def _change(self, change: Change) -> Change:
        id = self._value(change.kind, "id", change.id)
        match change:
            case Set(kind=kind, field=field):
                before, after = (
                    self._value(kind, field, v) for v in (change.expected, change.value)
                )
                return replace(change, id=id, expected=before, value=after)
            case Adjust():
                return replace(change, id=id)
            case Add(kind=kind) | Remove(kind=kind):
                record = tuple((f, self._value(kind, f, value)) for f, value in change.record)
                return replace(change, id=id, record=record)

    def pin(self, pin: Pin) -> Pin:
        """Give a pin disguised."""
        named = pin.kind in ("case", "person", "session", "template")
        return replace(pin, id=self.code(pin.id) if named else self.dated(pin.id))

    def waiver(self, waiver: Waiver) -> Waiver:
        """Give a waiver disguised: its reason and its author are free text."""
        subjects = frozenset(map(self.code, waiver.subjects))
        rule = self.dated(waiver.rule)
        there = replace(waiver, rule=rule, subjects=subjects, made=self.date(waiver.made))
        return there if self.texts else replace(there, reason="", author="")

    def scenario(self, scenario: Scenario) -> Scenario:
        """Give a scenario disguised; what was simulated of it is left out, as it names its cases."""
        parent = None if scenario.parent is None else self.scenarios[scenario.parent]
        groups = enumerate(scenario.changes, 1)
        return replace(
            scenario,
            name=self.scenarios[scenario.name],
            parent=parent,
            changes=tuple(self.changes(number, group) for number, group in groups),
            plan=self.plan(scenario.plan),
            published=None if scenario.published is None else self.plan(scenario.published),
            pins=tuple(sorted(map(self.pin, scenario.pins), key=lambda pin: (pin.kind, pin.id))),
            waivers=tuple(map(self.waiver, scenario.waivers)),
            forecast=None,
            signatures=(),  # they name people, and are for facts that have moved
            note=scenario.note if self.texts else "",
        )

    def study(self, study: Study, id: str) -> Study:
        """Give a study disguised, under an id of its own; plans that were up to date stay so."""
        made = replace(
            study,
            id=id,
            name=study.name if self.texts else "",
            base=in_order_of_codes(self.problem(study.base)),
            scenarios=tuple(map(self.scenario, study.scenarios)),
        )
        fresh = {
            self.scenarios[each.name]
            for each in study.scenarios
            if each.made_for is not None and not study.stale(each.name)
        }
        return replace(
            made,
            scenarios=tuple(
                replace(each, made_for=fingerprint(made.problem(each.name)))
                if each.name in fresh
                else each
                for each in made.scenarios
            ),
        )


def in_order_of_codes(problem: Problem) -> Problem:
    """Give a problem whose records about people and cases stand in the order of their codes.

    That of a house is often its list of people, or the order in which cases were registered.
    """
    by_code: dict[str, Any] = {
        ATTRIBUTES[kind]: tuple(sorted(problem.records(kind), key=lambda record: str(record.id)))
        for kind in ATTRIBUTES
        if kind not in HOUSE
    }
    return replace(problem, **by_code)


# --- making one -----------------------------------------------------------------------------------


def disguise(study: Study, secret: bytes, weeks: int, lang: str = ENGLISH) -> Disguise:
    """Give the disguise of a study: pseudonyms by a secret, scenarios by number, in a language."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for letter, code in (*codes(study), *made_codes(study)):
        if code not in names:
            names[code] = _pseudonym(letter, code, secret, used)
            used.add(names[code])
    listed = of_a_list(study)
    coded: dict[str, dict[str, str]] = {}
    for family, letter in LETTERS.items():
        here = coded[family] = dict[str, str]()
        for word in sorted(words(study)[family]):
            here[word] = _pseudonym(letter, word, secret, used)
            used.add(here[word])
    numbered = (each.name for each in study.scenarios if each.name != BASE)
    scenarios = {BASE: BASE} | {
        name: say("share.scenario", lang, number=number) for number, name in enumerate(numbered, 1)
    }
    return Disguise(
        names=names,
        scenarios=scenarios,
        weeks=weeks,
        public=public_texts(),
        words=coded,
        listed=listed,
    )


def public_texts() -> frozenset[str]:
    """Give the titles and sources of the rules of all packs that come with the program."""
    rules = (rule for name in packs.names() for rule in packs.load(name).rules)
    return frozenset(text for r in rules for text in (r.title_fr, r.title_en, r.source) if text)


def _pseudonym(letter: str, code: str, secret: bytes, used: Collection[str]) -> str:
    digest = int.from_bytes(blake2b(code.encode(), key=secret, digest_size=20).digest(), "big")
    for length in range(_SHORTEST, 30):
        number, letters = digest, ""
        for _ in range(length):
            number, place = divmod(number, len(_LETTERS))
            letters += _LETTERS[place]
        if f"{letter}-{letters}" not in used:
            return f"{letter}-{letters}"
    raise AssertionError(code)  # a digest has no more letters
