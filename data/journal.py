"""The audit trail of a study: who did what, when, with which versions. Rows are added, never changed.

An entry is either an edit or a run; a run has its own row in `runs` with options, seed and outcome.
"""

import math
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from data.codec import (
    change_set_of,
    change_set_plain,
    dumps,
    loads,
    pin_plain,
    place,
    text,
    waiver_plain,
)
from data.lock import user
from planner import __version__
from planner.changes import ChangeSet
from planner.edits import Edit, Publish, Record, SetPins, Waive
from planner.fingerprint import fingerprint
from planner.hand_edits import Together
from planner.runs import FACT_PARTS
from planner.signatures import Signature
from planner.signing import Sign, Withdraw
from planner.study import BASE, Study, UnknownScenarioError

_ENGINES: Final = ("ortools", "numba", "numpy", "highspy")


_ENTRY: Final = (
    "number", "made", "author", "action", "scenarios", "parameters", "fingerprints", "versions",
    "run", "seed", "status", "reason",
)  # fmt: skip
_RUN: Final = (
    "id", "scenario", "started", "fingerprint", "request", "options", "seed", "versions", "status",
    "score", "bound", "seconds", "cpu_seconds",
)  # fmt: skip


def now() -> str:
    """Give the time, as the journal has it: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@cache
def versions() -> Mapping[str, str]:
    """Give the versions that a result depends on; engines are looked up, not loaded."""
    found = {"opale": __version__, "python": platform.python_version()}
    for name in _ENGINES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal. `action` is a message id, `parameters` its facts and more."""

    action: str
    scenarios: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    run: str | None = None
    seed: int | None = None
    status: str = "done"
    reason: str = ""
    made: str = field(default_factory=now)
    author: str = field(default_factory=user)
    versions: Mapping[str, str] = field(default_factory=versions)
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEntry:
    """A run of the engine: what was asked, and what came of it.

    `fingerprint` names the facts and rules, `request` all that the run depends on.
    """

    id: str
    scenario: str
    fingerprint: str
    request: str
    seed: int
    status: str
    options: Mapping[str, Any] = field(default_factory=dict)
    score: Mapping[str, Any] | None = None
    bound: int | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    started: str = field(default_factory=now)
    versions: Mapping[str, str] = field(default_factory=versions)


def entry_of(edit: Edit, after: Study, *, run: RunEntry | None = None, reason: str = "") -> Entry:
    """Describe an edit that gave a study; fingerprints are those of the scenarios it touched."""
    action, facts = edit.label
    touched = tuple(sorted(edit.touched))
    fingerprints = {}
    for name in touched:
        try:
            fingerprints[name] = fingerprint(after.problem(name))
        except UnknownScenarioError:  # it was taken away
            continue
    return Entry(
        action=action,
        scenarios=touched,
        parameters={**facts, **_details(edit, after)},
        fingerprints=fingerprints,
        run=run.id if run else None,
        seed=run.seed if run else None,
        status=run.status if run else _status(edit),
        reason=reason or _reason(edit),
    )


def _status(edit: Edit) -> str:
    """Say of a step that it was taken in somebody's name: the account alone is known."""
    match edit:
        case Sign() | Withdraw() | Publish(signature=Signature()):
            if edit.signature is not None and edit.signature.declared:
                return "declared"
    return "done"


def _reason(edit: Edit) -> str:
    match edit:
        case Waive():
            return edit.waiver.reason
        case Sign() | Withdraw() | Publish(signature=Signature()):
            return edit.signature.reason if edit.signature else ""
    return ""


def _details(edit: Edit, after: Study) -> Mapping[str, Any]:
    """Give what the label leaves out; plans stand in tables of their own."""
    horizon = after.base.horizon
    match edit:
        case Record():
            return {"group": change_set_plain(edit.group)}
        case SetPins():
            return {"pins": [pin_plain(pin, horizon) for pin in edit.pins]}
        case Sign() | Withdraw() | Publish(signature=Signature()):
            return {"signature": asdict(edit.signature)} if edit.signature else {}
        case Waive():
            return {"waiver": waiver_plain(edit.waiver, horizon)}
        case Together():
            told = [_details(each, after) for each in edit.edits]
            found = {name: value for each in told for name, value in each.items()}
            base = [
                each for each in edit.edits if BASE in each.touched and isinstance(each, Record)
            ]
            return {**found, "base": change_set_plain(base[0].group)} if base else found
    return {}


def append(connection: sqlite3.Connection, entry: Entry) -> int:
    """Add an entry to a database of ours; give its number."""
    cursor = connection.execute(
        "INSERT INTO journal (made, author, action, scenarios, parameters, fingerprints, versions,"
        " run, seed, status, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.made,
            entry.author,
            entry.action,
            dumps(entry.scenarios),
            dumps(entry.parameters),
            dumps(entry.fingerprints),
            dumps(entry.versions),
            entry.run,
            entry.seed,
            entry.status,
            entry.reason,
        ),
    )
    return cursor.lastrowid or 0


def append_run(connection: sqlite3.Connection, run: RunEntry) -> None:
    """Add a run to a database of ours."""
    connection.execute(
        "INSERT INTO runs (id, scenario, started, fingerprint, request, options, seed, versions,"
        " status, score, bound, seconds, cpu_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run.id,
            run.scenario,
            run.started,
            run.fingerprint,
            run.request,
            dumps(run.options),
            run.seed,
            dumps(run.versions),
            run.status,
            None if run.score is None else dumps(run.score),
            run.bound,
            run.seconds,
            run.cpu_seconds,
        ),
    )


