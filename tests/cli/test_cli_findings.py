"""What `check` finds beside breaches: pins not kept, waivers unused, changes broken or shifted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from data.lock import locked
from data.study_file import open_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Record, SetPins, Waive
from planner.plan import Plan
from planner.rules.contract import Waiver
from planner.study import Pin

Call = Callable[..., Any]


def edited(path: Path, *edits: Any) -> None:
    with locked(path), open_study(path) as opened:
        for edit in edits:
            opened.do(edit)
        opened.save()


def whats(call: Call, target: object) -> list[str]:
    return [fault["what"] for fault in call("check", target, "--json").document["faults"]]


def test_a_pin_that_the_plan_does_not_keep_is_named(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        base = opened.study.scenario("base")
        case = next(iter(base.plan.placements)).case
        person = next(iter(base.plan.duties)).person
    pins = (Pin(kind="case", id=case), Pin(kind="person", id=person, first=0, last=27))
    edited(two, SetPins(scenario="base", pins=pins))
    assert not any("pinned" in what for what in whats(call, f"{two}#closed"))
    edited(two, AdoptPlan(scenario="closed", plan=Plan()))
    named = [what for what in whats(call, f"{two}#closed") if "pinned" in what]
    assert len(named) == 2
    assert case in named[0]
    assert person in named[1]
    assert not any("pinned" in what for what in whats(call, two))


def test_an_unused_waiver_is_named(two: Path, call: Call) -> None:
    waiver = Waiver(
        rule="T01",
        subjects=frozenset({"nobody"}),
        first=0,
        last=1,
        most=1,
        reason="just in case",
        author="me",
        made=date(2026, 10, 1),
    )
    edited(two, Waive(scenario="base", waiver=waiver))
    assert any("nobody" in what for what in whats(call, two))


def test_shifted_and_broken_changes_are_named(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        sessions = opened.study.base.sessions
    changes = tuple(
        Set(kind="session", id=session.id, field="overtime", expected=session.overtime, value=30)
        for session in sessions[:2]
    )
    edited(two, Record(scenario="closed", group=ChangeSet(name="later", changes=changes)))
    words = ("--adjust", f"session/{sessions[0].id}.overtime=+5")
    assert call("scenario", "change", two, *words).code == 0
    assert call("scenario", "change", two, "--remove", f"session/{sessions[1].id}").code == 0
    found = call("check", f"{two}#closed", "--json").document["faults"]
    told = [fault["what"] for fault in found if "“later”" in fault["where"]]
    assert len(told) == 2
    assert all(session.id in what for session, what in zip(sessions[:2], told, strict=True))
    assert "not there any more" in told[1]


def test_a_french_finding_has_a_space_before_its_colon(two: Path, call: Call) -> None:
    with open_study(two) as opened:
        session = opened.study.base.sessions[0]
    words = ("--adjust", f"session/{session.id}.overtime=+5")
    assert call("scenario", "change", two, *words).code == 0
    told = call("check", f"{two}#closed", "--lang", "fr").out.splitlines()[0]
    assert "closed\u202f: " in told
