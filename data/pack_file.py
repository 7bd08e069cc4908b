"""Writing a rule pack: rules as TOML with the examples beside them, as `planner.packs.read` takes it."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Table

from data.csv.rules import inline, rule_table
from planner.clock import Horizon
from planner.packs import Example, Pack, TheatreExample, example_table


def pack_text(pack: Pack, horizon: Horizon) -> str:
    """Write a pack: its version and titles, then each rule with what it accepts and what it refuses."""
    document = tomlkit.document()
    if pack.version:
        document["version"] = pack.version
    document["title"] = inline({"fr": pack.title_fr, "en": pack.title_en})
    rules = tomlkit.aot()
    for rule in pack.rules:
        table = rule_table(rule, horizon)
        for word, accepts in (("accepts", True), ("refuses", False)):
            every: tuple[Example | TheatreExample, ...] = (*pack.examples, *pack.theatre_examples)
            found = [each for each in every if each.rule == rule.id and each.accepts == accepts]
            if found:
                listed = tomlkit.aot()
                for each in found:
                    listed.append(_example(each))
                table[word] = listed
        rules.append(table)
    document["rule"] = rules
    return tomlkit.dumps(document)


def _example(each: Example | TheatreExample) -> Table:
    table = tomlkit.table()
    if isinstance(each, Example):
        for name, value in example_table(each).items():
            table[name] = inline(value) if isinstance(value, dict) else value
        return table
    for name, value in each.table.items():
        table[name] = _rows(value) if _is_rows(value) else value
    return table


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _rows(rows: list[Mapping[str, Any]]) -> Any:
    listed = tomlkit.array()
    for row in rows:
        listed.append(inline(row))
    return listed.multiline(len(rows) > 1)
