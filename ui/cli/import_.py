"""`planner import`: read a folder of CSV files, or a benchmark instance, into a new study."""

from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.door import BAD
from ui.cli.speaking import force_option, json_option, option


@speaking.command("import", opens=False)
@click.argument("source", metavar="SOURCE", type=click.Path(path_type=Path))
@option("--as", "form", metavar="NAME", help="cli.import.as")
@option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="cli.import.out",
)
@speaking.reading_option
@option("--skip-faulty", "skip", is_flag=True, help="cli.import.skip_faulty")
@force_option
@json_option
def command(
    source: Path,
    form: str | None,
    out: Path,
    reading: str | None,
    skip: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Import all of a source or nothing of it; or, where that is asked, all but lines with faults."""
    from ui.cli.keeping import refuse_existing
    from ui.cli.show import document, note
    from ui.cli.taking import importer_of, may_skip, read_all, written

    refuse_existing(out, force=force)
    importer = importer_of(source, form)
    imported = read_all(importer, source, reading, skip=skip)
    found: dict[str, Any] = written(imported, out) if imported.problem else {"file": None}
    if as_json:
        document({**found, **_faults(imported)})
    _tell(imported, source, out, quiet=as_json)
    if imported.problem is None and may_skip(importer, source):
        note("cli.import.may_skip")
    return BAD if imported.problem is None else 0


def _faults(imported: Any) -> dict[str, Any]:
    from ui.cli.speech import lang

    return {
        key: [
            {
                "where": fault.where(lang()),
                "what": fault.sentence(lang()),
                "hint": fault.hint(lang()),
            }
            for fault in getattr(imported, key)
        ]
        for key in ("faults", "left_out", "remarks")
    }


def _tell(imported: Any, source: Path, out: Path, *, quiet: bool) -> None:
    from ui.cli.findings import tell_unjudged
    from ui.cli.show import note
    from ui.cli.speech import say
    from ui.cli.targets import fault_lines

    if imported.problem is None:
        lines = fault_lines(imported.faults)
        note("cli.import.refused", path=str(source), faults=lines, n=len(imported.faults))
        return
    if imported.left_out:
        lines = fault_lines(imported.left_out)
        note("cli.import.left_out", path=str(source), faults=lines, n=len(imported.left_out))
    if imported.remarks:
        lines = fault_lines(imported.remarks)
        note("cli.import.remarks", path=str(source), remarks=lines, n=len(imported.remarks))
    tell_unjudged(imported.problem, imported.plan)
    if not quiet:
        print(say("cli.import.done", path=str(source), out=str(out), n=imported.good))
