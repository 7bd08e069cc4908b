"""A rotation on the command line: which one is asked for, its lines as changes of facts, and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.run_codec import score_plain
from planner.bound_words import source_words
from planner.edits import EditRefusedError
from planner.problem import Problem
from planner.rotation.comparing import Turned, turned
from planner.rotation.explaining import answer_document, explained
from planner.rotation.unrolled import unrolled
from planner.runs import ROTATION
from planner.words import number
from ui.cli.running import Run
from ui.cli.sentences import Told
from ui.cli.show import note, score_words
from ui.cli.speech import lang, say


def rotation_of(problem: Problem, parts: Sequence[str], settings: Mapping[str, Any]) -> str:
    """Give the rotation that is asked for, the only one where none is named; "" where it is no part.

    Raises:
        Told: other parts are asked for as well, or there are several rotations.
        EditRefusedError: there is none, or its lines cannot be found.
    """
    if ROTATION not in parts:
        return ""
    if len(parts) > 1:
        raise Told("cli.rotation_alone")
    known = [each.id for each in problem.rotations]
    named = str(settings.get("rotation") or "")
    if not known:
        raise EditRefusedError("no_rotation")
    if not named and len(known) > 1:
        raise Told("cli.rotation_which", known=", ".join(known))
    id = named or known[0]
    unrolled(problem, id)  # refused before any work
    return id


def found(done: Run) -> Turned:
    """Set the lines of an answer beside those of now."""
    return turned(done.request.problem, done.request.rotation, done.result.changes)


def rotation_document(done: Run) -> dict[str, Any]:
    """Give what the JSON document of `solve` says of the lines, beside the outcome."""
    answer = found(done)
    before = score_plain(answer.before.score)
    told = {"before": before, **answer_document(answer, lang())}
    return {"unscheduled": None, "waiting": [], "rotation": told}


def rotation_text(done: Run, written: Sequence[Path]) -> None:
    """Tell what came of a run: how good it is, the lines, what is left broken, and what to do next."""
    result = done.result
    if not done.found:
        note("cli.solve.stopped_empty" if done.stopped else "cli.solve.nothing")
        return
    print(say(f"rotation.status.{result.status}"))
    print(score_words(result.score))
    if result.bound is not None and result.score.total is not None:
        gap = number(result.score.total - result.bound, lang())
        print(say("cli.solve.bound", gap=gap, sources=source_words(("model",), lang())))
    for sentence in explained(found(done), lang()):
        print(sentence)
    spent = {name: number(getattr(result, name), lang()) for name in ("seconds", "cpu_seconds")}
    print(say("cli.solve.time", **spent))
    if result.changes:
        for path in written:
            print(say("cli.written", path=str(path)))
        print(say("rotation.next", rotation=done.request.rotation))
