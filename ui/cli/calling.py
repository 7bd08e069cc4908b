"""A call-out on the command line: recorded as a duty, with what it breaks."""

from collections.abc import Mapping

from planner.calling_out import CallOut, calling_out, read_call_out
from planner.calling_words import call_lines
from ui.cli.scenarios import edit
from ui.cli.speech import lang
from ui.cli.targets import Loaded


def record(target: str, words: Mapping[str, str], *, as_json: bool) -> None:
    """Record a call-out and say whether its person was on call, and which hard rules it breaks.

    Raises:
        EditRefusedError: the words are no call-out of somebody there.
        Held: somebody else holds the study.
    """

    def asked(loaded: Loaded) -> tuple[str, CallOut]:
        name = loaded.scenario().name
        return name, read_call_out(loaded.study.problem(name), **words)

    def told(loaded: Loaded) -> list[str]:
        return call_lines(loaded.study, *asked(loaded), lang())

    edit(
        target,
        lambda loaded: calling_out(loaded.study, *asked(loaded)),
        as_json=as_json,
        tell=told,
        past=True,
    )
