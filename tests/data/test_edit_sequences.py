"""Random edits, undone and done again, saved and opened: a study is what its edits have made of it."""

from pathlib import Path
from typing import Any

import pytest
from edit_drawing import a_study, edits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.journal import Entry
from data.refused import Refused
from data.study_file import Opened, create_study, open_study
from planner.changes import ChangeSet, Set
from planner.edits import EditRefusedError, Record
from planner.study import BASE, Study, UnknownScenarioError

START = a_study()
QUIET = list(HealthCheck)


class Hand:
    """Somebody at work on a file: what the study should be, step by step, beside what is written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "house.opale"
        self.opened: Opened = create_study(START)
        self.states: list[Study] = [START]
        self.at = 0

    def edit(self, edit: Any) -> None:
        """Do an edit; one that is refused changes nothing."""
        try:
            after = edit.apply(self.states[self.at])
        except (EditRefusedError, UnknownScenarioError):
            with pytest.raises((EditRefusedError, UnknownScenarioError, Refused)):
                self.opened.do(edit)
        else:
            assert self.opened.do(edit) == after
            self.states[self.at + 1 :] = [after]
            self.at += 1
        self.check()

    def step(self, by: int) -> None:
        """Undo, or do again, as the window does: another state with its line in the journal."""
        if 0 <= self.at + by < len(self.states):
            self.at += by
            what = "journal.undone" if by < 0 else "journal.redone"
            self.opened.record(self.states[self.at], Entry(action=what))
        self.check()

    def save(self) -> None:
        """Save, and go on with what is read from the file."""
        lines = len(self.opened.history())
        with self.opened as opened:
            opened.save(self.path)
        self.opened = open_study(self.path)
        assert len(self.opened.history()) == lines
        self.check()

    def correct(self, minute: int) -> None:
        """Correct the base: every scenario without a change of its own there has the new value."""
        hours = f"{minute // 60:02}:{minute % 60:02}"
        change = Set(kind="session", id="C", field="end", expected="16:30", value=hours)
        self.edit(Record(scenario=BASE, group=ChangeSet(name="fix", changes=(change,))))
        study = self.opened.study
        for scenario in study.scenarios:
            own = [c for group in study.changes(scenario.name) for c in group.changes]
            if all((each.kind, each.id) != ("session", "C") for each in own):
                session = next(e for e in study.problem(scenario.name).sessions if e.id == "C")
                assert session.end == minute

    def check(self) -> None:
        assert self.opened.study == self.states[self.at]


@settings(max_examples=6, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_study_is_what_its_edits_have_made_of_it(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    work(data, tmp_path_factory, 8)


@pytest.mark.long
@settings(max_examples=400, suppress_health_check=QUIET)
@given(data=st.data())
def test_many_studies_are_what_their_edits_have_made_of_them(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    work(data, tmp_path_factory, 30)


def work(data: Any, folders: pytest.TempPathFactory, most: int) -> None:
    hand = Hand(folders.mktemp("hand"))
    todo = st.sampled_from(["edit"] * 5 + ["undo", "undo", "redo", "save", "correct"])
    for what in data.draw(st.lists(todo, min_size=1, max_size=most)):
        match what:
            case "edit":
                hand.edit(data.draw(edits(hand.states[hand.at])))
            case "undo" | "redo":
                hand.step(-1 if what == "undo" else 1)
            case "correct":
                hand.correct(data.draw(st.sampled_from([900, 960, 1080])))
            case "save":
                hand.save()
    while hand.at:  # all of it can be undone
        hand.step(-1)
    assert hand.opened.study == START
    while hand.at + 1 < len(hand.states):
        hand.step(1)
    hand.save()
    hand.opened.close()
