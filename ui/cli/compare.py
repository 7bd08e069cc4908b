"""`planner compare`: scenarios side by side, with what differs and why."""

from pathlib import Path

import click

from ui.cli import speaking
from ui.cli.speaking import OneOf, force_option, json_option, option


@speaking.command("compare")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@option("--reference", metavar="TARGET")
@option("--published", is_flag=True)
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
    published: bool,
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
    from dataclasses import replace

    from planner.astray import astray_cell
    from planner.comparison_plain import comparison_plain
    from planner.comparison_tables import Tables
    from planner.contributions import explained
    from planner.published import telling_plain
    from planner.publishing import Publishing
    from planner.publishing_words import lines
    from ui.cli.comparing import beside_published, compared, gather, unswept
    from ui.cli.comparison_text import comparison_text
    from ui.cli.keeping import refuse_existing
    from ui.cli.passphrases import tell_in_clear
    from ui.cli.sentences import Told
    from ui.cli.show import document, note
    from ui.cli.speech import lang

    written = [path for path in (html, excel) if path is not None]
    for path in written:
        refuse_existing(path, force=force)
    if published and (len(targets) > 1 or reference is not None):
        raise Told("cli.compare.one_published")
    telling: Publishing | None = None
    with unswept():
        if published:
            sides, telling = beside_published(targets[0], reading)
        else:
            sides = gather(targets, reference, reading)
        comparison = compared(sides, profile)
    if published:  # what went out is not solved on
        comparison = replace(comparison, lent=())
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
    for name, missed in sides.astray.items():
        if any(missed):
            note("cli.scenario.astray", scenario=name, what=astray_cell(missed, lang()))
    if as_json:
        told = {"tell": telling_plain(telling)} if published else {}
        document(comparison_plain(comparison) | told)
        return
    tables = Tables(comparison=comparison, outcomes=sides.outcomes, lang=lang())
    comparison_text(
        comparison,
        every=every,
        written=written,
        named=len(targets) + (reference is not None),
        details=tables if details else None,
    )
    if telling is not None:
        print()
        for line in lines(telling, lang()):
            print(line)
