"""A comparison as tables: first what differs, then how much of the rest."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from planner.compare import Comparison, KpiRow
from planner.comparison_tables import Tables, cell_words
from planner.comparison_words import input_sentences, search_sentences, stale_sentences
from planner.kpi_words import row_difference, row_title, row_value
from planner.words import number
from ui.cli.show import note, table
from ui.cli.speech import lang, say

FACTS: Final = 8
"""Sentences of changed facts that are told of a scenario where nobody asks for details."""


def comparison_text(
    comparison: Comparison,
    *,
    every: bool = False,
    written: Sequence[Path] = (),
    named: int = 1,
    details: Tables | None = None,
) -> None:
    """Write a comparison; only the indicators that differ, unless all are wanted.

    `named`: how many targets were named; a scenario named twice was meant to be set against itself.
    `details`: also every cause, changed fact, placement and duty. `written` are files written of it.
    """
    names = comparison.scenarios
    for stale in comparison.reasons:
        for sentence in stale_sentences(stale, lang()):
            print(sentence, file=sys.stderr)
    for sentence in search_sentences(comparison, lang()):
        print(sentence, file=sys.stderr)
    alone = len(names) < 2 and named < 2
    if alone:
        note("cli.compare.one")
    rows = [row for row in comparison.kpis if every or row.differs]
    if rows:
        head = [say("cli.head.indicator"), *(_head(name, comparison) for name in names)]
        table(head, [_cells(row, comparison) for row in rows], right=range(1, len(head)))
    elif not alone:
        print(say("cli.compare.same"))
    _changes(comparison)
    if details is None:
        _facts(comparison)
    else:
        _details(details)
    for path in written:
        print(say("cli.written", path=str(path)))


def _facts(comparison: Comparison) -> None:
    """Say which facts differ, scenario by scenario; not more than can be taken in."""
    for name in comparison.scenarios:
        mine = [change for change in comparison.inputs if change.scenario == name]
        told = [*input_sentences(mine, lang())]
        if told:
            print()
            print(say("cli.compare.facts", scenario=name))
        for sentence in told[:FACTS]:
            print(f"  {sentence}")
        if len(told) > FACTS:
            print("  " + say("cli.compare.more", n=len(told) - FACTS))


def _details(tables: Tables) -> None:
    """Write all that differs, line by line."""
    for made in (
        tables.causes(),
        tables.facts(),
        tables.placements(),
        tables.duties(),
        tables.held(),
    ):
        if made.lines:
            print()
            print(made.title)
            table(made.head, [[cell_words(cell, lang()) for cell in line] for line in made.lines])


def _head(name: str, comparison: Comparison) -> str:
    return f"{name} *" if name in comparison.stale else name


def _cells(row: KpiRow, comparison: Comparison) -> list[str]:
    cells = [row_title(row, lang())]
    for name in comparison.scenarios:
        words = row_value(row, name, lang())
        delta = row.delta.get(name)
        if delta and row.differs:
            words = f"{words} ({row_difference(row, name, lang())})"
        cells.append(words)
    return cells


def _changes(comparison: Comparison) -> None:
    """Count what differs in facts, placements and duties, scenario by scenario."""
    counts = {
        "inputs": Counter(change.scenario for change in comparison.inputs),
        "placements": Counter(change.scenario for change in comparison.placements),
        "duties": Counter(change.scenario for change in comparison.duties),
        "pins": Counter(change.scenario for change in comparison.pins),
        "waivers": Counter(change.scenario for change in comparison.waivers),
    }
    for rare in ("pins", "waivers"):
        if not counts[rare]:
            del counts[rare]
    others = [name for name in comparison.scenarios if name != comparison.reference]
    rows = [
        (name, *(number(counts[what][name], lang()) for what in counts))
        for name in others
        if any(counts[what][name] for what in counts)
    ]
    if rows:
        print()
        head = [say("cli.head.differs"), *(say(f"cli.head.{what}") for what in counts)]
        table(head, rows, right=range(1, len(head)))
