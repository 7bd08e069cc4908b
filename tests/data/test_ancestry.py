"""What two files began as: one of them, a backup, or made again from their journals."""

import shutil
from pathlib import Path

import pytest

from data.ancestry import Ancestor, Copy, ancestor_of
from data.protecting import Cost, Seal, is_sealed
from data.study_file import open_study, save_study
from planner.changes import ChangeSet, Set
from planner.edits import Branch, Delete, Edit, Record
from planner.hand_edits import Assign, Rename
from planner.merging.study import merge
from planner.study import BASE, Study

CHILD = "salle fermée"


@pytest.fixture
def path(tmp_path: Path, study: Study) -> Path:
    """A file with a line of the journal more than its making."""
    made = tmp_path / "bloc.opale"
    save_study(study, made)
    edited(made, Branch(parent=BASE, name="idée"), recorded("idée", "overtime", 5))
    made.with_name("bloc.opale.bak").unlink()
    return made


def edited(path: Path, *edits: Edit, steps: bool = False) -> Path:
    """Do edits in a file; in `steps` it is saved after each, and its backup is from between."""
    with open_study(path) as opened:
        for edit in edits:
            opened.do(edit)
            if steps:
                opened.save()
        opened.save()
    return path


def copy(path: Path) -> Path:
    return Path(shutil.copy(path, path.with_name("copie.opale")))


def recorded(
    scenario: str, field: str, value: int | str, expected: int | str | None = None
) -> Record:
    change = Set(kind="session", id="S1-0", field=field, expected=expected, value=value)
    return Record(scenario=scenario, group=ChangeSet(name=f"{field} {value}", changes=(change,)))


def duty(scenario: str, shift: str | None) -> Assign:
    return Assign(scenario=scenario, duties=(("A17", 3, shift),))


def ancestor(ours: Path, theirs: Path, *, kept: bool = False) -> Ancestor | None:
    """Find the beginning; without what was `kept` of each line where files have let it go."""
    with open_study(ours) as one, open_study(theirs) as other:
        copies = (Copy.of(one), Copy.of(other))
        if not kept:
            copies = (copies[0]._replace(whole=b""), copies[1]._replace(whole=b""))
        return ancestor_of(*copies)


def test_a_file_that_nobody_has_touched_since_is_the_beginning(path: Path) -> None:
    with open_study(path) as opened:
        before = opened.study
    other = edited(copy(path), duty(BASE, "J"), recorded(BASE, "overtime", 15))
    for pair in ((path, other), (other, path)):
        found = ancestor(*pair)
        assert found is not None
        assert (found.study, found.how, found.lines) == (before, "same", 3)


def test_a_backup_from_then_is_the_beginning(path: Path) -> None:
    with open_study(path) as opened:
        before = opened.study
    other = edited(copy(path), duty(BASE, "N"))
    edited(path, duty(BASE, "J"), duty(BASE, None))
    found = ancestor(path, other)
    assert found is not None
    assert (found.study, found.how) == (before, "backup")


def test_the_backup_of_a_protected_file_opens_with_its_seal(path: Path) -> None:
    with open_study(path) as opened:
        before, opened.seal = opened.study, Seal.of("le chat dort sur la grue", Cost(10, 1, 1))
        opened.save()
        other = copy(path)
        seal = opened.seal
    for each, shift in ((other, "N"), (path, "J")):
        with open_study(each, passphrase=seal) as opened:
            opened.do(duty(BASE, shift))
            opened.save()
    assert is_sealed(path.with_name(f"{path.name}.bak"))
    with open_study(path, passphrase=seal) as one, open_study(other, passphrase=seal) as two:
        found = ancestor_of(Copy.of(one), Copy.of(two))
    assert found is not None
    assert (found.study, found.how) == (before, "backup")


def test_a_later_backup_is_not_taken_and_what_one_side_left_alone_is_known(path: Path) -> None:
    """The base of one, the child of the other; facts of both are undone by the journal."""
    with open_study(path) as opened:
        before = opened.study
    other = copy(path)
    edited(path, recorded(BASE, "overtime", 15), duty(CHILD, "J"), steps=True)
    edited(other, recorded("idée", "start", "09:00"), Branch(parent=CHILD, name="x"), steps=True)
    found = ancestor(path, other)
    assert found is not None
    assert (found.study, found.how, found.guessed) == (before, "journal", ())


def test_facts_of_the_base_are_undone_where_the_journal_knows_what_was_there(path: Path) -> None:
    other = copy(path)
    with open_study(path) as opened:
        before = opened.study
    edited(path, recorded(BASE, "overtime", 15, 60), recorded(BASE, "overtime", 20, 15), steps=True)
    edited(
        other, recorded(BASE, "end", "15:00", "16:00"), Branch(parent=BASE, name="y"), steps=True
    )
    found = ancestor(path, other)
    assert found is not None
    assert (found.study, found.how, found.guessed) == (before, "journal", ())


