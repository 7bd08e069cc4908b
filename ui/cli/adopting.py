"""From a scenario to a question to the engine, and from its answer back into the study."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.audits import audits_of
from data.entrants import stale_mark
from data.run_codec import identity, run_entry, score_plain
from data.runs import unfinished
from planner.answered import recording
from planner.asking_words import asked_sentences
from planner.bound_words import source_words
from planner.edits import AdoptPlan, Edit
from planner.fingerprint import fingerprint
from planner.following import adopting, linked_facts
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.left_out_words import waiting_lines, waiting_plain
from planner.master.options import MasterOptions
from planner.open_posts import open_lines, open_plain
from planner.pinning import held
from planner.problem import faults, refuses
from planner.runs import SolveRequest, SolveResult
from planner.sentences import fault_hint, fault_sentence
from planner.words import number
from ui.cli.mastering import refuse_parts
from ui.cli.rotating import rotation_of
from ui.cli.running import Run
from ui.cli.sentences import Told
from ui.cli.show import note, score_words
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded


def request_for(loaded: Loaded, parts: Sequence[str], settings: Mapping[str, Any]) -> SolveRequest:
    """Make the question for the scenario of a target.

    Raises:
        Told: there is no such scenario, its facts contradict each other, or no part has anything.
        EditRefusedError: the lines of a rotation cannot be found, or there is nothing to link.
    """
    scenario = loaded.scenario()
    linked = bool(settings.get("linked"))
    study = loaded.study
    problem = linked_facts(study, scenario.name) if linked else study.problem(scenario.name)
    found = [fault for fault in faults(problem) if refuses(fault)]
    if found:
        fault = found[0]
        told = f"{fault_sentence(fault, lang())}. {fault_hint(fault, lang())}"
        raise Told("cli.faults_first", n=len(found), fault=told, target=str(loaded.target))
    rotation = rotation_of(problem, parts, settings)
    master = MasterOptions() if rotation else refuse_parts(loaded, problem, parts, settings)
    return SolveRequest(
        problem=problem,
        plan=scenario.plan,
        pins=held(loaded.study, scenario.name),
        waivers=loaded.study.waivers(scenario.name),
        parts=tuple(parts),
        budget=settings["budget"],
        seed=settings["seed"],
        workers=settings["workers"],
        strict=settings["strict"],
        near=loaded.study.stale(scenario.name),
        master=master,
        rotation=rotation,
        linked=linked,
    )


def tell_asked(loaded: Loaded) -> None:
    """Say, before a plan is solved, how its facts differ from its parent's and from those of the last one."""
    name = loaded.scenario().name
    stale = stale_mark(loaded.opened, name)
    for sentence in asked_sentences(loaded.study, name, lang(), stale=stale):
        print(sentence, file=sys.stderr)


def adopt(loaded: Loaded, done: Run, *, save: bool, reason: str = "", into: str = "") -> Outcome:
    """Take the plan of a run into the study with its line in the journal; save it in one step.

    `into` is the scenario that takes a linked plan, where it is not the target's. Gives the outcome,
    audited, for whoever goes on with it.

    Raises:
        Refused: it cannot be written; the file is as it was.
    """
    asked, result = loaded.target.name, done.result
    scenario = into or asked
    entry = run_entry(done.folder.id, scenario, done.request, result)
    plain = AdoptPlan(
        scenario=scenario, plan=result.plan, run=done.folder.id, forecast=result.forecast
    )
    edit: Edit = adopting(loaded.study, asked, plain) if done.request.linked else plain
    loaded.opened.do(edit, run=entry, reason=reason)
    outcome = done.outcome
    outcome.forecast = loaded.study.scenario(scenario).forecast
    loaded.opened.keep_score(scenario, score_plain(outcome.judgement.score), sheet(outcome))
    if save:
        loaded.opened.save()
        audits_of(loaded.opened).remember([outcome])
        supersede(loaded, asked, done.folder.id)
    return outcome


