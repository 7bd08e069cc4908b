"""`planner kpis`: the indicators of a plan, each with its definition."""

from typing import Any

from ui.cli import speaking
from ui.cli.speaking import OneOf, json_option, option


@speaking.command("kpis")
@speaking.target_argument
@option("--profile", type=OneOf("fr", "nhs", "us"))
@option("--definitions", is_flag=True)
@speaking.reading_option
@json_option
def command(
    target: str, profile: str | None, definitions: bool, reading: str | None, as_json: bool
) -> None:
    """Show the indicators of a scenario, in the words of a country's profile."""
    from planner.kpi_words import definition, title
    from planner.kpis import of_name, sheet
    from planner.kpis.contract import Outcome
    from ui.cli.show import document, note
    from ui.cli.speech import lang
    from ui.cli.targets import Target, load

    loaded = load(Target.of(target), reading)
    with loaded.opened:
        scenario, study = loaded.scenario(), loaded.study
        outcome = Outcome(
            study.problem(scenario.name),
            scenario.plan,
            study.waivers(scenario.name),
            forecast=scenario.forecast,
        )
        values = sheet(outcome, profile)
        stale = study.stale(scenario.name)
    if stale:
        note("cli.stale_plan", scenario=scenario.name)
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "title": title(kpi, lang(), group),
            "definition": definition(kpi, lang()),
            "unit": kpi.unit,
            "better": kpi.better,
            "value": value,
        }
        for name, value in values.items()
        for kpi, group in (of_name(name),)
    ]
    if as_json:
        document({"scenario": scenario.name, "stale": stale, "kpis": rows})
    else:
        _text(rows, definitions=definitions)


def _text(rows: list[dict[str, Any]], *, definitions: bool) -> None:
    from planner.kpi_words import written
    from planner.kpis import of_name
    from ui.cli.show import table
    from ui.cli.speech import lang, say

    kpis = [(row, of_name(row["name"])[0]) for row in rows]
    cells = [(row["title"], written(kpi, row["value"], lang())) for row, kpi in kpis]
    table([say("cli.head.indicator"), say("cli.head.value")], cells, right=(1,))
    if definitions:
        for row in rows:
            print(f"\n{row['title']}\n  {row['definition']}")
