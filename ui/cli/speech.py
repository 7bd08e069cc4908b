"""The language of this call of the program: chosen once, before any option is read."""

from collections.abc import Sequence
from typing import Any

from planner import words

_chosen = [words.ENGLISH]  # one a process: threads of a run speak it too


def choose(wanted: str | None = None) -> str:
    """Take a language, or that of the machine; what is not known leaves the machine's.

    The option `--lang` itself refuses a language that there is none of.
    """
    try:
        found = words.language(wanted)
    except ValueError:
        found = words.language()
    _chosen[0] = found
    return found


def wanted(arguments: Sequence[str]) -> str | None:
    """Find the language that the arguments ask for, wherever `--lang` stands.

    Help and complaints about other options are written before the parser comes to it.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            return None
        name, _, value = argument.partition("=")
        if name == "--lang":
            return value or next(iter(arguments[place + 1 :]), None)
    return None


def lang() -> str:
    """Give the language of this call."""
    return _chosen[0]


def say(message: str, /, **facts: Any) -> str:
    """Say a message in the language of this call."""
    return words.say(message, _chosen[0], **facts)
