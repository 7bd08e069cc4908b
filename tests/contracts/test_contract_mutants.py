"""Planted faults: every one applies somewhere and dies, or is listed with the reason why not."""

import inspect
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
from contract_mutants import FORGIVING, REACHES, SAID, Wrapped
from contract_planting import ELSEWHERE, Mutant
from contract_voices import cost, total

from planner.rules import catalogue
from planner.rules.blocks import Never, Row
from planner.rules.contract import audit

TRIES = 4
"""How often a mutant is planted in a plan."""
EDITS = 3

WIDER: Final = "verbs name no pair, and an item may be wider than what was looked at"
SURVIVORS: Final[dict[tuple[str, str], str]] = {
    ("suite_change", "coefficient + 1"): "of two suites one left reaches the only bound already",
    ("session_fill", "coefficient + 1"): "an empty session reaches the only bound already",
    ("cycle_kept", "coefficient + 1"): "a kept day reaches the only bound already",
    ("roster_kept", "coefficient + 1"): "a kept day reaches the only bound already",
    ("allowed_shifts", "coefficient + 1"): "an idle day reaches the only bound already",
    ("shift_skill", "coefficient + 1"): "an idle day reaches the only bound already",
    ("room_overlap", "audit about last + 1"): WIDER,
    ("room_overlap", "audit about subject more"): WIDER,
    ("cleaning", "audit about last + 1"): WIDER,
    ("cleaning", "audit about subject more"): WIDER,
    ("cleaning", "one side held 5 before"): "from the end of a case nothing lies before",
    ("starts", "audit about subject"): "verbs name nobody, and no rows do",
    ("starts", "audit about subject more"): WIDER,
    ("weekly_rest", "coefficient + 1"): "one rest reaches the only bound already",
    ("in_session", "a code more in a price"): "closed sessions are options where the plan has them",
    ("two_rooms", "audit about subject"): WIDER,
    ("two_rooms", "audit about subject more"): WIDER,
    ("travel", "audit about last + 1"): WIDER,
    ("travel", "audit about subject more"): WIDER,
    ("recovery_posts", "held 5 before"): "from the end of a case nothing lies before",
}
"""(rule type or *, mutant) → why nothing can notice it."""

IDLE: Final[dict[tuple[str, str], str]] = {
    ("staff_cost", "rows forget history"): "the horizon alone is paid",
    ("staff_cost", "audit forgets history"): "the horizon alone is paid",
    ("target_hours", "rows forget history"): "the horizon alone is judged",
    ("target_hours", "audit forgets history"): "the horizon alone is judged",
    ("equity", "rows forget history"): "the horizon alone is judged, and what is carried",
    ("equity", "audit forgets history"): "the horizon alone is judged, and what is carried",
}
"""(rule type or *, mutant) → why it never applies, where the rule's own words do not say so."""

GUIDED: Final = frozenset({"case_order", "early_day_cases", "two_rooms"})
"""Rule types whose rows only guide the search: no audit can miss them."""
WORDS: Final = {
    "rows": ("def rows",),
    "prices": ("def prices",),
    "verbs": ("def timing",),
    "never": ("Never(",),
    "limit": ("Late(",),
    "capacity": ("Cumulative(",),
    "one": ("NeverBoth(",),
    "other": ("NeverBoth(",),
    "early": ("Order(",),
    "late": ("Order(",),
}
"""Family → what a rule file says that has such blocks: there they must be seen."""
VERBS: Final = (
    *("low", "high", "limit", "capacity", "stretches", "choices", "busy"),
    *("one", "other", "early", "late", "most", "since", "until", "rooms"),
)
FEWEST: Final = 2
MANY: Final = 200
"""So many plans are always tried; more until every mutant is dead."""


