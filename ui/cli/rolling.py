"""Rotations laid out on real dates from the command line: one edit, told duty by duty."""

from planner.commands.contract import CommandRefusedError, days
from planner.problem import Problem
from planner.rotation import RollOut
from planner.rotation.words import lines
from ui.cli.scenarios import edit
from ui.cli.speech import lang
from ui.cli.targets import Loaded


def roll_out(
    target: str,
    rotations: tuple[str, ...],
    when: str | None,
    *,
    force: bool = False,
    as_json: bool,
) -> None:
    """Lay rotations out, on some days or all there are; what is there on the way is replaced.

    Raises:
        EditRefusedError: there is nothing to lay out, or no day to do it on.
        CommandRefusedError: the words name no days in a row.
    """

    def asked(loaded: Loaded) -> RollOut:
        name = loaded.scenario().name
        between = None if when is None else stretch(loaded.study.problem(name), when)
        ids = tuple(dict.fromkeys(rotations))
        return RollOut(scenario=name, rotations=ids, days=between)

    def told(loaded: Loaded) -> list[str]:
        made = asked(loaded)
        return [*lines(loaded.study.problem(made.scenario), made.found(loaded.study), lang())]

    edit(target, asked, as_json=as_json, tell=told, past=force)


def stretch(problem: Problem, words: str) -> tuple[int, int]:
    """Read days in a row: a date, or DATE..DATE.

    Raises:
        CommandRefusedError: the words name none of the period, or days apart.
    """
    found = days(problem, words)
    if not found or found[-1] - found[0] != len(found) - 1:
        raise CommandRefusedError("command_days", words=words)
    return found[0], found[-1]
