"""`planner journal`: what changed a study, searched and exported; the study as it was after a line."""

import datetime as dt
from pathlib import Path

import click

from ui.cli import speaking
from ui.cli.dates import Date
from ui.cli.speaking import OneOf, Whole, force_option, json_option, option


@speaking.command("journal")
@click.argument("file", metavar="FILE")
@option("--who", metavar="TEXT", default="")
@option("--scenario", metavar="NAME", default="", help="cli.journal.scenario")
@option(
    "--kind",
    type=OneOf("facts", "plan", "scenario", "publishing", "file", "other"),
    default=None,
    help="cli.journal.kind",
)
@option("--since", metavar="DATE", type=Date(), help="cli.journal.since")
@option("--until", metavar="DATE", type=Date(), help="cli.journal.until")
@option("--text", metavar="TEXT", default="", help="cli.journal.text")
@option("--csv", "csv", metavar="OUT", type=click.Path(path_type=Path), help="cli.journal.csv")
@option("--reopen", "line", metavar="N", type=Whole(1), default=None)
@option("--out", metavar="FILE", type=click.Path(path_type=Path), help="cli.journal.out")
@force_option
@json_option
def command(
    file: str,
    csv: Path | None,
    line: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
    **asked: str | dt.date | None,
) -> None:
    """Show the journal of a study, or write the study as it was after a line of it."""
    from ui.cli.journaling import reopen, show
    from ui.cli.speech import say

    if (line is None) != (out is None):
        raise click.UsageError(say("cli.journal.reopen_out"), click.get_current_context())
    if line is not None and out is not None:
        reopen(file, line, out, force=force, as_json=as_json)
    else:
        wanted = {name: value for name, value in asked.items() if value is not None}
        show(file, wanted, csv, force=force, as_json=as_json)
