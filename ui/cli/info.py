"""`planner info`: what a file holds, its scenarios, and which of their plans are out of date."""

from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.speaking import json_option, option


@speaking.command("info")
@speaking.target_argument
@option("--solution", metavar="FILE", type=click.Path(path_type=Path), help="cli.check.solution")
@speaking.reading_option
@json_option
def command(
    target: str, solution: Path | None = None, reading: str | None = None, *, as_json: bool = False
) -> None:
    """Show scenarios, counts and scores; a bare file means all scenarios."""
    from ui.cli.show import document
    from ui.cli.solutions import with_solution
    from ui.cli.targets import Target, load

    loaded = load(Target.of(target), reading)
    with loaded.opened:
        if solution is not None:
            with_solution(loaded, solution)
        found = _document(loaded)
        if as_json:
            document(found)
        else:
            _text(loaded, found)


def _document(loaded: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from planner.problem import ATTRIBUTES

    names = loaded.names(every=True)
    problem = loaded.study.problem(names[0])
    return {
        "file": str(loaded.target.path),
        "protected": loaded.opened.seal is not None,
        "shared": None if loaded.opened.origin is None else asdict(loaded.opened.origin),
        "scenarios": [_scenario(loaded.study, name) for name in names],
        "counts": {kind: len(problem.records(kind)) for kind in ATTRIBUTES},
    }


def _scenario(study: Any, name: str) -> dict[str, Any]:
    from data.run_codec import score_plain
    from planner.score import judge
    from planner.unjudged import unknown_codes
    from ui.cli.standing import standing_plain

    scenario, problem = study.scenario(name), study.problem(name)
    cases = {case.id for case in problem.cases}
    placed = {placement.case for placement in scenario.plan.placements} & cases
    return {
        "name": name,
        "parent": scenario.parent,
        "stale": study.stale(name),
        **standing_plain(study, name),
        "placed": len(placed),
        "unscheduled": len(cases) - len(placed),
        "duties": sum(1 for _ in scenario.plan.duties),
        "unknown": len(unknown_codes(problem, scenario.plan)),
        "score": score_plain(judge(problem, scenario.plan, study.waivers(name)).score),
    }


def _text(loaded: Any, found: dict[str, Any]) -> None:
    from data.run_codec import score_of
    from planner.words import day, number
    from ui.cli.show import score_words, table
    from ui.cli.speech import lang, say
    from ui.cli.standing import state_cell

    horizon = loaded.study.base.horizon
    first, last = (day(horizon.date(d), lang(), "date") for d in (0, horizon.last))
    print(say("cli.info.file", file=found["file"], name=loaded.study.name))
    if loaded.opened.origin is not None:
        print(loaded.opened.origin.sentence(lang()))
    if found["protected"]:
        print(say("cli.info.protected"))
    print(say("cli.info.period", first=first, last=last, n=horizon.days))
    counts = [(say(f"kind.{kind}"), n) for kind, n in found["counts"].items() if n]
    print(" · ".join(f"{title} {number(count, lang())}" for title, count in counts))
    print()
    rows = []
    for each in found["scenarios"]:
        state = state_cell(each)
        if each["unknown"]:
            state = f"{state} · {say('cli.info.unknown', n=each['unknown'])}"
        cells = [number(each[key], lang()) for key in ("placed", "unscheduled", "duties")]
        score = score_words(score_of(each["score"]))
        rows.append((each["name"], each["parent"] or "", *cells, score, state))
    keys = ("scenario", "parent", "placed", "unscheduled", "duties", "score", "state")
    table([say(f"cli.head.{key}") for key in keys], rows, right=(2, 3, 4))
