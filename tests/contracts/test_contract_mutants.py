"""Planted faults: every one applies somewhere and dies, or is listed with the reason why not."""

import inspect
import re
import sys
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import pytest
from contract_checks import (
    Counted,
    Voices,
    about_faults,
    draw_edit,
    item_faults,
    listen,
    narrow_faults,
    timing_faults,
    waiver_faults,
    word_faults,
)
from contract_drawing import AUDIT_ONLY, Sample, rule_types, samples
from contract_mutants import FORGIVING, REACHES, SAID, Mutant
from contract_voices import cost, total

from planner.rules import catalogue
from planner.rules.blocks import Never, Row
from planner.rules.contract import Rule, audit

TRIES = 4
"""How often a mutant is planted in a plan."""
EDITS = 3

SURVIVORS: Final[dict[tuple[str, str], str]] = {
    ("session_fill", "coefficient + 1"): "an empty session reaches the only bound already",
}
"""(rule type or *, mutant) → why nothing can notice it."""

IDLE: Final[dict[tuple[str, str], str]] = {}
"""(rule type or *, mutant) → why it never applies, where the rule's own words do not say so."""

WORDS: Final = {
    "rows": ("def rows",),
    "linear": (r"Linear\(",),
    "lo": (r"\blo=",),
    "hi": (r"\bhi=",),
    "knee": ("knee=",),
    "parts": (r"part\(", r"parts"),
    "features": ("features",),
    "never": (r"Never\(",),
    "prices": ("def prices",),
    "waivers": ("def rows", "def prices"),
    "verbs": ("def timing",),
    "low": (r"Within\([^\n]*\blow=",),
    "high": (r"Within\([^\n]*\bhigh=",),
    "limit": (r"Late\(",),
    "capacity": (r"Cumulative\(",),
    "stretches": (r"Stretch\(",),
    "choices": (r"Late\(", r"Idle\("),
    "busy": (r"NoOverlap\(.*,.*,", "busy"),
    "day facts": (r"day\":",),
}
"""Family → what a rule file that has such blocks says; a mutant is idle by nature without."""


ROSTER: Final = frozenset(type for type, cls in catalogue().items() if cls.part == "roster")


class Tally:
    """Which mutants of a rule applied and died, and what was seen of the rule on the way.

    `looks_back`: it looks at more than one day; `most`: its largest amount; `guides`: what parts
    rows for the search only have.
    """

    def __init__(self) -> None:
        self.applied: set[str] = set()
        self.killed: set[str] = set()
        self.looks_back = False
        self.most = 0
        self.guides: set[str] = set()


class Wrapped:
    """A rule with another reach."""

    def __init__(self, rule: Rule[Any, Any], reach: str) -> None:
        self._rule, self.reach = rule, reach

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rule, name)


def noticed(sample: Sample, said: Voices, counted: Counted) -> bool:
    """Tell whether any law notices."""
    if item_faults(sample, said, counted) or timing_faults(sample, said, counted):
        return True
    changed = [breach for breach in said.breaches if breach not in sample.breaches]
    if about_faults(sample, changed) or word_faults(sample, changed):
        return True
    abouts = [breach.about for breach in said.breaches]
    return len(abouts) > len(set(abouts))


def judge(type: str, plans: int) -> Tally:
    """Plant all mutants in a rule type, plan by plan, until they die."""
    tally = Tally()
    for sample in samples(type, plans):
        rng = Random(sample.seed)
        voices, counted = listen(sample), Counted(sample)
        if type in ROSTER:
            abouts = [each.about for each in (*voices.rows, *voices.breaches)]
            tally.looks_back |= any(about.first < about.last for about in abouts)
        tally.most = max([tally.most, *(breach.amount for breach in voices.breaches)])
        tally.guides.update(f for row in voices.rows if row.kind == "guide" for f in parts_of(row))
        for mutant in SAID:
            for _ in range(TRIES):
                if mutant.name not in tally.killed:
                    _plant(tally, mutant, rng, sample, voices, counted)
        _forgive(tally, sample, voices, counted)
        _reach(tally, rng, sample)
    return tally


def _plant(
    tally: Tally, mutant: Mutant, rng: Random, sample: Sample, voices: Voices, counted: Counted
) -> None:
    said = mutant.change(rng, sample, voices)
    if said != voices:
        tally.applied.add(mutant.name)
        if noticed(sample, said, counted):
            tally.killed.add(mutant.name)