class Tally:
    """Which mutants of a rule applied and died, and what was seen of the rule on the way.

    `looks_back`: it looks at more than one day; `most`: its largest amount; `seen`: what its
    blocks and verbs have that mutants may change, rows for the search only left out.
    """

    def __init__(self) -> None:
        self.applied: set[str] = set()
        self.killed: set[str] = set()
        self.looks_back = False
        self.most = 0
        self.seen: set[str] = set()

    def see(self, sample: Sample, voices: Voices) -> None:
        """Note what a rule says of a sample."""
        if sample.rule.part == "roster":
            abouts = [each.about for each in (*voices.rows, *voices.breaches)]
            self.looks_back |= any(about.first < about.last for about in abouts)
        self.most = max([self.most, *(breach.amount for breach in voices.breaches)])
        for row in voices.rows:
            if row.kind != "guide":
                self.seen.update(("rows", "waivers"), parts_of(row))
        if voices.prices:
            self.seen.update(("prices", "waivers"))
        for verb in voices.verbs:
            self.seen.add("verbs")
            self.seen.update(name for name in VERBS if getattr(verb, name, None) not in (None, ()))
        for breach in voices.breaches:
            self.seen.add("facts" if breach.facts else "audit")
            if any(name == "day" or name.endswith("_day") for name in breach.facts):
                self.seen.add("day facts")


def noticed(sample: Sample, said: Voices, counted: Counted) -> bool:
    """Tell whether any law notices."""
    if item_faults(sample, said, counted) or timing_faults(sample, said, counted):
        return True
    changed = [breach for breach in said.breaches if breach not in sample.breaches]
    if about_faults(sample, changed) or word_faults(sample, changed):
        return True
    abouts = [breach.about for breach in said.breaches]
    return len(abouts) > len(set(abouts))


def judge(type: str, fewest: int, plans: int) -> Tally:
    """Plant all mutants in a rule type, plan by plan, until they have all died."""
    tally = Tally()
    for number, sample in enumerate(samples(type, plans)):
        rng = Random(sample.seed)
        voices, counted = listen(sample), Counted(sample)
        tally.see(sample, voices)
        for mutant in SAID:
            for _ in range(TRIES):
                if mutant.name not in tally.killed:
                    _plant(tally, mutant, rng, sample, voices, counted)
        _forgive(tally, sample, voices, counted)
        _narrow(tally, rng, sample)
        if number + 1 >= fewest and told(type, tally) == ([], []):
            break
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


def _narrow(tally: Tally, rng: Random, sample: Sample) -> None:
    """Plant faults that only an audit narrowed after an edit can show."""
    reaches = REACHES[sample.rule.part] if sample.rule.reach is None else ()
    wrapped: dict[str, Any] = {f"reach {r}": Wrapped(sample.rule, reach=r) for r in reaches}
    wrapped |= {f"audit about {how}": Wrapped(sample.rule, how=how) for how in ELSEWHERE}
    for name, rule in wrapped.items():
        for _ in range(EDITS if name not in tally.killed else 0):
            edit = draw_edit(rng, sample)
            full = audit(rule, sample.view_of(edit.after))
            tally.applied.add(name)
            if narrow_faults(sample, edit, rule, full):
                tally.killed.add(name)


def parts_of(row: Row) -> Iterator[str]:
    """Give the families of mutants that a row has the parts for."""
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
    """Tell whether a rule has no use for what a mutant needs.

    None of it was seen, and where that would be a word of its file, the file has none.
    History is nothing to theatre rules, nor to roster rules that judge each day by itself. Where
    no amount is above 1 a waiver forgives all or nothing.
    """
    if family in ("history", "heard history"):
        return not tally.looks_back
    if name == "waivers summed" and tally.most <= 1:
        return True
    if family in ("audit", "reach") or family in tally.seen:
        return False
    if family == "rows" and type in GUIDED:
        return True
    source = inspect.getsource(inspect.getmodule(catalogue()[type]))
    return not any(word in source for word in WORDS.get(family, ()))


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
    alive, idle = told(type, judge(type, FEWEST, MANY))
    assert (alive, idle) == ([], [])


@pytest.mark.long
def test_planted_faults_are_counted_over_many_plans(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{'rule type':24} applied  dead  listed  idle by nature"]
    unexcused = {}
    for type in HELD:
        tally = judge(type, 120, MANY)
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
