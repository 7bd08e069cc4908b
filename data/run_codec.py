"""Questions and answers of the engine as JSON documents, for run folders, events and the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from typing import Any, Final

from data.codec import (
    Document,
    change_of,
    change_plain,
    dumps,
    each,
    horizon_of,
    horizon_plain,
    number,
    one_of,
    pin_of,
    pin_plain,
    place,
    plan_of,
    plan_plain,
    problem_of,
    problem_plain,
    text,
    waiver_of,
    waiver_plain,
)
from data.forecast_rows import forecast_of, forecast_plain
from data.journal import RunEntry, versions
from planner.clock import Horizon
from planner.fingerprint import fingerprint
from planner.forecast import Forecast
from planner.master.options import MasterOptions
from planner.plain import to_plain
from planner.plan import Plan
from planner.runs import (
    MASTER,
    ROTATION,
    RUN_PARTS,
    Budget,
    PartResult,
    SolveRequest,
    SolveResult,
    Source,
    Status,
)
from planner.score import TIERS, Score

STATUSES: Final[tuple[Status, ...]] = ("optimal", "feasible", "relaxed", "nothing", "stopped")
SOURCES: Final[tuple[Source, ...]] = ("rows", "sessions", "columns", "model")


def options_plain(request: SolveRequest) -> Document:
    """Give what a run was told besides facts, plan, pins and waivers."""
    return {
        "parts": list(request.parts),
        "budget": {name: left for name, left in asdict(request.budget).items() if left is not None},
        "workers": request.workers,
        "strict": request.strict,
        "near": request.near,
        **({"linked": True} if request.linked else {}),
        **({"master": asdict(request.master)} if MASTER in request.parts else {}),
        **({"rotation": request.rotation} if ROTATION in request.parts else {}),
    }


def request_plain(request: SolveRequest) -> Document:
    """Give a question to the engine as plain values."""
    horizon = request.problem.horizon
    return {
        "problem": problem_plain(request.problem),
        "plan": plan_plain(request.plan, horizon),
        "pins": [pin_plain(pin, horizon) for pin in request.pins],
        "waivers": [waiver_plain(waiver, horizon) for waiver in request.waivers],
        "seed": request.seed,
        **options_plain(request),
    }


def request_of(document: Mapping[str, Any]) -> SolveRequest:
    """Make a question of plain values.

    Raises:
        Refused: it is none; the sentence has the path of what does not fit.
    """
    with place("request"):
        problem = problem_of(document["problem"])
        horizon = problem.horizon
        return SolveRequest(
            problem=problem,
            plan=plan_of(document["plan"], horizon),
            pins=each("pins", document["pins"], lambda pin: pin_of(pin, horizon)),
            waivers=each("waivers", document["waivers"], lambda each: waiver_of(each, horizon)),
            parts=each("parts", document["parts"], lambda part: one_of(part, RUN_PARTS)),
            budget=Budget(**document["budget"]),
            seed=number(document["seed"]),
            workers=number(document["workers"]),
            strict=bool(document["strict"]),
            near=bool(document.get("near", False)),
            linked=bool(document.get("linked", False)),
            master=_master_of(document.get("master", {})),
            rotation=text(document.get("rotation", "")),
        )


def _keep_of(given: Any) -> tuple[str, int]:
    specialty, percent = given
    return text(specialty), number(percent)


def _master_of(document: Mapping[str, Any]) -> MasterOptions:
    keeps = each("keeps", document.get("keeps", ()), _keep_of)
    rest = {name: number(value) for name, value in document.items() if name != "keeps"}
    return MasterOptions(keeps=keeps, **rest)


def identity(request: SolveRequest) -> str:
    """Name all that a run depends on: facts, rules, pins, waivers, start, options, versions, seed."""
    horizon = request.problem.horizon
    whole = [
        fingerprint(request.problem),
        sorted(dumps(pin_plain(pin, horizon)) for pin in request.pins),
        sorted(dumps(waiver_plain(waiver, horizon)) for waiver in request.waivers),
        plan_plain(request.plan, horizon),
        options_plain(request),
        *(_rotating(request) if ROTATION in request.parts else ()),
        dict(sorted(versions().items())),
        request.seed,
    ]
    return blake2b(dumps(whole).encode(), digest_size=16).hexdigest()


def _rotating(request: SolveRequest) -> Iterator[list[Document]]:
    """Give the facts that a rotation is found from, and that no fingerprint holds."""
    for kind in ("rotation", "line", "turn", "weekly"):
        records = sorted(request.problem.records(kind), key=lambda each: str(each.id))
        yield [to_plain(record, request.problem.horizon) for record in records]


def score_plain(score: Score) -> Document:
    """Give a score as plain values."""
    return asdict(score) | {"tiers": list(score.tiers)}


def score_of(document: Mapping[str, Any]) -> Score:
    """Make a score of plain values.

    Raises:
        Refused: it is none.
    """
    with place("score"):
        tiers = each("tiers", document["tiers"], number)
        if len(tiers) != TIERS:
            raise ValueError(tiers)
        total = document["total"]
        return Score(
            hard=number(document["hard"]),
            breaches=number(document["breaches"]),
            waived=number(document["waived"]),
            tiers=tiers,
            total=None if total is None else number(total),
        )


def dated_plan_plain(plan: Plan, horizon: Horizon) -> Document:
    """Give a plan with the horizon that its dates are read with, so that it stands alone."""
    return {"horizon": horizon_plain(horizon), **plan_plain(plan, horizon)}


def dated_plan_of(document: Mapping[str, Any]) -> tuple[Plan, Horizon]:
    """Make a plan of a document that stands alone.

    Raises:
        Refused: it is none.
    """
    with place("plan"):
        given = document["horizon"]
        horizon = horizon_of(given["start"], given["days"], given["zone"])
    return plan_of(document, horizon), horizon


def result_plain(result: SolveResult, horizon: Horizon) -> Document:
    """Give an answer of the engine as plain values."""
    document = {"plan": dated_plan_plain(result.plan, horizon), **outcome_plain(result)}
    if result.forecast is not None:
        document["forecast"] = forecast_plain(result.forecast, horizon)
    return document


def outcome_plain(result: SolveResult) -> Document:
    """Give an answer of the engine as plain values, but for its plan and forecast."""
    return {
        "status": result.status,
        "score": score_plain(result.score),
        "parts": {
            name: {
                "status": part.status,
                "score": score_plain(part.score),
                "bound": part.bound,
                "bounds": None if part.bounds is None else list(part.bounds),
                "source": part.source,
                "late": part.late,
            }
            for name, part in result.parts.items()
        },
        "bound": result.bound,
        "seconds": result.seconds,
        "cpu_seconds": result.cpu_seconds,
        **({"changes": [*map(change_plain, result.changes)]} if result.changes else {}),
    }


def result_of(document: Mapping[str, Any]) -> SolveResult:
    """Make an answer of the engine of plain values.

    Raises:
        Refused: it is none.
    """
    with place("result"):
        plan, horizon = dated_plan_of(document["plan"])
        given = document.get("forecast")
        forecast = None if given is None else forecast_of(given, horizon)
        return outcome_of(document, plan, forecast)


def outcome_of(
    document: Mapping[str, Any], plan: Plan, forecast: Forecast | None = None
) -> SolveResult:
    """Make an answer of the engine of its plan and forecast, and plain values for the rest.

    Raises:
        Refused: it is none.
    """
    with place("outcome"):
        parts = {}
        for name, part in document["parts"].items():
            with place(f"parts.{name}"):
                parts[one_of(name, RUN_PARTS)] = _part_of(part)
        return SolveResult(
            status=_status(document["status"]),
            plan=plan,
            score=score_of(document["score"]),
            parts=parts,
            bound=None if document["bound"] is None else number(document["bound"]),
            seconds=float(document["seconds"]),
            cpu_seconds=float(document["cpu_seconds"]),
            forecast=forecast,
            changes=each("changes", document.get("changes", ()), change_of),
        )


def _part_of(document: Mapping[str, Any]) -> PartResult:
    bound, bounds = document["bound"], document["bounds"]
    return PartResult(
        status=_status(document["status"]),
        score=score_of(document["score"]),
        bound=None if bound is None else number(bound),
        bounds=None if bounds is None else each("bounds", bounds, number),
        source=None if document.get("source") is None else source_of(document["source"]),
        late=None if document.get("late") is None else number(document["late"]),
    )


def _status(given: Any) -> Status:
    for status in STATUSES:
        if given == status:
            return status
    raise ValueError(repr(given))


def source_of(given: Any) -> Source:
    """Give what proved a bound.

    Raises:
        ValueError: it is no source of bounds.
    """
    for source in SOURCES:
        if given == source:
            return source
    raise ValueError(repr(given))


def run_entry(id: str, scenario: str, request: SolveRequest, result: SolveResult) -> RunEntry:
    """Describe a run for the study's own history."""
    return RunEntry(
        id=id,
        scenario=scenario,
        fingerprint=fingerprint(request.problem),
        request=identity(request),
        seed=request.seed,
        status=result.status,
        options=options_plain(request),
        score=score_plain(result.score) | ({"late": result.late} if result.late else {}),
        bound=result.bound,
        seconds=result.seconds,
        cpu_seconds=result.cpu_seconds,
    )