def _forgive(tally: Tally, sample: Sample, voices: Voices, counted: Counted) -> None:
    pairs = () if sample.sequenced else counted.of(("exact", "relaxation"), voices)
    items = total(pairs)
    for wrong in FORGIVING:
        right = cost(sample.rule, items, sample.waivers)
        if (
            cost(sample.rule, items, sample.waivers, wrong.forgiven, soft_too=wrong.soft_too)
            == right
        ):
            continue
        tally.applied.add(wrong.name)
        if waiver_faults(sample, voices, counted, wrong.forgiven, soft_too=wrong.soft_too):
            tally.killed.add(wrong.name)


def _reach(tally: Tally, rng: Random, sample: Sample) -> None:
    if sample.rule.reach is not None:
        return
    for _ in range(EDITS):
        edit = draw_edit(rng, sample)
        full = audit(sample.rule, sample.view_of(edit.after))
        for reach in REACHES[sample.rule.part]:
            tally.applied.add(f"reach {reach}")
            wrapped: Any = Wrapped(sample.rule, reach)
            if narrow_faults(sample, edit, wrapped, full):
                tally.killed.add(f"reach {reach}")


def parts_of(row: Row) -> Iterator[str]:
    """Give the families of mutants that a row has the parts for."""
    yield "rows"
    if isinstance(row, Never):
        yield "never"
        return
    yield "linear"
    yield from (name for name in ("lo", "hi", "knee") if getattr(row, name) is not None)
    yield from (name for name in ("parts", "features") if getattr(row, name))


def mutants_of(type: str) -> Iterator[tuple[str, str]]:
    """Give the name and family of all mutants that a rule type is held to."""
    cls = catalogue()[type]
    for mutant in SAID:
        yield mutant.name, mutant.family
    for wrong in FORGIVING:
        yield wrong.name, "waivers"
    for reach in REACHES[cls.part] if cls.reach is None else ():
        yield f"reach {reach}", "reach"


def idle_by_nature(type: str, name: str, family: str, tally: Tally) -> bool:
    """Tell whether a rule has no use for what a mutant needs: its file has no word of it.

    History is nothing to theatre rules, nor to roster rules that judge each day by itself. Guides
    are never judged. Where no amount is above 1 a waiver forgives all or nothing.
    """
    if family in ("history", "heard history"):
        return not tally.looks_back
    if name == "waivers summed" and tally.most <= 1:
        return True
    if family in tally.guides:
        return True
    source = inspect.getsource(inspect.getmodule(catalogue()[type]))
    words = WORDS.get(family)
    return words is not None and not any(re.search(word, source) for word in words)


def listed(table: dict[tuple[str, str], str], type: str, name: str) -> str | None:
    return table.get((type, name)) or table.get(("*", name))


def told(type: str, tally: Tally) -> tuple[list[str], list[str]]:
    """Give the survivors and the idle mutants of a rule type that no table excuses."""
    alive, idle = [], []
    for name, family in mutants_of(type):
        if name in tally.applied and name not in tally.killed:
            if listed(SURVIVORS, type, name) is None:
                alive.append(name)
        elif name not in tally.applied and not idle_by_nature(type, name, family, tally):
            if listed(IDLE, type, name) is None:
                idle.append(name)
    return alive, idle


HELD: Final = [type for type in rule_types() if type not in AUDIT_ONLY]


@pytest.mark.parametrize("type", HELD)
def test_every_planted_fault_applies_and_dies(type: str) -> None:
    alive, idle = told(type, judge(type, plans=60))
    assert (alive, idle) == ([], [])


@pytest.mark.long
def test_planted_faults_are_counted_over_many_plans(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{'rule type':24} applied  dead  listed  idle by nature"]
    unexcused = {}
    for type in HELD:
        tally = judge(type, plans=120)
        unexcused[type] = told(type, tally)
        names = dict(mutants_of(type))
        excused = [n for n in names if listed(SURVIVORS, type, n) or listed(IDLE, type, n)]
        nature = [n for n in names if n not in tally.applied and n not in excused]
        lines.append(
            f"{type:24} {len(tally.applied):7} {len(tally.killed):5} {len(excused):7} {len(nature):15}"
        )
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, ""]))
    assert {type: faults for type, faults in unexcused.items() if faults != ([], [])} == {}
