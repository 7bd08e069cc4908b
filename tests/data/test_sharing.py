"""Shared files: nobody's code or text is in their bytes, they cost what they did, and they come back."""

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate
from sharing_small import first_with, planned, with_what_if

from data.keys import key_of, secret_of
from data.lock import Held, Holder, lock_path
from data.refused import Refused
from data.scan import found_in
from data.sharing import as_shared, of_scenario, share, taken_back
from data.study_file import open_study
from planner.changes import ChangeSet, Set, removal
from planner.commands import expand
from planner.disguise import disguise
from planner.disguised_codes import codes
from planner.edits import AdoptPlan, Branch, Record
from planner.hand_edits import TakeOut
from planner.plan import Plan
from planner.returning import taking_back
from planner.rules.contract import Waiver
from planner.score import judge
from planner.study import Pin, Study

SECRETS = {
    "name": "Zoé Planquette-Durand",
    "note": "prefers Tuesday mornings",
    "reason": "maternity leave from June",
    "author": "h.planquette",
    "scenario": "Without Planquette on Friday",
    "group": "Planquette away",
    "title": "Planquette's own rule",
    "study": "Planquette's ward",
}


@pytest.fixture(scope="module")
def study() -> Study:
    problem = generate("small")
    problem = dataclasses.replace(
        problem,
        staff=first_with(problem.staff, name=SECRETS["name"]),
        surgeons=first_with(problem.surgeons, name=SECRETS["name"]),
        cases=first_with(problem.cases, note=SECRETS["note"]),
        absences=first_with(problem.absences, reason=SECRETS["reason"]),
        rules=first_with(problem.rules, title_en=SECRETS["title"]),
    )
    rename = Set(kind="staff", id=problem.staff[1].id, field="name", value=SECRETS["name"])
    closed = expand(problem, "close-room", "S2", "friday").changes
    group = ChangeSet(name=SECRETS["group"], changes=(*closed, rename))
    made = with_what_if(planned(problem, SECRETS["study"]), SECRETS["scenario"], group)
    first, second = made.scenarios
    case, person = first.plan.sessions[0][0].case, problem.staff[0].id
    waiver = Waiver(rule=problem.rules[0].id, subjects=frozenset({person, case}), first=0, last=27,
                    most=9, reason=SECRETS["reason"], author=SECRETS["author"],
                    made=dt.date(2026, 10, 2))  # fmt: skip
    pins = (Pin(kind="case", id=case), Pin(kind="person", id=person, first=1, last=2))
    return dataclasses.replace(
        made,
        scenarios=(
            dataclasses.replace(first, pins=pins, waivers=(waiver,)),
            dataclasses.replace(second, note=SECRETS["note"]),
        ),
    )


