"""The examples of the packs for a rule, judged with the parameters that the form shows now."""

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from planner.packs import (
    Example,
    Pack,
    TheatreExample,
    load,
    names,
    situation,
    theatre_situation,
)
from planner.problem import Problem
from planner.rules.contract import Breach, Rule, audit
from planner.sentences import breach_sentence
from planner.view import RosterView, TheatreView

AnyExample: TypeAlias = Example | TheatreExample


class Answer(NamedTuple):
    """An example, and what the rule says of it now."""

    example: AnyExample
    problem: Problem
    breaches: tuple[Breach, ...]

    @property
    def says(self) -> Literal["accepts", "refuses"]:
        """What the rule says."""
        return "refuses" if self.breaches else "accepts"

    @property
    def conforms(self) -> bool:
        """Whether the rule says what the example wants."""
        return self.example.accepts == (not self.breaches)

    def sentence(self, rule: Rule[Any, Any], lang: str) -> str:
        """Say the first thing that is broken."""
        if not self.breaches:
            return ""
        return breach_sentence(self.problem, rule, self.breaches[0], lang)


@cache
def packs() -> tuple[Pack, ...]:
    """Give the packs that come with the program, read once."""
    return tuple(map(load, names()))


def pack_of(rule: Rule[Any, Any]) -> tuple[Pack, str] | None:
    """Give the pack that a rule comes from, and its id there; a copy (`FR06-2`) has it too."""
    for pack in packs():
        for known in pack.rules:
            tail = rule.id.removeprefix(f"{known.id}-")
            copy = tail != rule.id and tail.isdigit()
            if known.type == rule.type and (known.id == rule.id or copy):
                return pack, known.id
    return None


def examples(rule: Rule[Any, Any]) -> Iterator[AnyExample]:
    """Give the examples of a rule: accepted ones first."""
    found = pack_of(rule)
    if found is None:
        return
    pack, id = found
    every: list[AnyExample] = [*pack.examples, *pack.theatre_examples]
    for accepts in (True, False):
        yield from (each for each in every if each.rule == id and each.accepts == accepts)


def pack_with_examples(rules: Sequence[Rule[Any, Any]], name: str) -> Pack:
    """Put rules into a pack of a name, with the examples of each under its own id."""
    roster: list[Example] = []
    theatre: list[TheatreExample] = []
    for rule in rules:
        for each in examples(rule):
            if isinstance(each, Example):
                roster.append(dataclasses.replace(each, rule=rule.id))
            else:
                theatre.append(dataclasses.replace(each, rule=rule.id))
    return Pack(
        name=name,
        version="",
        title_en=name,
        title_fr=name,
        rules=tuple(rules),
        examples=tuple(roster),
        theatre_examples=tuple(theatre),
    )


def answers(rule: Rule[Any, Any]) -> list[Answer]:
    """Judge all examples of a rule."""
    return [judged(rule, example) for example in examples(rule)]


def judged(rule: Rule[Any, Any], example: AnyExample) -> Answer:
    """Judge an example with the parameters of a rule."""
    if isinstance(example, Example):
        problem, plan = situation(rule, example)
        return Answer(example, problem, tuple(audit(rule, RosterView(problem, plan))))
    problem, plan = theatre_situation(rule, example)
    return Answer(example, problem, tuple(audit(rule, TheatreView(problem, plan))))
