"""Faults planted in what a rule says about the clock."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Literal

from contract_checks import Voices
from contract_drawing import Sample
from contract_planting import Change, Mutant, elsewhere, swap

from planner.rules.timing import (
    BlockUntil,
    Cumulative,
    Idle,
    InTheWay,
    NeverBoth,
    NoOverlap,
    Order,
    Verb,
    Within,
)


def _one_verb(
    wanted: Callable[[Verb], bool], change: Callable[[Random, Sample, Any], Sequence[Verb]]
) -> Change:
    """Change one verb, drawn among those that are wanted."""

    def changed(rng: Random, sample: Sample, said: Voices) -> Voices:
        able = [n for n, verb in enumerate(said.verbs) if _alive(verb, sample) and wanted(verb)]
        if not able:
            return said
        at = rng.choice(able)
        return replace(said, verbs=swap(said.verbs, at, *change(rng, sample, said.verbs[at])))

    return changed


def _alive(verb: Verb, sample: Sample) -> bool:
    """Tell whether a verb speaks of a choice that the plan takes: the others say nothing yet."""
    if isinstance(verb, Within):
        return verb.choice in sample.times
    if isinstance(verb, InTheWay):
        return _alive(verb.waits, sample)
    if isinstance(verb, NoOverlap | Cumulative | BlockUntil | Idle):
        return any(stretch.choice in sample.times for stretch in verb.stretches)
    if isinstance(verb, NeverBoth):
        sides = (verb.one, verb.other)
        return all(any(s.choice in sample.times for s in side) for side in sides)
    if isinstance(verb, Order):
        return all(any(n in sample.times for n in side) for side in (verb.early, verb.late))
    return any(choice in sample.times for choice in verb.choices)


def _knows(name: str) -> Callable[[Verb], bool]:
    return lambda verb: getattr(verb, name, None) is not None


def _later(name: str, by: int) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    return lambda rng, sample, verb: (verb._replace(**{name: getattr(verb, name) + by}),)


def _stretch(
    name: str, by: int, of: str = "stretches"
) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    def change(rng: Random, sample: Sample, verb: Any) -> Sequence[Verb]:
        longer = tuple(s._replace(**{name: getattr(s, name) + by}) for s in getattr(verb, of))
        return (verb._replace(**{of: longer}),)

    return change


def _fewer(name: str) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    def change(rng: Random, sample: Sample, verb: Any) -> Sequence[Verb]:
        parts = getattr(verb, name)
        at = rng.randrange(len(parts))
        taken = [n for n, part in enumerate(parts) if getattr(part, "choice", part) in sample.times]
        if taken and rng.random() < 0.5:
            at = rng.choice(taken)
        return (verb._replace(**{name: swap(parts, at)}),)

    return change


def _turned(rng: Random, sample: Sample, verb: Order) -> Sequence[Verb]:
    counted: Literal["early", "late"] = "late" if verb.counted == "early" else "early"
    return (verb._replace(early=verb.late, late=verb.early, counted=counted),)


def _other_counted(rng: Random, sample: Sample, verb: Order) -> Sequence[Verb]:
    return (verb._replace(counted="late" if verb.counted == "early" else "early"),)


def _verb_about(how: str) -> Callable[[Random, Sample, Any], Sequence[Verb]]:
    return lambda rng, sample, verb: (verb._replace(about=elsewhere(verb.about, how)),)


def verb_mutants() -> Iterator[Mutant]:
    def always(verb: Verb) -> bool:
        return True

    yield Mutant("a verb dropped", "verbs", _one_verb(always, lambda r, s, verb: ()))
    yield Mutant("a verb twice", "verbs", _one_verb(always, lambda r, s, verb: (verb, verb)))
    for how in ("first + 1", "message"):
        yield Mutant(f"verb about {how}", "verbs", _one_verb(always, _verb_about(how)))
    for name in ("low", "high", "limit", "most", "since", "until"):
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
    for side in ("one", "other"):
        for name in ("before", "after"):
            longer = _one_verb(_knows(side), _stretch(name, 5, side))
            yield Mutant(f"{side} side held 5 {name}", side, longer)
        yield Mutant(f"a stretch less of {side} side", side, _one_verb(_knows(side), _fewer(side)))
    for side in ("early", "late"):
        yield Mutant(f"one {side} less", side, _one_verb(_knows(side), _fewer(side)))
    yield Mutant("an order turned round", "early", _one_verb(_knows("early"), _turned))
    yield Mutant("the other side counted", "early", _one_verb(_knows("early"), _other_counted))
    yield Mutant("a room less", "rooms", _one_verb(_knows("rooms"), _fewer("rooms")))
    yield Mutant("a choice less", "choices", _one_verb(_knows("choices"), _fewer("choices")))
    busy = _one_verb(lambda verb: bool(getattr(verb, "busy", ())), _fewer("busy"))
    yield Mutant("a busy time less", "busy", busy)
