"""What a hand does to a plan."""

import pytest
from demo_hospitals import generate

from planner.changes import ChangeSet, Set
from planner.edits import Branch, EditRefusedError, Record
from planner.fingerprint import fingerprint
from planner.hand_edits import Assign, Inherit, Place, Rename, TakeOut, Together
from planner.plan import Duty, Placement, Plan
from planner.study import BASE, Study


@pytest.fixture(scope="module")
def study() -> Study:
    return Study(id="s", base=generate("small", 1))


def placements(study: Study, count: int) -> list[Placement]:
    cases, sessions = study.base.cases, study.base.sessions
    return [Placement(cases[k].id, sessions[k % 2].id, None, 480 + 5 * k) for k in range(count)]


def test_a_case_is_placed_once_and_moves(study: Study) -> None:
    one, two, three = placements(study, 3)
    for each in (one, two, three):
        study = Place(scenario=BASE, placement=each).apply(study)
    moved = one._replace(session=two.session, start=600)
    after = Place(scenario=BASE, placement=moved).apply(study)
    plan = after.scenario(BASE).plan
    assert plan == Plan.build([moved, two, three])
    assert after.scenario(BASE).made_for == fingerprint(study.base)


def test_untouched_partitions_are_shared(study: Study) -> None:
    for each in placements(study, 4):
        study = Place(scenario=BASE, placement=each).apply(study)
    before = study.scenario(BASE).plan
    gone = next(iter(before.sessions[0])).case
    after = TakeOut(scenario=BASE, cases=frozenset({gone})).apply(study).scenario(BASE).plan
    assert after.sessions[1] is before.sessions[1]
    assert gone not in {each.case for each in after.placements}


def test_a_session_without_cases_leaves_no_partition(study: Study) -> None:
    (one,) = placements(study, 1)
    study = Place(scenario=BASE, placement=one).apply(study)
    after = TakeOut(scenario=BASE, cases=frozenset({one.case})).apply(study)
    assert after.scenario(BASE).plan == Plan()


def test_a_duty_replaces_that_of_its_track_and_none_clears_the_day(study: Study) -> None:
    person = study.base.staff[0].id
    first, second = study.base.shifts[0], study.base.shifts[1]
    assert first.track == second.track
    study = Assign(scenario=BASE, duties=((person, 0, first.id), (person, 1, first.id))).apply(
        study
    )
    study = Assign(scenario=BASE, duties=((person, 0, second.id), (person, 1, None))).apply(study)
    assert list(study.scenario(BASE).plan.duties) == [Duty(person, 0, second.id)]


@pytest.mark.parametrize(
    ("duty", "what"),
    [
        (("nobody", 0, None), "no_such_person"),
        (("", 0, "no shift"), "no_such_shift"),
        (("", -1, None), "not_in_horizon"),
        (("", 400, None), "not_in_horizon"),
    ],
)
def test_what_is_not_there_is_refused(
    study: Study, duty: tuple[str, int, str | None], what: str
) -> None:
    person = duty[0] or study.base.staff[0].id
    with pytest.raises(EditRefusedError, match=what):
        Assign(scenario=BASE, duties=((person, *duty[1:]),)).apply(study)


@pytest.mark.parametrize(("part", "what"), [(0, "case"), (1, "session"), (2, "surgeon")])
def test_a_placement_names_what_is_there(study: Study, part: int, what: str) -> None:
    names = [*placements(study, 1)[0]]
    names[part] = "nothing of that name"
    with pytest.raises(EditRefusedError, match=f"no_such_{what}"):
        Place(scenario=BASE, placement=Placement(*names)).apply(study)  # type: ignore[arg-type]


def test_edits_together_are_all_or_nothing(study: Study) -> None:
    (one,) = placements(study, 1)
    both = (Place(scenario=BASE, placement=one), Rename(scenario=BASE, name="x"))
    with pytest.raises(EditRefusedError, match="base_keeps_name"):
        Together(edits=both).apply(study)
    assert study.scenario(BASE).plan == Plan()


def test_a_field_inherits_again_and_other_changes_stay(study: Study) -> None:
    case, other = study.base.cases[0], study.base.cases[1]

    def change(id: str, field: str, value: int) -> Set:
        return Set(kind="case", id=id, field=field, expected=None, value=value)

    study = Branch(parent=BASE, name="Two").apply(study)
    one = ChangeSet(name="one", changes=(change(case.id, "mean", 95),))
    both = ChangeSet(
        name="both", changes=(change(case.id, "mean", 99), change(other.id, "mean", 40))
    )
    for group in (one, both):
        study = Record(scenario="Two", group=group).apply(study)
    after = Inherit(scenario="Two", kind="case", id=case.id, field="mean").apply(study)
    assert [group.name for group in after.scenario("Two").changes] == ["both"]
    means = [record.mean for record in after.problem("Two").cases[:2]]
    assert means == [case.mean, 40]
    with pytest.raises(EditRefusedError, match="nothing_own"):
        Inherit(scenario="Two", kind="case", id=case.id, field="mean").apply(after)


@pytest.mark.parametrize("name", ["", "  ", "a#b", "x" * 101, "two\nlines", "\x1b[31mred", BASE])
def test_a_scenario_takes_no_name_that_a_new_one_could_not(study: Study, name: str) -> None:
    study = Branch(parent=BASE, name="Two").apply(study)
    with pytest.raises(EditRefusedError):
        Branch(parent=BASE, name=name).apply(study)
    with pytest.raises(EditRefusedError):
        Rename(scenario="Two", name=name).apply(study)
