"""The journal tells who did what, when and with which versions; it only grows."""

import ast
import dataclasses
from datetime import datetime
from pathlib import Path

import pytest

from data.journal import Entry, RunEntry, late_gains, recorded, searched, versions
from data.study_file import create_study, open_study
from planner import __version__
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Delete, Record, SetPins, Waive
from planner.fingerprint import fingerprint
from planner.study import Pin, Study


def test_every_edit_is_a_line(study: Study) -> None:
    group = ChangeSet(
        name="plus tard",
        changes=(Set(kind="session", id="S1-0", field="end", expected="16:00", value="17:00"),),
    )
    waiver = dataclasses.replace(study.scenario("et après").waivers[0], reason="vu avec elle")
    with create_study(study) as opened:
        opened.do(Branch(parent="base", name="x"), reason="essai")
        opened.do(Record(scenario="x", group=group))
        opened.do(SetPins(scenario="x", pins=(Pin(kind="case", id="P-0001"),)))
        opened.do(Waive(scenario="x", waiver=waiver))
        opened.do(Delete(name="x"))
        made, branch, record, pins, waive, delete = opened.history()
        facts = fingerprint(study.base)
    assert (made.action, made.scenarios) == (
        "journal.created",
        ("base", "salle fermée", "et après"),
    )
    assert (branch.action, branch.scenarios, branch.reason) == ("edit_branch", ("x",), "essai")
    assert branch.parameters == {"parent": "base", "name": "x"}
    assert branch.fingerprints == {"x": facts}
    assert record.parameters["group"]["changes"][0]["value"] == "17:00"
    assert record.fingerprints["x"] != facts
    assert pins.parameters["pins"] == [
        {"kind": "case", "id": "P-0001", "first": None, "last": None}
    ]
    assert waive.reason == "vu avec elle"
    assert waive.parameters["waiver"]["first"] == "2026-10-05"
    assert (delete.action, delete.fingerprints) == ("edit_delete", {})
    assert [each.number for each in (made, branch, record, pins, waive, delete)] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    for each in (made, branch):
        assert each.author
        assert datetime.fromisoformat(each.made).tzinfo is not None
        assert each.versions["opale"] == __version__
        assert each.status == "done"


def test_a_run_has_its_own_row_and_a_line(study: Study, tmp_path: Path) -> None:
    run = RunEntry(
        id="20261001T073000-ab",
        scenario="base",
        fingerprint=fingerprint(study.base),
        request="cd" * 16,
        seed=7,
        status="feasible",
        options={"parts": ["roster"], "budget": {"effort": 3}},
        score={"hard": 0, "tiers": [0, 0, 0, 5]},
        bound=3,
        seconds=1.5,
        cpu_seconds=2.5,
    )
    with create_study(study) as opened:
        opened.do(AdoptPlan(scenario="base", plan=study.scenario("base").plan, run=run.id), run=run)
        opened.save(tmp_path / "x.opale")
    with open_study(tmp_path / "x.opale") as again:
        assert again.past_runs() == (run,)
        line = again.history()[-1]
    assert (line.action, line.run, line.seed, line.status) == ("edit_adopt", run.id, 7, "feasible")
    assert line.parameters == {"scenario": "base", "run": run.id}


