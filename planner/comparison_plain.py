"""A comparison as plain values, as `compare --json` prints it: ids and numbers, no sentences."""

from typing import Any

from planner.clock import Horizon, written
from planner.compare import Comparison, InputChange, KpiRow, Stale
from planner.plan import Placement
from planner.rules.contract import Waiver
from planner.study import Pin


def comparison_plain(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as text, numbers, lists and mappings: days as dates, times as HH:MM.

    Values, differences and causes of an indicator stand by scenario.
    """
    horizon = comparison.horizon
    return {
        "reference": comparison.reference,
        "scenarios": list(comparison.scenarios),
        "kpis": [_kpi(row) for row in comparison.kpis],
        "inputs": [_input(change) for change in comparison.inputs],
        "placements": [
            {
                "scenario": change.scenario,
                "case": change.case,
                "from": placement_plain(change.before),
                "to": placement_plain(change.after),
            }
            for change in comparison.placements
        ],
        "duties": [
            {
                "scenario": change.scenario,
                "person": change.person,
                "day": horizon.date(change.day).isoformat(),
                "track": change.track,
                "from": change.before,
                "to": change.after,
            }
            for change in comparison.duties
        ],
        "pins": [
            {
                "scenario": change.scenario,
                "from": _pin(change.before, horizon),
                "to": _pin(change.after, horizon),
            }
            for change in comparison.pins
        ],
        "waivers": [
            {
                "scenario": change.scenario,
                "from": _waiver(change.before, horizon),
                "to": _waiver(change.after, horizon),
            }
            for change in comparison.waivers
        ],
        "stale": [_stale(name, comparison) for name in comparison.stale],
        "searched": {name: round(spent, 1) for name, spent in comparison.searched.items()},
        "late": dict(comparison.late),
        "lent": [each._asdict() for each in comparison.lent],
    }


def _stale(name: str, comparison: Comparison) -> dict[str, Any]:
    why = next((each for each in comparison.reasons if each.scenario == name), Stale(name))
    return {
        "scenario": name,
        "groups": list(why.groups),
        "inputs": [_input(change) for change in why.inputs],
    }


def _kpi(row: KpiRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "unit": row.kpi.unit,
        "better": row.kpi.better,
        "values": dict(row.values),
        "delta": dict(row.delta),
        "causes": {
            scenario: [
                {
                    "what": cause.what,
                    "amount": cause.amount,
                    "subjects": dict(zip(cause.subjects, cause.amounts, strict=True)),
                }
                for cause in causes
            ]
            for scenario, causes in row.causes.items()
        },
        "contributions": {
            scenario: [share._asdict() for share in shares]
            for scenario, shares in row.shares.items()
            if shares
        },
    }


def _input(change: InputChange) -> dict[str, Any]:
    return {
        "scenario": change.scenario,
        "kind": change.kind,
        "id": change.id,
        "field": change.field,
        "from": change.before,
        "to": change.after,
    }


def placement_plain(placement: Placement | None) -> dict[str, Any] | None:
    """Give where a case is; None: it waits."""
    if placement is None:
        return None
    start = None if placement.start is None else written(placement.start)
    return {"session": placement.session, "surgeon": placement.surgeon, "start": start}


def _pin(pin: Pin | None, horizon: Horizon) -> dict[str, Any] | None:
    if pin is None:
        return None
    days = {"first": _date(pin.first, horizon), "last": _date(pin.last, horizon)}
    return {"kind": pin.kind, "id": pin.id, **days}


def _waiver(waiver: Waiver | None, horizon: Horizon) -> dict[str, Any] | None:
    if waiver is None:
        return None
    return {
        "rule": waiver.rule,
        "subjects": sorted(waiver.subjects),
        "first": _date(waiver.first, horizon),
        "last": _date(waiver.last, horizon),
        "most": waiver.most,
        "reason": waiver.reason,
        "author": waiver.author,
        "made": waiver.made.isoformat(),
    }


def _date(day: int | None, horizon: Horizon) -> str | None:
    return None if day is None else horizon.date(day).isoformat()
