"""Faults planted in rows, conjunctions and features."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, Final

from contract_checks import Voices
from contract_drawing import Sample
from contract_planting import ELSEWHERE, Change, Mutant, elsewhere, other_code, swap
from contract_voices import row_amount

from planner.rules.blocks import Linear, Never, Row, Test

LOOKS: Final = 12
"""Every other time a change is looked for, so often, that makes a row cost something else now."""


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
        return replace(said, rows=swap(said.rows, at, new))

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
        return replace(said, rows=swap(said.rows, able[-1], *[said.rows[able[-1]]] * times))

    return changed


def _some_row(times: int) -> Change:
    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, row in enumerate(said.rows) if row.kind != "guide"]
        if not able:
            return said
        at = _place(rng, said, able)
        return replace(said, rows=swap(said.rows, at, *[said.rows[at]] * times))

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
        return row._replace(parts=swap(row.parts, at, part))

    return change


def _table_cell(rng: Random, row: Linear) -> Row:
    at = rng.choice([n for n, (cells, table) in enumerate(row.parts) if cells and table])
    cells, table = row.parts[at]
    less = swap(cells, rng.randrange(len(cells)))
    return row._replace(parts=swap(row.parts, at, (less, table)))


def _table_code(rng: Random, row: Linear) -> Row:
    at = rng.choice([n for n, (cells, table) in enumerate(row.parts) if cells and table])
    cells, table = row.parts[at]
    gone = rng.choice(sorted(table))
    less = {code: value for code, value in table.items() if code != gone}
    return row._replace(parts=swap(row.parts, at, (cells, less)))


def _feature(change: Callable[[Random, Any, int], tuple[Any, int]]) -> Callable[[Random, Any], Row]:
    def changed(rng: Random, row: Linear) -> Row:
        at = rng.randrange(len(row.features))
        return row._replace(features=swap(row.features, at, change(rng, *row.features[at])))

    return changed


def _feature_gone(rng: Random, row: Linear) -> Row:
    return row._replace(features=swap(row.features, rng.randrange(len(row.features))))


def _fewer_tests(rng: Random, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    return swap(tests, rng.randrange(len(tests)))


def _fewer_cells(rng: Random, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    able = [n for n, (cells, _) in enumerate(tests) if cells]
    if not able:
        return tests
    at = rng.choice(able)
    cells, codes = tests[at]
    return swap(tests, at, (swap(cells, rng.randrange(len(cells))), codes))


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


def _row_about(how: str) -> Callable[[Random, Any], Row]:
    return lambda rng, row: row._replace(about=elsewhere(row.about, how))


def _guided(rng: Random, row: Any) -> Row:
    changed: Row = row._replace(kind="guide")
    return changed


def row_mutants() -> Iterator[Mutant]:
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


def feature_mutants() -> Iterator[Mutant]:
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
    yield Mutant("a code more in a feature", "features", _feature_test(other_code(more=True)))
    yield Mutant("a code less in a feature", "features", _feature_test(other_code(more=False)))
    yield Mutant("a test dropped", "never", _never(lambda r, s, tests: _fewer_tests(r, tests)))
    yield Mutant(
        "a cell less in a test", "never", _never(lambda r, s, tests: _fewer_cells(r, tests))
    )
    yield Mutant("a code more in a test", "never", _never(other_code(more=True)))
    yield Mutant("a code less in a test", "never", _never(other_code(more=False)))
    yield Mutant("amount + 1", "never", _one_row(_is_never, _add("amount", 1)))
    yield Mutant("amount x 2", "never", _one_row(_is_never, _times("amount", 2)))
