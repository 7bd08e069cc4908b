"""`planner simulate`: how late the sessions of a plan may end, kept beside the plan."""

from planner.forecast import MOST_REPLICATIONS, REPLICATIONS, SEED
from ui.cli import speaking
from ui.cli.speaking import Whole, json_option, option


@speaking.command("simulate")
@speaking.target_argument
@option("--replications", type=Whole(1, MOST_REPLICATIONS), default=REPLICATIONS, metavar="N")
@option("--seed", type=Whole(0), default=SEED, metavar="N")
@option("--all", "every", is_flag=True, help="cli.simulate.all")
@speaking.reading_option
@json_option
def command(
    target: str, replications: int, seed: int, every: bool, reading: str | None, as_json: bool
) -> None:
    """Simulate the plan of a scenario, and keep what was found beside it."""
    from ui.cli.show import document, telling
    from ui.cli.simulating import as_document, as_text, simulated
    from ui.cli.targets import Target, held

    with held(Target.of(target), reading) as loaded:
        found = simulated(loaded, replications, seed)
    with telling():
        if as_json:
            document(as_document(found))
        else:
            as_text(found, every=every)
