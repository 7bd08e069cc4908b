"""Named what-ifs: a command is asked once and becomes a group of changes that can be read and edited."""

from collections.abc import Mapping

from planner.catalogue import modules
from planner.changes import ChangeSet
from planner.commands.contract import COMMANDS, Command, CommandRefusedError, Sentence
from planner.problem import Problem


def catalogue() -> Mapping[str, Command]:
    """Give every command by name; reads the folder on first use."""
    modules("planner.commands")
    return COMMANDS


def expand(problem: Problem, name: str, *words: str) -> ChangeSet:
    """Expand a command over the facts of a problem; the group is named as it was typed.

    Raises:
        CommandRefusedError: no such command, or its words do not fit the facts.
    """
    changes = tuple(_known(name)(problem, *words))
    if not changes:
        raise CommandRefusedError("command_does_nothing", command=name)
    return ChangeSet(name=" ".join((name, *words)), changes=changes)


def told(problem: Problem, name: str, *words: str) -> tuple[Sentence, ...]:
    """Say what a command would do to the facts of a problem, beyond what it was asked.

    Raises:
        CommandRefusedError: as when it is expanded.
    """
    return _known(name).told(problem, *words)


def _known(name: str) -> Command:
    command = catalogue().get(name)
    if command is None:
        raise CommandRefusedError("no_command", command=name, commands=", ".join(sorted(COMMANDS)))
    return command
