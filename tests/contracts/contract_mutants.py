"""Generic faults planted in a rule's two voices; the laws must notice every one of them.

A mutant takes what a rule says about a sample and changes one thing in it. It *applies* when that
makes a difference to what is said, and *dies* when a law notices. `family` tells what it needs of a
rule, so that a mutant idle for want of it has its reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final, TypeAlias, TypeVar

from contract_checks import Voices
from contract_drawing import Sample
from contract_voices import largest, row_amount

from planner.rules.blocks import About, Codes, Linear, Never, Price, Row, Test
from planner.rules.contract import Breach, Rule
from planner.rules.timing import Cumulative, NoOverlap, Verb, Within

T = TypeVar("T")
LOOKS: Final = 12
"""Every other time a change is looked for, so often, that makes a row cost something else now."""
Change: TypeAlias = Callable[[Random, Sample, Voices], Voices]


@dataclass(frozen=True)
class Mutant:
    """A fault in what is said: its name, what it needs, and the change."""

    name: str
    family: str
    change: Change


def _swap(items: Sequence[T], index: int, *new: T) -> tuple[T, ...]:
    return (*items[:index], *new, *items[index + 1 :])


# --- rows ----------------------------------------------------------------------------------------


def _one_row(wanted: Callable[[Row], bool], change: Callable[[Random, Any], Row]) -> Change:
    """Change one row, drawn among those that are wanted and count."""

    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, row in enumerate(said.rows) if row.kind != "guide" and wanted(row)]
        if not able:
            return said
        for _ in range(LOOKS if rng.random() < 0.5 else 1):
            at = _place(rng, said, able)
            new = change(rng, said.rows[at])
            if row_amount(new, sample.codes) != row_amount(said.rows[at], sample.codes):
                break
        return replace(said, rows=_swap(said.rows, at, new))

    return changed


def _place(rng: Random, said: Voices, able: list[int]) -> int:
    """Draw one of the rows; every other time one that costs something now."""
    broken = [n for n in able if n in said.broken]
    return rng.choice(broken if broken and rng.random() < 0.5 else able)


def _rows(keep: Callable[[Sample, Row], bool]) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        kept = tuple(row for row in said.rows if row.kind == "guide" or keep(sample, row))
        return replace(said, rows=kept) if len(kept) < len(said.rows) else said

    return changed


def _last_row(times: int) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, row in enumerate(said.rows) if row.kind != "guide"]
        if not able:
            return said
        return replace(said, rows=_swap(said.rows, able[-1], *[said.rows[able[-1]]] * times))

    return changed


def _some_row(times: int) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, row in enumerate(said.rows) if row.kind != "guide"]
        if not able:
            return said
        at = _place(rng, said, able)
        return replace(said, rows=_swap(said.rows, at, *[said.rows[at]] * times))

    return changed


def _add(name: str, by: int) -> Callable[[Random, Any], Row]:
    return lambda rng, row: row._replace(**{name: getattr(row, name) + by})


def _times(name: str, by: int) -> Callable[[Random, Any], Row]:
    return lambda rng, row: row._replace(**{name: getattr(row, name) * by})


def _has(name: str) -> Callable[[Row], bool]:
    return lambda row: isinstance(row, Linear) and getattr(row, name) is not None


def _is_linear(row: Row) -> bool:
    return isinstance(row, Linear)


def _is_never(row: Row) -> bool:
    return isinstance(row, Never)


def _has_parts(row: Row) -> bool:
    return isinstance(row, Linear) and any(cells and table for cells, table in row.parts)


def _has_features(row: Row) -> bool:
    return isinstance(row, Linear) and bool(row.features)


def _value(by: int) -> Callable[[Random, Any], Row]:
    """Change the integer of one code in one table."""

    def change(rng: Random, row: Linear) -> Row:
        at = rng.choice([n for n, (cells, table) in enumerate(row.parts) if cells and table])
        cells, table = row.parts[at]
        code = rng.choice(sorted(table))
        part = (cells, {**table, code: table[code] + by})
        return row._replace(parts=_swap(row.parts, at, part))

    return change


def _table_cell(rng: Random, row: Linear) -> Row:
    at = rng.choice([n for n, (cells, table) in enumerate(row.parts) if cells and table])
    cells, table = row.parts[at]
    less = _swap(cells, rng.randrange(len(cells)))
    return row._replace(parts=_swap(row.parts, at, (less, table)))


def _table_code(rng: Random, row: Linear) -> Row:
    at = rng.choice([n for n, (cells, table) in enumerate(row.parts) if cells and table])
    cells, table = row.parts[at]
    gone = rng.choice(sorted(table))
    less = {code: value for code, value in table.items() if code != gone}
    return row._replace(parts=_swap(row.parts, at, (cells, less)))


def _feature(change: Callable[[Random, Any, int], tuple[Any, int]]) -> Callable[[Random, Any], Row]:
    def changed(rng: Random, row: Linear) -> Row:
        at = rng.randrange(len(row.features))
        return row._replace(features=_swap(row.features, at, change(rng, *row.features[at])))

    return changed


def _feature_gone(rng: Random, row: Linear) -> Row:
    return row._replace(features=_swap(row.features, rng.randrange(len(row.features))))


def _fewer_tests(rng: Random, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    return _swap(tests, rng.randrange(len(tests)))


def _fewer_cells(rng: Random, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    able = [n for n, (cells, _) in enumerate(tests) if cells]
    if not able:
        return tests
    at = rng.choice(able)
    cells, codes = tests[at]
    return _swap(tests, at, (_swap(cells, rng.randrange(len(cells))), codes))


def _other_code(more: bool) -> Callable[[Random, Sample, tuple[Test, ...]], tuple[Test, ...]]:
    """Let a test hold for a code more or less; every other time for one that the plan takes."""

    def changed(rng: Random, sample: Sample, tests: tuple[Test, ...]) -> tuple[Test, ...]:
        able, taken = [], []
        for n, (cells, codes) in enumerate(tests):
            now = {sample.codes[cell] for cell in cells}
            taken += [(n, code) for code in sorted(now) if (code in codes) != more]
            usable = {code for cell in cells for code in sample.space.domain(cell)}
            usable |= frozenset() if codes.negated or more else codes.members
            able += [(n, code) for code in sorted(usable) if (code in codes) != more]
        if not able:
            return tests
        at, code = rng.choice(taken if taken and rng.random() < 0.5 else able)
        cells, codes = tests[at]
        return _swap(tests, at, (cells, Codes(codes.members ^ {code}, codes.negated)))

    return changed


def _never(
    change: Callable[[Random, Sample, tuple[Test, ...]], tuple[Test, ...]],
) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        def tests(rng: Random, row: Never) -> Row:
            return row._replace(tests=change(rng, sample, row.tests))

        return _one_row(_is_never, tests)(rng, sample, said)

    return changed


def _feature_test(
    change: Callable[[Random, Sample, tuple[Test, ...]], tuple[Test, ...]],
) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        def feature(rng: Random, tests: tuple[Test, ...], times: int) -> tuple[Any, int]:
            return change(rng, sample, tests), times

        return _one_row(_has_features, _feature(feature))(rng, sample, said)

    return changed


def _elsewhere(about: About, how: str) -> About:
    match how:
        case "first - 1":
            return about._replace(first=about.first - 1)
        case "first + 1":
            return about._replace(first=about.first + 1)
        case "last - 1":
            return about._replace(last=about.last - 1)
        case "last + 1":
            return about._replace(last=about.last + 1)
        case "subject":
            return about._replace(subjects=(*about.subjects[:-1], "somebody"))
        case "subject more":
            return about._replace(subjects=(*about.subjects, "somebody"))
    return about._replace(what=f"{about.what}_other")


ELSEWHERE: Final = (
    "first - 1",
    "first + 1",
    "last - 1",
    "last + 1",
    "subject",
    "subject more",
    "message",
)


def _row_about(how: str) -> Callable[[Random, Any], Row]:
    return lambda rng, row: row._replace(about=_elsewhere(row.about, how))


def _guided(rng: Random, row: Any) -> Row:
    changed: Row = row._replace(kind="guide")
    return changed


def _rows_mutants() -> Iterator[Mutant]:
    def always(row: Row) -> bool:
        return True

    yield Mutant("last row dropped", "rows", _last_row(0))
    yield Mutant("last row twice", "rows", _last_row(2))
    yield Mutant("a row dropped", "rows", _some_row(0))
    yield Mutant("a row twice", "rows", _some_row(2))
    yield Mutant("a row made a guide", "rows", _one_row(always, _guided))
    yield Mutant("rows at the end skipped", "rows", _rows(_not_last_day))
    yield Mutant("rows at the beginning skipped", "rows", _rows(lambda s, row: row.about.first > 0))
    yield Mutant("rows forget history", "history", _rows(lambda s, row: row.about.first >= 0))
    for how in ELSEWHERE:
        yield Mutant(f"row about {how}", "rows", _one_row(always, _row_about(how)))
    for bound in ("lo", "hi"):
        yield Mutant(f"{bound} + 1", bound, _one_row(_has(bound), _add(bound, 1)))
        yield Mutant(f"{bound} - 1", bound, _one_row(_has(bound), _add(bound, -1)))
    yield Mutant("each x 2", "linear", _one_row(_is_linear, _times("each", 2)))
    yield Mutant("knee + 1", "knee", _one_row(_has("knee"), _add("knee", 1)))
    yield Mutant("knee - 1", "knee", _one_row(_has("knee"), _add("knee", -1)))
    yield Mutant("beyond + 1", "knee", _one_row(_has("knee"), _add("beyond", 1)))
    yield Mutant("value + 1", "parts", _one_row(_has_parts, _value(1)))
    yield Mutant("value - 1", "parts", _one_row(_has_parts, _value(-1)))
    yield Mutant("a cell less in a table", "parts", _one_row(_has_parts, _table_cell))
    yield Mutant("a code less in a table", "parts", _one_row(_has_parts, _table_code))


def _not_last_day(sample: Sample, row: Row) -> bool:
    return row.about.last < sample.problem.horizon.last


def _feature_mutants() -> Iterator[Mutant]:
    def plus(rng: Random, tests: Any, times: int) -> tuple[Any, int]:
        return tests, times + 1

    def turned(rng: Random, tests: Any, times: int) -> tuple[Any, int]:
        return tests, -times

    yield Mutant("a feature dropped", "features", _one_row(_has_features, _feature_gone))
    yield Mutant("coefficient + 1", "features", _one_row(_has_features, _feature(plus)))
    yield Mutant("coefficient turned", "features", _one_row(_has_features, _feature(turned)))
    yield Mutant(
        "a cell less in a feature", "features", _feature_test(lambda r, s, t: _fewer_cells(r, t))
    )
    yield Mutant("a code more in a feature", "features", _feature_test(_other_code(more=True)))
    yield Mutant("a code less in a feature", "features", _feature_test(_other_code(more=False)))
    yield Mutant("a test dropped", "never", _never(lambda r, s, tests: _fewer_tests(r, tests)))
    yield Mutant(
        "a cell less in a test", "never", _never(lambda r, s, tests: _fewer_cells(r, tests))
    )
    yield Mutant("a code more in a test", "never", _never(_other_code(more=True)))
    yield Mutant("a code less in a test", "never", _never(_other_code(more=False)))
    yield Mutant("amount + 1", "never", _one_row(_is_never, _add("amount", 1)))
    yield Mutant("amount x 2", "never", _one_row(_is_never, _times("amount", 2)))


# --- prices --------------------------------------------------------------------------------------


def _one_price(change: Callable[[Random, Sample, Price], Sequence[Price]], last: bool) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        if not said.prices:
            return said
        at = len(said.prices) - 1 if last else rng.randrange(len(said.prices))
        new = change(rng, sample, said.prices[at])
        return replace(said, prices=_swap(said.prices, at, *new))

    return changed


def _priced_code(more: bool) -> Callable[[Random, Sample, Price], Sequence[Price]]:
    def changed(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        ((_, codes),) = _other_code(more=more)(rng, sample, ((price.cells, price.codes),))
        return (price._replace(codes=codes),)

    return changed


def _fewer_priced(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
    if not price.cells:
        return (price,)
    return (price._replace(cells=_swap(price.cells, rng.randrange(len(price.cells)))),)


def _price_mutants() -> Iterator[Mutant]:
    def gone(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return ()

    def twice(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price, price)

    def dearer(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(amount=price.amount + 1),)

    def doubled(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(amount=price.amount * 2),)

    def renamed(rng: Random, sample: Sample, price: Price) -> Sequence[Price]:
        return (price._replace(what=f"{price.what}_other"),)

    yield Mutant("last price dropped", "prices", _one_price(gone, last=True))
    yield Mutant("a price dropped", "prices", _one_price(gone, last=False))
    yield Mutant("a price twice", "prices", _one_price(twice, last=False))
    yield Mutant("price + 1", "prices", _one_price(dearer, last=False))
    yield Mutant("price x 2", "prices", _one_price(doubled, last=False))
    yield Mutant("price with another message", "prices", _one_price(renamed, last=False))
    yield Mutant("a cell less in a price", "prices", _one_price(_fewer_priced, last=False))
    yield Mutant("a code more in a price", "prices", _one_price(_priced_code(True), last=False))
    yield Mutant("a code less in a price", "prices", _one_price(_priced_code(False), last=False))


# --- the audit -----------------------------------------------------------------------------------


def _one_breach(change: Callable[[Random, Breach], Sequence[Breach]], last: bool = False) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        if not said.breaches:
            return said
        at = len(said.breaches) - 1 if last else rng.randrange(len(said.breaches))
        return replace(said, breaches=_swap(said.breaches, at, *change(rng, said.breaches[at])))

    return changed


def _breaches(keep: Callable[[Sample, Breach], bool]) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        return replace(said, breaches=tuple(b for b in said.breaches if keep(sample, b)))

    return changed


def _breach_about(how: str) -> Callable[[Random, Breach], Sequence[Breach]]:
    return lambda rng, breach: (breach._replace(about=_elsewhere(breach.about, how)),)


def _factless(rng: Random, breach: Breach) -> Sequence[Breach]:
    if not breach.facts:
        return (breach,)
    gone = rng.choice(sorted(breach.facts))
    return (breach._replace(facts={name: f for name, f in breach.facts.items() if name != gone}),)


def _far_fact(rng: Random, breach: Breach) -> Sequence[Breach]:
    names = [name for name in breach.facts if name == "day" or name.endswith("_day")]
    if not names:
        return (breach,)
    return (breach._replace(facts={**breach.facts, names[0]: breach.about.last + 1}),)


def _audit_mutants() -> Iterator[Mutant]:
    def dearer(by: int) -> Callable[[Random, Breach], Sequence[Breach]]:
        return lambda rng, breach: (breach._replace(amount=breach.amount + by),)

    def doubled(rng: Random, breach: Breach) -> Sequence[Breach]:
        return (breach._replace(amount=breach.amount * 2),)

    yield Mutant("audit skips last", "audit", _one_breach(lambda r, b: (), last=True))
    yield Mutant("audit skips one", "audit", _one_breach(lambda r, b: ()))
    yield Mutant("audit says one twice", "audit", _one_breach(lambda r, b: (b, b)))
    yield Mutant("audit amount + 1", "audit", _one_breach(dearer(1)))
    yield Mutant("audit amount - 1", "audit", _one_breach(dearer(-1)))
    yield Mutant("audit amount x 2", "audit", _one_breach(doubled))
    for how in ELSEWHERE:
        yield Mutant(f"audit about {how}", "audit", _one_breach(_breach_about(how)))
    yield Mutant(
        "audit forgets history", "heard history", _breaches(lambda s, b: b.about.first >= 0)
    )
    yield Mutant(
        "audit skips the end",
        "audit",
        _breaches(lambda s, b: b.about.last < s.problem.horizon.last),
    )
    yield Mutant("a fact less", "facts", _one_breach(_factless))
    yield Mutant("a day fact outside", "day facts", _one_breach(_far_fact))


# --- verbs ---------------------------------------------------------------------------------------


def _one_verb(
    wanted: Callable[[Verb], bool], change: Callable[[Random, Sample, Any], Sequence[Verb]]
) -> Change:
    """Change one verb, drawn among those that are wanted."""

    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, verb in enumerate(said.verbs) if _alive(verb, sample) and wanted(verb)]
        if not able:
            return said
        at = rng.choice(able)
        return replace(said, verbs=_swap(said.verbs, at, *change(rng, sample, said.verbs[at])))

    return changed


def _alive(verb: Verb, sample: Sample) -> bool:
    """Tell whether a verb speaks of a choice that the plan takes: the others say nothing yet."""
    if isinstance(verb, Within):
        return verb.choice in sample.times
    if isinstance(verb, NoOverlap | Cumulative):
        return any(stretch.choice in sample.times for stretch in verb.stretches)
    return any(choice in sample.times for choice in verb.choices)


def _knows(name: str) -> Callable[[Verb], bool]:
    return lambda verb: getattr(verb, name, None) is not None


def _later(name: str, by: int) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    return lambda rng, sample, verb: (verb._replace(**{name: getattr(verb, name) + by}),)


def _stretch(name: str, by: int) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    def change(rng: Random, sample: Sample, verb: Any) -> Sequence[Verb]:
        longer = tuple(s._replace(**{name: getattr(s, name) + by}) for s in verb.stretches)
        return (verb._replace(stretches=longer),)

    return change


def _fewer(name: str) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    def change(rng: Random, sample: Sample, verb: Any) -> Sequence[Verb]:
        parts = getattr(verb, name)
        at = rng.randrange(len(parts))
        taken = [n for n, part in enumerate(parts) if getattr(part, "choice", part) in sample.times]
        if taken and rng.random() < 0.5:
            at = rng.choice(taken)
        return (verb._replace(**{name: _swap(parts, at)}),)

    return change


def _verb_about(how: str) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    return lambda rng, sample, verb: (verb._replace(about=_elsewhere(verb.about, how)),)


def _verb_mutants() -> Iterator[Mutant]:
    def always(verb: Verb) -> bool:
        return True

    yield Mutant("a verb dropped", "verbs", _one_verb(always, lambda r, s, verb: ()))
    yield Mutant("a verb twice", "verbs", _one_verb(always, lambda r, s, verb: (verb, verb)))
    for how in ("first + 1", "message"):
        yield Mutant(f"verb about {how}", "verbs", _one_verb(always, _verb_about(how)))
    for name in ("low", "high", "limit"):
        yield Mutant(f"{name} + 5", name, _one_verb(_knows(name), _later(name, 5)))
        yield Mutant(f"{name} - 5", name, _one_verb(_knows(name), _later(name, -5)))
    yield Mutant("stay + 5", "high", _one_verb(_knows("high"), _later("stay", 5)))
    yield Mutant("capacity + 1", "capacity", _one_verb(_knows("capacity"), _later("capacity", 1)))
    yield Mutant("capacity - 1", "capacity", _one_verb(_knows("capacity"), _later("capacity", -1)))
    yield Mutant(
        "held 5 before", "stretches", _one_verb(_knows("stretches"), _stretch("before", 5))
    )
    yield Mutant("held 5 after", "stretches", _one_verb(_knows("stretches"), _stretch("after", 5)))
    yield Mutant("a stretch less", "stretches", _one_verb(_knows("stretches"), _fewer("stretches")))
    yield Mutant("a choice less", "choices", _one_verb(_knows("choices"), _fewer("choices")))
    busy = _one_verb(lambda verb: bool(getattr(verb, "busy", ())), _fewer("busy"))
    yield Mutant("a busy time less", "busy", busy)


SAID: Final = (
    *_rows_mutants(),
    *_feature_mutants(),
    *_price_mutants(),
    *_verb_mutants(),
    *_audit_mutants(),
)
"""The mutants of what a rule says."""


# --- waivers and reach ---------------------------------------------------------------------------


class Wrapped:
    """A rule that says a fault whenever it is asked: another reach, or other items."""

    def __init__(self, rule: Rule[Any, Any], reach: str | None = None, how: str = "") -> None:
        self._rule, self._how = rule, how
        self.reach = reach or rule.reach

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rule, name)

    def breaches(self, view: Any) -> Iterator[Breach]:
        for breach in self._rule.breaches(view):
            about = _elsewhere(breach.about, self._how) if self._how else breach.about
            yield breach._replace(about=about)


@dataclass(frozen=True)
class Forgiving:
    """A wrong way to take waivers off."""

    name: str
    forgiven: Callable[[Sequence[int]], int]
    soft_too: bool = False


FORGIVING: Final = (
    Forgiving("waivers ignored", lambda covers: 0),
    Forgiving("a waiver forgives one more", lambda covers: max(covers) + 1 if covers else 0),
    Forgiving("waivers summed", sum),
    Forgiving("the smallest waiver", lambda covers: min(covers, default=0)),
    Forgiving("soft rules waived too", largest, soft_too=True),
)

REACHES: Final = {"roster": ("person",), "theatre": ("case", "session")}
"""What a rule with reach None would say if its reach were too narrow."""
