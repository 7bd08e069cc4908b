"""What a planted fault is, and how parts of what a rule says are exchanged.

A mutant takes what a rule says about a sample and changes one thing in it. It *applies* when that
makes a difference to what is said, and *dies* when a law notices. `family` tells what it needs of a
rule, so that a mutant idle for want of it has its reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeAlias, TypeVar

from contract_checks import Voices
from contract_drawing import Sample

from planner.rules.blocks import About, Codes, Test

T = TypeVar("T")
Change: TypeAlias = Callable[[Random, Sample, Voices], Voices]


@dataclass(frozen=True)
class Mutant:
    """A fault in what is said: its name, what it needs, and the change."""

    name: str
    family: str
    change: Change


def swap(items: Sequence[T], index: int, *new: T) -> tuple[T, ...]:
    return (*items[:index], *new, *items[index + 1 :])


def elsewhere(about: About, how: str) -> About:
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


def other_code(more: bool) -> Callable[[Random, Sample, tuple[Test, ...]], tuple[Test, ...]]:
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
        return swap(tests, at, (cells, Codes(codes.members ^ {code}, codes.negated)))

    return changed
