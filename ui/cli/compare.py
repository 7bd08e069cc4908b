"""`planner compare`: scenarios side by side, with what differs and why."""

from pathlib import Path

import click

from ui.cli import speaking
from ui.cli.speaking import OneOf, force_option, json_option, option


@speaking.command("compare")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@option("--reference", metavar="TARGET")
@option("--profile", type=OneOf("fr", "nhs", "us"))
@option("--all", "every", is_flag=True, help="cli.compare.all")
@option("--html", metavar="FILE", type=click.Path(path_type=Path))
@speaking.reading_option
@force_option
@json_option
def command(
    targets: tuple[str, ...],
    reference: str | None,
    profile: str | None,
    every: bool,
    html: Path | None,
    reading: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Compare scenarios with the first of them, or with a reference."""
    from planner.comparison_plain import comparison_plain
    from ui.cli.comparing import compared, gather
    from ui.cli.comparison_text import comparison_text
    from ui.cli.keeping import refuse_existing
    from ui.cli.show import document

    if html is not None:
        refuse_existing(html, force=force)
    sides = gather(targets, reference, reading)
    comparison = compared(sides, profile)
    if html is not None:
        from ui.cli.reporting import write_report

        write_report(comparison, sides, html)
    if as_json:
        document(comparison_plain(comparison))
    else:
        named = len(targets) + (reference is not None)
        comparison_text(comparison, every=every, html=html, named=named)
