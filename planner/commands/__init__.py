"""Named what-ifs: a command is asked once and becomes a group of changes that can be read and edited."""

from collections.abc import Mapping

from planner.catalogue import modules
from planner.changes import ChangeSet, apply
from planner.commands.contract import COMMANDS, AtHand, Command, CommandRefusedError, Sentence
from planner.problem import Problem
from planner.study import Study


def catalogue() -> Mapping[str, Command]:
    """Give every command by name; reads the folder on first use."""
    modules("planner.commands")
    return COMMANDS


def at_hand(study: Study, scenario: str) -> AtHand:
    """Give what commands may read beside the facts of a scenario: its plan, and what it began with.

    Groups of changes that such commands have made are known by their names, and left out.
    """
    reading = {name for name, each in catalogue().items() if each.reads_plan}
    groups = tuple(study.changes(scenario))
    kept = tuple(each for each in groups if (each.name.split() or [""])[0] not in reading)
    whole = len(kept) == len(groups)
    problem = study.problem(scenario) if whole else apply(study.base, kept)[0]
    return AtHand(study.scenario(scenario).plan, problem)


def expand(problem: Problem, name: str, *words: str, hand: AtHand | None = None) -> ChangeSet:
    """Expand a command over the facts of a problem; the group is named as it was typed.

    `hand` is what commands read that follow the plan.

    Raises:
        CommandRefusedError: no such command, or its words do not fit the facts.
    """
    changes = tuple(_known(name)(problem, *words, hand=hand))
    if not changes:
        raise CommandRefusedError("command_does_nothing", command=name)
    return ChangeSet(name=" ".join((name, *words)), changes=changes)


def told(
    problem: Problem, name: str, *words: str, hand: AtHand | None = None
) -> tuple[Sentence, ...]:
    """Say what a command would do to the facts of a problem, beyond what it was asked.

    Raises:
        CommandRefusedError: as when it is expanded.
    """
    return _known(name).told(problem, *words, hand=hand)


def _known(name: str) -> Command:
    command = catalogue().get(name)
    if command is None:
        raise CommandRefusedError("no_command", command=name, commands=", ".join(sorted(COMMANDS)))
    return command
