"""Two studies that began as one come together: nothing is lost, and no side wins by itself."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from edit_drawing import a_study, edited
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.changes import Add, Change, ChangeSet, Remove, Set
from planner.clock import Horizon
from planner.edits import Branch, Delete, Edit, Record, SetPins, Switch
from planner.hand_edits import Assign, Place, TakeOut
from planner.merging.conflicts import SIDES, Conflict
from planner.merging.conflicts import Place as Where
from planner.merging.study import Merged, OtherPeriodError, merge
from planner.plain import to_plain
from planner.plan import Placement
from planner.problem import ATTRIBUTES, faults
from planner.study import BASE, Pin, Scenario, Study

START = a_study()
Sides = tuple[Study, Study]


def after(study: Study, *edits: Edit) -> Study:
    for edit in edits:
        study = edit.apply(study)
    return study


def recorded(kind: str, id: str, field: str, value: Any, scenario: str = BASE) -> Record:
    change = Set(kind=kind, id=id, field=field, value=value)
    return Record(scenario=scenario, group=ChangeSet(name=f"{id} {field}", changes=(change,)))


def removed(kind: str, id: str) -> Record:
    return Record(scenario=BASE, group=ChangeSet(name="gone", changes=(Remove(kind=kind, id=id),)))


def both_ways(ours: Study, theirs: Study, base: Study = START) -> Merged:
    """Merge, and see that it is the same the other way round."""
    found, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert found.study == other.study
    assert found.conflicts == tuple(each.mirrored for each in other.conflicts)
    return found


# --- random pairs of studies ----------------------------------------------------------------------

two_sides = st.tuples(edited(START), edited(START)).map(lambda both: (both[0][-1], both[1][-1]))
Flat = dict[tuple[str, ...], object]


def flat(study: Study) -> Flat:
    """Give all that a study holds, row by row: written anew, not as the merge sees it."""
    found: Flat = {}
    horizon = study.base.horizon
    for kind in ATTRIBUTES:
        for record in study.base.records(kind):
            found[BASE, "facts", kind, str(record.id)] = True
            for name, value in to_plain(record, horizon).items():
                found[BASE, "facts", kind, str(record.id), name] = repr(value)
    for scenario in study.scenarios:
        name = scenario.name
        found[name, "scenario"] = scenario.parent
        for group in scenario.changes:
            found[name, "changes", group.name] = True
            for change in group.changes:
                field = getattr(change, "field", "")
                if isinstance(change, Remove):  # what was there is remembered, not what it does
                    change = dataclasses.replace(change, record=())
                found[name, "changes", group.name, change.kind, change.id, field] = repr(change)
        for part, plan in (("plan", scenario.plan), ("published", scenario.published)):
            for each in () if plan is None else plan.placements:
                found[name, part, "case", each.case] = each
            for duty in () if plan is None else plan.duties:
                found[name, part, "duty", duty.person, str(duty.day)] = duty
        for pin in scenario.pins:
            found[name, "pin", repr(pin)] = True
        for waiver in scenario.waivers:
            found[name, "waiver", waiver.rule, str(sorted(waiver.subjects)), str(waiver.last)] = (
                True
            )
    return found


def told(key: tuple[str, ...], conflicts: Mapping[Where, Conflict]) -> bool:
    """Tell whether a row, or what it is in, is among the conflicts."""
    for place in conflicts:
        if place.part == "scenario" and place.scenario == key[0]:
            return True
        if (place.scenario, place.part) != key[:2] and not place.part == key[1] == "facts":
            continue
        if place.part == "changes" and place.group and place.group != key[2]:
            continue
        if place.id in ("", *key[2:]):
            return True
    return False


def lost_with_its_record(key: tuple[str, ...], was: object, side: Flat, made: Flat) -> object:
    """Give a row of a side; one of a plan that went with its record comes back where that stands."""
    row = side.get(key)
    if key[1] not in ("plan", "published") or was is None or row is not None:
        return row
    if isinstance(was, Placement):
        of = {("case", was.case), ("session", was.session), ("surgeon", was.surgeon or "")}
    else:
        of = {("staff", key[3]), ("shift", was.shift)}  # type: ignore[attr-defined]
    records = [(BASE, "facts", kind, str(id)) for kind, id in of]
    return was if any(each in made and each not in side for each in records) else None


@settings(max_examples=30)
@given(two_sides)
def test_merging_loses_nothing_and_no_side_wins(sides: Sides) -> None:
    check_merge(*sides)


@pytest.mark.long
@settings(max_examples=1000)
@given(two_sides)
def test_many_merges_lose_nothing(sides: Sides) -> None:
    check_merge(*sides)


def check_merge(ours: Study, theirs: Study) -> None:
    found = both_ways(ours, theirs)
    conflicts = {each.place: each for each in found.conflicts}
    other = dict(found.doubled)
    apart = {name for each in found.apart for name in each[1:]}
    base, mine, yours, made = map(flat, (START, ours, theirs, found.study))
    for key in {*mine, *yours}:
        if key[0] in (*other, *other.values()):
            continue  # both have made a scenario of this name: both are kept, see below
        if key[1] == "changes" and key[2] in apart:
            continue  # both have made a change set of this name: both are kept, see below
        was = base.get(key)
        one, two = (lost_with_its_record(key, was, side, made) for side in (mine, yours))
        if key[1] == "scenario" and {one, two} & {*other}:
            continue  # it stands on one of these
        if key[1] == "published" and told(key, conflicts):
            continue  # both have published: one publication is taken whole, see below
        if not told(key, conflicts):
            assert made.get(key) == (one if two in (was, one) else two), key
            assert one == two or was in (one, two), key
        elif was is None:
            assert key in made or len(key) > 4, key  # added by either: it is there
    signed = [each.published for side in (START, ours, theirs) for each in side.scenarios]
    assert all(each.published in signed for each in found.study.scenarios), "a plan of nobody"
    for name, fresh in found.doubled:
        assert {name, fresh} <= {each.name for each in found.study.scenarios}
    for scenario, name, fresh in found.apart:
        if any(has_twins(side, scenario) for side in (ours, theirs)):
            continue  # two sets of one name on one side: which is which is not to be told
        assert {name, fresh} <= {each.name for each in found.study.scenario(scenario).changes}
    sound(found.study, (ours, theirs))


def has_twins(study: Study, scenario: str) -> bool:
    """Tell whether a scenario has two change sets of one name, as only raw edits make them."""
    groups = [g.name for s in study.scenarios if s.name == scenario for g in s.changes]
    return len(set(groups)) < len(groups)


def sound(study: Study, sides: Sides) -> None:
    """See that a merged study names nothing that is gone, as long as no side does by itself."""
    for scenario in study.scenarios:
        known = {
            fault
            for side in (START, *sides)
            for each in side.scenarios
            for fault in faults(side.problem(each.name))
        }
        fresh = [f for f in faults(study.problem(scenario.name)) if f not in known]
        assert [each for each in fresh if each.what == "unknown_link"] == []
    names = [each.name for each in study.scenarios]
    assert len(set(names)) == len(names)
    for at, scenario in enumerate(study.scenarios):
        assert (scenario.parent is None) == (at == 0)
        assert at == 0 or scenario.parent in names[:at]


@settings(max_examples=15)
@given(two_sides)
def test_a_study_merged_with_itself_or_its_ancestor_stays_as_it_is(sides: Sides) -> None:
    ours, _ = sides
    for made in (
        merge(START, ours, ours),
        merge(START, ours, START),
        merge(START, START, ours),
        merge(ours, ours, ours),
    ):
        assert (made.study, made.conflicts) == (ours, ())


@settings(max_examples=15)
@given(two_sides)
def test_a_side_that_is_preferred_wins_each_conflict_that_can_be_settled(sides: Sides) -> None:
    ours, theirs = sides
    for side in ("ours", "theirs"):
        made = merge(START, ours, theirs, prefer=side)
        assert made.left == ()
        for each in made.conflicts:
            if each.what in ("differs", "added", "removed"):
                assert each.kept == getattr(each, side)
        mirrored = merge(START, theirs, ours, prefer={"ours": "theirs", "theirs": "ours"}[side])
        assert mirrored.study == made.study


# --- by hand --------------------------------------------------------------------------------------


def duty(person: str, shift: str | None, day: int = 1) -> Assign:
    return Assign(scenario=BASE, duties=((person, day, shift),))


def shifts(scenario: Scenario, day: int = 1) -> dict[str, str]:
    return {each.person: each.shift for each in scenario.plan.duties if each.day == day}


def test_deleted_here_and_changed_there_is_one_conflict() -> None:
    """F72, with duties and with records."""
    base = after(START, duty("I1", "D"), duty("I2", "N"))
    found = both_ways(
        after(base, duty("I2", None)), after(base, duty("I2", "D"), duty("I1", "N")), base
    )
    assert shifts(found.study.scenario(BASE)) == {"I1": "N", "I2": "N"}
    (conflict,) = found.left
    assert (conflict.place.id, conflict.place.field) == ("I2", "2026-10-06 work")
    assert (conflict.what, conflict.base, conflict.ours, conflict.theirs) == (
        "removed",
        "N",
        None,
        "D",
    )
    gone = after(base, duty("I2", None))
    assert both_ways(gone, after(gone, duty("I1", "N")), base).conflicts == ()

    ours, theirs = (
        after(START, removed("absence", "L1")),
        after(START, recorded("absence", "L1", "last", "2026-10-12")),
    )
    found = both_ways(ours, theirs)
    (conflict,) = found.left
    assert (conflict.what, conflict.place.kind, conflict.ours) == ("removed", "absence", None)
    assert found.study.base == START.base  # neither the deletion nor the edit wins by itself
    assert merge(START, ours, theirs, prefer="ours").study.base.absences == ()
    chosen = merge(START, ours, theirs, choices={conflict.place: "theirs"})
    assert (chosen.study.base, chosen.left) == (theirs.base, ())


def test_rows_kept_in_conflict_stay_in_their_order() -> None:
    """Each side removes what the other has edited: both rows are kept, in the order of before."""
    ours = after(START, removed("case", "K1"), recorded("case", "K2", "mean", 60))
    theirs = after(START, removed("case", "K2"), recorded("case", "K1", "mean", 60))
    found = both_ways(ours, theirs)
    assert found.study.base.cases == START.base.cases
    assert [each.what for each in found.left] == ["removed", "removed"]


def test_fields_of_one_record_merge_and_one_field_is_a_conflict() -> None:
    ours = after(
        START, recorded("session", "A", "end", "18:00"), recorded("case", "K1", "mean", 90)
    )
    theirs = after(
        START, recorded("session", "A", "overtime", 0), recorded("case", "K1", "mean", 150)
    )
    found = both_ways(ours, theirs)
    session = found.study.base.sessions[0]
    assert (session.end, session.overtime) == (1080, 0)
    (conflict,) = found.left
    assert (conflict.what, conflict.base, conflict.ours, conflict.theirs) == (
        "differs",
        120,
        90,
        150,
    )
    assert conflict.kept == found.study.base.cases[0].mean == 120


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    ours = after(
        START, recorded("session", "A", "end", "18:00"), SetPins(scenario="short", pins=PINS)
    )
    theirs = after(ours, recorded("case", "K1", "mean", 150))
    assert both_ways(ours, theirs) == Merged(study=theirs)


PINS = (Pin(kind="case", id="K1"),)


def test_hours_that_only_together_end_before_they_start_are_a_conflict() -> None:
    ours = after(START, recorded("session", "A", "start", "15:00"))
    theirs = after(START, recorded("session", "A", "end", "12:00"))
    found = both_ways(ours, theirs)
    (conflict,) = found.left
    assert (conflict.what, conflict.place.id, conflict.place.field) == ("differs", "A", "")
    assert found.study.base.sessions == START.base.sessions


def test_what_one_side_removes_and_the_other_names_is_kept() -> None:
    ours = after(START, removed("surgeon", "X2"))
    theirs = after(START, recorded("case", "K2", "surgeons", ["X2"]))
    found = both_ways(ours, theirs)
    assert [each.id for each in found.study.base.surgeons] == ["X1", "X2"]
    assert [(each.what, each.place.id) for each in found.left] == [("named", "X2")]
    named = after(START, recorded("case", "K2", "surgeons", ["X2"], "both"))
    assert [(e.what, e.place.scenario) for e in both_ways(ours, named).left] == [("named", "both")]


def test_a_change_set_that_removes_what_the_other_side_names_is_switched_off() -> None:
    gone = Record(
        scenario="short", group=ChangeSet(name="fewer", changes=(Remove(kind="surgeon", id="X2"),))
    )
    found = both_ways(after(START, gone), after(START, recorded("case", "K2", "surgeons", ["X2"])))
    assert [(each.name, each.enabled) for each in found.study.scenario("short").changes][-1] == (
        "fewer",
        False,
    )
    (conflict,) = found.left
    assert (conflict.what, conflict.place.group) == ("named", "fewer")


def in_short(name: str, *changes: Change) -> Record:
    return Record(scenario="short", group=ChangeSet(name=name, changes=changes))


def end(minute: str) -> Set:
    return Set(kind="session", id="B", field="end", expected="16:30", value=minute)


def test_two_new_change_sets_of_one_field_are_a_conflict_and_the_preferred_one_wins() -> None:
    ours, theirs = (
        after(START, in_short("a", end("18:00"))),
        after(START, in_short("b", end("12:00"))),
    )
    found = both_ways(ours, theirs)
    (conflict,) = found.left
    assert (conflict.what, conflict.place.field) == ("overlap", "end")
    assert [each.name for each in found.study.scenario("short").changes][2:] == ["a", "b"]
    for side, wanted in (("ours", 1080), ("theirs", 720)):
        made = merge(START, ours, theirs, prefer=side).study
        assert made.problem("short").sessions[1].end == wanted
        assert len(made.scenario("short").changes) == 4
    ends = {"ours": 1080, "theirs": 720, "base": START.problem("short").sessions[1].end}
    for side in SIDES:
        made = merge(START, ours, theirs, choices={conflict.place: side})
        assert made.study.problem("short").sessions[1].end == ends[side]
        assert made.left == ()
        assert len(made.study.scenario("short").changes) == (2 if side == "base" else 3)
    assert merge(START, ours, theirs, prefer="base").left == ()
    again = after(START, in_short("c", end("18:00")))
    assert both_ways(ours, again).conflicts == ()


def test_changes_within_one_set_merge_by_what_they_change() -> None:
    more = Set(kind="session", id="C", field="end", expected="16:30", value="12:00")
    ours = after(START, in_short("x", end("18:00")))
    theirs = after(
        START, in_short("x", end("18:00"), more), Switch(scenario="short", group="x", enabled=False)
    )
    found = both_ways(ours, theirs)
    (group,) = found.study.scenario("short").changes[2:]
    assert (group.changes, group.enabled) == ((end("18:00"), more), True)
    (conflict,) = found.left
    assert (conflict.place.field, conflict.place.group) == ("enabled", "x")
    off = merge(START, ours, theirs, choices={conflict.place: "theirs"})
    assert (off.study.scenario("short").changes[2].enabled, off.left) == (False, ())


def test_new_sets_of_one_name_that_change_different_things_are_both_kept() -> None:
    other = Set(kind="session", id="C", field="end", expected="16:30", value="12:00")
    off = Switch(scenario="short", group="x", enabled=False)
    ours, theirs = (
        after(START, in_short("x", end("18:00"))),
        after(START, in_short("x", other), off),
    )
    found = both_ways(ours, theirs)
    made = {g.changes: (g.name, g.enabled) for g in found.study.scenario("short").changes[2:]}
    assert {made[end("18:00"),][1], made[other,][1]} == {True, False}
    assert made[end("18:00"),][1]
    assert {name for name, _ in made.values()} == {"x", "x (2)"}
    assert (found.conflicts, found.apart) == ((), (("short", "x", "x (2)"),))
    assert both_ways(found.study, theirs, theirs).study == found.study


def test_one_value_set_on_both_sides_is_no_conflict_whatever_was_there_before() -> None:
    ours = after(START, in_short("x", dataclasses.replace(end("18:00"), expected="17:00")))
    found = both_ways(ours, after(START, in_short("x", end("18:00"))))
    assert found.conflicts == ()
    assert found.study.problem("short").sessions[1].end == 1080


def test_a_change_of_what_the_other_side_removes_is_told() -> None:
    found = both_ways(
        after(START, removed("case", "K3")),
        after(START, recorded("case", "K3", "mean", 60, "both")),
    )
    assert [(each.what, each.place.id) for each in found.left] == [("broken", "K3")]
    assert len(found.study.scenario("both").changes) == 1


def test_scenarios_of_one_name_are_both_kept() -> None:
    ours = after(
        START,
        Branch(parent=BASE, name="new"),
        recorded("case", "K1", "mean", 60, "new"),
        Branch(parent="new", name="its child"),
    )
    theirs = after(
        START, Branch(parent=BASE, name="new"), recorded("case", "K1", "mean", 90, "new")
    )
    found = both_ways(ours, theirs)
    assert found.doubled == (("new", "new (2)"),)
    means = {
        each.name: found.study.problem(each.name).cases[0].mean
        for each in found.study.scenarios[3:]
    }
    assert sorted(means.values()) == [60, 60, 90]
    assert means["its child"] == 60


def test_a_scenario_deleted_here_stays_where_the_other_side_worked_on_it() -> None:
    gone = after(START, Delete(name="both"))
    assert both_ways(gone, after(START, recorded("case", "K1", "mean", 60))).conflicts == ()
    for edit in (recorded("case", "K1", "mean", 60, "both"), Branch(parent="both", name="child")):
        theirs = after(START, edit)
        found = both_ways(gone, theirs)
        assert found.study.scenario("both") == theirs.scenario("both")
        assert [each.place.part for each in found.left] == ["scenario"]


def test_a_case_placed_twice_waits_for_a_choice_and_others_are_kept() -> None:
    def placed(case: str, session: str) -> Place:
        return Place(scenario=BASE, placement=Placement(case, session, "X1", 600))  # type: ignore[arg-type]

    ours, theirs = (
        after(START, placed("K1", "B"), placed("K2", "B")),
        after(START, placed("K1", "C")),
    )
    found = both_ways(ours, theirs)
    where = {each.case: each.session for each in found.study.scenario(BASE).plan.placements}
    assert where == {"K1": "A", "K2": "B"}  # K1 stays where both began
    (conflict,) = found.left
    assert conflict.place == Where(BASE, "plan", "case", "K1")
    assert conflict.ours == {"session": "B", "surgeon": "X1", "start": "10:00"}


def test_plans_of_both_sides_are_out_of_date_where_both_changed_the_facts() -> None:
    ours = after(START, recorded("session", "A", "end", "18:00"))
    theirs = after(START, recorded("case", "K1", "mean", 150))
    assert both_ways(ours, theirs).study.stale(BASE)
    assert not both_ways(START, after(START, duty("I1", "N"))).study.stale(BASE)


def test_an_added_record_that_differs_is_a_conflict_and_one_is_kept() -> None:
    def added(mean: int) -> Record:
        record = {**to_plain(START.base.cases[0], START.base.horizon), "id": "K9", "mean": mean}
        add = Add(kind="case", id="K9", record=tuple(record.items()))
        return Record(scenario=BASE, group=ChangeSet(name="more", changes=(add,)))

    found = both_ways(after(START, added(60)), after(START, added(90)))
    (conflict,) = found.left
    assert (conflict.what, conflict.base, conflict.place.id) == ("added", None, "K9")
    assert found.study.base.cases[3].mean in (60, 90)


def test_studies_of_other_periods_do_not_merge() -> None:
    base = START.base
    later = dataclasses.replace(base, horizon=Horizon(start=base.horizon.start, days=28))
    with pytest.raises(OtherPeriodError):
        merge(START, START, dataclasses.replace(START, base=later))


def test_a_placement_that_went_with_its_case_comes_back_with_it() -> None:
    ours = recorded("case", "K1", "mean", 130).apply(START)
    theirs = after(START, TakeOut(scenario=BASE, cases=frozenset({"K1"})), removed("case", "K1"))
    check_merge(ours, theirs)
    (placed,) = START.scenario(BASE).plan.placements
    assert (*merge(START, ours, theirs).study.scenario(BASE).plan.placements,) == (placed,)
