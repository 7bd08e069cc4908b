"""The plan of a killed run, put into its study: never a worse one than the plan at hand."""

import dataclasses
from typing import Any

from data.codec import plan_of, plan_plain
from data.run_codec import run_entry, score_plain
from data.runs import Best, RunFolder, newest_unfinished
from planner.edits import AdoptPlan
from planner.fingerprint import fingerprint
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.runs import SolveResult
from ui.cli.adopting import supersede
from ui.cli.sentences import Told
from ui.cli.targets import Loaded


def killed_run(loaded: Loaded) -> RunFolder:
    """Give the newest run of a target that was killed and left a plan.

    Raises:
        Told: there is none.
    """
    opened = loaded.opened
    found = newest_unfinished(loaded.study.id, opened.seal, loaded.target.scenario, opened.born())
    if found is None:
        raise Told("cli.recover.nothing", target=str(loaded.target))
    return found


def recover(loaded: Loaded, run: RunFolder) -> dict[str, Any]:
    """Adopt the best plan of a killed run in one atomic save, and mark the run as ended.

    Where the plan at hand costs less by the audit of today, it stays.

    Raises:
        Refused: the run or its plan is broken.
        Told: its scenario is gone.
    """
    question, best = run.question(), run.best()
    assert best is not None
    loaded.target = dataclasses.replace(loaded.target, scenario=question.scenario)
    scenario = loaded.scenario()
    problem = loaded.study.problem(scenario.name)
    waivers = loaded.study.waivers(scenario.name)
    plan = plan_of(plan_plain(best.plan, best.horizon), problem.horizon)
    mine, theirs = (
        Outcome(problem, each, waivers, forecast=forecast)
        for each, forecast in (
            (scenario.plan, scenario.forecast),
            (plan, best.forecast or scenario.forecast),
        )
    )
    better = theirs.judgement.score.key <= mine.judgement.score.key and plan != scenario.plan
    adopted = not question.request.of_facts and (scenario.plan == Plan() or better)
    if adopted:
        _adopt(loaded, run, plan, best, theirs)
    run.finish("recovered" if adopted else "superseded")
    supersede(loaded, scenario.name, run.id)
    kept = theirs if adopted else mine
    return {
        "scenario": scenario.name,
        "run": run.id,
        "adopted": adopted,
        "stale": loaded.study.stale(scenario.name),
        "score": score_plain(kept.judgement.score),
    }


def _adopt(loaded: Loaded, run: RunFolder, plan: Plan, best: Best, outcome: Outcome) -> None:
    question = run.question()
    score = outcome.judgement.score
    result = SolveResult(
        status="stopped",
        plan=plan,
        score=score,
        seconds=best.seconds,
        cpu_seconds=best.cpu_seconds,
    )
    entry = run_entry(run.id, question.scenario, question.request, result)
    made_for = fingerprint(question.request.problem)
    edit = AdoptPlan(
        scenario=question.scenario,
        plan=plan,
        run=run.id,
        made_for=made_for,
        forecast=best.forecast,
    )
    loaded.opened.do(edit, run=entry)
    loaded.opened.keep_score(question.scenario, score_plain(score), sheet(outcome))
    loaded.opened.save()