def test_the_journal_travels_with_the_file(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "x.opale"
    with create_study(study) as opened:
        opened.do(Branch(parent="base", name="x"))
        opened.save(path)
        before = opened.history()
    for name in ("y", "z"):
        with open_study(path) as opened:
            opened.do(Branch(parent="base", name=name))
            opened.save()
    with open_study(path) as opened:
        assert opened.history()[:2] == before
        assert [each.parameters.get("name") for each in opened.history()] == [None, "x", "y", "z"]


def test_no_code_changes_or_deletes_a_line(root: Path) -> None:
    """Append-only by code: no statement on these tables but INSERT and SELECT.

    But for a copy that goes back to a line (`deltas.py`): its journal ends there; and for a purge, which
    is a line of the journal itself.
    """
    found = []
    for path in sorted((root / "data").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.lower()
                touched = "journal" in words or " runs" in words
                if touched and words.lstrip().startswith(("update", "delete", "drop", "replace")):
                    found.append((path.name, node.value))
    assert {name for name, _ in found} == {"deltas.py", "purging.py"}


def test_versions_name_what_a_result_depends_on() -> None:
    found = versions()
    assert found["opale"] == __version__
    assert {"python", "ortools", "numba", "numpy", "highspy"} <= found.keys()


def test_versions_do_without_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("data.journal.version", missing)
    assert versions.__wrapped__().keys() == {"opale", "python"}


def test_what_was_recorded_into_the_base_and_undone_is_not_told() -> None:
    def line(action: str, name: str, what: str = "") -> Entry:
        group = {"name": name, "enabled": True, "changes": []}
        parameters = {"group": group, **({"what": what} if what else {})}
        return Entry(action=action, scenarios=("base",), parameters=parameters)

    history = [
        line("edit_record", "one"),
        line("edit_record", "two"),
        line("journal.undone", "two", "edit_record"),
        line("edit_record", "three"),
        line("journal.undone", "three", "edit_record"),
        line("journal.redone", "three", "edit_record"),
        Entry(action="edit_record", scenarios=("other",), parameters={"group": {}}),
    ]
    assert [group.name for group in recorded(history)] == ["one", "three"]


def test_the_search_behind_a_plan_is_told_through_branches_and_names() -> None:
    runs = [entry_run(f"r{number}", cost) for number, cost in enumerate((40.0, 10.0, 12.0))]
    told = [
        Entry(action="edit_adopt", scenarios=("base",), run="r0"),
        Entry(action="edit_branch", scenarios=("x",), parameters={"parent": "base", "name": "x"}),
        Entry(action="edit_adopt", scenarios=("x",), run="r1"),
        Entry(action="edit_rename", scenarios=("x",), parameters={"scenario": "x", "name": "y"}),
        Entry(action="edit_adopt", scenarios=("base",), run="r2"),
    ]
    assert searched(told, runs) == {"base": 52.0, "y": 50.0}
    back = {"what": "edit_adopt", "scenario": "base", "run": "r2"}
    undone = Entry(action="journal.undone", scenarios=("base",), parameters=back)
    assert searched([*told, undone], runs)["base"] == 40.0
    assert (
        searched([*told, undone, dataclasses.replace(undone, action="journal.redone")], runs)[
            "base"
        ]
        == 52.0
    )
    assert searched([], runs) == {}


def test_a_scenario_has_nothing_of_a_deleted_one_of_its_name() -> None:
    runs = [entry_run("r1", 40.0), entry_run("r2", 5.0)]

    def branched(name: str, run: str | None = None) -> Entry:
        facts = {"parent": "base", "name": name}
        return Entry(action="edit_branch", scenarios=(name,), parameters=facts, run=run)

    told = [branched("x"), Entry(action="edit_adopt", scenarios=("x",), run="r1")]
    assert searched(told, runs) == {"x": 40.0}
    deleted = Entry(action="edit_delete", scenarios=("x",), parameters={"name": "x"})
    told += [deleted, branched("x")]
    assert searched(told, runs) == {}
    assert searched([*told, branched("y", "r2")], runs) == {"y": 5.0}  # adopted in a new one


def test_a_run_of_the_master_schedule_is_behind_no_plan() -> None:
    grid = dataclasses.replace(entry_run("r1", 40.0), options={"parts": ["mss"]})
    adopted = Entry(action="edit_record", scenarios=("base",), run="r1")
    assert searched([adopted], [grid]) == {}


def entry_run(id: str, cost: float) -> RunEntry:
    return RunEntry(
        id=id,
        scenario="any",
        fingerprint="",
        request="",
        seed=1,
        status="feasible",
        cpu_seconds=cost,
    )


def test_late_gains_follow_the_plan_part_by_part() -> None:
    def run(id: str, **late: object) -> RunEntry:
        return dataclasses.replace(entry_run(id, 1.0), score={"late": late})

    runs = [run("r0", theatre=900, roster=40), run("r1", roster=7), run("r2", roster="nonsense")]
    told = [
        Entry(action="edit_adopt", scenarios=("base",), run="r0"),
        Entry(action="edit_branch", scenarios=("x",), parameters={"parent": "base", "name": "x"}),
        Entry(action="edit_adopt", scenarios=("x",), run="r1"),
        Entry(action="edit_adopt", scenarios=("x",), run="r2"),  # not what we write: nothing known
    ]
    assert late_gains(told, runs) == {"base": 940, "x": 907}
    back = {"what": "edit_adopt", "scenario": "x", "run": "r1"}
    undone = Entry(action="journal.undone", scenarios=("x",), parameters=back)
    assert late_gains([*told, undone], runs) == {"base": 940, "x": 940}
    assert late_gains(told, [entry_run("r0", 1.0)]) == {}
