"""`rules.toml`: the rules of a problem as a pack writes them, and read back with their lines."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.items import InlineTable

from data.csv.files import text_of
from data.importing import FileFault, Unreadable
from planner.clock import Horizon
from planner.fields import specs
from planner.packs.pack import toml_place
from planner.plain import NotPlainError, from_plain, to_plain
from planner.rules.contract import Rule

NO_LIMIT: Final = "none"
"""A parameter that has a default, and here has no value: TOML has no word of its own for it."""

_OWN: Final = frozenset(spec.name for spec in specs(Rule))
_TITLES: Final = {"title_fr": "fr", "title_en": "en"}
_TITLE: Final = re.compile(r"^\s*\[\[\s*rule\s*\]\]", re.MULTILINE)


def rules_text(rules: tuple[Rule[Any, Any], ...], horizon: Horizon) -> str:
    """Write rules as TOML: id, type, tier, weight, titles, scope and all parameters."""
    document = tomlkit.document()
    listed = tomlkit.aot()
    for rule in rules:
        listed.append(rule_table(rule, horizon))
    document["rule"] = listed
    return tomlkit.dumps(document) if rules else ""


def rule_table(rule: Rule[Any, Any], horizon: Horizon) -> tomlkit.items.Table:
    """Write a rule as a table of TOML."""
    values: dict[str, Any] = to_plain(rule, horizon)
    unset = [spec.name for spec in specs(type(rule)) if spec.default is not None]
    values |= {name: NO_LIMIT for name in unset if values[name] is None}
    table = tomlkit.table()
    for name in ("id", "type", "tier", "weight", "enabled", "source", "expert"):
        if values[name] not in (None, "", []):
            table[name] = values[name]
    titles = {lang: values[name] for name, lang in _TITLES.items() if values[name]}
    parameters = {
        name: v for name, v in values.items() if name not in {*_OWN, "type"} and v is not None
    }
    for name, inside in (("title", titles), ("scope", values["scope"]), ("parameters", parameters)):
        if inside:
            table[name] = inline(inside)
    return table


def inline(values: Mapping[str, Any]) -> InlineTable:
    """Write values as a table in one line."""
    table = tomlkit.inline_table()
    table.update(values)
    return table


def read_rules(path: Path, horizon: Horizon) -> tuple[tuple[Rule[Any, Any], ...], list[FileFault]]:
    """Read rules; what cannot be read is a fault at the line where its rule begins.

    Raises:
        Unreadable: the file is no TOML.
    """
    if path.is_file() and not path.read_bytes().strip():  # no pipe: it may have no end
        return (), []
    text = text_of(path)
    try:
        listed = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise Unreadable("no_toml", path.name, row=toml_place(error, text)[0]) from error
    lines = [text.count("\n", 0, found.start()) + 1 for found in _TITLE.finditer(text)]
    rules: dict[str, Rule[Any, Any]] = {}
    faults: list[FileFault] = []
    for number, values in enumerate(listed if isinstance(listed, list) else [listed]):
        line = lines[number] if number < len(lines) else 1
        try:
            rule: Rule[Any, Any] = from_plain("rule", _flat(values), horizon)
        except NotPlainError as error:
            faults.append(_fault(path, line, error))
            continue
        if rule.id in rules:
            facts: dict[str, str | int] = {
                "value": rule.id,
                "first": lines[list(rules).index(rule.id)],
            }
            faults.append(
                FileFault(what="double_id", file=path.name, row=line, column="id", facts=facts)
            )
        rules.setdefault(rule.id, rule)
    return tuple(rules.values()), faults


def _flat(values: Any) -> dict[str, Any]:
    """Lay titles and parameters beside the rest, as `planner.plain` has them."""
    if not isinstance(values, dict):
        raise NotPlainError("unknown_field", "rule", values)
    flat = {name: value for name, value in values.items() if name not in ("title", "parameters")}
    titles, parameters = values.get("title", {}), values.get("parameters", {})
    for name, inside in (("title", titles), ("parameters", parameters)):
        if not isinstance(inside, dict):
            raise NotPlainError("unknown_field", name, inside)
    flat |= {f"title_{lang}": words for lang, words in titles.items()}
    for name, value in parameters.items():
        if name in flat:
            raise NotPlainError("unknown_field", name, value)
        flat[name] = None if value == NO_LIMIT else value
    return flat


def _fault(path: Path, line: int, error: NotPlainError) -> FileFault:
    what = "unknown_rule_type" if error.what == "unknown_rule_type" else "rule_field"
    facts: dict[str, str | int] = {"field": error.field, "value": error.value[:80]}
    return FileFault(what=what, file=path.name, row=line, column=error.field, facts=facts)
