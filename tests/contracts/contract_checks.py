"""The laws of the contract: each gives what a rule does wrong on a sample, in short sentences."""

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from contract_drawing import AUDIT_ONLY, Sample
from contract_roster import draw_cell_edit
from contract_theatre import draw_case_edit
from contract_voices import (
    Items,
    audited,
    cost,
    largest,
    price_items,
    row_amount,
    total,
    verb_amount,
)

from planner import words
from planner.plan import Plan
from planner.rules.blocks import About, Area, Price, Row
from planner.rules.contract import Breach, Rule, audit
from planner.rules.timing import (
    BlockUntil,
    Cumulative,
    InTheWay,
    NeverBoth,
    NoOverlap,
    Verb,
)
from planner.sentences import breach_sentence
from planner.words import MissingWords

PAIRLESS: Final = (NoOverlap, NeverBoth, Cumulative, BlockUntil, InTheWay)
"""Verbs that name no pair of cases."""


@dataclass(frozen=True)
class Voices:
    """What a rule says about a sample: prices, rows and verbs to the engines, breaches to us."""

    prices: tuple[Price, ...]
    rows: tuple[Row, ...]
    breaches: tuple[Breach, ...]
    verbs: tuple[Verb, ...] = ()
    broken: frozenset[int] = field(default=frozenset(), compare=False)
    """Which rows cost something, by place; mutants are planted there as often as elsewhere."""


def listen(sample: Sample) -> Voices:
    """Ask a rule for all that it says; for verbs where every placement has a start."""
    rule = sample.rule
    days = sample.theatre_days if timed(rule) and sample.clocked else ()
    rows = tuple(rule.rows(sample.space))
    return Voices(
        tuple(rule.prices(sample.space)),
        rows,
        tuple(sample.breaches),
        tuple(verb for day in days for verb in rule.timing(day)),
        frozenset(n for n, row in enumerate(rows) if row_amount(row, sample.codes)),
    )


def timed(rule: Rule[Any, Any]) -> bool:
    """Tell whether a rule says something about clock times."""
    return type(rule).timing is not Rule.timing


# --- items ---------------------------------------------------------------------------------------


