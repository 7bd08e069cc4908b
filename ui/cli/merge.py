"""`planner merge`: two files that began as one become one again, with every conflict named."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.budgets import budget_options
from ui.cli.speaking import OneOf, force_option, json_option, option


@speaking.command("merge")
@click.argument("ours", metavar="OURS", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS", type=click.Path(path_type=Path))
@option("--ancestor", metavar="FILE", type=click.Path(path_type=Path))
@option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), required=True, help="cli.merge.out"
)
@option("--prefer", type=OneOf("ours", "theirs"))
@option("--take", "takes", metavar="KEY=SIDE", multiple=True)
@option("--resolve", is_flag=True)
@partial(budget_options, seconds="cli.merge.seconds")
@force_option
@json_option
def command(
    ours: Path,
    theirs: Path,
    ancestor: Path | None,
    out: Path,
    prefer: str | None,
    takes: tuple[str, ...],
    force: bool,
    **settings: Any,
) -> int:
    """Merge two studies and write the result; conflicts are told, and end with 2."""
    from ui.cli.keeping import refuse_existing
    from ui.cli.merging import merged

    refuse_existing(out, force=force)
    return merged((ours, theirs), ancestor, out, prefer, takes, settings)
