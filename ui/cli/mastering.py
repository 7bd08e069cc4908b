"""The master schedule on the command line: its weights, its answer as changes of facts, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from data.run_codec import score_plain
from planner.bound_words import source_words
from planner.master.answer import compared
from planner.master.options import BOUNDS, MasterOptions
from planner.master.words import explained
from planner.problem import Problem
from planner.runs import MASTER
from planner.words import number
from ui.cli.running import Run
from ui.cli.sentences import Told
from ui.cli.show import note, score_words
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded

_KEEP: Final = "keep:"


def refuse_parts(
    loaded: Loaded, problem: Problem, parts: Sequence[str], settings: Mapping[str, Any]
) -> MasterOptions:
    """See to it that the parts of a question have something to plan; give what grids are weighed by.

    Raises:
        Told: they have nothing, go not together, or a weight is not written as one.
    """
    target = str(loaded.target)
    if MASTER in parts:
        if len(parts) > 1:
            raise Told("cli.master_alone")
        if not (problem.templates and problem.cases):
            raise Told("cli.no_master", target=target)
        return options_of(problem, settings.get("master", ()))
    has = {"theatre": bool(problem.cases and problem.sessions), "roster": bool(problem.staff)}
    if not any(has[part] for part in parts):
        raise Told("cli.nothing_to_solve", target=target)
    return MasterOptions()


def options_of(problem: Problem, given: Sequence[str]) -> MasterOptions:
    """Read weights, each as NAME=NUMBER or keep:SPECIALTY=NUMBER.

    Raises:
        Told: one is not written so, or out of bounds.
    """
    options = MasterOptions()
    for words in given:
        name, equals, value = words.partition("=")
        of = name.removeprefix(_KEEP) if name.startswith(_KEEP) else ""
        kind = "keep" if of else name
        if kind not in BOUNDS or not equals:
            raise Told("master.option", words=words, names=", ".join(BOUNDS))
        low, high = BOUNDS[kind]
        if not value.isdecimal() or not low <= int(value) <= high:
            raise Told("master.option_bounds", words=words, name=kind, low=low, high=high)
        if of and all(each.id != of for each in problem.specialties):
            raise Told("master.option_specialty", specialty=of)
        keeps = (*options.keeps, (of, int(value)))
        options = replace(options, **({"keeps": keeps} if of else {name: int(value)}))
    return options


def grid_document(done: Run) -> dict[str, Any]:
    """Give what the JSON document of `solve` says of the grid, before and after, beside the outcome."""
    found = compared(done.request, done.result.changes)
    grid = found.grid
    return {
        "unscheduled": None,
        "waiting": [],
        "master": {
            "weeks": grid.weeks,
            "before": score_plain(found.before.score),
            "owners": [
                {
                    "template": slot.template.id,
                    "from": grid.present[slot.template.id],
                    "to": found.owners[slot.template.id],
                }
                for slot in found.changed
            ],
            "specialties": [
                {
                    "specialty": share.specialty,
                    "half_days": {"from": share.before, "to": share.after},
                    "asked": share.asked,
                    "waiting": {"from": share.waiting_before, "to": share.waiting_after},
                }
                for share in found.shares()
            ],
            "wards": [
                {
                    "ward": ward,
                    "peak": {"from": found.before.peak(ward)[0], "to": found.after.peak(ward)[0]},
                    "variance": {
                        "from": round(found.before.variance([ward]), 3),
                        "to": round(found.after.variance([ward]), 3),
                    },
                }
                for ward in found.before.load
            ],
            "told": list(explained(found, lang())) if done.found else [],
        },
    }


def grid_text(done: Run, written: Sequence[Path]) -> None:
    """Tell what came of a run: how good it is, who wins and loses, and what to do next."""
    result = done.result
    if not done.found:
        note("cli.solve.stopped_empty" if done.stopped else "cli.solve.nothing")
        return
    print(say("cli.status.optimal" if result.status == "optimal" else f"master.{result.status}"))
    print(score_words(result.score))
    if result.bound is not None and result.score.total is not None:
        gap = number(result.score.total - result.bound, lang())
        print(say("cli.solve.bound", gap=gap, sources=source_words(("model",), lang())))
    for sentence in explained(compared(done.request, done.result.changes), lang()):
        print(sentence)
    spent = {name: number(getattr(result, name), lang()) for name in ("seconds", "cpu_seconds")}
    print(say("cli.solve.time", **spent))
    if result.changes:
        for path in written:
            print(say("cli.written", path=str(path)))
        print(say("master.next"))