@pytest.fixture(scope="module")
def written(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shared file, and the private folder of whoever shared it."""
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPALE_STATE", str(folder / "state"))
        share(study, folder / "for others.opale", names=False)
    return folder


@pytest.fixture(autouse=True)
def state(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that private folder, for each test its own."""
    shutil.copytree(written / "state", tmp_path / "state")
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def shared(written: Path) -> Path:
    return written / "for others.opale"


def test_no_code_of_anybody_and_no_free_text_is_in_the_bytes(study: Study, shared: Path) -> None:
    whole = shared.read_bytes()
    hidden = {code for _, code in codes(study)}
    assert len(hidden) > 250
    assert [text for text in (*hidden, *SECRETS.values()) if text.encode() in whole] == []
    assert b"2026-10" not in whole, "nor a date of its own"
    assert b"Planquette" not in whole


def test_it_costs_what_it_did_scenario_by_scenario(study: Study, shared: Path) -> None:
    with open_study(shared) as opened:
        theirs = opened.study
    assert [each.name for each in theirs.scenarios] == ["base", "scenario 1"]
    for mine, other in zip(study.scenarios, theirs.scenarios, strict=True):
        scores = [
            judge(s.problem(each.name), each.plan, s.waivers(each.name)).score
            for s, each in ((study, mine), (theirs, other))
        ]
        assert scores[0] == scores[1]
        assert study.stale(mine.name) == theirs.stale(other.name)
    assert len(theirs.pins("base")) == 2
    assert {each.id for each in theirs.pins("base")} <= {
        *(c.id for c in theirs.base.cases),
        *(p.id for p in theirs.base.staff),
    }


def test_it_has_a_journal_of_its_own(shared: Path) -> None:
    with open_study(shared) as opened:
        assert [entry.action for entry in opened.history()] == ["journal.shared"]


def test_pseudonyms_are_the_same_each_time_and_in_each_copy(
    study: Study, shared: Path, tmp_path: Path
) -> None:
    names = []
    share(study, tmp_path / "again.opale", names=False)
    for path in (shared, tmp_path / "again.opale"):
        with open_study(path) as opened:
            names.append([each.id for each in opened.study.base.staff])
    assert names[0] == names[1]
    assert names[0] == sorted(names[0]), "not in the order of the house, which tells"


def test_one_scenario_goes_with_those_that_it_stands_on(study: Study) -> None:
    assert of_scenario(study, "base").scenarios == study.scenarios[:1]
    assert of_scenario(study, SECRETS["scenario"]).scenarios == study.scenarios


def test_with_names_it_is_the_study_itself(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "named.opale"
    done = share(study, path, names=True)
    assert done.key is None
    with open_study(path) as opened:
        assert opened.study == study


def test_a_code_within_a_label_stops_it_and_nothing_is_written(
    study: Study, tmp_path: Path, state: Path
) -> None:
    named = first_with(study.base.specialties, name=f"that of {study.base.surgeons[0].id}")
    leaky = dataclasses.replace(study, base=dataclasses.replace(study.base, specialties=named))
    with pytest.raises(Refused) as refused:
        share(leaky, tmp_path / "no.opale", names=False)
    assert refused.value.what == "share.left"
    assert list(tmp_path.glob("*.opale")) == []
    assert list(tmp_path.glob(".~*")) == []
    assert len(list(state.glob("keys/*.key"))) == 1, "that of the file before"


def test_a_file_that_somebody_holds_is_left_alone(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "held.opale"
    share(study, path, names=True)
    before = path.read_bytes()
    somebody = Holder(user="nn", host="elsewhere", pid=1, since="2026-10-02T08:00:00+00:00")
    lock_path(path).write_text(json.dumps(dataclasses.asdict(somebody)), encoding="utf-8")
    with pytest.raises(Held):
        share(study, path, names=False)
    assert path.read_bytes() == before


def test_no_key_stays_of_a_file_that_could_not_be_written(
    study: Study, tmp_path: Path, state: Path
) -> None:
    before = set(state.glob("keys/*.key"))
    with pytest.raises(Refused):
        share(study, tmp_path / "nowhere" / "shared.opale", names=False)
    assert set(state.glob("keys/*.key")) == before
    share(study, tmp_path / "shared.opale", names=False)
    assert len(set(state.glob("keys/*.key")) - before) == 1


def test_the_scan_finds_short_words_in_cells_and_long_ones_between(
    study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "s.opale"
    share(study, path, names=True)
    assert found_in(path, {"S1", "Planquette-Du", "nowhere-at-all", "zz"}) == (
        "Planquette-Du",
        "S1",
    )
    with path.open("ab") as file:
        file.write("entre les pages".encode("utf-16-le"))
    assert found_in(path, {"les pages"}) == ("les pages",)


# --- coming back ----------------------------------------------------------------------------------


def own(study: Study) -> dict[str, str]:
    """Give the codes here of the pseudonyms there."""
    return {new: old for old, new in disguise(study, secret_of(study.id), 0).names.items()}


def edited(shared: Path, *edits: Any) -> Study:
    with open_study(shared) as opened:
        for edit in edits:
            opened.do(edit)
        return opened.study


def test_what_nobody_changed_brings_nothing_back(study: Study, shared: Path) -> None:
    found = taken_back(edited(shared), study)
    assert (found.scenarios, found.base) == ((), False)


def test_a_plan_comes_back_as_a_scenario_with_codes_and_dates(study: Study, shared: Path) -> None:
    theirs = edited(shared)
    case = study.scenarios[0].plan.sessions[0][0]
    plan = theirs.scenario("base").plan
    fewer = Plan.build([*plan.placements][1:], plan.duties)
    found = taken_back(edited(shared, AdoptPlan(scenario="base", plan=fewer)), study)
    after = taking_back(found, "x.opale").apply(study)
    new = after.scenario("base (2)")
    mine = set(study.scenario("base").plan.placements)
    assert mine - set(new.plan.placements) == {case}
    assert not after.stale("base (2)")
    assert not found.base


def test_their_scenarios_and_changes_come_back(study: Study, shared: Path) -> None:
    theirs = edited(shared)
    person = theirs.base.staff[3]
    group = ChangeSet(
        name="half time",
        changes=(Set(kind="staff", id=person.id, field="share", expected=100, value=50),),
    )
    back = edited(
        shared,
        Branch(parent="scenario 1", name="idea"),
        Record(scenario="idea", group=group),
        Record(scenario="scenario 1", group=group),
    )
    found = taken_back(back, study)
    after = taking_back(found, "x.opale").apply(study)
    assert [each.name for each in found.scenarios] == [f"{SECRETS['scenario']} (2)", "idea"]
    for name in ("idea", f"{SECRETS['scenario']} (2)"):
        shares = {each.id: each.share for each in after.problem(name).staff}
        assert shares[own(study)[person.id]] == 50
    assert after.scenario("idea").parent == f"{SECRETS['scenario']} (2)", "as it is there"


def test_facts_of_their_base_are_told_and_not_taken(study: Study, shared: Path) -> None:
    group = ChangeSet(
        name="x", changes=(Set(kind="problem", id="problem", field="noon", value=720),)
    )
    assert taken_back(edited(shared, Record(scenario="base", group=group)), study).base


def test_what_was_changed_here_since_is_not_theirs(study: Study, shared: Path) -> None:
    """A case, a person and a field have gone or changed here; they have a new scenario with them."""
    with open_study(shared) as opened:
        person = opened.study.base.staff[3]
        half = Set(kind="staff", id=person.id, field="share", expected=100, value=50)
        opened.do(Branch(parent="base", name="idea"))
        opened.do(Record(scenario="idea", group=ChangeSet(name="half time", changes=(half,))))
        theirs, before = opened.study, as_shared(opened)
    assert before is not None
    case = study.scenario("base").plan.sessions[0][0].case
    gone = own(study)[person.id]
    fewer = ChangeSet(name="x", changes=(removal(study.base, "case", case),))
    ours = TakeOut(scenario="base", cases=frozenset({str(case)})).apply(study)
    ours = Record(scenario="base", group=fewer).apply(ours)
    staff = tuple(each for each in ours.base.staff if each.id != gone)
    ours = dataclasses.replace(ours, base=dataclasses.replace(ours.base, staff=staff))
    duties = sum(duty.person == gone for duty in study.scenario("base").plan.duties)

    found = taken_back(theirs, ours, before)
    assert [each.name for each in found.scenarios] == ["idea"], "they touched no other"
    assert not found.base, "ours moved on, not theirs"
    assert found.lost == 1 + duties + 1, "the placement, her duties, the change of her share"
    after = taking_back(found, "x.opale").apply(ours)
    assert case not in {each.case for each in after.scenario("idea").plan.placements}
    assert gone not in {each.person for each in after.scenario("idea").plan.duties}
    assert after.scenario("idea").changes == ()
    assert as_shared_without_journal(shared) is None


def as_shared_without_journal(shared: Path) -> Study | None:
    with open_study(shared) as opened:
        opened.do(Branch(parent="base", name="y"))
        opened.connection.execute("DELETE FROM deltas")
        return as_shared(opened)


def test_what_was_not_shared_from_here_or_from_another_study_is_refused(
    study: Study, shared: Path, state: Path
) -> None:
    theirs = edited(shared)
    assert key_of(theirs.id) is not None
    with pytest.raises(Refused) as refused:
        taken_back(theirs, dataclasses.replace(study, id="another"))
    assert refused.value.what == "share.other_study"
    next(state.glob("keys/*.key")).unlink()
    with pytest.raises(Refused) as refused:
        taken_back(theirs, study)
    assert refused.value.what == "share.no_key"


_BAD_KEY = '{"shared": "s", "study": "0123456789", "weeks": %s, "scenarios": %s, "secret": "%s"}'


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", '{"shared": 1}', "[]"),
        *(_BAD_KEY % (*each, "0" * 64) for each in (('"x"', "{}"), ("1", "[1]"), ("1e9", "{}"))),
        _BAD_KEY % (1, '{"base": 1}', "0" * 64),
    ],
)
def test_a_broken_key_is_said(study: Study, shared: Path, state: Path, text: str) -> None:
    next(state.glob("keys/*.key")).write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        taken_back(edited(shared), study)
    assert refused.value.what == "share.damaged_key"