@pytest.mark.parametrize("forgetful", [(), (0,), (1,), (0, 1)])
def test_the_state_is_made_again_where_either_file_keeps_what_each_line_changed(
    path: Path, forgetful: tuple[int, ...]
) -> None:
    """Both touch the base's facts and plan, and one takes away what it finds: nothing is guessed."""
    edited(path, duty(BASE, "J"))
    path.with_name("bloc.opale.bak").unlink()
    other = copy(path)
    with open_study(path) as opened:
        before = opened.study
    edited(path, recorded(BASE, "overtime", 15), duty(BASE, None), Delete(name="idée"), steps=True)
    edited(other, recorded(BASE, "end", "15:00"), duty("idée", "N"), duty(BASE, "N"), steps=True)
    for at in forgetful:
        with open_study((path, other)[at]) as opened:
            opened.connection.execute("DELETE FROM deltas")
            opened.save()
    for pair in ((path, other), (other, path)):
        found = ancestor(*pair, kept=True)
        assert found is not None
        if len(forgetful) < 2:
            assert (found.study, found.how, found.guessed) == (before, "journal", ())
        else:
            assert found.how == "partly"


def test_facts_that_cannot_be_undone_are_not_guessed_at(path: Path) -> None:
    other = copy(path)
    edited(path, recorded(BASE, "overtime", 15), recorded(BASE, "overtime", 20), steps=True)
    edited(other, recorded(BASE, "end", "15:00"), recorded(BASE, "overtime", 30), steps=True)
    found = ancestor(path, other)
    assert found is not None
    assert (found.how, found.guessed) == ("partly", (BASE,))
    assert found.study.base.sessions == ()  # both have it, and not alike


def test_what_both_have_touched_is_a_conflict_and_no_row_is_lost(path: Path) -> None:
    other = copy(path)
    edited(path, duty("idée", "J"), duty("idée", "N"), steps=True)
    edited(other, Assign(scenario="idée", duties=(("A18", 3, "J"),)), duty("idée", "J"), steps=True)
    found = ancestor(path, other)
    assert found is not None
    assert (found.how, found.guessed) == ("partly", ("idée",))
    with open_study(path) as ours, open_study(other) as theirs:
        made = merge(found.study, ours.study, theirs.study, unknown=found.unknown)
    duties = {(each.person, each.day) for each in made.study.scenario("idée").plan.duties}
    assert {("A17", 3), ("A18", 3)} <= duties
    (conflict,) = made.left
    assert (conflict.base, conflict.ours, conflict.theirs) == (None, "N", "J")


def test_a_scenario_renamed_here_is_the_one_edited_there(path: Path) -> None:
    other = copy(path)
    edited(
        path, Rename(scenario="idée", name="plan B"), recorded("plan B", "overtime", 9), steps=True
    )
    edited(other, recorded("idée", "start", "09:00"), steps=True)
    found = ancestor(path, other)
    assert found is not None
    assert found.ours == {"idée": "plan B"}
    with open_study(path) as ours, open_study(other) as theirs:
        sides, names = (ours.study, theirs.study), (found.ours, found.theirs)
        made = merge(found.study, *sides, unknown=found.unknown, names=names)
        back = merge(found.study, *sides[::-1], unknown=found.unknown, names=names[::-1])
    assert made.study == back.study
    assert [each.name for each in made.study.scenarios][-1] == "plan B"
    assert len(made.study.scenario("plan B").changes) == 3
    assert made.conflicts == ()


def test_a_scenario_deleted_here_and_left_alone_there_is_gone(path: Path) -> None:
    other = copy(path)
    edited(path, Delete(name="idée"), duty(BASE, "J"), steps=True)
    edited(other, duty(BASE, None), duty(BASE, "N"), steps=True)
    found = ancestor(path, other)
    assert found is not None
    assert "idée" in {each.name for each in found.study.scenarios}
    with open_study(path) as ours, open_study(other) as theirs:
        made = merge(found.study, ours.study, theirs.study, unknown=found.unknown)
        assert "idée" not in {each.name for each in made.study.scenarios}
        edited(other, duty("idée", "J"))
    found = ancestor(path, other)
    assert found is not None
    with open_study(path) as ours, open_study(other) as theirs:
        made = merge(found.study, ours.study, theirs.study, unknown=found.unknown)
    assert [(e.what, e.place.scenario) for e in made.left if e.place.part == "scenario"] == [
        ("removed", "idée")
    ]


def test_files_with_no_line_in_common_have_no_beginning(path: Path, study: Study) -> None:
    other = path.with_name("autre.opale")
    save_study(study, other)
    assert ancestor(path, other) is None
    found = ancestor(path, path)
    assert found is not None
    assert (found.how, found.lines) == ("same", 3)
