"""`planner purge`: let go of what is older than a day, or erase one person; told first, done with --yes."""

import datetime as dt

import click

from ui.cli import speaking
from ui.cli.dates import Date
from ui.cli.speaking import json_option, option
from ui.cli.speech import say


@speaking.command("purge")
@click.argument("file", metavar="FILE")
@option("--before", metavar="DATE", type=Date())
@option("--person", metavar="ID")
@option("--yes", is_flag=True)
@json_option
def command(
    file: str, before: dt.date | None, person: str | None, yes: bool, as_json: bool
) -> None:
    """Say what a purge would take out of a study, or do it."""
    from ui.cli.purging import purge

    if (before is None) == (person is None):
        raise click.UsageError(say("cli.purge.one"), click.get_current_context())
    purge(file, before, person, yes=yes, as_json=as_json)
