"""Rules with drawn parameters, scopes and waivers, and whole samples to judge them on."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from random import Random
from typing import Any, Final

import pytest
from contract_day_units import all_asleep
from contract_hands import in_two
from contract_roster import MEASURES, SHIFT_TAGS, SKILLS, draw_duties, draw_roster, draw_strangers
from contract_theatre import FEATURES, FLAGS, SPECIALTIES, draw_placements, draw_theatre

from planner.facts import facts
from planner.fields import FieldSpec, specs
from planner.plan import Duty, Placement, Plan
from planner.problem import ATTRIBUTES, Problem
from planner.rules import catalogue
from planner.rules.blocks import About
from planner.rules.contract import EVERYONE, Breach, Rule, Scope, Waiver, audit
from planner.rules.space import OFF, RosterSpace, TheatreSpace
from planner.rules.timing import Choice, TheatreDay
from planner.view import RosterView, TheatreView

COMMON: Final = frozenset(field.name for field in fields(Rule))
"""Fields that every rule has; the others are its own parameters."""

STARTS: Final = ("none", "tidy", "wild", "some")
_OFTEN: Final = ("none", "tidy", "wild", "wild", "wild", "some")
_TYPES: Final = (
    "break_in",
    "case_order",
    "cleaning",
    "half_day_start",
    "start_kept",
    "travel",
    "two_rooms",
)
STARTED: Final = {
    **dict.fromkeys(_TYPES, _OFTEN),
    "in_session": ("none", "none", "tidy", "wild", "wild", "some"),
    "starts": (*_OFTEN, "rush", "rush", "rush", "rush"),
}
"""Rule types that say little without starts → how their plans are sequenced."""


@dataclass(frozen=True, repr=False, eq=False)
class Sample:
    """A problem, a rule in force in it, and a plan; `starts` says how theatres are sequenced."""

    seed: int
    problem: Problem
    rule: Rule[Any, Any]
    plan: Plan
    starts: str
    waivers: tuple[Waiver, ...] = ()

    def __repr__(self) -> str:
        number = self.seed % 1000
        return f"draw_sample({self.rule.type!r}, {number}): {self.rule}, starts {self.starts}"

    @cached_property
    def space(self) -> Any:
        return self.space_of(self.plan)

    def space_of(self, *plans: Plan) -> Any:
        if self.rule.part == "roster":
            return RosterSpace(self.problem, [d for plan in plans for d in plan.duties])
        return TheatreSpace(self.problem, [p for plan in plans for p in plan.placements])

    @cached_property
    def view(self) -> Any:
        return self.view_of(self.plan)

    def view_of(self, plan: Plan) -> Any:
        make = RosterView if self.rule.part == "roster" else TheatreView
        return make(self.problem, plan)

    @cached_property
    def breaches(self) -> list[Breach]:
        return audit(self.rule, self.view)

    @cached_property
    def codes(self) -> list[int]:
        return assignment(self.space, self.plan)

    def keeps(self, type: str) -> bool:
        """Tell whether the plan keeps a rule type as it comes, for everyone."""
        if type not in self._kept:
            cls = catalogue().get(type)
            self._kept[type] = cls is not None and not audit(cls(id="given"), self.view)
        return self._kept[type]

    @cached_property
    def _kept(self) -> dict[str, bool]:
        return {}

    @cached_property
    def theatre_days(self) -> tuple[TheatreDay, ...]:
        """The days as sequencing sees them: every option is a choice, numbered by its code."""
        assert isinstance(self.space, TheatreSpace)
        found = []
        for day in range(self.problem.horizon.days):
            sessions = tuple(s for s in self.problem.sessions if s.day == day)
            choices = tuple(
                Choice(o.code, o.case, o.session, o.surgeon, o.minutes, o.turnover)
                for o in self.space.options
                if o.session.day == day
            )
            known = facts(self.problem)
            made = TheatreDay(
                problem=self.problem, facts=known, day=day, sessions=sessions, choices=choices
            )
            found.append(made)
        return tuple(found)

    @cached_property
    def times(self) -> dict[int, tuple[int, int]]:
        """Start and end of the choices that the plan takes and gives a start, as minutes pass."""
        horizon = self.problem.horizon
        taken = {
            option.code: horizon.elapsed(option.session.day, p.start)
            - horizon.elapsed(option.session.day, 0)
            for p in self.plan.placements
            if p.start is not None
            for option in (self.space.option(self.space.code_of[p.case, p.session, p.surgeon]),)
        }
        return {
            choice.number: (start, start + choice.minutes)
            for day in self.theatre_days
            for choice in day.choices
            if (start := taken.get(choice.number)) is not None
        }

    @property
    def clocked(self) -> bool:
        """Whether every placement has a start."""
        return self.starts in ("tidy", "wild", "rush", "careful")

    @property
    def sequenced(self) -> bool:
        """Whether some placement has a start."""
        return any(placement.start is not None for placement in self.plan.placements)


def assignment(space: Any, plan: Plan) -> list[int]:
    """Give the code of each cell, from the plan's own words and not through a view."""
    codes = [OFF] * space.cells
    if isinstance(space, TheatreSpace):
        for placement in plan.placements:
            code = space.code_of[placement.case, placement.session, placement.surgeon]
            codes[space.cell_of[placement.case]] = code
        return codes
    tracks = {shift.id: shift.track for shift in space.problem.shifts}
    for cell in range(space.cells):
        codes[cell] = space.fixed(cell) or OFF
    for duty in plan.duties:
        cell = space.cell(duty.person, tracks[duty.shift], duty.day)
        assert cell is not None
        codes[cell] = space.code_of[duty.shift]
    return codes


