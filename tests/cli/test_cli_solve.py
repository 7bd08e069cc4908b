"""What `solve` makes of the answers of an engine: kept, refused, told apart by exit codes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.runs import runs
from data.study_file import open_study
from planner.changes import ChangeSet, Remove
from planner.edits import Record
from planner.forecast import DayForecast, Forecast
from planner.plan import Plan
from planner.runs import Finished, Improved, PartResult, Remark, SolveRequest, SolveResult, Started
from planner.score import judge

Call = Callable[..., Any]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[SolveRequest], Any]], None]:
    """Put another engine in the place of ours."""

    def put(answer: Callable[[SolveRequest], Any]) -> None:
        def solve(request: SolveRequest, report: Any, should_stop: Any) -> SolveResult:
            report(Started(fingerprint="f", seed=request.seed))
            report(Remark(what="bound_withdrawn", facts={"part": "roster"}))
            result = answer(request)
            if result.status != "nothing":
                told = Improved(
                    part="roster",
                    plan=result.plan,
                    score=result.score,
                    seconds=1.0,
                    cpu_seconds=1.0,
                )
                report(told)
            report(Finished(result=result))
            return result

        monkeypatch.setattr("solvers.engine.solve", solve)

    return put


def answer(request: SolveRequest, plan: Plan, status: Any = "feasible") -> SolveResult:
    score = judge(request.problem, plan, request.waivers).score
    return SolveResult(status=status, plan=plan, score=score, seconds=1.0, cpu_seconds=2.0)


def test_nothing_found_is_3_and_nothing_is_written(two: Path, call: Call, engine: Any) -> None:
    before = two.read_bytes()
    engine(lambda request: answer(request, request.plan, "nothing"))
    ended = call("solve", two, "--json")
    assert ended.code == 3
    assert ended.document["status"] == "nothing"
    assert two.read_bytes() == before
    text = call("solve", two, "--out", "new.opale")
    assert (text.code, text.out) == (3, "")
    assert "nothing was written" in text.err
    assert not Path("new.opale").exists()
    assert all(run.finished for run in runs("demosmall2", None))


def test_a_worse_plan_never_takes_the_place_of_a_better_one(
    two: Path, call: Call, engine: Any
) -> None:
    with open_study(two) as opened:
        study = opened.study
        plan = study.scenario("base").plan
    better = plan.with_duties(())
    assert judge(study.base, better).score.key != judge(study.base, plan).score.key
    good, bad = sorted((plan, better), key=lambda each: judge(study.base, each).score.key)
    engine(lambda request: answer(request, good))
    assert call("solve", two).code in (0, 2)
    engine(lambda request: answer(request, bad))
    ended = call("solve", two, "--json")
    with open_study(two) as opened:
        assert opened.study.scenario("base").plan == good
    assert ended.document["score"]["total"] == judge(study.base, good).score.total


def test_the_forecast_of_a_run_is_kept_beside_its_plan(two: Path, call: Call, engine: Any) -> None:
    with open_study(two) as opened:
        study = opened.study
    plan = study.scenario("base").plan
    plans = (plan, plan.with_duties(()))
    good, bad = sorted(plans, key=lambda each: judge(study.base, each).score.key)
    forecast = Forecast(days=(DayForecast(0, "0" * 16, ()),), high=7)
    engine(lambda request: replace(answer(request, good), forecast=forecast))
    ended = call("solve", two)
    assert "mean chance of a session to finish late 0%" in ended.out
    with open_study(two) as opened:
        assert opened.study.scenario("base").forecast == forecast
        assert runs(study.id, None)[0].best().forecast == forecast  # type: ignore[union-attr]
    engine(lambda request: replace(answer(request, bad), forecast=Forecast()))
    call("solve", two)
    with open_study(two) as opened:
        assert opened.study.scenario("base").plan == good
        assert opened.study.scenario("base").forecast == forecast, "that of the plan that stays"


def test_a_plan_with_hard_breaches_is_written_and_ends_with_2(
    two: Path, call: Call, engine: Any
) -> None:
    engine(lambda request: answer(request, request.plan, "relaxed"))
    ended = call("solve", two, "--json")
    assert ended.document["score"]["breaches"] > 0
    assert ended.code == 2
    told = call("solve", two)
    assert "planner check" in told.err
    assert str(two) in told.out
    with open_study(two) as opened:
        last = opened.history()[-1]
        assert (last.action, last.status, last.seed) == ("edit_adopt", "relaxed", 1)
        assert opened.kept_score("base") is not None


@pytest.mark.parametrize("error", [RuntimeError("broken"), MemoryError()])
def test_an_engine_that_breaks_is_4_and_the_plan_before_stays(
    error: Exception, two: Path, call: Call, engine: Any
) -> None:
    """F76: never shown as "no solution exists"."""

    def broken(_: SolveRequest) -> SolveResult:
        raise error

    before = two.read_bytes()
    engine(broken)
    ended = call("solve", two, "--json")
    assert (ended.code, ended.out) == (4, "")
    assert "No plan was found" not in ended.err
    assert two.read_bytes() == before


def test_facts_that_contradict_are_told_before_any_work(two: Path, call: Call, engine: Any) -> None:

    with locked(two), open_study(two) as opened:
        surgeon = min(s for case in opened.study.base.cases for s in case.surgeons)
        group = ChangeSet(name="gone", changes=(Remove(kind="surgeon", id=surgeon),))
        opened.do(Record(scenario="closed", group=group))
        opened.save()
    engine(lambda request: pytest.fail("it was asked"))
    ended = call("solve", f"{two}#closed")
    assert ended.code == 1
    assert surgeon in ended.err
    assert call("check", f"{two}#closed").code in (0, 2)
    assert call("info", two).code == 0
    assert call("compare", two).code == 0


def test_pins_waivers_order_and_parts_reach_the_engine(two: Path, call: Call, engine: Any) -> None:
    asked: list[SolveRequest] = []

    def remember(request: SolveRequest) -> SolveResult:
        asked.append(request)
        return answer(request, request.plan)

    engine(remember)
    words = ("--parts", "roster", "--cpu-seconds", "3,5", "--seed", 9, "--workers", 1)
    call("solve", f"{two}#closed", *words, "--strict-order")
    (request,) = asked
    assert request.parts == ("roster",)
    assert request.budget.cpu_seconds == 3.5
    assert request.budget.seconds is None
    assert (request.seed, request.workers, request.strict) == (9, 1, True)
    with open_study(two) as opened:
        assert request.problem == opened.study.problem("closed")


def test_a_plan_whose_facts_have_moved_on_is_kept_near(two: Path, call: Call, engine: Any) -> None:
    """A second solve of the same facts is free again: it is asked for a better plan, not for peace."""
    asked: list[SolveRequest] = []

    def remember(request: SolveRequest) -> SolveResult:
        asked.append(request)
        return answer(request, request.plan)

    engine(remember)
    for target in (two, f"{two}#closed", f"{two}#closed"):
        call("solve", target)
    assert [request.near for request in asked] == [False, True, False]


def test_what_a_scenario_changes_is_said_before_it_is_solved(
    two: Path, call: Call, engine: Any
) -> None:
    engine(lambda request: answer(request, request.plan))
    ended = call("solve", f"{two}#closed", "--json")
    assert ended.code in (0, 2)
    told = ended.err.splitlines()
    first = next(at for at, line in enumerate(told) if "in the facts from “base”" in line)
    assert "closed from no to yes" in told[first + 1]
    assert ended.document["status"]
    assert "in the facts from" not in call("solve", two).err


def test_what_a_run_still_gained_at_its_end_goes_with_its_plan(
    two: Path, call: Call, engine: Any
) -> None:
    def late(request: SolveRequest) -> SolveResult:
        found = answer(request, request.plan.with_duties(()))
        part = PartResult(status="feasible", score=found.score, late=4565)
        return replace(found, parts={"roster": part})

    engine(late)
    assert call("solve", f"{two}#closed").code in (0, 2)
    assert call("compare", two, "--json").document["late"] == {"closed": 4565}
    assert call("scenario", "branch", f"{two}#closed", "again").code == 0
    found = call("compare", two, "--json").document["late"]
    assert found == {"closed": 4565, "again": 4565}
