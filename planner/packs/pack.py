"""Reading a pack: rules from TOML, checked field by field, with the examples that stand beside them."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner import fields
from planner.cases import EMERGENCY
from planner.clock import Horizon
from planner.facts import facts
from planner.packs.example import Example, roster_example
from planner.packs.theatre_example import TheatreExample
from planner.packs.theatre_example import example as theatre_example
from planner.plain import NotPlainError, from_plain, told_value
from planner.problem import Fault, Problem
from planner.rule_words import SHIFT_TAGS
from planner.rules.contract import Rule

FOLDER: Final = Path(__file__).parent
_OWN: Final = frozenset(
    {"id", "type", "tier", "weight", "enabled", "scope", "source", "expert", "title"}
)
_EXAMPLES: Final = ("accepts", "refuses")
_HORIZON: Final = Horizon(start=dt.date(2024, 1, 1), days=1)  # a pack holds no days of a study


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Rules that belong together: a law, an agreement, a house's habits."""

    name: str
    version: str
    title_en: str
    title_fr: str
    rules: tuple[Rule[Any, Any], ...]
    examples: tuple[Example, ...] = ()
    theatre_examples: tuple[TheatreExample, ...] = ()

    def rule(self, id: str) -> Rule[Any, Any]:
        """Give a rule by its id.

        Raises:
            KeyError: the pack has no such rule.
        """
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise KeyError(id)


class PackError(ValueError):
    """A pack that cannot be read: message id `pack.WHAT` with facts for the sentence."""

    def __init__(self, what: str, **facts: str | int) -> None:
        super().__init__(f"{what}: {facts}")
        self.what = f"pack.{what}"
        self.facts: Mapping[str, str | int] = facts


def names() -> tuple[str, ...]:
    """Give the names of the packs that come with the program."""
    return names_in(FOLDER)