def plan_of(space: Any, codes: Sequence[int]) -> Plan:
    """Give the plan of an assignment, without starts."""
    if isinstance(space, TheatreSpace):
        options = [space.option(code) for code in codes if code != OFF]
        return Plan.build(Placement(o.case.id, o.session.id, o.surgeon) for o in options)
    duties = []
    for (person, _, day), code in zip(space.places, codes, strict=True):
        shift = space.shift_of[code]
        if shift is not None and day >= 0:
            duties.append(Duty(person, day, shift.id))
    return Plan.build(duties=duties)


# --- rules ---------------------------------------------------------------------------------------

AUDIT_ONLY: Final = {
    "session_slack": "a probability: guided in the search, added at re-costing",
    "needs_start": "about starts, which are not among the codes of a cell",
    "publication": "a fact of the published roster, which no plan changes",
    "one_duty": "a cell holds one code: only plans from elsewhere can break it",
}
"""Rule types that only the audit can judge, with the reason: they have no rows to compare."""

POOLS: Final[Mapping[str, tuple[str, ...]]] = {
    "carried": ("", *MEASURES),
    "beside": ("", *SKILLS),
    "skill": SKILLS,
    "skills": SKILLS,
    "flag": FLAGS,
    "flags": FLAGS,
    "feature": FEATURES,
    "features": FEATURES,
    "specialty": SPECIALTIES,
    "mode": ("inpatient", "day", "outpatient"),
    "priority": ("P1b", "P2", "P3", "P4"),
}
"""Name of a text parameter → words that mean something there; others are tags of shifts."""


USUAL: Final = {"minute": 1500, "day": 4}
"""Unit → what is usual where a parameter comes without a value."""


def draw_rule(
    rng: Random, cls: type[Rule[Any, Any]], problem: Problem, *, scoped: bool = True
) -> Rule[Any, Any]:
    """Draw a rule of a type: half of its parameters as they come, the rest over their range."""
    for _ in range(50):
        drawn = {
            spec.name: _value(rng, spec, problem)
            for spec in specs(cls)
            if spec.name not in COMMON and (spec.required or rng.random() < 0.7)
        }
        tier = rng.choice((0, 0, 0, 0, 0, 1, 2, 3, 4))
        weight = rng.choice((None, rng.randint(1, 40)))
        scope = _scope(rng, cls, problem) if scoped else EVERYONE
        try:
            return cls(id="drawn", tier=tier, weight=weight, scope=scope, **drawn)
        except ValueError:
            continue  # parameters that do not go together
    raise AssertionError(f"no parameters found for {cls.type}")


