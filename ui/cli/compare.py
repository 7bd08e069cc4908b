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
@option("--details", is_flag=True, help="cli.compare.details")
@option("--html", metavar="FILE", type=click.Path(path_type=Path))
@option("--excel", metavar="FILE", type=click.Path(path_type=Path), help="cli.compare.excel")
@speaking.reading_option
@force_option
@json_option
def command(
    targets: tuple[str, ...],
    reference: str | None,
    profile: str | None,
    every: bool,
    details: bool,
    html: Path | None,
    excel: Path | None,
    reading: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Compare scenarios with the first of them, or with a reference."""
    from planner.comparison_plain import comparison_plain
    from planner.comparison_tables import Tables
    from planner.contributions import explained
    from ui.cli.comparing import compared, gather, unswept
    from ui.cli.comparison_text import comparison_text
    from ui.cli.keeping import refuse_existing
    from ui.cli.passphrases import tell_in_clear
    from ui.cli.show import document
    from ui.cli.speech import lang

    written = [path for path in (html, excel) if path is not None]
    for path in written:
        refuse_existing(path, force=force)
    with unswept():
        sides = gather(targets, reference, reading)
        comparison = compared(sides, profile)
    if details:
        comparison = explained(comparison, sides.outcomes)
    if html is not None:
        from ui.cli.reporting import write_report

        write_report(comparison, sides, html)
    if excel is not None:
        from ui.cli.reporting import write_workbook

        write_workbook(comparison, sides, excel)
    for opened in sides.sealed:
        tell_in_clear(opened, *written)
    if as_json:
        document(comparison_plain(comparison))
        return
    tables = Tables(comparison=comparison, outcomes=sides.outcomes, lang=lang())
    comparison_text(
        comparison,
        every=every,
        written=written,
        named=len(targets) + (reference is not None),
        details=tables if details else None,
    )
