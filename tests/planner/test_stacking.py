"""The change sets of a scenario in another order, moved to the parent, and taken away."""

import pytest
from edit_drawing import a_study

from data.journal import entry_of, recorded
from planner.changes import Adjust, ChangeSet, Set
from planner.edits import Branch, Edit, EditRefusedError, Record, Switch
from planner.stacking import Drop, Reorder, lifted
from planner.study import BASE, Study

START = a_study()


def end(minute: str, expected: str = "16:30", session: str = "B") -> Set:
    return Set(kind="session", id=session, field="end", expected=expected, value=minute)


def put(name: str, *changes: Set | Adjust, scenario: str = "short") -> Record:
    return Record(scenario=scenario, group=ChangeSet(name=name, changes=changes))


def names(study: Study, scenario: str = "short") -> list[str]:
    return [each.name for each in study.scenario(scenario).changes]


def after(*edits: Edit, study: Study = START) -> Study:
    for edit in edits:
        study = edit.apply(study)
    return study


def ends(study: Study) -> dict[str, int]:
    return {each.name: study.problem(each.name).sessions[1].end for each in study.scenarios}


def test_the_later_set_wins_and_the_order_can_be_changed() -> None:
    study = after(put("early", end("12:00")), put("late", end("18:00", "12:00")))
    assert ends(study)["short"] == 1080
    moved = Reorder(scenario="short", group="late", place=2).apply(study)
    assert names(moved) == ["shorter", "dearer", "late", "early"]
    assert ends(moved)["short"] == ends(moved)["both"] == 720
    assert Reorder(scenario="short", group="late", place=3).apply(moved) == study


def test_a_set_moves_to_the_parent_and_the_scenario_inherits_it() -> None:
    study = after(Branch(parent=BASE, name="beside"), put("early", end("12:00")))
    moved = lifted(study, "short", "early").apply(study)
    assert names(moved) == ["shorter", "dearer"]
    assert ends(moved) == {"base": 720, "short": 720, "both": 720, "beside": 720}
    assert moved.problem("short") == study.problem("short")


def test_what_moves_is_stacked_over_the_sets_of_the_parent() -> None:
    study = after(put("early", end("12:00")), put("late", end("18:00", "12:00"), scenario="both"))
    moved = lifted(study, "both", "late").apply(study)
    assert names(moved) == ["shorter", "dearer", "early", "late"]
    assert ends(moved)["short"] == ends(moved)["both"] == 1080
    off = Switch(scenario="short", group="late", enabled=False).apply(moved)
    assert ends(off)["both"] == 720, "the earlier set counts again"


def test_one_change_of_a_set_moves_and_the_rest_stays() -> None:
    study = after(put("two", end("12:00"), end("13:00", session="C"), scenario="both"))
    lift = lifted(study, "both", "two", 1)
    assert (lift.label[0], lift.label[1]["change"]) == ("edit_lift_one", 2)
    moved = lift.apply(study)
    assert moved.scenario("both").changes == (ChangeSet(name="two", changes=(end("12:00"),)),)
    assert names(moved) == ["shorter", "dearer", "two"]
    assert moved.problem("short").sessions[2].end == 780
    assert moved.problem("both") == study.problem("both")


def test_what_moves_into_the_base_is_told_by_the_journal() -> None:
    study = after(put("early", end("12:00")))
    edit = lifted(study, "short", "early")
    entry = entry_of(edit, edit.apply(study))
    assert (entry.action, entry.scenarios) == ("edit_lift", ("base", "short"))
    assert [each.changes for each in recorded([entry])] == [(end("12:00"),)]


def test_a_set_whose_move_would_change_the_scenario_stays() -> None:
    """Another set of the scenario, before it, sets the same: the parent's would come before that."""
    study = after(put("early", end("12:00")), put("late", end("18:00", "12:00")))
    with pytest.raises(EditRefusedError, match="lift_changes"):
        lifted(study, "short", "late").apply(study)


def test_a_set_or_a_change_is_taken_away() -> None:
    study = after(put("two", end("12:00"), end("13:00", session="C")))
    drop = Drop(scenario="short", group="two", change=0)
    assert drop.label == ("edit_drop_one", {"scenario": "short", "name": "two", "change": 1})
    assert Drop(scenario="short", group="two").label[0] == "edit_drop"
    one = drop.apply(study)
    assert one.scenario("short").changes[2].changes == (end("13:00", session="C"),)
    assert Drop(scenario="short", group="two").apply(study) == START
    assert Drop(scenario="short", group="two", change=0).apply(one) == START


def test_what_cannot_be_is_refused_with_a_reason() -> None:
    off = Switch(scenario="short", group="dearer", enabled=False).apply(START)
    for what, refused in (
        ("no_such_group", lambda: Reorder(scenario="short", group="x", place=0).apply(START)),
        ("no_such_place", lambda: Reorder(scenario="short", group="dearer", place=2).apply(START)),
        ("no_such_change", lambda: Drop(scenario="short", group="dearer", change=1).apply(START)),
        ("no_such_change", lambda: lifted(START, "short", "dearer", 1)),
        ("no_parent", lambda: lifted(START, BASE, "dearer")),
        ("lift_off", lambda: lifted(off, "short", "dearer")),
    ):
        with pytest.raises(EditRefusedError) as caught:
            refused()
        assert caught.value.what == what
