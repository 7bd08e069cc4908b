"""`planner repair`: answers to what happens on the day, and whom to tell."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

import click

from ui.cli import speaking
from ui.cli.dates import Date
from ui.cli.speaking import Whole, force_option, json_option, option
from ui.cli.speech import say


class TimeOfDay(click.ParamType[int]):
    """A time of day, HH:MM, as minutes after midnight."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the time."""
        from planner.clock import MINUTES_A_DAY, read_time

        try:
            minute = read_time(str(value))
        except ValueError:
            minute = MINUTES_A_DAY + 1
        if minute > MINUTES_A_DAY:
            self.fail(say("cli.not_time", value=str(value)), param, ctx)
        return minute


class Choice(Whole):
    """The number of an answer; without one the first that is listed."""

    FIRST: Final = "first"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number; the first one is −1."""
        return -1 if value == self.FIRST else super().convert(value, param, ctx)


@speaking.command("repair")
@speaking.target_argument
@option("--event", metavar="EVENT", required=True)
@option("--day", metavar="DATE", type=Date())
@option("--now", metavar="HH:MM", type=TimeOfDay(), required=True)
@option("--adopt", metavar="[N]", type=Choice(), is_flag=False, flag_value=Choice.FIRST)
@option("--out", metavar="FILE", type=click.Path(path_type=Path))
@option("--seed", type=Whole(0), default=1, metavar="N")
@force_option
@json_option
def command(
    target: str,
    event: str,
    day: dt.date | None,
    now: int,
    adopt: int | None,
    out: Path | None,
    seed: int,
    force: bool,
    as_json: bool,
) -> int:
    """Answer an event of the day; nothing is written unless an answer is adopted."""
    from ui.cli.keeping import refuse_existing
    from ui.cli.repairing import Asked, answered
    from ui.cli.sentences import Told

    if out is not None:
        if adopt is None:
            raise Told("cli.repair.out_alone")
        refuse_existing(out, force=force)
    asked = Asked(event=event, day=day, now=now, adopt=adopt, out=out, seed=seed)
    return answered(target, asked, as_json=as_json)