def names_in(folder: Path) -> tuple[str, ...]:
    """Give the names of the TOML files of a folder, in order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(name: str) -> Pack:
    """Read a pack that comes with the program.

    Raises:
        PackError: there is no such pack, or it cannot be read.
    """
    if name not in names():
        raise PackError("unknown", pack=name, packs=", ".join(names()))
    return read(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"), name)


def table_of(words: str, name: str) -> dict[str, Any]:
    """Read the text of a TOML file, named for its sentence.

    Raises:
        PackError: the text is no TOML.
    """
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        line, column = toml_place(error, words)
        raise PackError("not_toml", pack=name, line=line, column=column) from error


_AT: Final = re.compile(r"\(at line (\d+), column (\d+)\)$")


def toml_place(error: tomllib.TOMLDecodeError, words: str) -> tuple[int, int]:
    """Give line and column, counted from 1, at which a text is no TOML; its end where none is told."""
    found = _AT.search(str(error))
    if found is not None:
        return int(found[1]), int(found[2])
    lines = words.split("\n")
    return len(lines), len(lines[-1]) + 1


def read(words: str, name: str) -> Pack:
    """Read a pack from the text of a TOML file.

    Raises:
        PackError: the text is no TOML, or a rule or example in it does not fit.
    """
    table = table_of(words, name)
    rules: list[Rule[Any, Any]] = []
    examples: list[Example] = []
    theatres: list[TheatreExample] = []
    for number, given in enumerate(table.get("rule", []), 1):
        rule = _rule(name, number, given)
        if any(other.id == rule.id for other in rules):
            raise PackError("double_rule", pack=name, rule=rule.id)
        rules.append(rule)
        examples.extend(_examples(name, rule, given))
        theatres.extend(_theatre_examples(name, rule, given))
    title = table.get("title", {})
    return Pack(
        name=name,
        version=str(table.get("version", "")),
        title_en=str(title.get("en", name)),
        title_fr=str(title.get("fr", name)),
        rules=tuple(rules),
        examples=tuple(examples),
        theatre_examples=tuple(theatres),
    )


def _rule(name: str, number: int, given: Mapping[str, Any]) -> Rule[Any, Any]:
    values = {key: value for key, value in given.items() if key in _OWN - {"title"}}
    values |= {f"title_{lang}": words for lang, words in given.get("title", {}).items()}
    parameters = given.get("parameters", {})
    values |= {key: None if value == "none" else value for key, value in parameters.items()}
    where = str(given.get("id", number))
    for key in given:
        if key not in (*_OWN, "parameters", *_EXAMPLES):
            raise PackError("not_field", pack=name, rule=where, field=key, value=str(given[key]))
    try:
        rule: Rule[Any, Any] = from_plain("rule", values, _HORIZON)
    except NotPlainError as error:
        facts = {"pack": name, "rule": where, "field": error.field, "value": error.value}
        raise PackError("not_field", **facts) from error
    return rule


def _examples(name: str, rule: Rule[Any, Any], given: Mapping[str, Any]) -> Iterator[Example]:
    for word in _EXAMPLES:
        for number, each in enumerate(given.get(word, []), 1):
            if rule.part != "roster":
                continue  # an example of theatres names a table
            try:
                yield roster_example(rule.id, each, accepts=word == "accepts")
            except (KeyError, TypeError, ValueError) as error:
                facts = _which(name, rule.id, word, number, error)
                raise PackError("not_example", **facts) from error


def _theatre_examples(
    name: str, rule: Rule[Any, Any], given: Mapping[str, Any]
) -> Iterator[TheatreExample]:
    for word in _EXAMPLES:
        listed = given.get(word, []) if rule.part == "theatre" else ()
        for number, each in enumerate(listed, 1):
            try:
                yield theatre_example(rule.id, each, accepts=word == "accepts")
            except (KeyError, TypeError, ValueError) as error:
                facts = _which(name, rule.id, word, number, error)
                raise PackError("not_theatre_example", **facts) from error


def _which(pack: str, rule: str, word: str, number: int, error: Exception) -> dict[str, str]:
    """Say which example cannot be read, and the word or value that is missing or amiss there."""
    told = told_value(error) or "?"
    return {"pack": pack, "rule": rule, "example": f"{word} {number}", "error": told}


USUAL: Final[Mapping[str, frozenset[str]]] = {
    "flag": frozenset({EMERGENCY, "child", "infectious", "insulin", "latex", "special"}),
    "bed": frozenset({"ward", "intensive", "day"}),
    "anaesthesia": frozenset({"general", "local"}),
}
"""Tags that come and go with the patients who wait: nobody may carry one just now."""


USUAL_SHIFTS: Final = frozenset({"call", "callout", "overtime", "tta"})
"""Tags of shifts that a house may do without: nobody is on call, and no overtime is planned."""


def strangers(problem: Problem) -> Iterator[Fault]:
    """Find the tags that a rule in force names and no record carries: a rule that means nobody."""
    known = facts(problem)
    carried: dict[str, set[str]] = {}
    for tags in (
        *known.staff_tags.values(),
        *known.case_tags.values(),
        *known.session_tags.values(),
        *known.surgeon_tags.values(),
    ):
        for kind, values in tags.items():
            carried.setdefault(kind, set()).update(values)
    for kind in ("equipment", "priority", "recovery", "ward"):
        carried.setdefault(kind, set()).update(record.id for record in problem.records(kind))
    for rule in problem.rules:
        if not rule.enabled:
            continue
        for kind, wanted in rule.scope.tags:
            for tag in sorted(wanted - carried.get(kind, set()) - USUAL.get(kind, frozenset())):
                yield Fault(
                    what="tag_of_nobody",
                    kind="rule",
                    id=rule.id,
                    field="scope",
                    facts=(("value", f"{kind} = {tag}"),),
                )
        yield from _strange_shifts(known.shift_ids, rule)
    yield from _not_missed(problem)


def _not_missed(problem: Problem) -> Iterator[Fault]:
    """Find the priorities of which a case may be left out at no cost: a plan would leave all out."""
    in_force = [rule for rule in problem.rules if rule.enabled and rule.part == "theatre"]
    scopes = [rule.scope for rule in in_force if rule.type == "unscheduled"]
    tags = facts(problem).case_tags
    if in_force:
        free = (case for case in problem.cases if not any(s.holds(tags[case.id]) for s in scopes))
        for priority in dict.fromkeys(case.priority for case in free):
            yield Fault(what="not_missed", kind="priority", id=priority)


def _strange_shifts(shift_ids: Any, rule: Rule[Any, Any]) -> Iterator[Fault]:
    for spec in fields.specs(type(rule)):
        named: tuple[str, ...] = ()
        if rule.part == "roster" and spec.name in SHIFT_TAGS:
            named = (getattr(rule, spec.name),)
        elif rule.part == "roster" and spec.form == "words":
            words = (word for word in getattr(rule, spec.name) if word not in ("-", "*"))
            named = tuple(tag for word in words for tag in word.split("/"))
        for tag in named:
            if tag and tag not in USUAL_SHIFTS and not shift_ids(tag):
                yield Fault(
                    what="tag_of_nobody",
                    kind="rule",
                    id=rule.id,
                    field=spec.name,
                    facts=(("value", tag),),
                )