class Counted:
    """The items of one assignment, by kind of row; amounts of rows are remembered by identity."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self._amounts: dict[int, tuple[Row, int]] = {}

    def row(self, row: Row) -> int:
        known = self._amounts.get(id(row))
        if known is None or known[0] is not row:
            known = self._amounts[id(row)] = row, row_amount(row, self.sample.codes)
        return known[1]

    def of(self, kinds: tuple[str, ...], voices: Voices) -> list[tuple[About, int]]:
        found = [(r.about, self.row(r)) for r in voices.rows if r.kind in kinds]
        if "exact" in kinds:
            found += price_items(voices.prices, self.sample.space, self.sample.codes)
        return [(about, amount) for about, amount in found if amount]


def item_faults(sample: Sample, voices: Voices, counted: Counted) -> list[str]:
    """Rows and prices equal the audit item by item; relaxations are never above it."""
    rule, heard = sample.rule, audited(voices.breaches)
    exact = counted.of(("exact",), voices)
    relaxed = counted.of(("relaxation",), voices)
    faults = [f"an amount of {b.amount} at {b.about}" for b in voices.breaches if b.amount <= 0]
    if rule.type in AUDIT_ONLY:
        return faults + [f"{rule.type} counts rows" for _ in (exact + relaxed)[:1]]
    if not sample.sequenced:
        faults += _differences(total(exact + relaxed), heard)
    elif not timed(rule) and not any(row.kind == "relaxation" for row in voices.rows):
        faults += _differences(total(exact), heard)
    else:
        faults += _never_above(sample, voices, counted, heard)
    if rule.hard:
        pairs = [about for about, _ in (exact + relaxed if not sample.sequenced else exact)]
        faults += [f"two broken rows of a hard rule: {a}" for a in pairs if pairs.count(a) > 1][:1]
    return faults


def _differences(said: Items, heard: Items) -> list[str]:
    return [
        f"rows say {said.get(about, 0)}, audit {heard.get(about, 0)}: {about}"
        for about in sorted({*said, *heard})
        if said.get(about, 0) != heard.get(about, 0)
    ]


def _never_above(sample: Sample, voices: Voices, counted: Counted, heard: Items) -> list[str]:
    if not sample.clocked:
        return []
    kept = [r for r in voices.rows if r.kind == "relaxation" and _kept(sample, r.given)]
    exact = total(counted.of(("exact",), voices))
    faults = [
        f"exact rows say {amount}, audit {heard.get(about, 0)}: {about}"
        for about, amount in exact.items()
        if amount > heard.get(about, 0)
    ]
    said = sum(exact.values()) + sum(counted.row(row) for row in kept)
    if said > sum(heard.values()):
        faults.append(f"relaxation {said} above the truth {sum(heard.values())}")
    return faults


def _kept(sample: Sample, given: tuple[str, ...]) -> bool:
    return all(sample.keeps(type) for type in given)


# --- waivers -------------------------------------------------------------------------------------


def waiver_faults(
    sample: Sample,
    voices: Voices,
    counted: Counted,
    forgiven: Callable[[Sequence[int]], int] = largest,
    *,
    soft_too: bool = False,
) -> list[str]:
    """What the rows cost less their waivers is what the audit costs less its waivers."""
    if sample.sequenced or sample.rule.type in AUDIT_ONLY:
        return []
    pairs = counted.of(("exact", "relaxation"), voices)
    if not sample.rule.hard:
        pairs = list(total(pairs).items())
    said = sum(
        cost(sample.rule, {about: amount}, sample.waivers, forgiven, soft_too=soft_too)
        for about, amount in pairs
    )
    left = 0
    for breach in voices.breaches:
        covers = [
            w.most for w in sample.waivers if w.rule == sample.rule.id and w.covers(breach.about)
        ]
        free = max(covers, default=0) if sample.rule.hard else 0
        left += sample.rule.price * max(0, breach.amount - free)
    return [] if said == left else [f"rows cost {said}, audit {left}, after waivers"]


# --- order, facts and words ----------------------------------------------------------------------


def order_faults(sample: Sample) -> list[str]:
    """The same question has the same answer, sorted, each item once."""
    first = audit(sample.rule, sample.view)
    again = audit(sample.rule, sample.view_of(sample.plan))
    faults = [] if first == again else ["the audit says something else the second time"]
    abouts = [breach.about for breach in first]
    if abouts != sorted(abouts):
        faults.append("breaches are not sorted")
    if len(abouts) != len(set(abouts)):
        faults.append(f"an item twice: {next(a for a in abouts if abouts.count(a) > 1)}")
    fresh = sample.space_of(sample.plan)
    if list(sample.rule.rows(fresh)) != list(sample.rule.rows(sample.space_of(sample.plan))):
        faults.append("rows differ the second time")
    if list(sample.rule.prices(fresh)) != list(sample.rule.prices(fresh)):
        faults.append("prices differ the second time")
    return faults


def about_faults(sample: Sample, breaches: Iterable[Breach]) -> list[str]:
    """Days are in order, subjects are told, day facts lie inside the days looked at."""
    faults = []
    for about, _, facts in breaches:
        if about.first > about.last or not about.subjects:
            faults.append(f"days or subjects: {about}")
        for name, value in facts.items():
            if name == "day" or name.endswith("_day"):
                if not about.first <= int(value) <= about.last:
                    faults.append(f"fact {name} {value} outside {about}")
    return faults


def word_faults(sample: Sample, breaches: Iterable[Breach]) -> list[str]:
    """Each breach has its sentence in both languages, made of the facts that it gives."""
    faults = []
    for breach in breaches:
        for lang in words.LANGUAGES:
            with warnings.catch_warnings():
                warnings.simplefilter("error", MissingWords)
                try:
                    said = breach_sentence(sample.problem, sample.rule, breach, lang)
                except MissingWords as missing:
                    faults.append(str(missing))
                else:
                    if breach.about.what in said or "{" in said:
                        faults.append(f"no sentence in {lang}: {said}")
    return list(dict.fromkeys(faults))


# --- narrowing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edited:
    """A sample after one edit, and the area that a caller would have audited again."""

    after: Plan
    subjects: dict[str, frozenset[str]]
    first: int
    last: int

    def area(self, reach: str | None) -> Area:
        return Area(None if reach is None else self.subjects[reach], self.first, self.last)


def draw_edit(rng: Random, sample: Sample) -> Edited:
    """Change one cell or case."""
    if sample.rule.part == "roster":
        plan, person, day = draw_cell_edit(rng, sample.problem, sample.plan)
        return Edited(plan, {"person": frozenset({person})}, day, day)
    edit = draw_case_edit(rng, sample.problem, sample.plan)
    subjects = {"case": frozenset({edit.case}), "session": edit.sessions}
    return Edited(edit.plan, subjects, edit.first, edit.last)


def narrow_faults(
    sample: Sample, edit: Edited, rule: Rule[Any, Any], full: list[Breach]
) -> list[str]:
    """What an edit did not touch and the narrowed audit of what it did are the full audit.

    `full` is the whole audit after the edit.
    """
    if rule.reach is not None and rule.reach not in edit.subjects:
        return [f"nothing is known to edit a {rule.reach}"]
    area = edit.area(rule.reach)
    untouched = [breach for breach in audit(rule, sample.view) if not area.meets(breach.about)]
    again = audit(rule, sample.view_of(edit.after), area)
    said, heard = sorted([*untouched, *again], key=_key), sorted(full, key=_key)
    if said == heard:
        return []
    lost = [b for b in heard if b not in said]
    more = [b for b in said if b not in heard]
    return [f"narrowed to {area}: lost {lost[:2]}, invented {more[:2]}"]


def _key(breach: Breach) -> tuple[About, int]:
    return breach.about, breach.amount


# --- the clock -----------------------------------------------------------------------------------


def timing_faults(sample: Sample, voices: Voices, counted: Counted) -> list[str]:
    """Exact rows and verbs, over the plan's own times, are what the audit says.

    Item by item where no verb is about an overlap or a capacity. These name no pair of cases, and
    where the unit is not a minute no amount: their days are compared, by message.
    """
    if not timed(sample.rule) or not sample.clocked:
        return []
    said = counted.of(("exact",), voices)
    said += [(verb.about, verb_amount(verb, sample.times)) for verb in voices.verbs]
    heard = audited(voices.breaches)
    if not any(isinstance(verb, PAIRLESS) for verb in voices.verbs):
        return _differences(total(said), heard)
    by_day, by_day_heard = _by_day(said), _by_day(heard.items())
    if sample.rule.unit != "minute":
        by_day, by_day_heard = dict.fromkeys(by_day, 1), dict.fromkeys(by_day_heard, 1)
    return _differences(by_day, by_day_heard)


def _by_day(pairs: Iterable[tuple[About, int]]) -> Items:
    return total((about._replace(subjects=(), last=about.first), amount) for about, amount in pairs)
