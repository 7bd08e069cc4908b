"""The options of a run that several commands share, and what they mean."""

from collections.abc import Callable
from typing import Any

import click

from planner.runs import DEFAULT_SECONDS, Budget
from ui.cli.speaking import F, Length, Whole, option
from ui.cli.speech import say


def budget_options(function: F, seconds: str = "cli.option.seconds") -> F:
    """Declare the three ways to say how long a run may take, the seed and the workers.

    `seconds` is the help of the first way, with what holds where nothing is said.
    """
    options: tuple[Callable[[Any], Any], ...] = (
        option("--seconds", type=Length(), metavar="N", help=seconds),
        option("--cpu-seconds", type=Length(), metavar="N"),
        option("--effort", type=Whole(1), metavar="N"),
        option("--seed", type=Whole(0), default=1, metavar="N"),
        option("--workers", type=Whole(0), default=0, metavar="N"),
    )
    for declare in reversed(options):
        function = declare(function)
    return function


def budget_of(seconds: float | None, cpu_seconds: float | None, effort: int | None) -> Budget:
    """Make the budget of a run; a minute where nothing is said.

    Raises:
        click.UsageError: more than one is given.
    """
    if sum(each is not None for each in (seconds, cpu_seconds, effort)) > 1:
        raise click.UsageError(say("cli.one_budget"), click.get_current_context(silent=True))
    if cpu_seconds is None and effort is None:
        return Budget(seconds=seconds or DEFAULT_SECONDS)
    return Budget(cpu_seconds=cpu_seconds, effort=effort)
