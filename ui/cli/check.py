"""`planner check`: what is inconsistent in the facts, what a plan breaks, and its score."""

from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.door import BROKEN, DONE
from ui.cli.speaking import json_option, option


@speaking.command("check")
@speaking.target_argument
@option("--all", "every", is_flag=True, help="cli.check.all")
@option("--solution", metavar="FILE", type=click.Path(path_type=Path), help="cli.check.solution")
@speaking.reading_option
@json_option
def command(
    target: str, every: bool, solution: Path | None, reading: str | None, as_json: bool
) -> int:
    """Audit the plan of a scenario by every rule in force."""
    from ui.cli.findings import findings
    from ui.cli.show import document
    from ui.cli.solutions import with_solution
    from ui.cli.targets import Target, load

    loaded = load(Target.of(target), reading)
    with loaded.opened:
        before = loaded.study
        if solution is not None:
            with_solution(loaded, solution)
        found = findings(loaded, loaded.names(every=every), before)
    if as_json:
        document(found)
    else:
        _text(found)
    hard = any(score["breaches"] for score in found["scores"].values())
    return BROKEN if hard else DONE


def _text(found: dict[str, Any]) -> None:
    from data.run_codec import score_of
    from planner.left_out_words import waiting_lines
    from ui.cli.show import score_words, table
    from ui.cli.speech import lang, say

    for fault in found["faults"]:
        told = say("import.at", where=fault["where"], what=fault["what"])
        print(f"{told}. {fault['hint']}".rstrip())
    if found["faults"]:
        print()
    rows = [
        (
            breach["scenario"],
            f"{say('cli.hard' if breach['hard'] else 'cli.soft')} {breach['rule']}",
            breach["sentence"],
            say("cli.waived") if breach["waived"] else "",
        )
        for breach in found["breaches"]
    ]
    if rows:
        table([say(f"cli.head.{key}") for key in ("scenario", "rule", "breach", "state")], rows)
        print()
    for name, score in found["scores"].items():
        mine = [each for each in found["waiting"] if each["scenario"] == name]
        for line in waiting_lines(mine, lang()):
            print(say("cli.check.waits", scenario=name, why=line))
        words = score_words(score_of(score))
        print(say("cli.check.score", scenario=name, score=words))