def _value(rng: Random, spec: FieldSpec, problem: Problem) -> Any:
    if spec.optional and rng.random() < 0.3:
        return None
    if spec.form == "whole":
        usual = USUAL.get(spec.unit, 3) if spec.default is None else spec.default
        margin = 90 if spec.unit == "minute" else 4
        high = min(spec.high, max(2 * usual, spec.low + margin))
        near = rng.randint(max(spec.low, usual // 2), min(spec.high, usual + usual // 4 + 1))
        value = rng.choice((spec.low, near, near if usual else high, rng.randint(spec.low, high)))
        whole = value - value % 5 if spec.unit == "minute" else value
        return max(whole, spec.low)
    if spec.form == "time":
        usual = 720 if spec.default is None else spec.default
        return min(max(usual + rng.randrange(-180, 181, 15), 0), spec.high)
    if spec.form == "day":
        return rng.randint(-2, problem.horizon.last)
    return _word(rng, spec, problem)


def _word(rng: Random, spec: FieldSpec, problem: Problem) -> Any:
    pool = POOLS.get(spec.name)
    if pool is None:
        shifts = tuple(shift.id for shift in problem.shifts)
        pool = ("work", "work", *SHIFT_TAGS, *shifts) if shifts else FLAGS
    match spec.form:
        case "choice":
            return rng.choice(spec.options)
        case "flag":
            return rng.random() < 0.5
        case "text":
            return rng.choice(pool)
        case "tags":
            return frozenset(rng.sample(pool, rng.randint(1, 2)))
        case "days":
            return frozenset(d for d in range(-1, problem.horizon.days) if rng.random() < 0.3)
        case "weekdays":
            return frozenset(rng.sample(range(7), rng.randint(1, 5)))
        case "link":
            return rng.choice([record.id for record in problem.records(spec.link)] or [None])
        case "links":
            ids = [record.id for record in problem.records(spec.link)]
            return frozenset(rng.sample(ids, min(len(ids), rng.randint(0, 2))))
        case "pairs":
            return tuple((word, max(0, n + rng.randint(-n, n))) for word, n in spec.default)
        case "words":
            return tuple(_day_word(rng, pool) for _ in range(rng.choice((0, 1, 2, 2, 2, 2, 3, 3))))
    raise AssertionError(f"nothing is drawn for a field of form {spec.form}")


def _day_word(rng: Random, pool: tuple[str, ...]) -> str:
    """Draw a word of a pattern: a tag, one of two, a day off or any day."""
    one_of_two = "/".join(rng.sample(pool, 2))
    return rng.choice((*[rng.choice(pool)] * 4, one_of_two, "-", "*"))


class _Listener(Scope):
    """A scope that means everything and notes which kinds of tags it is asked about."""

    def __init__(self) -> None:
        super().__init__((("anything", frozenset()),))
        object.__setattr__(self, "asked", set())

    def holds(self, carried: Mapping[str, frozenset[str]]) -> bool:
        getattr(self, "asked").update(carried)  # noqa: B009  # the class has slots, and no field
        return True


@cache
def scope_kinds(type: str) -> tuple[str, ...]:
    """Give the kinds of tags that a rule type asks its scope about."""
    cls, listener = catalogue()[type], _Listener()
    for seed in range(8):
        rng = Random(seed)
        problem, plan = _draw_facts(rng, cls, "none" if seed % 2 else "wild")
        rule = replace(draw_rule(rng, cls, problem, scoped=False), scope=listener)
        sample = Sample(seed=seed, problem=problem, rule=rule, plan=plan, starts="none")
        list(rule.breaches(sample.view))
        list(rule.rows(sample.space))
        list(rule.prices(sample.space))
    return tuple(sorted(getattr(listener, "asked")))  # noqa: B009


def _draw_facts(rng: Random, cls: type[Rule[Any, Any]], starts: str) -> tuple[Problem, Plan]:
    if cls.part == "roster":
        problem = draw_roster(rng)
        return problem, draw_duties(rng, problem)
    problem = draw_theatre(rng)
    return problem, draw_placements(rng, problem, starts)


def _scope(rng: Random, cls: type[Rule[Any, Any]], problem: Problem) -> Scope:
    kinds = scope_kinds(cls.type)
    if not kinds or rng.random() < 0.6:
        return EVERYONE
    kind, known = rng.choice(kinds), facts(problem)
    carried = (known.staff_tags, known.case_tags, known.session_tags, known.surgeon_tags)
    tags = {tag for each in carried for by in each.values() for tag in by.get(kind, ())}
    if kind in ATTRIBUTES:
        tags.update(record.id for record in problem.records(kind))
    if not tags:
        return EVERYONE
    return Scope.of(**{kind: rng.sample(sorted(tags), min(len(tags), rng.choice((1, 1, 2, 3))))})


# --- waivers -------------------------------------------------------------------------------------


def draw_waivers(rng: Random, rule: Rule[Any, Any], breaches: list[Breach]) -> tuple[Waiver, ...]:
    """Draw overlapping waivers about what is broken, and some that match nothing.

    About the largest breach lie, every other time, two of which each forgives half.
    """
    found = []
    large = sorted(breaches, key=lambda breach: (-breach.amount, breach.about))[:2]
    for breach in (*large, *rng.sample(breaches, min(len(breaches), 4))):
        half, whole = breach.amount // 2, breach.amount + 1
        for _ in range(rng.choice((1, 2, 2, 3))):
            most = rng.choice((0, 1, 1, half, rng.randint(0, whole)))
            found.append(_waiver(rng, rule, breach.about, most))
    if large and rng.random() < 0.5:
        half = (large[0].amount + 1) // 2
        found += [_waiver(rng, rule, large[0].about, half, loose=False) for _ in range(2)]
    return tuple(found)


def _waiver(
    rng: Random, rule: Rule[Any, Any], about: About, most: int, *, loose: bool = True
) -> Waiver:
    """Make a waiver about an item; a loose one is too wide, too narrow or for another rule."""
    return Waiver(
        rule=rule.id if not loose or rng.random() < 0.9 else "another",
        subjects=frozenset((*about.subjects, *(rng.choice(((), ("somebody",))) if loose else ()))),
        first=about.first - (rng.choice((0, 0, 1, 5)) if loose else 0),
        last=about.last + (rng.choice((0, 0, 2, -1, 0, 1)) if loose else 0),
        most=most,
        reason="agreed",
        author="cadre",
        made=date(2026, 10, 1),
    )


# --- samples -------------------------------------------------------------------------------------


def rule_types() -> list[str]:
    """Give the names of all rule types with a file, sorted."""
    return sorted(catalogue())


def tried(few: int, many: int) -> pytest.MarkDecorator:
    """Have a law tried on a few random problems at every change, and on many in the long tier."""
    return pytest.mark.parametrize("plans", [few, pytest.param(many, marks=pytest.mark.long)])


def draw_sample(type: str, number: int) -> Sample:
    """Draw a sample for a rule type; the same number always gives the same one."""
    return _draw_sample(type, catalogue()[type], number)


@lru_cache(maxsize=200)  # the last few types: drawing costs more than most tests of a sample
def _draw_sample(type: str, cls: type[Rule[Any, Any]], number: int) -> Sample:
    seed = zlib.crc32(type.encode()) % 1_000_000 * 1000 + number
    rng = Random(seed)
    if cls.part == "roster":
        problem = draw_roster(rng)
    elif cls.part == "theatre":
        problem = draw_theatre(rng)
        if type in STARTED:
            problem = replace(problem, clock=True)
        if type == "two_rooms":
            problem = replace(problem, surgeons=in_two(problem.surgeons))
        if type == "starts" and rng.random() < 0.7:
            problem = all_asleep(problem)
    else:
        raise AssertionError(f"no problems are drawn for the part {cls.part}")
    rule = draw_rule(rng, cls, problem)
    others = _company(rng, rule)
    problem = replace(problem, rules=(rule, *others))
    if cls.part == "roster":
        doubles = type in AUDIT_ONLY and rng.random() < 0.5
        starts, plan = "none", draw_duties(rng, problem, 0.1 if doubles else 0.0)
        if type == "allowed_shifts":
            plan = draw_strangers(rng, problem, plan)
    else:
        usual = ("none", "none", "none", "tidy", "tidy", "wild", "some")
        starts = rng.choice(STARTED.get(type, usual))
        plan = draw_placements(rng, problem, starts)
        starts = starts if problem.clock else "none"
    sample = Sample(seed=seed, problem=problem, rule=rule, plan=plan, starts=starts)
    if cls.part == "theatre" and problem.clock and rng.random() < 0.3:
        sample = _careful(rng, sample)
    return replace(sample, waivers=draw_waivers(rng, rule, sample.breaches))


@lru_cache(maxsize=32)
def draw_together(part: str, number: int) -> tuple[Sample, tuple[Rule[Any, Any], ...]]:
    """Draw a problem with one rule of every type of a part in force, and an unsequenced plan."""
    rng = Random(zlib.crc32(part.encode()) % 1_000_000 * 1000 + number)
    problem = draw_roster(rng) if part == "roster" else draw_theatre(rng)
    types = [cls for _, cls in sorted(catalogue().items()) if cls.part == part]
    rules = tuple(replace(draw_rule(rng, cls, problem), id=cls.type) for cls in types)
    problem = replace(problem, rules=rules)
    if part == "roster":
        plan = draw_duties(rng, problem)
    else:
        plan = draw_placements(rng, problem, "none")
    sample = Sample(seed=number, problem=problem, rule=rules[0], plan=plan, starts="none")
    waivers = (
        waiver for rule in rules for waiver in draw_waivers(rng, rule, audit(rule, sample.view))
    )
    return replace(sample, waivers=tuple(waivers)), rules


def _careful(rng: Random, sample: Sample) -> Sample:
    """Crowd a sample's plan while keeping what its relaxations take as given, where there are any."""
    given = {type for row in sample.rule.rows(sample.space) for type in row.given}
    if not given or not given <= set(catalogue()):
        return sample
    rules = [catalogue()[type](id="given") for type in sorted(given)]
    sessions = facts(sample.problem).sessions
    kept: list[Placement] = []
    crowd = list(draw_placements(rng, sample.problem, "none", strange=0.0, density=1.0).placements)
    rng.shuffle(crowd)
    for placement in crowd:
        session = sessions[placement.session]
        later = rng.sample(range(session.start, session.end, 5), 3)
        for start in (session.start, *sorted(later)):
            trial = Plan.build([*kept, placement._replace(start=start)])
            if not any(audit(rule, sample.view_of(trial)) for rule in rules):
                kept.append(placement._replace(start=start))
                break
    return replace(sample, plan=Plan.build(kept), starts="careful")


def _company(rng: Random, rule: Rule[Any, Any]) -> tuple[Rule[Any, Any], ...]:
    """Give a hard owner rule beside the drawn one now and then: it narrows options and spares."""
    owner = catalogue().get("owner")
    if owner is None or rule.part != "theatre" or rng.random() < 0.6:
        return ()
    return (owner(id="owner"),)


def samples(type: str, count: int, first: int = 0) -> Iterator[Sample]:
    """Draw some samples for a rule type."""
    return (draw_sample(type, number) for number in range(first, first + count))
