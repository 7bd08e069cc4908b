"""`planner demo`: make a demo hospital, plan it, ask its what-ifs, and set them side by side."""

from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.door import BROKEN, DONE, INTERRUPTED, NOTHING
from ui.cli.speaking import Length, OneOf, Whole, force_option, json_option, option


@speaking.command("demo", opens=False)
@click.argument(
    "profile",
    metavar="[small|mid|chu|ward]",
    required=False,
    default="mid",
    type=OneOf("small", "mid", "chu", "ward"),
)
@option("--seconds", type=Length(), default=100.0, metavar="N", help="cli.demo.seconds")
@option("--seed", type=Whole(0), default=1, metavar="N", help="cli.demo.seed")
@option("--workers", type=Whole(0), default=0, metavar="N")
@option(
    "--out",
    type=click.Path(path_type=Path),
    default="demo.opale",
    metavar="FILE",
    help="cli.demo.out",
)
@option("--events", type=OneOf("text", "jsonl", "none"), default="text")
@option("--no-window", is_flag=True, help="cli.demo.no_window")
@force_option
@json_option
def command(profile: str, out: Path, **settings: Any) -> int:
    """Make, solve, compare, and write a study and a report."""
    from ui.cli.demonstrating import Demonstration, refuse_edited
    from ui.cli.sentences import Told
    from ui.cli.show import document

    report = out.with_suffix(".html")
    if report == out:
        raise Told("cli.demo.same", path=str(out))
    for path in (out, report):
        refuse_edited(path, out, force=settings["force"])
    window = not settings.pop("no_window")
    demonstration = Demonstration(profile, out, report, settings)
    found = demonstration.run()
    if settings["as_json"]:
        document(found)
    elif window:
        _show(out)
    if not found["placed"] and not found["duties"]:
        return NOTHING
    if demonstration.stop():
        return INTERRUPTED
    hard = any(score["breaches"] for score in found["scores"].values())
    return BROKEN if hard else DONE


def _show(out: Path) -> None:
    """Open the window on what was made, where somebody would see it."""
    from ui.cli.gui import seen, show

    if seen():
        show(out)
