"""Answers to what has happened, whatever it is: one of them chosen, all of them told, the study kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from planner.edits import EditRefusedError
from ui.cli.show import note
from ui.cli.speech import say
from ui.cli.targets import Loaded

A = TypeVar("A")


def choose(pairs: Sequence[tuple[int, A]], wanted: int) -> tuple[int, A]:
    """Give the answer of a number with it, the first one for −1.

    Raises:
        EditRefusedError: there is none of that number.
    """
    if wanted < 0:
        return pairs[0]
    for number, answer in pairs:
        if number == wanted:
            return number, answer
    numbers = ", ".join(str(number) for number, _ in pairs)
    raise EditRefusedError("cli.repair.no_answer", number=wanted, numbers=numbers)


def keep(loaded: Loaded, out: Path | None) -> None:
    """Save a study in place, or elsewhere."""
    if out is None:
        loaded.opened.save()
    else:
        loaded.opened.save(out)


def text(told: dict[str, Any], scenario: str) -> None:
    """Write the answers: what each costs and breaks, and who must be told."""
    print(f"{told['moment']}. {told['sentence']}")
    for answer in told["answers"]:
        print(f"\n{answer['number']}. {answer['title']}")
        print(f"   {answer['cost']}")
        for breach in answer["breaches"]:
            what = "cli.repair.hard" if breach["hard"] else "cli.repair.soft"
            print(f"   {say(what, what=breach['sentence'])}")
        lines = [line for kind in answer["told"].values() for line in kind]
        if lines:
            print(f"   {say('cli.repair.told')}")
        for line in lines:
            print(f"   - {line}")
    print()
    if told["adopted"] is not None:
        print(say("cli.repair.adopted", number=told["adopted"], scenario=scenario))
    note("cli.repair.time", seconds=told["seconds"])
