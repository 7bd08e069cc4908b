"""Undo and redo, named for the step that they take, in the language of the moment."""

from typing import TYPE_CHECKING, Any, Final

from data.refused import Refused
from planner.change_set_words import group_words
from planner.record_words import id_words
from planner.sentences import title
from planner.sick.words import typed_words
from planner.study import BASE
from planner.words import say
from ui.window.actions import Actions
from ui.window.undo import Step
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.document import Document

_GROUPS: Final = frozenset(
    f"edit_{what}" for what in ("record", "switch_on", "switch_off", "reorder", "lift", "drop")
)
"""What names a group of changes."""


def step_words(step: Step, lang: str) -> str:
    """Say what a step does: the base, a session and a rule by the words that are shown for them."""
    what, facts = step.edit.label
    told: dict[str, Any] = dict(facts)
    problem = step.before.problem(step.scenario)
    for fact in ("scenario", "parent"):
        if told.get(fact) == BASE:
            told[fact] = say("banner.base", lang)
    if what == "edit_repair":
        told["event"] = typed_words(str(told["event"]), lang)
    if "session" in told:
        told["session"] = id_words(problem, "session", told["session"], lang)
    rules = [each for each in problem.rules if each.id == told.get("rule")]
    if rules:
        told["rule"] = title(rules[0], lang)
    if what in _GROUPS:
        told["name"] = group_words(told["name"], lang)
    return say(what, lang, **told)


def _next(document: "Document", what: str, lang: str) -> str:
    """Say what undo, or redo, would do next; "" where there is nothing."""
    stack = document.stack
    step = stack.command(stack.index() - (what == "undo"))
    return step_words(step, lang) if isinstance(step, Step) else ""


def name_steps(actions: Actions, document: "Document") -> None:
    """Name both actions for what they would do; one without a step is off."""
    for what in ("undo", "redo"):
        words = _next(document, what, actions.bench.lang)
        actions.name_step(what, words)
        actions[what].setEnabled(bool(words) and not document.read_only)


def take_step(bench: Workbench, what: str) -> None:
    """Undo or redo one step, and say which one it was."""
    document = bench.document
    if document is None or document.read_only:
        return
    words = _next(document, what, bench.lang)
    if not words:
        return
    try:
        getattr(document.stack, what)()
    except Refused as error:
        bench.told.emit(bench.sentence(error), True)
    else:
        bench.told.emit(bench.say(f"window.{what}", what=words), False)
