"""`planner export`: write a scenario in a form that others read."""

from pathlib import Path

import click

from ui.cli import speaking
from ui.cli.speaking import force_option, json_option, option


@speaking.command("export")
@speaking.target_argument
@option("--as", "form", metavar="NAME", required=True, help="cli.export.as")
@option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=Path),
    required=True,
    help="cli.export.out",
)
@speaking.reading_option
@force_option
@json_option
def command(
    target: str, form: str, out: Path, reading: str | None, force: bool, as_json: bool
) -> None:
    """Export the facts, rules and plan of a scenario."""
    from data.exporting import give
    from ui.cli.comparing import reasons
    from ui.cli.giving import exporter_of, refuse_target
    from ui.cli.passphrases import tell_in_clear
    from ui.cli.show import document, note
    from ui.cli.speech import say
    from ui.cli.targets import Target, load

    exporter = exporter_of(form)
    refuse_target(out, exporter, force=force)
    loaded = load(Target.of(target), reading)
    with loaded.opened:
        scenario, study = loaded.scenario(), loaded.study
        stale = study.stale(scenario.name)
        why = [say("export.stale"), *reasons(loaded.opened, scenario.name)] if stale else []
        mark = "\n".join(why)
        give(exporter, study.problem(scenario.name), scenario.plan, out, mark=mark)
    tell_in_clear(loaded.opened, out)
    if stale:
        note("cli.stale_plan", scenario=scenario.name)
    if as_json:
        document({"path": str(out), "scenario": scenario.name, "as": form, "stale": stale})
    else:
        print(say("cli.written", path=str(out)))
