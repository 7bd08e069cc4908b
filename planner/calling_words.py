"""A call-out in sentences: whether its person was on call, and which hard rules it breaks."""

from planner.calling_out import CallOut, breaks, calling_out, on_call
from planner.sentences import breach_sentence
from planner.study import Study
from planner.words import say


def call_lines(study: Study, scenario: str, call: CallOut, lang: str) -> list[str]:
    """Say what recording a call-out tells of; nothing where she was on call and no rule is broken."""
    lines = []
    if call.day >= 0 and not on_call(study, scenario, call):
        lines.append(say("call_out.not_on_call", lang, person=call.person))
    problem = calling_out(study, scenario, call).apply(study).problem(scenario)
    found = breaks(study, scenario, call)
    return lines + [breach_sentence(problem, each.rule, each.breach, lang) for each in found]