def born(connection: sqlite3.Connection) -> dict[str, str]:
    """Say when each scenario was branched last, as far as the journal tells."""
    rows = connection.execute(
        "SELECT made, json_extract(parameters, '$.name') FROM journal"
        " WHERE action = 'edit_branch' ORDER BY number"
    )
    return {str(name): str(made) for made, name in rows}


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Read the journal, the oldest entry first.

    Raises:
        Refused: a line holds what we never write.
    """
    for cells in _rows(connection, "journal", _ENTRY, "number"):
        with place(f"journal[{cells['number']}]"):
            datetime.fromisoformat(cells["made"])
            _load(cells, "scenarios", "parameters", "fingerprints", "versions")
            cells["scenarios"] = tuple(text(name) for name in cells["scenarios"])
            entry = Entry(**cells)
        yield entry


def runs(connection: sqlite3.Connection) -> Iterator[RunEntry]:
    """Read the runs, the oldest first.

    Raises:
        Refused: one holds what we never write.
    """
    for cells in _rows(connection, "runs", _RUN, "rowid"):
        with place(f"runs[{cells['id']}]"):
            datetime.fromisoformat(cells["started"])
            if not math.isfinite(cells["seconds"] + cells["cpu_seconds"]):
                raise ValueError("seconds")
            _load(cells, "options", "versions", "score")
            run = RunEntry(**cells)
        yield run


def _rows(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], order: str
) -> Iterator[dict[str, Any]]:
    listed = ", ".join(names)
    for row in connection.execute(f"SELECT {listed} FROM {table} ORDER BY {order}"):  # noqa: S608 - names are ours
        yield dict(zip(names, row, strict=True))


def _load(cells: dict[str, Any], *names: str) -> None:
    """Make values of the cells that hold JSON."""
    for name in names:
        if cells[name] is not None:
            cells[name] = loads(cells[name])


def refuse_unfit(connection: sqlite3.Connection) -> None:
    """Read the whole journal once, as whoever asks it later does.

    Raises:
        Refused: a line holds what we never write.
    """
    history, known = list(entries(connection)), list(runs(connection))
    with place("journal"):
        searched(history, known)
        late_gains(history, known)
        recorded(history)


def searched(history: Iterable[Entry], runs: Iterable[RunEntry]) -> dict[str, float]:
    """Give the processor seconds of search behind the plan of each scenario that a run has planned.

    A branch begins with its parent's plan, and so with the search behind it, whatever a scenario of its
    name had before. A run that changes facts alone is behind no plan.
    """
    spent: dict[str, float] = {}
    cost = {
        run.id: run.cpu_seconds
        for run in runs
        if set(FACT_PARTS).isdisjoint(run.options.get("parts", ()))
    }
    for entry in history:
        facts = entry.parameters
        what = facts.get("what", entry.action)
        back = entry.action == "journal.undone"
        run = cost.get(str(entry.run or facts.get("run", "")))
        if what == "edit_branch" and not back:
            spent[str(facts.get("name"))] = spent.get(str(facts.get("parent")), 0.0)
        if run is not None:
            for name in entry.scenarios:
                spent[name] = max(spent.get(name, 0.0) + (-run if back else run), 0.0)
        elif what == "edit_rename":
            old, new = str(facts.get("scenario")), str(facts.get("name"))
            old, new = (new, old) if back else (old, new)
            if old in spent:
                spent[new] = spent.pop(old)
    return {name: seconds for name, seconds in spent.items() if seconds}


def late_gains(history: Iterable[Entry], runs: Iterable[RunEntry]) -> dict[str, int]:
    """Give how much the cost of each scenario still fell at the end of the searches behind its plan.

    It is the sum over the parts of what the last run of each found late. A branch begins with its
    parent's plan, and so with what is known of it. Scenarios of which nothing is known are left out.
    """
    told = {run.id: _late(run) for run in runs}
    found: dict[str, list[dict[str, int]]] = {}
    for entry in history:
        facts = entry.parameters
        what, back = facts.get("what", entry.action), entry.action == "journal.undone"
        late = told.get(str(entry.run or facts.get("run", "")))
        if what == "edit_branch" and not back:
            found[str(facts.get("name"))] = found.get(str(facts.get("parent")), [])[-1:]
        if late is not None:
            for name in entry.scenarios:
                known = found.setdefault(name, [])
                if back:
                    del known[-1:]
                else:
                    known.append({**(known[-1] if known else {}), **late})
        elif what == "edit_rename":
            old, new = str(facts.get("scenario")), str(facts.get("name"))
            old, new = (new, old) if back else (old, new)
            if old in found:
                found[new] = found.pop(old)
    return {name: sum(known[-1].values()) for name, known in found.items() if known}


def _late(run: RunEntry) -> dict[str, int] | None:
    """Give the late gains of a run by part, None where it has none or they are not what we write."""
    found = (run.score or {}).get("late")
    fits = isinstance(found, dict) and all(type(gain) is int for gain in found.values())
    return found if fits else None


def recorded(history: Iterable[Entry]) -> list[ChangeSet]:
    """Give the change sets that were recorded into the base and not undone since, the oldest first."""
    found: list[ChangeSet] = []
    for entry in history:
        what = entry.parameters.get("what", entry.action)
        group = entry.parameters.get("base")
        if group is None and what == "edit_record" and entry.scenarios == (BASE,):
            group = entry.parameters.get("group")
        if group is None:
            continue
        if entry.action == "journal.undone":
            del found[-1:]
        else:
            found.append(change_set_of(group))
    return found
