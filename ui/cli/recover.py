"""`planner recover`: adopt the best plan of a run that was killed."""

from typing import Any

from ui.cli import speaking
from ui.cli.door import BROKEN, DONE
from ui.cli.speaking import json_option


@speaking.command("recover")
@speaking.target_argument
@json_option
def command(target: str, as_json: bool) -> int:
    """Adopt the plan of the newest run without an end, of a scenario or of any."""
    from data.study_file import is_study
    from ui.cli.recovering import killed_run, recover
    from ui.cli.sentences import Told
    from ui.cli.show import document, telling
    from ui.cli.targets import Target, held, tell_killed, unrecognised

    wanted = Target.of(target)
    if not is_study(wanted.path):
        if not wanted.path.is_file():
            raise unrecognised(wanted.path)
        raise Told("cli.recover.no_study", path=str(wanted.path))
    with held(wanted, told=True) as loaded:
        if wanted.scenario is not None:
            loaded.scenario()
        found = recover(loaded, killed_run(loaded))
        tell_killed(loaded)  # those of other scenarios, which wait for another call
    with telling():
        if as_json:
            document(found)
        else:
            _text(found, wanted.path)
    return BROKEN if found["score"]["breaches"] else DONE


def _text(found: dict[str, Any], path: Any) -> None:
    from data.run_codec import score_of
    from ui.cli.show import note, score_words
    from ui.cli.speech import say

    name = found["scenario"]
    if not found["adopted"]:
        print(say("cli.recover.kept", scenario=name))
    else:
        print(say("cli.recover.adopted", scenario=name, path=str(path)))
    print(score_words(score_of(found["score"])))
    if found["stale"]:
        note("cli.stale_plan", scenario=name)
