"""A call-out on the command line: recorded as a duty, with what it breaks."""

from collections.abc import Mapping

from planner.calling_out import CallOut, breaks, calling_out, on_call, read_call_out
from planner.sentences import breach_sentence
from ui.cli.scenarios import edit
from ui.cli.speech import lang, say
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
        name, call = asked(loaded)
        lines = []
        if call.day >= 0 and not on_call(loaded.study, name, call):
            lines.append(say("call_out.not_on_call", person=call.person))
        problem = calling_out(loaded.study, name, call).apply(loaded.study).problem(name)
        found = breaks(loaded.study, name, call)
        return lines + [breach_sentence(problem, each.rule, each.breach, lang()) for each in found]

    edit(
        target,
        lambda loaded: calling_out(loaded.study, *asked(loaded)),
        as_json=as_json,
        tell=told,
    )