def adopt_facts(loaded: Loaded, done: Run, *, save: bool) -> None:
    """Record an answer that is facts as a group of changes, with the line of the run in the journal.

    The plan stays as it is; where no fact changes, nothing is written.

    Raises:
        Refused: it cannot be written; the file is as it was.
    """
    request, changes = done.request, done.result.changes
    if not changes:
        return
    scenario = loaded.target.name
    entry = run_entry(done.folder.id, scenario, request, done.result)
    loaded.opened.do(recording(request, changes, scenario, lang()), run=entry)
    if save:
        loaded.opened.save()


def supersede(loaded: Loaded, scenario: str, newer: str) -> None:
    """Mark killed runs of a scenario as past, once a later plan of it stands in the study."""
    for run in unfinished(loaded.study.id, loaded.opened.seal, scenario):
        if run.id < newer:
            run.finish("superseded")


def outcome_document(done: Run) -> dict[str, Any]:
    """Give what came of a run as the JSON document of `solve`."""
    result, problem = done.result, done.problem
    return {
        "status": result.status,
        "parts": {
            name: {
                "status": part.status,
                "score": score_plain(part.score),
                "bound": list(part.bounds) if part.bounds is not None else part.bound,
                "source": part.source,
            }
            for name, part in result.parts.items()
        },
        "score": score_plain(result.score),
        "bound": result.bound,
        "seconds": round(result.seconds, 3),
        "cpu_seconds": round(result.cpu_seconds, 3),
        "unscheduled": unscheduled(done),
        "waiting": waiting_of(done),
        "uncovered": open_plain(done.outcome, lang()),
        "fingerprint": fingerprint(problem),
        "request": identity(done.request),
        "seed": done.request.seed,
    }


def waiting_of(done: Run) -> list[dict[str, str]]:
    """Say of each case that waits why it does."""
    return waiting_plain(done.outcome, lang(), done.request.pins)


def unscheduled(done: Run) -> int:
    """Count the cases that wait."""
    placed = {placement.case for placement in done.result.plan.placements}
    return sum(case.id not in placed for case in done.request.problem.cases)


def outcome_text(done: Run, written: Sequence[Path]) -> None:
    """Tell what came of a run."""
    result = done.result
    if not done.found:
        note("cli.solve.stopped_empty" if done.stopped else "cli.solve.nothing")
        return
    print(say(f"cli.status.{result.status}"))
    print(score_words(result.score))
    if result.bound is not None and result.score.total is not None:
        gap = number(result.score.total - result.bound, lang())
        sources = source_words((part.source for part in result.parts.values()), lang())
        print(say("cli.solve.bound", gap=gap, sources=sources))
    else:
        _part_gaps(result)
    if done.request.problem.cases:
        waiting = unscheduled(done)
        print(say("cli.solve.cases", placed=len(done.request.problem.cases) - waiting, n=waiting))
        for line in waiting_lines(waiting_of(done), lang()):
            print(f"  {line}")
    if "roster" in result.parts:
        for line in open_lines(open_plain(done.outcome, lang()), lang()):
            print(line)
    if result.forecast is not None and result.forecast.days:
        facts = {"overtime": result.forecast.overtime, "late": result.forecast.late}
        print(say("cli.solve.forecast", **facts))
    spent = {name: number(getattr(result, name), lang()) for name in ("seconds", "cpu_seconds")}
    print(say("cli.solve.time", **spent))
    for path in written:
        print(say("cli.written", path=str(path)))
    if not written:
        note("cli.solve.not_kept")
    if result.score.breaches:
        note("cli.solve.broken", n=result.score.breaches)


def _part_gaps(result: SolveResult) -> None:
    """Tell how far each planned part may be from its best, where not all of the study was planned."""
    for name, part in result.parts.items():
        if part.bound is not None and part.score.total is not None:
            gap = number(part.score.total - part.bound, lang())
            told = say("cli.solve.bound", gap=gap, sources=source_words((part.source,), lang()))
            print(say("cli.solve.bound_part", part=say(f"cli.part.{name}"), told=told))
